import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EarlyResults } from '../../src/ipc/run';
import { collectEarly } from '../../src/main/early-results';
import { installation, snapshot, target, wants } from '../core/report/builders';

const flake = target([wants('git', '2.46.0'), wants('nodejs_20', '20.11.1')]);
const machine = snapshot([installation('git', '2.46.0'), installation('node', '18.19.0')]);
const soFar = { installations: [installation('git', '2.46.0')], failures: [], open: ['node'], everywhere: true };

function collected(asked?: string) {
  const told: EarlyResults[] = [];
  return { told, early: collectEarly(asked, (results) => void told.push(results)) };
}

const words = ({ rows }: EarlyResults) =>
  rows.map(({ tool, status, pending, actual }) => [tool, pending ? 'pending' : status, actual?.version].join(' '));

test('rows come when one half was read, and fill in with what becomes known of the other', async () => {
  const { told, early } = collected();
  early.soFar(() => soFar);
  early.half(flake);
  await expect.poll(() => told).toHaveLength(1);
  expect(told[0]).toMatchObject({ target: flake, shell: 'default', isAsked: false });
  expect(told[0]).not.toHaveProperty('machine');
  expect(words(told[0] as EarlyResults)).toEqual(['node pending ', 'git match 2.46.0']);
  early.half(machine);
  await expect.poll(() => told).toHaveLength(2);
  // What was told once is not told again: a snapshot is large.
  expect(told[1]).toMatchObject({ machine });
  expect(told[1]).not.toHaveProperty('target');
  expect(words(told[1] as EarlyResults)).toEqual(['node drift 18.19.0', 'git match 2.46.0']);
  early.close();
});

test('a machine without a target has rows, too: none of them is judged', async () => {
  const { told, early } = collected();
  early.half(machine);
  await expect.poll(() => told).toHaveLength(1);
  expect(words(told[0] as EarlyResults)).toEqual(['node pending 18.19.0', 'git pending 2.46.0']);
  early.close();
});

test('before either half was read, the tools that were found so far are there', async () => {
  const { told, early } = collected();
  early.soFar(() => soFar);
  await expect.poll(() => told).toHaveLength(1);
  expect(words(told[0] as EarlyResults)).toEqual(['git pending 2.46.0']);
  expect(Object.keys(told[0] as EarlyResults)).toEqual(['rows']);
  early.close();
});

test('a project with a policy says so: what it accepts is not in these rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-policy-'));
  writeFileSync(join(folder, 'lockstep.toml'), '[drift]\ntolerance = "minor"\n');
  const { told, early } = collected();
  early.half({ ...flake, flake: { ...flake.flake, path: folder } });
  await expect.poll(() => told).toHaveLength(1);
  expect(told[0]).toMatchObject({ policy: true });
  early.close();
});

test('a target that Nix is asked about is shown, and said to be so until Nix has answered', async () => {
  const { told, early } = collected();
  early.half(flake, true);
  await expect.poll(() => told).toHaveLength(1);
  early.half({ ...flake, evaluator: 'nix' });
  await expect.poll(() => told).toHaveLength(2);
  expect(told.map(({ isAsked, target }) => [target?.evaluator, isAsked])).toEqual([
    ['lockstep', true],
    ['nix', false],
  ]);
  early.close();
});

test('a comparison that is there at once is told by itself, and a shell that is not there has no rows', async () => {
  const { told, early } = collected();
  early.half(flake);
  early.close();
  const other = collected('nowhere');
  other.early.half(flake);
  other.early.half(machine);
  // What comes last and is told shows that the others would have been.
  const last = collected();
  last.early.half(flake);
  await expect.poll(() => last.told).toHaveLength(1);
  expect([told, other.told]).toEqual([[], []]);
  other.early.close();
  last.early.close();
});
