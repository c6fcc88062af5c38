import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';

// Without types of its own.
const envinfo = createRequire(import.meta.url)('envinfo') as { readonly helpers: Readonly<Record<string, unknown>> };

/** envinfo's name → the catalog's, where they differ by more than case and punctuation. */
const NAMES: Readonly<Record<string, string>> = {
  '7z': 'p7zip',
  bravebrowser: 'brave',
  claudecode: 'claude',
  homebrew: 'brew',
  intellij: 'intellij-idea',
  mongodb: 'mongod',
  nvim: 'neovim',
  pip2: 'pip',
  pip3: 'pip',
  postgresql: 'psql',
  python3: 'python',
  rubygems: 'gem',
  rust: 'rustc',
};

/** What is no tool: where a snapshot has it instead, or why it has not. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  container: 'The host itself: `lockstep snapshot --host image:FILE` reads a container image from outside.',
  cpu: '`host.cpu`, `host.cores` and `host.arch`.',
  memory: '`host.memoryBytes`.',
  os: '`host.os`, `host.distribution` and `host.release`.',
  shell: '`SHELL` in `environment`; the shells themselves are tools.',
  yarnworkspaces: 'Packages of a project, not tools of a machine.',
};

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const ids = new Map(catalog.tools.flatMap((tool) => [tool.id, tool.title].map((name) => [plain(name), tool.id])));

const items = Object.keys(envinfo.helpers).flatMap((helper) => /^get(.+)Info$/.exec(helper)?.[1] ?? []);

test('envinfo still tells which items it knows', () => {
  expect(items.length).toBeGreaterThanOrEqual(100);
});

test.each(items)('the catalog covers envinfo’s %s', (item) => {
  const name = plain(item);
  const id = NAMES[name] ?? ids.get(name);
  if (ELSEWHERE[name] === undefined) {
    expect(catalog.findById(id ?? '')?.id, `no tool for ${item}`).toBeDefined();
  } else {
    expect(id, `${item} is a tool, and needs no reason`).toBeUndefined();
  }
});

test('no name or reason is kept for what envinfo does not know', () => {
  const known = new Set(items.map(plain));
  expect([...Object.keys(NAMES), ...Object.keys(ELSEWHERE)].filter((name) => !known.has(name))).toEqual([]);
});
