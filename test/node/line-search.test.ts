import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesWith, searchLines } from '../../src/core/host/line-search';
import { localFileSystem } from '../../src/node/local-file-system';

/** The same as a host that brings no search of its own. */
const { searchLines: _, linesWith: _too, ...plain } = localFileSystem;

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

  it('gives the lines that have a text', () => {
    const lines = (text: string, limit = 2_000_000) => {
      writeFileSync(join(folder, 'list'), text);
      const found = linesWith(fs, join(folder, 'list'), limit, 'bin/');
      return found.ok ? found.value : [found.code];
    };
    expect(lines('bin/a\n/usr/bin/b/bin/c\n\n/usr/lib/d\n/usr/bin/é')).toEqual([
      'bin/a',
      '/usr/bin/b/bin/c',
      '/usr/bin/é',
    ]);
    expect(lines('bin/\n')).toEqual(['bin/']);
    expect(lines('')).toEqual([]);
    expect(lines('/usr/bin/a\n/usr/bin/b\n', 15)).toEqual(['/usr/bin/a']);
    const long = Array.from({ length: 90_000 }, (_, index) => `/usr/share/${index}`);
    expect(lines([...long, '/usr/bin/last'].join('\n'))).toEqual(['/usr/bin/last']);
  });

  it('says why there is nothing to search', () => {
    const missing = join(folder, 'missing');
    expect(searchLines(fs, missing, 1000)).toEqual({ ok: false, code: 'not-found' });
    expect(linesWith(fs, missing, 1000, 'x')).toEqual({ ok: false, code: 'not-found' });
  });
});
