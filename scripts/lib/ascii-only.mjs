/**
 * A plugin of Vite that escapes what is not ASCII: V8 reads such text as it is, and keeps it in half of the memory.
 *
 * @returns {import('vite').Plugin}
 */
export function asciiOnly() {
  const escaped = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'ascii-only',
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') {
          output.code = output.code.replace(/[^\x00-\x7f]/g, escaped);
        }
      }
    },
  };
}
