import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/core/model/problem';
import { readPins } from '../../src/node/pins';

/** Of POSIX: every system but Windows has it. */
const PIPE_MAKER = 'mkfifo';

let folder: string;

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-pins-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('readPins', () => {
  it('reads a real folder, and is stopped by nothing in it', () => {
    write('project/.nvmrc', '20\n');
    write('project/.github/workflows/ci.yml', 'jobs:\n  t:\n    container: node:18\n');
    write('project/.ruby-version/keep', '');
    write('project/package.json', '{"engines": {"node": "20"}}'.padEnd(300 * 1024));
    write('secret', '16\n');
    symlinkSync(join(folder, 'secret'), join(folder, 'project/.node-version'));
    symlinkSync('.python-version', join(folder, 'project/.python-version'));
    symlinkSync('.nvmrc', join(folder, 'project/.bun-version'));
    if (process.platform !== 'win32') {
      execFileSync(PIPE_MAKER, [join(folder, 'project/.java-version')]);
    }
    const { pins, problems } = readPins(join(folder, 'project'));
    expect(pins.map(({ tool, constraint, position }) => `${tool} ${constraint} ${position.file}`)).toEqual([
      'bun 20 .bun-version',
      'node 18 .github/workflows/ci.yml',
      'node 20 .nvmrc',
    ]);
    expect(problems.map(({ position, code }) => `${position?.file} ${code}`)).toEqual([
      ...(process.platform === 'win32' ? [] : ['.java-version pin-file-unreadable']),
      '.node-version pin-file-outside',
      '.python-version pin-file-unreadable',
      '.ruby-version pin-file-unreadable',
      'package.json pin-file-unreadable',
    ]);
  });

  it('follows a link to the project itself', () => {
    write('real/.nvmrc', '20\n');
    symlinkSync('real', join(folder, 'link'));
    expect(readPins(join(folder, 'link')).pins).toHaveLength(1);
  });

  it.each(['missing', 'secret'])('refuses %s, which is no folder', (name) => {
    expect(() => readPins(join(folder, name))).toThrow(ProblemError);
  });
});
