/**
 * A plugin of Vite that refuses a bundle in which a thread's chunks need the application's own: that one starts windows,
 * and there is no Electron in a thread.
 *
 * @param {readonly string[]} threads entries, by name
 * @param {string} application its entry
 * @returns {import('vite').Plugin}
 */
export function threadsAlone(threads, application) {
  return {
    name: 'threads-alone',
    generateBundle(_, bundle) {
      for (const thread of threads) {
        const seen = new Set([`${thread}.cjs`]);
        for (const name of seen) {
          const chunk = bundle[name];
          if (name === `${application}.cjs`) {
            this.error(`${thread} needs ${application}.cjs, by way of ${[...seen].join(', ')}`);
          }
          for (const needed of chunk?.type === 'chunk' ? [...chunk.imports, ...chunk.dynamicImports] : []) {
            seen.add(needed);
          }
        }
      }
    },
  };
}
