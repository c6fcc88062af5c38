import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { RevisionInfo } from '../../src/core/nixpkgs/model';

/** The published facts as read: one column a revision in the order of `revisions.tsv`, one row an attribute. */
export interface VersionFacts {
  readonly revisions: readonly RevisionInfo[];
  /** Columns of each line, in the order of its history. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  readonly attributes: readonly AttributeFacts[];
}

export interface AttributeFacts {
  readonly name: string;
  /** By column; `undefined`: not there. */
  readonly versions: readonly (string | undefined)[];
}

/**
 * Reads the data set: `revisions.tsv` and `versions.jsonl.br`, whose README describes them.
 *
 * @param folder where both files are
 * @throws Error when a row does not have the described shape
 */
export function readFacts(folder: string): VersionFacts {
  const revisions: RevisionInfo[] = [];
  const lines = new Map<string, number[]>();
  const table = readFileSync(join(folder, 'revisions.tsv'), 'utf8').trimEnd().split('\n');
  for (const row of table.slice(1)) {
    const [revision, date, dateSource, line, position, attributes, channels] = row.split('\t');
    if (
      revision === undefined ||
      date === undefined ||
      line === undefined ||
      channels === undefined ||
      (dateSource !== 'channel-history' && dateSource !== 'first-seen')
    ) {
      throw new Error(`revisions.tsv: unexpected row: ${row}`);
    }
    const columns = lines.get(line) ?? [];
    lines.set(line, columns);
    columns[Number(position)] = revisions.length;
    revisions.push({
      revision,
      date: Date.parse(date) / 1000,
      dateSource,
      line,
      channels: channels.split(','),
      attributes: Number(attributes),
      nested: false,
    });
  }
  const text = brotliDecompressSync(readFileSync(join(folder, 'versions.jsonl.br'))).toString();
  const attributes = text
    .trimEnd()
    .split('\n')
    .map((row) => readAttribute(row, revisions.length, lines));
  return { revisions, lines, attributes };
}

function readAttribute(row: string, width: number, lines: ReadonlyMap<string, readonly number[]>): AttributeFacts {
  const [name, runsByLine] = JSON.parse(row) as [string, Record<string, [number, number, string][]>];
  const versions = new Array<string | undefined>(width).fill(undefined);
  for (const [line, runs] of Object.entries(runsByLine)) {
    for (const [first, last, version] of runs) {
      for (let position = first; position <= last; position++) {
        const column = lines.get(line)?.[position];
        if (column === undefined) {
          throw new Error(`versions.jsonl: ${name} has a run outside of ${line}`);
        }
        versions[column] = version;
      }
    }
  }
  return { name, versions };
}
