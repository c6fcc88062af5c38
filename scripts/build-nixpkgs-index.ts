/**
 * Makes `resources/nixpkgs-index/` from the published data set of nixpkgs versions.
 *
 *     npx tsx scripts/build-nixpkgs-index.ts <folder with revisions.tsv and versions.jsonl.br> [output folder]
 *
 * The result is checked against the data, value by value, before it is written.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeIndex } from '../src/core/nixpkgs/file/encode';
import { IndexFile } from '../src/core/nixpkgs/file/index-file';
import type { Change } from '../src/core/nixpkgs/file/row';
import { orderByLikeness } from './nixpkgs-index/axis';
import { type AttributeFacts, readFacts, type VersionFacts } from './nixpkgs-index/source';

const [folder, output = join(import.meta.dirname, '..', 'resources', 'nixpkgs-index')] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: tsx scripts/build-nixpkgs-index.ts <data folder> [output folder]\n');
  process.exit(2);
}
build(folder, output);

function build(source: string, target: string): void {
  const facts = readFacts(source);
  const axis = orderByLikeness(facts);
  const sorted = [...facts.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const bytes = encodeIndex({
    revisions: axis.map((column) => facts.revisions[column] ?? unreachable()),
    rows: sorted.map((attribute) => [attribute.name, changesAlong(axis, attribute)] as const),
  });
  const values = verify(bytes, facts);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'nixpkgs-index.bin'), bytes);
  const digest = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(target, 'nixpkgs-index.bin.sha256'), `${digest}  nixpkgs-index.bin\n`);
  process.stdout.write(
    `${bytes.length} bytes, ${facts.attributes.length} attributes, ${facts.revisions.length} revisions; ` +
      `${values} values read back, all equal\n`,
  );
}

function changesAlong(axis: readonly number[], attribute: AttributeFacts): readonly Change[] {
  const changes: Change[] = [];
  let current: string | undefined;
  axis.forEach((source, column) => {
    const version = attribute.versions[source];
    if (version !== current) {
      changes.push({ column, version });
      current = version;
    }
  });
  return changes;
}

/** Asks the finished index for every attribute at every revision. */
function verify(bytes: Uint8Array, facts: VersionFacts): number {
  const index = new IndexFile(bytes);
  const columns = facts.revisions.map((revision) => {
    const column = index.columnOf(revision.revision);
    if (column === undefined || JSON.stringify(index.column(column)) !== JSON.stringify(revision)) {
      throw new Error(`revision ${revision.revision} does not read back`);
    }
    return column;
  });
  const read = new Array<string | undefined>(columns.length);
  for (const { name, versions } of facts.attributes) {
    const changes = index.changes(name) ?? [];
    read.fill(undefined);
    changes.forEach(({ column, version }, i) => {
      read.fill(version, column, changes[i + 1]?.column);
    });
    versions.forEach((version, i) => {
      if (read[columns[i] ?? unreachable()] !== version) {
        throw new Error(`${name} at ${facts.revisions[i]?.revision}: the data says ${version}`);
      }
    });
  }
  return facts.attributes.length * columns.length;
}

function unreachable(): never {
  throw new Error('a column without a revision');
}
