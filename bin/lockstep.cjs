#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const entry = join(__dirname, '..', 'out', 'cli', 'index.cjs');
if (existsSync(entry)) {
  require(entry);
} else {
  process.stderr.write(
    'lockstep: this checkout is not built yet. Run "npm ci && npm run build" (or "npm start") first.\n',
  );
  process.exitCode = 2;
}
