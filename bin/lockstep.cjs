#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const nodeModule = require('node:module');
const { join } = require('node:path');
const { isCompiled, loadCompiled, tune } = require('./engine.cjs');

/*
 * Loads the bundle. Where scripts/code-cache.mjs compiled it for this very engine when it was built, with that; where
 * not, as any module, which Node.js 22 and later can keep compiled by itself.
 */
const entry = join(__dirname, '..', 'out', 'cli', 'index.cjs');

if (isCompiled(entry)) {
  // Every command needs them: once the flags are others, Node.js compiles its own modules anew.
  require('node:os');
  require('node:process');
  tune();
  loadCompiled(entry);
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
