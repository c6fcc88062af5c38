import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localHost } from '../../../src/node/local-host';
import { replayed } from '../../../src/node/replay';
import { textMark } from '../../../src/node/replay/text-mark';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-kept-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const clock = () => Date.now() + 60_000;

/** A document that says what a file and a variable are, and whether that was read or kept. */
async function ask(options: unknown = {}, env: Record<string, string> = { TOKEN: 'hunter2-hunter2' }) {
  let wasRead = false;
  const document = await replayed<{ text: string; token: string }>(
    { kind: 'target', host: localHost(env), folder: root, options, now: new Date(0), clock, build: 'test' },
    async (recorder) => {
      wasRead = true;
      const { fs, env: seen } = recorder!.host;
      const read = fs.readText!(join(root, 'file'), 100);
      return { text: read.ok ? read.value : read.code, token: (seen['TOKEN'] ?? '').slice(0, 1) };
    },
  );
  return { document, wasRead };
}

function kept(): string {
  return join(root, 'kept', readdirSync(join(root, 'kept'))[0]!);
}

/** With the right mark, as only we write it: a file that was made to deceive. */
function forge(...lines: readonly string[]): void {
  const rest = lines.join('\n');
  writeFileSync(kept(), `lockstep-kept 2 ${textMark(rest)}\n${rest}`);
}

test('keeps a document for its user only, with no value of a variable in it', async () => {
  expect(await ask()).toEqual({ document: { text: 'not-found', token: 'h' }, wasRead: true });
  expect(await ask()).toEqual({ document: { text: 'not-found', token: 'h' }, wasRead: false });
  expect(readFileSync(kept(), 'utf8')).toContain('TOKEN');
  expect(readFileSync(kept(), 'utf8')).not.toContain('hunter2');
  if (process.platform !== 'win32') {
    expect(statSync(kept()).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'kept')).mode & 0o777).toBe(0o700);
  }
  expect(await ask({}, { TOKEN: 'hunter3' })).toMatchObject({ wasRead: true });
});

test('keeps some documents, the latest', async () => {
  for (let index = 0; index < 40; index += 1) {
    await ask({ index });
  }
  expect(readdirSync(join(root, 'kept'))).toHaveLength(32);
  expect(await ask({ index: 39 })).toMatchObject({ wasRead: false });
});

test('reads afresh, and keeps anew, whatever was done to the file', async () => {
  await ask();
  const whole = readFileSync(kept());
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
      const broken = Buffer.from(cut ? whole.subarray(0, at) : whole);
      if (!cut) {
        broken[at] = broken[at]! ^ Math.max(1, byte);
      }
      writeFileSync(kept(), broken);
      expect(await ask()).toEqual({ document: { text: 'not-found', token: 'h' }, wasRead: true });
      expect(await ask()).toMatchObject({ wasRead: false });
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['nothing', []],
  ['no JSON', ['x', 'y', 'z']],
  ['another shape', ['"key"', '{"lstat":[1]}', '{}']],
  ['endless nesting', ['"key"', '['.repeat(100_000), '{}']],
])('is not deceived by %s with the right mark', async (_what, lines) => {
  await ask();
  const [, key = ''] = readFileSync(kept(), 'utf8').split('\n');
  forge(...lines.map((line) => (line === '"key"' ? key : line)));
  expect(await ask()).toMatchObject({ document: { text: 'not-found' }, wasRead: true });
});

describe.skipIf(process.platform === 'win32')('leaves alone', () => {
  test.each([
    ['what others may write to', () => chmodSync(kept(), 0o622)],
    [
      'a link',
      () => {
        const path = kept();
        writeFileSync(join(root, 'copy'), readFileSync(path), { mode: 0o600 });
        rmSync(path);
        symlinkSync(join(root, 'copy'), path);
      },
    ],
    [
      'a FIFO',
      () => {
        const path = kept();
        rmSync(path);
        execFileSync('mkfifo', [path]);
      },
    ],
    ['an enormous file', () => truncateSync(kept(), 20 * 1024 ** 3)],
  ])('%s', async (_what, change) => {
    await ask();
    change();
    expect(await ask()).toMatchObject({ wasRead: true });
    expect(await ask()).toMatchObject({ wasRead: false });
  });
});

test('says the same where nothing can be kept', async () => {
  writeFileSync(join(root, 'kept'), 'in the way');
  expect(await ask()).toMatchObject({ wasRead: true });
  expect(await ask()).toMatchObject({ document: { text: 'not-found' }, wasRead: true });
});
