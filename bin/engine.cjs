'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/*
 * How V8 runs our bundles: with what scripts/code-cache.mjs compiled in advance for this very engine, which is only
 * taken where V8's flags are the same. For the command line, and for the threads of the window.
 */

/** What is compiled in advance for this engine ends so. */
exports.compiledEnd = `.${process.versions.v8}-${process.platform}-${process.arch}.bin`;

/**
 * For programs that end in a moment. What is used often is optimised four times later than in a server, which takes the
 * processor from nobody until it pays; memory that nobody will miss is not marked for collection in the meantime; and
 * patterns, most of which are matched a few times, are run as they are.
 */
exports.tune = () => {
  const { setFlagsFromString } = require('node:v8');
  // V8 names a flag that it does not know on standard error: this one went with version 12, Node.js 22.
  if (Number.parseInt(process.versions.v8, 10) < 12) {
    setFlagsFromString('--interrupt-budget=270336');
  }
  setFlagsFromString('--no-incremental-marking');
  setFlagsFromString('--no-regexp-peephole-optimization');
};

/**
 * Whether a bundle was compiled in advance for this engine.
 *
 * @param {string} entry
 */
exports.isCompiled = (entry) => existsSync(entry + exports.compiledEnd);

/**
 * Loads a bundle that was compiled in advance.
 *
 * @param {string} entry
 */
exports.loadCompiled = (entry) => {
  // Of a cache that V8 rejects after all, nothing is used.
  const compile = (/** @type {string} */ filename, /** @type {string} */ text) =>
    new Script(text, { filename, cachedData: readFileSync(filename + exports.compiledEnd) });
  exports.loadBundle(entry, compile);
};

/**
 * Loads a bundle.
 *
 * @param {string} entry
 * @param {(filename: string, text: string) => import('node:vm').Script} compile makes a script of a chunk
 */
exports.loadBundle = (entry, compile) => {
  const folder = dirname(entry);
  const requireOther = createRequire(entry);
  /** @type {Map<string, { exports: unknown }>} */
  const modules = new Map();
  load(entry);

  /**
   * What `require` does for a chunk of the bundle.
   *
   * @param {string} filename
   */
  function load(filename) {
    const known = modules.get(filename);
    if (known !== undefined) {
      return known.exports;
    }
    const module = { exports: {} };
    modules.set(filename, module);
    // The build escapes all that is not ASCII.
    const script = compile(filename, wrap(readFileSync(filename, 'latin1')));
    const requireFrom = (/** @type {string} */ id) => (id.startsWith('./') ? load(join(folder, id)) : requireOther(id));
    script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder);
    return module.exports;
  }
};
