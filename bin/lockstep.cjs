#!/usr/bin/env node
'use strict';
const { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } = require('node:fs');
const nodeModule = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/*
 * The command line, and how V8 runs our bundles: with what scripts/code-cache.mjs compiled in advance for this very
 * engine, which is only taken where V8's flags are the same. The window's threads take that from here, too. In one file:
 * Node.js takes a millisecond to find another one.
 */

/** What is compiled in advance for this engine ends so. */
exports.compiledEnd = `.${process.versions.v8}-${process.platform}-${process.arch}.bin`;

/**
 * For programs that end in a moment. What is used often is optimised four times later than in a server, which takes the
 * processor from nobody until it pays; memory that nobody will miss is not marked for collection in the meantime; and
 * patterns, most of which are matched a few times, are run as they are, and only those of many matches are compiled.
 */
exports.tune = () => {
  const { setFlagsFromString } = require('node:v8');
  // V8 names a flag that it does not know on standard error: this one went with version 12, Node.js 22.
  if (Number.parseInt(process.versions.v8, 10) < 12) {
    setFlagsFromString('--interrupt-budget=270336');
  }
  setFlagsFromString('--no-incremental-marking');
  setFlagsFromString('--no-regexp-peephole-optimization');
  setFlagsFromString('--regexp-tier-up-ticks=50');
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
  exports.loadBundle(entry, (filename) => {
    const { text, cachedData } = exports.readCompiled(filename + exports.compiledEnd);
    return new Script(text, { filename, cachedData });
  });
};

/**
 * Room for the largest chunk and its code. New memory for each chunk would cost more than reading it; what no chunk reaches
 * costs nothing.
 */
let memory = Buffer.alloc(0);

/**
 * A chunk's text with V8's cache of its code, in one file: the cache, where V8 wants it aligned, the text, which is ASCII,
 * and the length of the cache in four bytes.
 *
 * @param {string} path
 * @returns {{ text: string, cachedData: Buffer }} the cache is overwritten by the next one that is read
 */
exports.readCompiled = (path) => {
  const handle = openSync(path, 'r');
  const { size } = fstatSync(handle);
  if (size > memory.length) {
    memory = Buffer.allocUnsafeSlow(Math.max(size, 4_194_304));
  }
  readSync(handle, memory, 0, size, 0);
  closeSync(handle);
  const length = memory.readUInt32LE(size - 4);
  return { text: memory.toString('latin1', length, size - 4), cachedData: memory.subarray(0, length) };
};

/**
 * What {@link exports.readCompiled} reads.
 *
 * @param {string} text
 * @param {Buffer} cachedData
 */
exports.packCompiled = (text, cachedData) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(cachedData.length);
  return Buffer.concat([cachedData, Buffer.from(text, 'latin1'), length]);
};

/**
 * The text of a chunk as a script: Node.js gives modules their variables so.
 *
 * @param {string} filename
 */
exports.textOf = (filename) => nodeModule.wrap(readFileSync(filename, 'latin1'));

/**
 * Loads a bundle.
 *
 * @param {string} entry
 * @param {(filename: string) => import('node:vm').Script} compile makes a script of a chunk
 */
exports.loadBundle = (entry, compile) => {
  const folder = dirname(entry);
  const requireOther = nodeModule.createRequire(entry);
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
    const script = compile(filename);
    const requireFrom = (/** @type {string} */ id) => (id.startsWith('./') ? load(join(folder, id)) : requireOther(id));
    script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder);
    return module.exports;
  }
};

/** Runs the command line: as any module where it was not compiled, which Node.js 22 and later can keep compiled by itself. */
function start() {
  const entry = join(__dirname, '..', 'out', 'cli', 'index.cjs');
  if (exports.isCompiled(entry)) {
    // Every command needs them: once the flags are others, Node.js compiles its own modules anew.
    require('node:os');
    require('node:process');
    exports.tune();
    exports.loadCompiled(entry);
  } else if (existsSync(entry)) {
    if ('enableCompileCache' in nodeModule && typeof nodeModule.enableCompileCache === 'function') {
      nodeModule.enableCompileCache();
    }
    require(entry);
  } else {
    process.stderr.write(
      'lockstep: this checkout is not built yet. Run "npm ci && npm run build" (or "npm start") first.\n',
    );
    process.exitCode = 2;
  }
}

if (require.main === module) {
  start();
}
