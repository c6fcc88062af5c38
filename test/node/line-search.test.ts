import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchLines } from '../../src/core/host/line-search';
import { localFileSystem } from '../../src/node/local-file-system';

/** The same as a host that brings no search of its own. */
const { searchLines: _, ...plain } = localFileSystem;

describe.each([
  ['in bytes', localFileSystem],
  ['in text', plain],
])('lines are searched %s', (_name, fs) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-lines-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function found(text: string, lines: readonly string[]): readonly string[] {
    const path = join(folder, 'list');
    writeFileSync(path, text);
    const opened = searchLines(fs, path, 2_000_000);
    return opened.ok ? lines.filter(opened.value) : [opened.code];
  }

  it('finds whole lines, the first and the last one too', () => {
    const asked = [
      '/usr/bin/one',
      '/usr/bin/two',
      '/usr/bin/three',
      '/usr/bin',
      'bin/two',
      '/usr/bin/thr',
      '/usr/bin/é',
    ];
    const all = ['/usr/bin/one', '/usr/bin/two', '/usr/bin/three'];
    expect(found('/usr/bin/one\n/usr/bin/two\n/usr/bin/three\n', asked)).toEqual(all);
    expect(found('/usr/bin/one\n/usr/bin/two\n/usr/bin/three', asked)).toEqual(all);
    expect(found('/usr/bin/two', asked)).toEqual(['/usr/bin/two']);
    expect(found('/usr/bin/café\n/usr/bin/é\n', asked)).toEqual(['/usr/bin/é']);
  });

  it('finds lines anywhere in a long text', () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `/usr/share/${index}`);
    const asked = [0, 13_000, 15_000, 30_000, 59_999].map((index) => lines[index]!);
    expect(found(lines.join('\n'), ['/usr/share', ...asked, '/usr/share/60000'])).toEqual(asked);
    expect(found(`${lines.join('\n')}\n`, asked)).toEqual(asked);
  });

  it('takes no part of a line of a long text for a line, wherever it begins or ends', () => {
    const piece = 262_144;
    // Read in pieces that overlap by what is looked for, the second one begins with `tail`, and so does the last.
    const text = `${'a'.repeat(piece - 6)}tail\n${'b'.repeat(piece - 6)}\n`;
    expect(found(text, ['tail', 'a', 'b', 'a'.repeat(1000)])).toEqual([]);
    expect(found(`${text}b\ntail`, ['tail', 'b', 'a'])).toEqual(['tail', 'b']);
  });

  it('says why there is nothing to search', () => {
    const opened = searchLines(fs, join(folder, 'missing'), 1000);
    expect(opened).toEqual({ ok: false, code: 'not-found' });
  });
});
