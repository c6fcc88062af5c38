import type { DirectoryEntry, FsResult, Host, RunRequest, RunResult } from '../../core/host/host';
import { isRecord } from '../../core/is-record';
import { localFileSystem } from '../local-file-system';
import { contentMark, look, markOf, realMark, runnableMark } from './file-marks';
import { textMark } from './text-mark';

/**
 * All that a document was made from: what was asked of this machine, and what stands for each answer. Lists of files are
 * flat, a path and its mark in turn; a listed folder has a mark of its names as a third.
 */
export interface Answers {
  /** Of the marks of texts. */
  readonly seed: number;
  readonly lstat: readonly string[];
  /** Of what links lead to. */
  readonly stat: readonly string[];
  readonly list: readonly string[];
  readonly real: readonly string[];
  readonly runnable: readonly string[];
  /** Variables that were looked at, with one mark of all their values; `null`: all that there are. */
  readonly variables: readonly string[] | null;
  readonly environment: string;
  /** Programs and shells whose answers no file stands for: they are asked again. */
  readonly runs: readonly { readonly request: RunRequest; readonly answer: string }[];
  readonly registry: readonly { readonly key: string; readonly answer: string }[];
  /** Milliseconds since 1970 between which the time that the document was made for makes no difference; `null`: any. */
  readonly during: readonly [from: number, until: number] | null;
}

/** Whether everything would be answered as it was: the cheap questions first. */
export async function areUnchanged(answers: Answers, host: Host, now: number): Promise<boolean> {
  return (
    (answers.during === null || (now >= answers.during[0] && now < answers.during[1])) &&
    markOfVariables(host.env, answers.variables, answers.seed) === answers.environment &&
    areFilesUnchanged(answers) &&
    (await areAnswered(answers, host))
  );
}

/** One loop of system calls: this is what a second run costs. */
function areFilesUnchanged({ seed, lstat, stat, list, real, runnable }: Answers): boolean {
  return (
    isEvery(lstat, (path) => markOf(look(path, false))) &&
    isEvery(stat, (path) => markOf(look(path, true))) &&
    isEvery(real, realMark) &&
    isEvery(runnable, runnableMark) &&
    areListsUnchanged(list, seed)
  );
}

function isEvery(pairs: readonly string[], ask: (path: string) => string): boolean {
  for (let at = 0; at < pairs.length; at += 2) {
    if (ask(pairs[at]!) !== pairs[at + 1]) {
      return false;
    }
  }
  return true;
}

/** The time of a folder may have moved with its names the same: many programs save a file by renaming another. */
function areListsUnchanged(list: readonly string[], seed: number): boolean {
  for (let at = 0; at < list.length; at += 3) {
    const path = list[at]!;
    if (
      contentMark(look(path, true)) !== list[at + 1] &&
      markOfList(localFileSystem.readDir(path), seed) !== list[at + 2]
    ) {
      return false;
    }
  }
  return true;
}

async function areAnswered({ seed, runs, registry }: Answers, host: Host): Promise<boolean> {
  const again = [
    ...runs.map(async ({ request, answer }) => {
      const result = await host.run?.(request);
      return result !== undefined && markOfRun(result, seed) === answer;
    }),
    ...registry.map(async ({ key, answer }) => markOfJson(await host.registry?.(key), seed) === answer),
  ];
  return (await Promise.all(again)).every((isSame) => isSame);
}

/** Of anything that can be JSON. */
export function markOfJson(value: unknown, seed: number): string {
  return textMark(JSON.stringify(value) ?? '', seed);
}

/** What stands for a folder's entries, or for why they could not be listed. */
export function markOfList(listed: FsResult<readonly DirectoryEntry[]>, seed: number): string {
  // No name has a slash.
  return textMark(listed.ok ? listed.value.map(({ name, kind }) => `${kind}/${name}`).join('/') : listed.code, seed);
}

/** What stands for what a program said. */
export function markOfRun({ outcome, exitCode, stdout, stderr }: RunResult, seed: number): string {
  return markOfJson([outcome, exitCode, stdout, stderr], seed);
}

/**
 * What stands for variables.
 *
 * @param names null for all of them
 */
export function markOfVariables(env: Host['env'], names: readonly string[] | null, seed: number): string {
  return markOfJson(
    (names ?? Object.keys(env).sort()).map((name) => [name, env[name]]),
    seed,
  );
}

/** Whether a value that was read from a file has the shape of {@link Answers}. */
export function isAnswers(value: unknown): value is Answers {
  return (
    isRecord(value) &&
    typeof value['seed'] === 'number' &&
    FILES.every((kind) => isTexts(value[kind])) &&
    (value['variables'] === null || isTexts(value['variables'])) &&
    typeof value['environment'] === 'string' &&
    isAll(value['runs'], (run) => isRecord(run['request']) && isTexts(run['request']['argv'])) &&
    isAll(value['registry'], ({ key }) => typeof key === 'string') &&
    (value['during'] === null ||
      (Array.isArray(value['during']) && value['during'].every((moment) => typeof moment === 'number')))
  );
}

const FILES = ['lstat', 'stat', 'list', 'real', 'runnable'] as const;

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isAll(value: unknown, test: (item: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isRecord(item) && test(item));
}
