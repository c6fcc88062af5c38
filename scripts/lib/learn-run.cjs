'use strict';
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const { compiledEnd, loadBundle, tune } = require('../../bin/engine.cjs');

/*
 * `node learn-run.cjs ENTRY WORD …`: runs a bundle with these words, and writes beside each chunk that was loaded, in a
 * file that ends in `.learnt`, the code of all functions that this run and those before it have called.
 */
const [entry = '', ...words] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...words);
tune();
/** @type {Map<string, Script>} */
const scripts = new Map();
process.on('exit', () => {
  for (const [learnt, script] of scripts) {
    writeFileSync(learnt, script.createCachedData());
  }
});
loadBundle(entry, (filename, text) => {
  const learnt = `${filename}${compiledEnd}.learnt`;
  const script = new Script(text, existsSync(learnt) ? { filename, cachedData: readFileSync(learnt) } : { filename });
  scripts.set(learnt, script);
  return script;
});
