import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AUDIT_SCHEMA, type Audit } from '../../src/core/model/audit';
import type { HistoryEntry } from '../../src/ipc/contract';
import { beyondLimit, openHistory } from '../../src/main/history-store';
import { installation, row, snapshot, target } from '../core/report/builders';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-history-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function audit(day: number, node: string): Audit {
  const counts = { total: 0, match: 0, drift: 0, missing: 0, shadowed: 0, unknown: 0, extra: 0 };
  return {
    schema: AUDIT_SCHEMA,
    snapshot: snapshot([installation('node', node)], { takenAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00Z` }),
    target: target([]),
    shell: 'default',
    rows: [],
    summary: { ...counts, headline: '', inStep: true },
    findings: [],
  };
}

test('the limit holds; what is named or pinned stays beside it', () => {
  const history = openHistory(folder);
  for (let day = 1; day <= 4; day += 1) {
    history.keep(audit(day, `20.${day}.0`), 10);
  }
  const oldest = history.list(undefined).at(-1)?.id ?? '';
  history.change(oldest, { name: '  before  ' });
  history.keep(audit(5, '20.5.0'), 2);
  expect(history.list(undefined).map(({ takenAt, name }) => [takenAt.slice(8, 10), name])).toEqual([
    ['05', undefined],
    ['04', undefined],
    ['01', 'before'],
  ]);
  expect(readdirSync(folder).length).toBe(6);
});

test('the index is rebuilt from the files; a broken summary is left out and left alone', () => {
  openHistory(folder).keep(audit(1, '20.1.0'), 10);
  writeFileSync(join(folder, 'torn.entry.json'), '{ "id": ');
  const again = openHistory(folder);
  const [entry] = again.list(undefined);
  expect(again.list(undefined).length).toBe(1);
  expect(again.open(entry?.id ?? '').snapshot.installations[0]?.version).toBe('20.1.0');
  again.change(entry?.id ?? '', { pinned: true });
  expect(openHistory(folder).list(undefined)[0]?.pinned).toBe(true);
  expect(() => again.change('gone', { pinned: true })).toThrow('no longer in the history');
  expect(readdirSync(folder)).toContain('torn.entry.json');
});

test('what says the same as both its neighbours goes first, so that the first and last day of a state stay', () => {
  const entry = (id: string, machine: string): HistoryEntry => ({
    id,
    takenAt: '',
    folder: '/p',
    shell: 'default',
    system: 's',
    total: 0,
    match: 0,
    drift: 0,
    missing: 0,
    shadowed: 0,
    unknown: 0,
    machine,
    result: 'r',
  });
  const entries = [
    entry('6', 'b'),
    entry('5', 'a'),
    entry('4', 'a'),
    entry('3', 'a'),
    entry('2', 'a'),
    entry('1', 'c'),
  ];
  expect(beyondLimit(entries, 5).map(({ id }) => id)).toEqual(['3']);
  expect(beyondLimit(entries, 3).map(({ id }) => id)).toEqual(['3', '4', '1']);
  expect(beyondLimit(entries, 0).length).toBe(6);
});

test('the code that an audit points into is kept with it, and goes with it', () => {
  const flake = mkdtempSync(join(tmpdir(), 'lockstep-flake-'));
  writeFileSync(join(flake, 'flake.nix'), '{ then = true; }');
  const position = { file: 'flake.nix', line: 1, column: 3 };
  const history = openHistory(folder);
  history.keep(
    {
      ...audit(1, '20.1.0'),
      target: target([], { flake: { ...target([]).flake, path: flake } }),
      rows: ['flake.nix', '../secret', 'gone.nix'].map((file) =>
        row({ expected: { attribute: 'a', name: 'a', certainty: 'exact', position: { ...position, file } } }),
      ),
    },
    10,
  );
  writeFileSync(join(flake, 'flake.nix'), '{ now = true; }');
  const id = history.list(undefined)[0]?.id ?? '';
  expect(history.source(id, 'flake.nix')).toEqual({ text: '{ then = true; }', cut: false });
  for (const other of ['../secret', 'gone.nix', 'toString', '__proto__']) {
    expect(() => history.source(id, other)).toThrow('was not kept');
  }
  history.remove(id);
  expect(readdirSync(folder)).toEqual([]);
  expect(() => history.source(id, 'flake.nix')).toThrow('was not kept');
  rmSync(flake, { recursive: true, force: true });
});
