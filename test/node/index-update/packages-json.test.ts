import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../src/core/model/problem';
import { readPackages } from '../../../src/node/index-update/packages-json';

vi.setConfig({ testTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), 'lockstep-packages-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string | Buffer, cut = 0): string {
  const path = join(folder, 'packages.json.br');
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  const bytes = brotliCompressSync(text, quick);
  writeFileSync(path, bytes.subarray(0, bytes.length - cut));
  return path;
}

describe('readPackages', () => {
  it('reads versions, nested ones and odd names included', async () => {
    const packages = {
      'a"b\\c\u00e4': { version: '1' },
      'x.y': { version: '2', meta: { version: 'no', packages: { z: { version: 'no' } } } },
      none: { pname: 'none' },
      number: { version: 3 },
      null: null,
      list: [{ version: 'no' }],
    };
    const read = await readPackages(fileOf(JSON.stringify({ version: 2, packages }, null, 2)));
    expect([...read]).toEqual([
      ['a"b\\cä', '1'],
      ['x.y', '2'],
    ]);
  });

  it('takes its format after the packages, too', async () => {
    const read = await readPackages(fileOf('{"packages":{"a":{"version":"1"}},"version":2}'));
    expect([...read]).toEqual([['a', '1']]);
  });

  it('tells how far it is', async () => {
    const packages = Object.fromEntries(Array.from({ length: 12_000 }, (_, i) => [`p${i}`, { version: `${i}` }]));
    const seen: number[] = [];
    const read = await readPackages(fileOf(JSON.stringify({ version: 2, packages })), (count) => seen.push(count));
    expect(read.size).toBe(12_000);
    expect(seen).toEqual([5000, 10_000]);
  });

  it.each<[string, () => string]>([
    ['another format', () => fileOf('{"version":3,"packages":{}}')],
    ['no format', () => fileOf('{"packages":{"a":{"version":"1"}}}')],
    ['a file that is cut', () => fileOf(JSON.stringify({ version: 2, packages: { a: { b: 'x'.repeat(9999) } } }), 40)],
    ['JSON that ends early', () => fileOf('{"version":2,"packages":{"a":{"version":"1"}')],
    ['what is not JSON', () => fileOf('<html>busy</html>')],
    ['more after the end', () => fileOf('{"version":2,"packages":{}}{"version":2}')],
    ['nothing', () => fileOf('')],
    ['one enormous package', () => fileOf(`{"version":2,"packages":{"a":{"v":"${'x'.repeat(5_000_000)}`)],
    ['endless nesting', () => fileOf(`{"version":2,"packages":{"a":${'['.repeat(3_000_000)}`)],
    ['a bomb', () => fileOf(Buffer.alloc(200_000_000, ' '))],
  ])('refuses %s', async (_, make) => {
    await expect(readPackages(make())).rejects.toSatisfy(
      (error) => error instanceof ProblemError && error.problem.code === 'packages-broken',
    );
  });
});
