import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLibrary, withLibrary } from '../../../../src/core/flake/lib-mount';
import { Attrs, EMPTY_ATTRS, Evaluator, encodeUtf8 } from '../../../../src/core/nix';
import { diskIo, plain } from '../nix-files';

const folder = join(import.meta.dirname, 'cases');
const files = ['attrsets.nix', 'lists.nix', 'modules.nix', 'others.nix', 'strings.nix'];

it('has a list of all files with cases', () => {
  const found = readdirSync(folder).filter((name) => name.endsWith('.nix') && name !== 'a-module.nix');
  expect(found.sort()).toEqual(files);
});

describe.each(files)('lib: %s', (file) => {
  const evaluator = new Evaluator({ io: withLibrary(diskIo) });
  const lib = loadLibrary(evaluator, EMPTY_ATTRS, () => undefined);
  const cases = evaluator.callFunction(evaluator.evalFile(encodeUtf8(join(folder, file))), [lib]);
  const names = cases instanceof Attrs ? cases.names() : [];

  it('has cases', () => {
    expect(names.length).toBeGreaterThan(10);
  });

  it.each(names)('%s', (name) => {
    const [actual, expected] = evaluator.select(cases, [name]) as [never, never];
    expect(plain(evaluator, actual)).toEqual(plain(evaluator, expected));
  });
});
