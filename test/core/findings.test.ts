import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const documented = new Set(
  readFileSync('docs/findings.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => (line.split('|')[1] ?? '').match(/[a-z]+(?:-[a-z]+)+/g) ?? []),
);

/** Where findings are made, beside the places that read a flake or a file and may fail. */
const MAKERS = [
  'src/core/environment/findings.ts',
  'src/core/flake/index-findings.ts',
  'src/core/flake/lock-findings.ts',
  'src/core/flake/module-findings.ts',
  'src/core/flake/pin-quality.ts',
  'src/core/flake/no-shell.ts',
  'src/core/pins/context.ts',
  'src/core/pins/findings.ts',
  'src/node/real-nix.ts',
  'src/node/target-nix.ts',
];

function codesIn(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/'((?:[a-z]+-)+[a-z]+)'/g)]
    .map((match) => match[1]!)
    .filter((code) =>
      /^(?:nix|path|context|lock|index|pins?|input|nixpkgs|module|outputs|variable|dev-shell)-/.test(code),
    );
}

/** The files below a folder whose names end so. */
function filesBelow(folder: string, end: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));
}

describe('docs/findings.md', () => {
  test.each(MAKERS)('lists the codes of %s', (pattern) => {
    const codes = codesIn(pattern);
    expect(codes).not.toHaveLength(0);
    expect(codes.filter((code) => !documented.has(code))).toEqual([]);
  });

  test('lists what every reader of pins may say', () => {
    const codes = filesBelow('src/core/pins', '.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/'(pins?-[a-z-]+)'/g)].map((match) => match[1]!),
    );
    expect(new Set(codes).size).toBeGreaterThan(10);
    expect(codes.filter((code) => !documented.has(code))).toEqual([]);
  });

  test('lists nothing that no source says', () => {
    const source = ['core', 'node']
      .flatMap((room) => filesBelow(`src/${room}`, '.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const absent = [...documented].filter((code) => !source.includes(`'${code}'`));
    // `path-${state}` is put together of what a snapshot calls the state of an entry.
    expect(absent.filter((code) => !source.includes(`'${code.replace(/^path-/, '')}'`))).toEqual([]);
  });
});
