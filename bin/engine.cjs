'use strict';
const { setFlagsFromString } = require('node:v8');

/*
 * How V8 runs the command line, for bin/lockstep.cjs, and for scripts/code-cache.mjs: what was compiled in advance is
 * only taken where the flags are the same.
 */

/** What is compiled in advance for this engine ends so. */
exports.compiledEnd = `.${process.versions.v8}-${process.platform}-${process.arch}.bin`;

/**
 * For programs that end in a moment. What is used often is optimised four times later than in a server, which takes the
 * processor from nobody until it pays; and memory that nobody will miss is not marked for collection in the meantime.
 */
exports.tune = () => {
  setFlagsFromString('--interrupt-budget=270336');
  setFlagsFromString('--no-incremental-marking');
};
