import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { comparison, example, flakeFolder, type LaunchOptions } from './launch-app';
import { drop } from './sides';

export type ViewName =
  | 'overview'
  | 'compare'
  | 'snapshot'
  | 'target'
  | 'reports'
  | 'history'
  | 'checklist'
  | 'settings';

/** Views with the key that goes there. */
export const viewKeys: Readonly<Record<ViewName, string>> = {
  overview: '1',
  compare: '2',
  snapshot: '3',
  target: '4',
  reports: '5',
  history: '6',
  checklist: '7',
  settings: ',',
};

/** A state in which the window can be met. */
export interface WindowState {
  /** As the system or the user has brought it about. */
  readonly launch: () => LaunchOptions;
  /** Until it is there, and what else has to be done for it. */
  readonly reach: (page: Page) => Promise<void>;
  /** What each view must say in it; views that are not named look as ever. */
  readonly says: Partial<Readonly<Record<ViewName, RegExp>>>;
  /** What lies over every view is looked at once. */
  readonly over?: true;
}

const fresh = (name: string) => mkdtempSync(join(tmpdir(), `lockstep-${name}-`));
const lock = () => readFileSync(join(example('python-service'), 'flake.lock'), 'utf8');
const flake = (outputs: string) => `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
  outputs = { self, nixpkgs, ... }: ${outputs};
}
`;
const shell = (packages: readonly string[], more = '') =>
  flake(
    `with nixpkgs.legacyPackages.x86_64-linux; { devShells.x86_64-linux.default = mkShell { packages = [\n${packages.join('\n')}\n]; ${more} }; }`,
  );
const shown = async (page: Page) => comparison(page);
/** Programs take so long that there is time to look; so does Nix, which is asked, too. */
const slow = (): LaunchOptions => ({
  folder: example('python-service'),
  settings: { deadlineEach: 60_000, deadlineTotal: 120_000, askNix: true },
  env: { PATH: `${slowPrograms()}:${process.env['PATH']}` },
});
const failed = (page: Page) => page.locator('.problem').waitFor({ timeout: 60_000 });

/** A name as long as names get, in letters that run both ways, with a picture and a sign that is not to be seen. */
const strange = 'שלום-\u202Eevil\u202C-🧰-\u0007-ёж';
const long = 'a-name-that-somebody-has-made-longer-than-anybody-can-read-'.repeat(9).slice(0, 500);

export const states: Readonly<Record<string, WindowState>> = {
  'no-project': {
    launch: () => ({ folder: flakeFolder(undefined) }),
    reach: async (page) => {
      await failed(page);
      await page.keyboard.press('Control+t');
      await page.getByRole('heading', { name: 'What shall be compared?' }).waitFor();
    },
    says: {
      overview: /What shall be compared\?/u,
      compare: /What shall be compared\?/u,
      snapshot: /Languages and runtimes/u,
      history: /No project is open/u,
    },
  },
  'no-shells': {
    launch: () => ({ folder: flakeFolder(flake('{ formatter.x86_64-linux = 1; }'), lock()) }),
    reach: failed,
    says: { overview: /dev shell/u, compare: /dev shell/u, target: /dev shell/u },
  },
  'no-packages': {
    launch: () => ({ folder: flakeFolder(shell([]), lock()) }),
    reach: shown,
    says: { compare: /asks for no packages/u },
  },
  'no-installations': {
    launch: () => {
      const home = fresh('bare');
      mkdirSync(join(home, 'bin'));
      return { folder: example('python-service'), env: { PATH: join(home, 'bin'), HOME: home } };
    },
    reach: shown,
    says: { overview: /\d+ missing/u, snapshot: /Tools/u },
  },
  'no-history': {
    launch: () => ({ folder: example('python-service'), settings: { keepAudits: 0 } }),
    reach: shown,
    says: { history: /The history is off/u },
  },
  loading: {
    launch: slow,
    reach: async (page) => {
      await page.getByText(/waiting for an answer/u).waitFor({ timeout: 60_000 });
      await page.getByRole('treegrid').waitFor();
    },
    says: {
      overview: /in step so far;[\s\S]*being read/u,
      compare: /Reading…/u,
      snapshot: /Being read: what is known so far/u,
      target: /of \d+ resolved/u,
      reports: /when the audit is done/u,
      history: /will be the first that is kept/u,
    },
  },
  cancelled: {
    launch: slow,
    reach: async (page) => {
      await page.getByText(/waiting for an answer/u).waitFor({ timeout: 60_000 });
      await page.getByRole('treegrid').waitFor();
      // Some of it has to be compared when it is cancelled: a slow machine waits for programs before it says so.
      await page.keyboard.press(`Control+${viewKeys.overview}`);
      await page.getByText(/\d+ of \d+ in step so far/u).waitFor({ timeout: 60_000 });
      await page.keyboard.press('Control+.');
      await page.getByRole('heading', { name: 'The audit was cancelled' }).waitFor();
    },
    says: {
      overview: /in step; [^\n]*not read/u,
      compare: /This is partial/u,
      snapshot: /Partial: not all of it was read/u,
      target: /This is partial/u,
      reports: /nothing to show of it here/u,
      history: /The audit was cancelled/u,
    },
  },
  unreadable: {
    launch: () => ({
      folder: example('python-service'),
      settings: { deadlineEach: 300, deadlineTotal: 600 },
      env: { PATH: `${slowPrograms()}:${process.env['PATH']}` },
    }),
    reach: shown,
    says: { compare: /Unknown/u },
  },
  unknown: {
    launch: () => ({
      folder: flakeFolder(
        shell(
          ['git', '(import ./nowhere.nix)', 'inputs.elsewhere.packages.x', 'nodejs_20', 'notAPackageOfNixpkgs'],
          'TOKEN = builtins.readFile ./secret; PORT = 8080;',
        ),
        lock(),
      ),
    }),
    reach: async (page) => {
      await Promise.race([shown(page), failed(page)]);
    },
    says: { compare: /Unknown/u, target: /Could not be read/u },
  },
  'syntax-error': {
    launch: () => ({ folder: flakeFolder('{\n  outputs = { self }: {\n    a = 1\n  };\n}\n') }),
    reach: failed,
    says: { overview: /flake\.nix/u, compare: /flake\.nix/u, target: /flake\.nix/u },
  },
  'broken-lock': {
    launch: () => ({ folder: flakeFolder(flake('{ }'), '{ "nodes": ') }),
    reach: failed,
    says: { overview: /flake\.lock/u, history: /first audit of this flake that succeeds/u },
  },
  'not-a-snapshot': {
    launch: () => ({ folder: example('python-service') }),
    reach: async (page) => {
      await shown(page);
      const path = join(fresh('wrong'), 'holiday.json');
      writeFileSync(path, '{ "where": "the sea" }');
      await drop(page, [path]);
      await page.getByRole('dialog').waitFor();
    },
    says: { compare: /holiday\.json/u },
    over: true,
  },
  'damaged-image': {
    launch: () => ({ folder: example('python-service') }),
    reach: async (page) => {
      await shown(page);
      const path = join(fresh('wrong'), 'app.tar.gz');
      writeFileSync(path, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]));
      await drop(page, [path]);
      await page.getByRole('dialog').waitFor();
    },
    says: { compare: /app\.tar\.gz/u },
    over: true,
  },
  'ten-thousand-rows': {
    launch: () => ({
      folder: flakeFolder(
        shell([
          'git',
          'go',
          'nodejs_20',
          ...Array.from({ length: 10_000 }, (_, index) => `python3Packages.lib${index}`),
        ]),
        lock(),
      ),
    }),
    reach: shown,
    says: {
      overview: /0 of 10,003 in step/u,
      compare: /10,001/u,
      target: /10,003 of 10,003 resolved/u,
      checklist: /of 10,005 done/u,
      reports: /only the beginning|shows the beginning/u,
    },
  },
  'many-shells': {
    launch: () => ({
      folder: flakeFolder(
        flake(
          `with nixpkgs.legacyPackages.x86_64-linux; { devShells.x86_64-linux = builtins.listToAttrs (map (n: { name = "team-\${toString n}"; value = mkShell { packages = [ git jq ]; }; }) (builtins.genList (n: n) 300)) // { default = mkShell { packages = [ git ]; }; }; }`,
        ),
        lock(),
      ),
    }),
    reach: shown,
    says: { target: /team-2\s+team-3\s/u },
  },
  'many-inputs': {
    launch: () => ({ folder: flakeFolder(shell(['git', 'jq']), manyInputs(2000)) }),
    reach: async (page) => {
      await Promise.race([shown(page), failed(page)]);
    },
    says: { target: /input-40/u, overview: /inputs are pinned/u },
  },
  'long-names': {
    launch: () => ({
      folder: flakeFolder(
        flake(
          `let pkgs = nixpkgs.legacyPackages.x86_64-linux; named = name: pkgs.stdenv.mkDerivation { inherit name; pname = name; version = "1.0-${long}"; }; in { devShells.x86_64-linux."${long}" = pkgs.mkShell { packages = [ pkgs.git (named "${long}") (named "tool") ]; "VARIABLE_${long.replaceAll('-', '_')}" = "${long}"; }; }`,
        ),
        lock(),
      ),
    }),
    reach: shown,
    says: {
      overview: /a-name-that/u,
      compare: /a-name-that/u,
      target: /a-name-that/u,
      history: /a-name-that/u,
      checklist: /a-name-that/u,
    },
  },
  'strange-names': {
    launch: () => {
      const folder = join(fresh('strange'), strange.replace('\u0007', ''));
      mkdirSync(folder);
      writeFileSync(
        join(folder, 'flake.nix'),
        flake(
          `let pkgs = nixpkgs.legacyPackages.x86_64-linux; named = name: pkgs.stdenv.mkDerivation { pname = name; version = "1.0"; }; in { devShells.x86_64-linux."${strange}" = pkgs.mkShell { packages = [ pkgs.git (named "${strange}") (named "line\\nbreak\\ttab") (named "<img src=x onerror=alert(1)>") ]; "${strange}" = "${strange}"; }; }`,
        ),
      );
      writeFileSync(join(folder, 'flake.lock'), lock());
      return { folder };
    },
    reach: shown,
    says: { overview: /ёж/u, compare: /u\{202e\}/u, target: /u\{202e\}/u, checklist: /ёж/u },
  },
};

/** A folder with programs that never answer. */
function slowPrograms(): string {
  const folder = fresh('slow');
  for (const name of ['ruff', 'deno', 'nix']) {
    writeFileSync(join(folder, name), '#!/bin/sh\nexec sleep 600\n');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** A lock in which nixpkgs is one of very many, in a long chain and beside each other. */
function manyInputs(count: number): string {
  const parsed = JSON.parse(lock()) as {
    nodes: Record<string, { inputs?: Record<string, unknown>; locked?: Record<string, unknown> }>;
    root: string;
  };
  const nixpkgs = parsed.nodes['nixpkgs'] ?? {};
  const extra = Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const rev = index.toString(16).padStart(40, '0');
      const next = index % 40 === 39 ? {} : { inputs: { next: `input-${index + 1}` } };
      return [
        `input-${index}`,
        {
          ...next,
          locked: { ...nixpkgs.locked, owner: `team-${index % 7}`, repo: `repo-${index}`, rev },
          original: {},
        },
      ];
    }),
  );
  const root = parsed.nodes[parsed.root] ?? {};
  const tops = Object.fromEntries(
    Array.from({ length: count / 40 }, (_, index) => [`input-${index * 40}`, `input-${index * 40}`]),
  );
  return JSON.stringify({
    ...parsed,
    nodes: { ...parsed.nodes, ...extra, [parsed.root]: { ...root, inputs: { ...root.inputs, ...tops } } },
  });
}
