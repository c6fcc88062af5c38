import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { emptyProgress, progressSchema } from '../core/checklist/progress';
import type { ChecklistProgress } from '../core/model/checklist';
import { ProblemError } from '../core/model/problem';
import { diskProblem } from './disk-problem';
import { codeOf, reasonOf } from './file-reasons';
import { makeFolder } from './make-folder';
import { writeOutput } from './output-file';

/** Milliseconds: writing takes a few; a lock that is older was left behind by somebody who crashed. */
const LOCK_STALE = 5_000;
const LOCK_DEADLINE = 2_000;
const LOCK_PAUSE = 20;

/** What is remembered of checklists, one file a flake and shell: the app and the command line share them. */
export interface ChecklistStore {
  /** Where the file is, or would be. */
  pathOf(folder: string, shell: string): string;
  /** @throws ProblemError `checklist-later` */
  read(folder: string, shell: string): ChecklistProgress;
  /**
   * Reads, changes and writes, with nobody else in between. Nothing is written when `change` gives back what it got.
   *
   * @throws ProblemError `data-not-written`, `output-not-written`, `checklist-busy`, `checklist-later`
   */
  update(folder: string, shell: string, change: (progress: ChecklistProgress) => ChecklistProgress): ChecklistProgress;
}

/**
 * @param root the folder of all checklists; made with the first one, for its owner only
 * @param onBroken is told of a file that could not be read; it has another name then, and nothing in it is lost
 */
export function openChecklists(root: string, onBroken: (message: string) => void = () => undefined): ChecklistStore {
  function pathOf(folder: string, shell: string): string {
    const place = realPlace(folder);
    const hash = createHash('sha256').update(`${place}\0${shell}`).digest('hex').slice(0, 16);
    const name = `${basename(place)}-${shell}`.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
    return join(root, `${name}-${hash}.json`);
  }

  function read(folder: string, shell: string): ChecklistProgress {
    const path = pathOf(folder, shell);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
        onBroken(`What was remembered of this checklist could not be read from ${path}: ${reasonOf(error)}.`);
      }
      return emptyProgress(folder, shell);
    }
    try {
      const value: unknown = JSON.parse(text);
      refuseLater(value, path);
      return v.parse(progressSchema, value);
    } catch (error) {
      if (error instanceof ProblemError) {
        throw error;
      }
      const aside = freeName(`${path}.broken`);
      renameSync(path, aside);
      onBroken(`What was remembered of this checklist is damaged. It was put aside as ${aside}; a new one was begun.`);
      return emptyProgress(folder, shell);
    }
  }

  return {
    pathOf,
    read,
    update: (folder, shell, change) => {
      try {
        makeFolder(root, 0o700);
        const path = pathOf(folder, shell);
        return locked(`${path}.lock`, () => {
          const before = read(folder, shell);
          const after = change(before);
          if (after !== before) {
            writeOutput(path, `${JSON.stringify(after, null, 2)}\n`);
          }
          return after;
        });
      } catch (error) {
        throw codeOf(error) === '' ? error : diskProblem(root, error);
      }
    },
  };
}

/** What a later version wrote is not for this one to read, and least of all to replace. */
function refuseLater(value: unknown, path: string): void {
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? String(value.schema) : '';
  if (/^lockstep\.checklist-progress\/(?!1$)\d{1,9}$/.test(schema)) {
    throw new ProblemError({
      code: 'checklist-later',
      message: `What is remembered of this checklist was written by a later Lockstep (${schema}).`,
      hint: `Update Lockstep, or move ${path} away to begin a new one.`,
    });
  }
}

/** What was put aside before stays. */
function freeName(path: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}-${number}`;
    if (!existsSync(name)) {
      return name;
    }
  }
}

/** The name under which somebody ticks who gave none: the account's. */
export function accountName(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['USER'] || env['USERNAME'] || env['LOGNAME'];
  if (named !== undefined && named !== '') {
    return named.slice(0, 200);
  }
  try {
    return userInfo().username;
  } catch {
    // An account without an entry, as containers have them.
    return 'somebody';
  }
}

function realPlace(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

function locked<T>(path: string, work: () => T): T {
  const deadline = Date.now() + LOCK_DEADLINE;
  for (;;) {
    try {
      closeSync(openSync(path, 'wx', 0o600));
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw error;
      }
      if (isStale(path)) {
        rmSync(path, { force: true });
      } else if (Date.now() > deadline) {
        throw new ProblemError({
          code: 'checklist-busy',
          message: 'Another Lockstep is writing this checklist.',
          hint: `Try again; if nothing else runs, remove ${path}.`,
        });
      } else {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_PAUSE);
      }
    }
  }
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}

function isStale(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > LOCK_STALE;
}
