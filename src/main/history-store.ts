import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import { auditSchema } from '../ipc/audit-schema';
import { type HistoryEntry, historyEntrySchema } from '../ipc/contract';
import { writeFileAtomically } from './json-file';

const entrySuffix = '.entry.json';
const auditSuffix = '.audit.json';

export interface HistoryStore {
  /** Keeps an audit and lets go of the oldest beyond `limit`. */
  keep(audit: Audit, limit: number): void;
  /** The latest first; of one folder, or of all. */
  list(folder: string | undefined): HistoryEntry[];
  open(id: string): Audit;
  remove(id: string): void;
}

/**
 * Kept audits: two files each, the audit in its published schema and a line of summary, so that the list is read
 * without reading the audits.
 *
 * @param folder is made with the first audit
 */
export function openHistory(folder: string): HistoryStore {
  function ids(): string[] {
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(entrySuffix))
        .map((name) => name.slice(0, -entrySuffix.length))
        .sort()
        .reverse();
    } catch {
      return [];
    }
  }

  function remove(id: string): void {
    rmSync(join(folder, `${id}${entrySuffix}`), { force: true });
    rmSync(join(folder, `${id}${auditSuffix}`), { force: true });
  }

  return {
    keep: (audit, limit) => {
      if (limit > 0) {
        const entry = entryOf(audit);
        writeFileAtomically(join(folder, `${entry.id}${auditSuffix}`), JSON.stringify(audit));
        writeFileAtomically(join(folder, `${entry.id}${entrySuffix}`), JSON.stringify(entry));
      }
      for (const id of ids().slice(limit)) {
        remove(id);
      }
    },
    list: (wanted) =>
      ids().flatMap((id) => {
        try {
          const text = readFileSync(join(folder, `${id}${entrySuffix}`), 'utf8');
          const entry = v.safeParse(historyEntrySchema, JSON.parse(text));
          return entry.success && (wanted === undefined || entry.output.folder === wanted) ? [entry.output] : [];
        } catch {
          return [];
        }
      }),
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
    remove,
  };
}

/** The id sorts by time and is safe as a file name. */
function entryOf(audit: Audit): HistoryEntry {
  const { snapshot, target, shell, summary } = audit;
  const time = snapshot.takenAt.replaceAll(/[^0-9TZ]/gu, '');
  const name = basename(target.flake.path)
    .replaceAll(/[^0-9A-Za-z]+/gu, '-')
    .slice(0, 40);
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
  };
}
