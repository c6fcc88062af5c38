import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../src/cli/standard-stream.ts');

/** A program that writes through the streams, and leaves as soon as they are done. */
const program = (body: string) => `
  import { standardStream } from ${JSON.stringify(source)};
  const stderr = standardStream(2);
  const stdout = standardStream(1, (error) => {
    stderr.write('could not write: ' + error.code);
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });
  ${body}
  stdout.finished().then(() => stderr.finished()).then(() => process.exit());
`;
const argv = (body: string) => ['--import', 'tsx', '--input-type=module', '--eval', program(body)];

test('a pipe is given everything, however slowly it is read', async () => {
  const child = spawn(
    process.execPath,
    argv("stdout.write('x'.repeat(3_000_000)); stdout.write(new Uint8Array([233]));"),
  );
  // The pipe is full, and nobody takes anything from it yet.
  await once(child.stdout, 'readable');
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const bytes = Buffer.concat(chunks);
  expect([status, bytes.length, bytes.at(-1)]).toEqual([0, 3_000_001, 233]);
});

test('whoever closes the pipe is told of, once', async () => {
  const child = spawn(process.execPath, argv("for (let i = 0; i < 99; i++) stdout.write('x'.repeat(100_000));"));
  child.stdout.once('data', () => child.stdout.destroy());
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += String(chunk);
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  expect(told).toBe('could not write: EPIPE');
});

test.runIf(existsSync('/dev/full'))('a full disk is told of', () => {
  const command = [process.execPath, ...argv("stdout.write('x');")].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const { status, stderr } = spawnSync('/bin/sh', ['-c', `${command.join(' ')} > /dev/full`], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, 'could not write: ENOSPC']);
});

test('neither a pipe nor the null device is a terminal', () => {
  const body = 'stdout.write(JSON.stringify([stdout.isTTY, stdout.columns ?? null, stderr.isTTY]));';
  const { stdout } = spawnSync(process.execPath, argv(body), { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  expect(stdout).toBe('[false,null,false]');
});
