import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/model/snapshot';
import type { Target } from '../../src/core/model/target';
import type { EarlyResults } from '../../src/ipc/run';
import { collectEarly } from '../../src/main/early-results';

const copy = (tool: string, version: string, active: boolean) => ({ tool, version, active });
const snapshot = { installations: [copy('git', '2.46.0', true), copy('git', '2.39.5', false)] } as unknown as Snapshot;
const target = {
  defaultShell: 'default',
  shells: { default: { packages: [{ name: 'ruff', version: '0.6.6' }] }, ci: { packages: [{ name: 'just' }] } },
} as unknown as Target;

test('tools are told in one go as they are found; each half replaces what was found of it', async () => {
  const told: EarlyResults[] = [];
  const early = collectEarly(undefined, (results) => void told.push(results));
  early.found({ title: 'Git' });
  early.found({ title: 'Git', version: '2.46.0' });
  early.found({ title: 'Deno' });
  await expect.poll(() => told).toHaveLength(1);
  expect(told[0]).toEqual({
    machine: { total: 2, tools: [{ title: 'Git', version: '2.46.0' }, { title: 'Deno' }], complete: false },
  });
  early.half(target);
  early.half(snapshot);
  expect(told.at(-1)).toEqual({
    machine: { total: 1, tools: [{ title: 'Git', version: '2.46.0' }], complete: true },
    target: { total: 1, tools: [{ title: 'ruff', version: '0.6.6' }], complete: true },
  });
});

test('the packages are those of the shell that is asked for', () => {
  const told: EarlyResults[] = [];
  collectEarly('ci', (results) => void told.push(results)).half(target);
  expect(told).toEqual([{ target: { total: 1, tools: [{ title: 'just' }], complete: true } }]);
});
