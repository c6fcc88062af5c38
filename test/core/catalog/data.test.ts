import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog, type Tool } from '../../../src/core/catalog';
import { packageNames } from '../../../src/core/catalog/package-names';
import { loadIndex } from '../../../src/node/nixpkgs-index';

const SYSTEMS = ['linux', 'darwin', 'windows'] as const;
const FOLDER = join(import.meta.dirname, '../../../src/core/catalog/tools');

/** Programs that two tools have, and why. */
const SHARED_PROGRAMS: Readonly<Record<string, string>> = {
  b2: 'Boost’s builder and the client of Backblaze; size and first bytes tell which.',
  yq: 'One in Python, one in Go; the file tells which.',
};

/** Top-level attributes that the index cannot have, and why. */
const UNLISTED: Readonly<Record<string, string>> = {
  'nix-prefetch-git': 'A package without a version.',
  'rust-analyzer-nightly': 'From the overlay of fenix.',
};

test('knows at least 250 tools, each by an id of its own', () => {
  const ids = catalog.tools.map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(250);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9+-]+$/.test(id))).toEqual([]);
});

test('every category exists, has tools, and is listed once', () => {
  const categories = catalog.categories.map(({ id }) => id);
  expect(new Set(categories).size).toBe(categories.length);
  expect([...new Set(catalog.tools.map(({ category }) => category))].sort()).toEqual([...categories].sort());
});

test('no two tools have one title, or one program without a reason', () => {
  const titles = catalog.tools.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  const shared = new Set(
    SYSTEMS.flatMap((os) =>
      repeated(catalog.tools.flatMap((tool) => [...new Set(tool.programsOn?.[os] ?? tool.programs)])),
    ),
  );
  expect([...shared].sort()).toEqual(Object.keys(SHARED_PROGRAMS).sort());
});

test('no attribute pattern, and no package name of a manager, is claimed twice by one tool', () => {
  for (const tool of catalog.tools) {
    expect(repeated(tool.nixpkgs), tool.id).toEqual([]);
    for (const names of Object.values(tool.packages).map((words) => words.split(' '))) {
      expect(repeated(names), tool.id).toEqual([]);
      expect(names.includes(''), tool.id).toBe(false);
    }
  }
  expect(repeated(catalog.tools.flatMap(({ nixpkgs }) => nixpkgs))).toEqual([]);
});

test('every top-level attribute was in nixpkgs at some time', () => {
  const known = new Set(loadIndex().names());
  const plain = catalog.tools.flatMap(({ nixpkgs }) => nixpkgs.filter((pattern) => !/[#*.]/.test(pattern)));
  expect(plain.length).toBeGreaterThan(500);
  expect(plain.filter((attribute) => !known.has(attribute)).sort()).toEqual(Object.keys(UNLISTED).sort());
});

test('every top-level pattern with a version matches an attribute that was in nixpkgs', () => {
  const names = loadIndex().names();
  const patterns = catalog.tools.flatMap(({ nixpkgs }) => nixpkgs.filter((p) => /[#*]/.test(p) && !p.includes('.')));
  const matches = (pattern: string) => {
    const source = pattern.split(/([#*])/).map((part) => (part === '#' ? '[0-9_]*' : part === '*' ? '[^.]*' : part));
    const test = new RegExp(`^${source.join('').replace(/\+/g, '\\+')}$`);
    return names.some((name) => test.test(name));
  };
  expect(patterns.filter((pattern) => !matches(pattern))).toEqual([]);
});

test('every regular expression gets through long and strange input without going back over it', () => {
  const hostile = [
    '1.'.repeat(20_000),
    '1'.repeat(40_000),
    'version '.repeat(5000),
    ' '.repeat(40_000),
    'v1_1-1+a'.repeat(5000),
  ];
  const tried = new Set<string>();
  for (const tool of catalog.tools) {
    for (const expression of expressionsOf(tool)) {
      if (tried.has(String(expression))) {
        continue;
      }
      tried.add(String(expression));
      // A group is what tells the version; `(?!)` says that only the name of the file tells.
      expect(/\((?!\?)/.test(expression.source) || expression.source === '(?!)', `${tool.id} ${expression}`).toBe(true);
      expect(expression.global || expression.sticky, `${tool.id} ${expression} keeps state`).toBe(false);
      for (const text of hostile) {
        expression.exec(text);
      }
    }
  }
});

test('places are absolute, and spelled as their system spells paths', () => {
  for (const { id, places } of catalog.tools) {
    for (const place of [...(places.linux ?? []), ...(places.darwin ?? [])]) {
      expect(place, id).toMatch(/^(?:\/|~\/)[^\\%]+$/);
    }
    for (const place of places.windows ?? []) {
      expect(place, id).toMatch(/^(?:[A-Z]:\\|~\\|%[\w()]+%\\)[^/]+$/);
    }
  }
});

test('every tool can be found somewhere: by a program, a place, or an attribute', () => {
  const lost = catalog.tools.filter(
    ({ programs, programsOn, places }) =>
      programs.length + Object.values({ ...programsOn, ...places }).flat().length === 0,
  );
  expect(lost.map(({ id }) => id)).toEqual([]);
});

test('every package name leads back to a tool that has it', () => {
  for (const tool of catalog.tools) {
    for (const source of Object.keys(tool.packages) as (keyof Tool['packages'])[]) {
      for (const name of packageNames(tool, source)) {
        const found = catalog.findByPackage(source, name);
        expect(found && packageNames(found, source), `${source}:${name}`).toContain(name);
      }
    }
  }
});

test('no data file is longer than 700 lines', () => {
  const long = readdirSync(FOLDER).filter((name) => readFileSync(join(FOLDER, name), 'utf8').split('\n').length > 700);
  expect(long).toEqual([]);
});

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function expressionsOf({ versionFiles, versionCommand, packageVersion }: Tool): readonly RegExp[] {
  return [...versionFiles.map(({ match }) => match), versionCommand?.match, packageVersion].filter(
    (expression) => expression !== undefined,
  );
}
