import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const INDEX = join(root, 'resources', 'nixpkgs-index', 'nixpkgs-index.bin');
const PLACE = /__LOCKSTEP_BUILD__/g;

/**
 * A plugin of Vite that writes a digest of the whole bundle, and of the index that it comes with, where `__LOCKSTEP_BUILD__` stands in it.
 *
 * @returns {import('vite').Plugin}
 */
export function buildName() {
  return {
    name: 'build-name',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const hash = createHash('sha256').update(readFileSync(INDEX));
        for (const { fileName, code } of chunks.sort((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
          hash.update(`${fileName}\0${code}\0`);
        }
        const name = JSON.stringify(hash.digest('base64url'));
        for (const chunk of chunks) {
          chunk.code = chunk.code.replace(PLACE, name);
        }
      },
    },
  };
}
