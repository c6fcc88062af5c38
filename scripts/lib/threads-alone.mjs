/**
 * A plugin of Vite that refuses a bundle in which a thread's chunks need the application's own, or the application a
 * thread's: the one starts windows, and there is no Electron in a thread; the other does its work as soon as it is loaded.
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
        for (const [entry, other] of [
          [thread, application],
          [application, thread],
        ]) {
          const way = wayTo(`${entry}.cjs`, `${other}.cjs`, bundle);
          if (way !== undefined) {
            this.error(`${entry} needs ${other}.cjs, by way of ${way.join(', ')}`);
          }
        }
      }
    },
  };
}

/**
 * The chunks that an entry needs, up to one that it must not; undefined where it does not need that one.
 *
 * @param {string} entry
 * @param {string} other
 * @param {import('vite').Rollup.OutputBundle} bundle
 */
function wayTo(entry, other, bundle) {
  const seen = new Set([entry]);
  for (const name of seen) {
    const chunk = bundle[name];
    if (name === other) {
      return [...seen];
    }
    for (const needed of chunk?.type === 'chunk' ? [...chunk.imports, ...chunk.dynamicImports] : []) {
      seen.add(needed);
    }
  }
  return undefined;
}
