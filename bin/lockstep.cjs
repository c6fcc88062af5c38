#!/usr/bin/env node
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { compiledEnd, tune } = require('./engine.cjs');

/*
 * Loads the bundle. Where scripts/code-cache.mjs compiled it for this very engine when it was built, with that; where
 * not, as any module, which Node.js 22 and later can keep compiled by itself.
 */
const folder = join(__dirname, '..', 'out', 'cli');
const entry = join(folder, 'index.cjs');
const modules = new Map();

if (existsSync(entry + compiledEnd)) {
  tune();
  load(entry);
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
  // The build escapes all that is not ASCII. Of a cache that V8 rejects after all, nothing is used.
  const script = new Script(nodeModule.wrap(readFileSync(filename, 'latin1')), {
    filename,
    cachedData: readFileSync(filename + compiledEnd),
  });
  const requireFrom = (/** @type {string} */ id) => (id.startsWith('./') ? load(join(folder, id)) : require(id));
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder);
  return module.exports;
}
