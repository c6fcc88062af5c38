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
    const opened = searchLines(fs, path, 1000);
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

  it('says why there is nothing to search', () => {
    const opened = searchLines(fs, join(folder, 'missing'), 1000);
    expect(opened).toEqual({ ok: false, code: 'not-found' });
  });
});
