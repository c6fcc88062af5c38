import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { PathEntry } from '../../src/core/model/snapshot';
import { createMachineWatcher } from '../../src/main/watch-machine';

test('a program that comes is told once, however often the folders were named, and not to who no longer asks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bin-'));
  const entries: readonly PathEntry[] = [
    { path: folder, state: 'ok' },
    { path: join(folder, 'nowhere'), state: 'missing' },
  ];
  const told: string[] = [];
  const left = createMachineWatcher(() => told.push('left'));
  left.follow(entries);
  left.follow(entries);
  left.follow([]);
  const asking = createMachineWatcher(() => told.push('asking'));
  asking.follow(entries);
  asking.follow(entries);
  writeFileSync(join(folder, 'tool'), '');
  await vi.waitFor(() => expect(told).toContain('asking'), { timeout: 20_000 });
  expect(told).toEqual(['asking']);
  asking.follow([]);
  rmSync(folder, { recursive: true });
});
