'use strict';
const { existsSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const { compiledEnd, loadBundle, packCompiled, readCompiled, textOf, tune } = require('../../bin/lockstep.cjs');

/*
 * `node learn-run.cjs ENTRY WORD …`: runs a bundle with these words, and writes beside each chunk that was loaded, in a
 * file that ends in `.learnt`, the code of all functions that this run and those before it have called.
 */
const [entry = '', ...words] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...words);
tune();
/** @type {Map<string, { text: string, script: Script }>} */
const scripts = new Map();
process.on('exit', () => {
  for (const [learnt, { text, script }] of scripts) {
    writeFileSync(learnt, packCompiled(text, script.createCachedData()));
  }
});
loadBundle(entry, (filename) => {
  const learnt = `${filename}${compiledEnd}.learnt`;
  const text = textOf(filename);
  const script = new Script(text, existsSync(learnt) ? { filename, ...readCompiled(learnt) } : { filename });
  scripts.set(learnt, { text, script });
  return script;
});
