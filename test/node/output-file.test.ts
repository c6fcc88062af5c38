import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeOutput } from '../../src/node/output-file';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is there is replaced as a whole; nothing is left beside it', () => {
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'a long text from before');
  writeOutput(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a.txt']);
});

test.each([
  [join(folder, 'no', 'such', 'a.txt'), 'there is no such file or folder'],
  [folder, 'it is a folder'],
  [join(folder, 'a.txt', 'b.txt'), 'a part of the path is not a folder'],
  [join(folder, 'x'.repeat(300)), 'its name is too long'],
])('%s is refused with its cause', (path, cause) => {
  writeFileSync(join(folder, 'a.txt'), '');
  expect(() => writeOutput(path, 'x')).toThrow(cause);
});

describe.skipIf(process.platform === 'win32')('links and pipes', () => {
  test('a link is followed, also to where nothing is yet', () => {
    symlinkSync('to-come.txt', join(folder, 'link.txt'));
    writeOutput(join(folder, 'link.txt'), 'through');
    expect(readFileSync(join(folder, 'to-come.txt'), 'utf8')).toBe('through');
    symlinkSync('circle', join(folder, 'circle'));
    expect(() => writeOutput(join(folder, 'circle'), 'x')).toThrow('circle');
  });

  test("a link under the temporary file's name is not written through", () => {
    const own = join(folder, 'own.txt');
    writeFileSync(own, 'mine');
    symlinkSync(own, join(folder, `.b.txt.${process.pid}.tmp`));
    writeOutput(join(folder, 'b.txt'), 'new');
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('new');
    expect(readFileSync(own, 'utf8')).toBe('mine');
  });

  test('a pipe without a reader is refused; one with a reader gets everything', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => writeOutput(pipe, 'x')).toThrow('nobody reads');
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    reader.stdout.on('data', (data: Buffer) => {
      text += data.toString();
    });
    const ended = new Promise((resolve) => reader.once('close', resolve));
    await expect.poll(() => tryWrite(pipe)).toBe(true);
    await ended;
    expect(text).toBe('the whole of it');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});

function tryWrite(path: string): boolean {
  try {
    writeOutput(path, 'the whole of it');
    return true;
  } catch {
    return false;
  }
}
