import { createHash } from 'node:crypto';

const PLACE = /__LOCKSTEP_BUILD__/g;

/**
 * A plugin of Vite that writes a digest of the whole bundle where `__LOCKSTEP_BUILD__` stands in it.
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
        const hash = createHash('sha256');
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
