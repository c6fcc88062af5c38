import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import { auditSchema } from '../ipc/audit-schema';
import { type HistoryEntry, historyEntrySchema } from '../ipc/contract';
import { writeOwnFile } from './json-file';
import { type SourceText, sourcesOf } from './source-files';

const entrySuffix = '.entry.json';
const auditSuffix = '.audit.json';
const sourceSuffix = '.source.json';

/** Files of the flake by the names that positions give them. */
const sourcesSchema = v.record(v.string(), v.object({ text: v.string(), cut: v.boolean() }));

export interface HistoryStore {
  /** Keeps an audit and lets go of what is beyond `limit`; what is pinned or named does not count. */
  keep(audit: Audit, limit: number): void;
  /** The latest first; of one folder, or of all. */
  list(folder: string | undefined): HistoryEntry[];
  open(id: string): Audit;
  /**
   * A file of the flake as it was when the audit was kept.
   *
   * @throws ProblemError `source-not-kept`
   */
  source(id: string, file: string): SourceText;
  /**
   * Names or pins an entry; an empty name takes the name away.
   *
   * @throws ProblemError `history-gone`
   */
  change(id: string, change: { readonly name?: string; readonly pinned?: boolean }): HistoryEntry;
  remove(id: string): void;
}

/**
 * Kept audits: three files each, the audit in its published schema, the flake's code that it points into, and a line of
 * summary. What is asked of many of them
 * at once goes to an index in memory, which is built from the summaries when it is first asked for.
 *
 * @param folder is made with the first audit
 */
export function openHistory(folder: string): HistoryStore {
  let index: Map<string, HistoryEntry> | undefined;

  function entries(): Map<string, HistoryEntry> {
    index ??= new Map(
      ids()
        .flatMap((id) => read(id))
        .map((entry) => [entry.id, entry]),
    );
    return index;
  }

  function ids(): string[] {
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(entrySuffix))
        .map((name) => name.slice(0, -entrySuffix.length));
    } catch {
      return [];
    }
  }

  /** A broken summary is left out, and its file left alone. */
  function read(id: string): readonly HistoryEntry[] {
    try {
      const entry = v.safeParse(
        historyEntrySchema,
        JSON.parse(readFileSync(join(folder, `${id}${entrySuffix}`), 'utf8')),
      );
      return entry.success && entry.output.id === id ? [entry.output] : [];
    } catch {
      return [];
    }
  }

  function write(entry: HistoryEntry): void {
    writeOwnFile(join(folder, `${entry.id}${entrySuffix}`), JSON.stringify(entry));
    entries().set(entry.id, entry);
  }

  function remove(id: string): void {
    rmSync(join(folder, `${id}${entrySuffix}`), { force: true });
    rmSync(join(folder, `${id}${auditSuffix}`), { force: true });
    rmSync(join(folder, `${id}${sourceSuffix}`), { force: true });
    entries().delete(id);
  }

  function latestFirst(): HistoryEntry[] {
    return [...entries().values()].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  }

  return {
    keep: (audit, limit) => {
      if (limit > 0) {
        const entry = entryOf(audit);
        writeOwnFile(join(folder, `${entry.id}${auditSuffix}`), JSON.stringify(audit));
        const sources = sourcesOf(audit);
        if (Object.keys(sources).length > 0) {
          writeOwnFile(join(folder, `${entry.id}${sourceSuffix}`), JSON.stringify(sources));
        }
        write(entry);
      }
      for (const { id } of beyondLimit(latestFirst(), limit)) {
        remove(id);
      }
    },
    list: (wanted) => latestFirst().filter((entry) => wanted === undefined || entry.folder === wanted),
    open: (id) => {
      try {
        return v.parse(auditSchema, JSON.parse(readFileSync(join(folder, `${id}${auditSuffix}`), 'utf8')));
      } catch (cause) {
        throw new ProblemError(
          {
            code: 'history-broken',
            message: 'This audit can no longer be read.',
            hint: 'Remove it from the history.',
            detail: String(cause),
          },
          { cause },
        );
      }
    },
    source: (id, file) => {
      try {
        const sources = v.parse(sourcesSchema, JSON.parse(readFileSync(join(folder, `${id}${sourceSuffix}`), 'utf8')));
        const source = Object.hasOwn(sources, file) ? sources[file] : undefined;
        if (source !== undefined) {
          return source;
        }
      } catch {
        // Kept by an earlier version, or removed by somebody.
      }
      throw new ProblemError({
        code: 'source-not-kept',
        message: `${file} as it was then was not kept with this audit.`,
        hint: 'Audits are kept with the code of their flake from now on.',
      });
    },
    change: (id, { name, pinned }) => {
      const before = entries().get(id);
      if (before === undefined) {
        throw new ProblemError({ code: 'history-gone', message: 'This audit is no longer in the history.' });
      }
      const { name: oldName, pinned: oldPinned, ...rest } = before;
      const newName = (name ?? oldName ?? '').trim();
      const entry: HistoryEntry = {
        ...rest,
        ...(newName === '' ? {} : { name: newName }),
        ...((pinned ?? oldPinned) ? { pinned: true } : {}),
      };
      write(entry);
      return entry;
    },
    remove,
  };
}

/**
 * Whom to let go. First, the oldest first, those that say the same as the one before and the one after them; then the
 * oldest of all. What the user has pinned or named stays, beside the limit.
 *
 * @param entries the latest first
 */
export function beyondLimit(entries: readonly HistoryEntry[], limit: number): readonly HistoryEntry[] {
  const loose = entries.filter(({ pinned, name }) => pinned !== true && name === undefined);
  const excess = loose.length - limit;
  if (excess <= 0) {
    return [];
  }
  const repeats = loose.filter((entry, index) => {
    const after = loose.slice(0, index).findLast((other) => isSameSubject(other, entry));
    const before = loose.slice(index + 1).find((other) => isSameSubject(other, entry));
    return saysTheSame(entry, after) && saysTheSame(entry, before);
  });
  const oldest = repeats.reverse().slice(0, limit === 0 ? 0 : excess);
  const rest = loose.filter((entry) => !oldest.includes(entry)).slice(limit);
  return [...oldest, ...rest];
}

function isSameSubject(a: HistoryEntry, b: HistoryEntry): boolean {
  return a.folder === b.folder && a.shell === b.shell && a.system === b.system;
}

function saysTheSame(a: HistoryEntry, b: HistoryEntry | undefined): boolean {
  return b !== undefined && a.machine !== undefined && a.machine === b.machine && a.result === b.result;
}

/** The id sorts by time and is safe as a file name. */
function entryOf({ snapshot, target, shell, summary, rows }: Audit): HistoryEntry {
  const time = snapshot.takenAt.replaceAll(/[^0-9TZ]/gu, '');
  const name = basename(target.flake.path)
    .replaceAll(/[^0-9A-Za-z]+/gu, '-')
    .slice(0, 40);
  const winners = snapshot.installations.filter(({ active }) => active);
  return {
    id: `${time}-${name}`,
    takenAt: snapshot.takenAt,
    folder: target.flake.path,
    shell,
    system: target.system,
    total: summary.total,
    match: summary.match,
    drift: summary.drift,
    missing: summary.missing,
    shadowed: summary.shadowed,
    unknown: summary.unknown,
    machine: digest(winners.map(({ tool, version }) => `${tool} ${version}`)),
    result: digest(rows.map((row) => [row.tool, row.status, row.expected?.version, row.actual?.version].join(' '))),
    tools: new Set(winners.map(({ tool }) => tool)).size,
  };
}

/** Short: it tells apart, it does not protect. */
function digest(lines: readonly string[]): string {
  return createHash('sha256')
    .update([...lines].sort().join('\n'))
    .digest('hex')
    .slice(0, 16);
}
