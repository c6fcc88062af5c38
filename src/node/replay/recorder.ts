import type { DirectoryEntry, FsResult, Host, HostFileSystem, RunRequest } from '../../core/host/host';
import { localFileSystem, toStatResult } from '../local-file-system';
import { type Answers, markOfJson, markOfList, markOfRun, markOfVariables } from './answers';
import { contentMark, type Found, isFresh, look, markOf, realMark, runnableMark } from './file-marks';

/** Questions beyond which asking them all again would take longer than it is worth. */
const MOST_QUESTIONS = 50_000;

/** Files that the kernel makes up when they are read: no time tells whether they would be the same. */
const MADE_UP = /^\/(?:proc|sys|dev)\//;

/** This machine, with a memory of what was asked of it. */
export interface Recorder {
  readonly host: Host;
  /** The document depends on something that nobody can ask again. */
  giveUp(): void;
  /** The document depends on the time that it is made for: before and after (milliseconds since 1970) it is another one. */
  during(from: number, until: number): void;
  /** What was asked; undefined where that is no ground to stand on. */
  answers(): Answers | undefined;
}

/**
 * Listens to all that is asked of this machine. What stands for an answer is looked at before the answer itself: what
 * changes in between is seen as a change later on.
 *
 * @param host this machine
 * @param begin milliseconds since 1970; what was changed hardly before is too fresh to be known by its times
 */
export function recordHost(host: Host, begin: number): Recorder {
  const lstat = new Map<string, Found>();
  const stat = new Map<string, Found>();
  const lists = new Map<string, { readonly found: Found; readonly names: string }>();
  const real = new Map<string, string>();
  const runnable = new Map<string, string>();
  const variables = new Set<string>();
  const runs: { readonly request: RunRequest; readonly answer: string }[] = [];
  const registry: { readonly key: string; readonly answer: string }[] = [];
  const seed = Math.floor(Math.random() * 2 ** 32);
  let readsAllVariables = false;
  let isLost = false;
  let during: Answers['during'] = null;

  const note = <T>(known: Map<string, T>, path: string, ask: () => T): T => {
    const before = known.get(path);
    if (before !== undefined || known.has(path)) {
      return before as T;
    }
    const now = ask();
    known.set(path, now);
    return now;
  };
  /** For content: what is there is known by the marks of the file that links lead to. */
  const reading = <A extends readonly unknown[], T>(read: (path: string, ...rest: A) => FsResult<T>) => {
    return (path: string, ...rest: A): FsResult<T> => {
      note(stat, path, () => look(path, true));
      isLost ||= MADE_UP.test(path);
      return read(path, ...rest);
    };
  };
  const fs: HostFileSystem = {
    ...localFileSystem,
    readFile: reading(localFileSystem.readFile),
    readText: reading(localFileSystem.readText),
    readLatin1: reading(localFileSystem.readLatin1),
    searchLines: reading(localFileSystem.searchLines),
    linesWith: reading(localFileSystem.linesWith),
    find: reading(localFileSystem.find),
    stat(path) {
      return toStatResult(note(stat, path, () => look(path, true)));
    },
    lstat(path) {
      return toStatResult(note(lstat, path, () => look(path, false)));
    },
    readLink(path) {
      note(lstat, path, () => look(path, false));
      return localFileSystem.readLink(path);
    },
    realPath(path) {
      note(real, path, () => realMark(path));
      return localFileSystem.realPath(path);
    },
    isRunnable(path) {
      note(runnable, path, () => runnableMark(path));
      return localFileSystem.isRunnable(path);
    },
    readDir(path): FsResult<readonly DirectoryEntry[]> {
      const found = look(path, true);
      const listed = localFileSystem.readDir(path);
      note(lists, path, () => ({ found, names: markOfList(listed, seed) }));
      return listed;
    },
  };
  const env = new Proxy(host.env, {
    get(target, name) {
      variables.add(String(name));
      return Reflect.get(target, name);
    },
    has(target, name) {
      variables.add(String(name));
      return Reflect.has(target, name);
    },
    ownKeys(target) {
      readsAllVariables = true;
      return Reflect.ownKeys(target);
    },
  });
  const { run, registry: readRegistry } = host;
  return {
    host: {
      ...host,
      env,
      fs,
      ...(run && {
        run: async (request) => {
          note(stat, request.argv[0], () => look(request.argv[0], true));
          const result = await run(request);
          isLost ||= result.outcome !== 'exited';
          // A program that told its version tells the same until its file is another one, as the snapshot's cache has it.
          if (request.ownEnvironment === true || result.exitCode !== 0) {
            runs.push({ request, answer: markOfRun(result, seed) });
          }
          return result;
        },
      }),
      ...(readRegistry && {
        registry: async (key) => {
          const values = await readRegistry(key);
          registry.push({ key, answer: markOfJson(values, seed) });
          return values;
        },
      }),
    },
    giveUp() {
      isLost = true;
    },
    during(from, until) {
      during = [Math.max(from, during?.[0] ?? from), Math.min(until, during?.[1] ?? until)];
    },
    answers() {
      const isMany = lstat.size + stat.size + lists.size + real.size + runnable.size > MOST_QUESTIONS;
      const isTooFresh = (found: Found) => markOf(found) === contentMark(found) && isFresh(found, begin);
      if (isLost || isMany || [...lstat.values(), ...stat.values()].some(isTooFresh)) {
        return undefined;
      }
      const names = readsAllVariables ? null : [...variables].sort();
      return {
        seed,
        lstat: [...lstat].flatMap(([path, found]) => [path, markOf(found)]),
        // Where there is no link, both are the same question.
        stat: [...stat].flatMap(([path, found]) =>
          lstat.has(path) && markOf(lstat.get(path)) === markOf(found) ? [] : [path, markOf(found)],
        ),
        list: [...lists].flatMap(([path, { found, names: listed }]) => [
          path,
          isFresh(found, begin) ? FRESH : contentMark(found),
          listed,
        ]),
        real: [...real].flat(),
        runnable: [...runnable].flat(),
        variables: names,
        environment: markOfVariables(host.env, names, seed),
        runs,
        registry,
        during,
      };
    },
  };
}

/** No folder has this mark: its names are always looked at. */
const FRESH = 'fresh';
