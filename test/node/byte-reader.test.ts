import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBytes } from '../../src/core/probe/binary/byte-reader';
import { localFileSystem } from '../../src/node/local-file-system';

/** The same as a host that brings no search of its own. */
const { find: _, ...plain } = localFileSystem;

it.each([
  ['by the host', localFileSystem],
  ['in core', plain],
])('text is found in a part of a file %s', (_name, fs) => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bytes-'));
  try {
    const path = join(folder, 'program');
    const text = `${'a'.repeat(262_141)}needle${'b'.repeat(5_000_000)}needle`;
    writeFileSync(path, text);
    const reader = openBytes(fs, path);
    const last = text.length - 6;
    const asked = [
      [0, text.length],
      [262_141, 6],
      [262_141, 5],
      [262_142, text.length],
      [262_142, 5_000_000],
      [last, 100],
      [text.length + 10, 10],
      [0, 0],
    ] as const;
    expect(asked.map(([offset, length]) => reader.find('needle', offset, length))).toEqual([
      262_141,
      262_141,
      -1,
      last,
      -1,
      last,
      -1,
      -1,
    ]);
    expect(openBytes(fs, join(folder, 'missing')).find('needle', 0, 10)).toBe(-1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
