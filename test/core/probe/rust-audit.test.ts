import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import { probeMachine } from '../../../src/core/probe';
import { elfBinary } from './binaries';
import { machine } from './machine';

function inflate(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: limit });
  } catch {
    return undefined;
  }
}

async function told(program: string, section: Buffer): Promise<readonly string[]> {
  const path = `/usr/local/bin/${program}`;
  const host = machine({ [path]: { base64: elfBinary('.dep-v0', section), exec: true } });
  const { installations } = await probeMachine({ host, catalog, inflate, clock: () => 0 });
  return installations.map(({ tool, version, evidence }) => `${tool} ${version ?? '?'} ${evidence[0]?.detail ?? ''}`);
}

const audit = (name: string, version: string) =>
  deflateSync(
    JSON.stringify({
      packages: [
        { name: 'aho-corasick', version: '1.1.3', source: 'crates.io' },
        { name, version, source: 'local', dependencies: [0], root: true },
      ],
    }),
  );

test('a program of Rust that was built with cargo auditable is of the version of its crate', async () => {
  expect(await told('rg', audit('ripgrep', '14.1.1'))).toEqual(['ripgrep 14.1.1 cargo-auditable: ripgrep 14.1.1']);
  expect(await told('uv', audit('uv', '0.7.13'))).toEqual(['uv 0.7.13 cargo-auditable: uv 0.7.13']);
});

test('a crate of another name, one without a version, and a tool of Rust itself tell nothing', async () => {
  expect(await told('rg', audit('elsewhere', '14.1.1'))).toEqual(['ripgrep ? ']);
  expect(await told('rg', audit('ripgrep', '0.0.0'))).toEqual(['ripgrep ? ']);
  expect(await told('cargo', audit('cargo', '0.85.0'))).toEqual(['cargo ? ']);
});

test.each([
  ['no such data', Buffer.from('ripgrep 14.1.1')],
  ['other JSON', deflateSync('[{"root":true}]')],
  ['cut off', audit('ripgrep', '14.1.1').subarray(0, 40)],
  ['far more than it looks', deflateSync(Buffer.alloc(64 * 1024 * 1024, 32))],
])('%s is survived', async (_, section) => {
  expect(await told('rg', section)).toEqual(['ripgrep ? ']);
});
