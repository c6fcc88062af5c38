import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { findInLines } from '../../format/source-text';
import { relativePath } from '../../project-files';
import { exact, type Rule, semver } from '../../range/rules';
import { node } from '../../range/tool-rules';
import { pinEntry, pinValue } from '../pin-value';
import { pinNodePackages } from './dependencies';

/** Engines that are tools of a machine; editors and frameworks (`vscode`, `electron`) are not. */
const ENGINES = new Set(['node', 'npm', 'pnpm', 'yarn', 'bun', 'deno']);

/** `package.json`: `engines`, `packageManager` (Corepack), `devEngines`, `volta`, `pnpm.executionEnv`, and tools among its packages. */
export const readPackageJson: PinReader = (context) => {
  const root = context.document(parseJson(context.source.text, false));
  for (const entry of entriesOf(valueAt(root, 'engines'))) {
    // `"npm": "please-use-pnpm"` is a word to people, and no version.
    if (ENGINES.has(entry.key) && !/^[a-z ,!-]*use[a-z ,!-]*$/i.test(textOf(entry.value) ?? '')) {
      pinEntry(context, entry, {
        tool: entry.key,
        rule: engineRule(entry.key),
        source: 'manifest',
        declaredBy: `engines.${entry.key}`,
      });
    }
  }
  readPackageManager(context, root);
  for (const kind of ['runtime', 'packageManager']) {
    for (const item of itemsOf(valueAt(root, 'devEngines', kind))) {
      readDevEngine(context, item, `devEngines.${kind}`);
    }
  }
  for (const entry of entriesOf(valueAt(root, 'volta'))) {
    if (ENGINES.has(entry.key)) {
      pinEntry(context, entry, {
        tool: entry.key,
        rule: exact,
        source: 'version-file',
        declaredBy: `volta.${entry.key}`,
      });
    } else if (entry.key === 'extends') {
      const path = relativePath(besideFile(context.source.path, textOf(entry.value) ?? ''));
      if (path === undefined) {
        context.unresolved(`volta.extends: ${textOf(entry.value)}`, 'it is outside the project', entry.keyOffset);
      } else {
        context.also(path.join('/'), entry.value.offset, readPackageJson);
      }
    }
  }
  pinEntry(context, entryOf(valueAt(root, 'pnpm', 'executionEnv'), 'nodeVersion'), {
    tool: 'node',
    rule: node,
    source: 'version-file',
    declaredBy: 'pnpm.executionEnv.nodeVersion',
  });
  for (const kind of ['devDependencies', 'dependencies']) {
    pinNodePackages(context, valueAt(root, kind), kind);
  }
};

/** npm's ranges; for Node also the names that version managers know (`lts/*`), which some write. */
function engineRule(engine: string): Rule {
  return (constraint) => {
    const reading = semver(constraint);
    return reading.scheme === 'unknown' && engine === 'node' ? node(constraint) : reading;
  };
}

/** `pnpm@8.15.1+sha512.…`: name and exact version. Source: nodejs/corepack, "How to Install". */
function readPackageManager(context: PinContext, root: DocNode | undefined): void {
  const entry = entryOf(root, 'packageManager');
  const match = /^(npm|pnpm|yarn|bun)@(\d[^+]*)/.exec(textOf(entry?.value) ?? '');
  if (entry === undefined) {
    return;
  }
  if (match === null) {
    context.unresolved(
      `packageManager: ${textOf(entry.value)}`,
      'it is not written as name@version',
      entry.value.offset,
    );
    return;
  }
  context.pin({
    tool: match[1]!,
    constraint: match[2]!,
    rule: exact,
    source: 'manifest',
    declaredBy: 'packageManager',
    offset: entry.value.offset,
    end: entry.value.end,
    from: entry.keyOffset,
  });
}

function readDevEngine(context: PinContext, item: DocNode, declaredBy: string): void {
  const tool = textAt(item, 'name');
  if (tool !== undefined && ENGINES.has(tool)) {
    const entry = entryOf(item, 'version');
    pinValue(context, entry?.value, { tool, rule: semver, source: 'manifest', declaredBy }, entry?.keyOffset);
  }
}

/** pnpm's settings in `.npmrc`: `use-node-version=20.11.1`. Nothing else of the file is kept: it may hold tokens. */
export const readNpmrc: PinReader = (context) => {
  const found = findInLines(context.source.text, /^(\s*use-node-version\s*=\s*)([\w.]+)\s*$/);
  if (found !== undefined) {
    const { match } = found;
    const offset = found.offset + match[1]!.length;
    context.pin({
      tool: 'node',
      constraint: match[2]!,
      rule: node,
      source: 'version-file',
      declaredBy: 'use-node-version',
      offset,
      end: offset + match[2]!.length,
      from: found.offset,
    });
  }
};

/** A path that a file of the project gives relative to itself. */
function besideFile(file: string, path: string): string {
  return `${file.slice(0, file.lastIndexOf('/') + 1)}${path}`;
}
