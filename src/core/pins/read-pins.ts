import type { HostFileSystem } from '../host/host';
import type { PathRules } from '../host/paths';
import { PINS_SCHEMA, type Pin, type ProjectPins } from '../model/pins';
import type { Position, Problem } from '../model/problem';
import { PinCollector, type PinReader } from './context';
import type { SourceText } from './format/source-text';
import { isPinFileName, pinFolders, reachOf, readerFor } from './pin-files';
import { openProject, type ProjectFiles, relativePath, TOO_MANY_HINT } from './project-files';
import { mayBeSubproject } from './subprojects';

/** Most files that are read of one project: more than that is no project of people. */
const MOST_FILES = 1_500;

/**
 * Reads every version that a project declares outside its flake. Only files are read, and only inside the folder; a
 * file that is broken becomes a problem and the rest still comes out. Never throws.
 *
 * @param root the project folder, absolute, in the host's spelling
 */
export function readProjectPins(fs: HostFileSystem, paths: PathRules, root: string): ProjectPins {
  const files = openProject(fs, paths, root);
  const collector = new PinCollector(files);
  const done = new Set<string>();
  const read: string[] = [];

  const readOne = (path: string, reader: PinReader, source: SourceText | undefined) => {
    if (source !== undefined) {
      read.push(path);
      readSafely(collector, source, reader);
    }
  };
  const { folders, hasMore } = pinFoldersOf(files);
  let leftOut = 0;
  for (const path of filesOf(files, folders)) {
    const reader = readerFor(path);
    if (reader === undefined || done.has(path) || collector.readWith.has(path)) {
      continue;
    }
    done.add(path);
    if (read.length < MOST_FILES) {
      readOne(path, reader, sourceOf(files, path, collector));
    } else {
      leftOut += 1;
    }
  }
  // Files that others name may name further ones: the list grows while it is walked.
  for (let at = 0; at < collector.named.length && read.length < MOST_FILES; at += 1) {
    const { path, by, offset, reader: given } = collector.named[at]!;
    const plain = relativePath(path)?.join('/') ?? path;
    if (!done.has(plain) && !collector.readWith.has(plain)) {
      done.add(plain);
      const reader = given ?? readerFor(plain);
      if (reader === undefined) {
        collector.contextFor(by).unresolved(plain, 'it is not a file whose pins are known how to be read', offset);
      } else {
        readOne(plain, reader, collector.open(path, by, offset));
      }
    }
  }
  return {
    schema: PINS_SCHEMA,
    files: [...new Set([...read, ...collector.readWith])].sort(compareText),
    pins: [...collector.pins].sort(comparePinOrder),
    unresolved: [...collector.unresolved].sort((a, b) => comparePositions(a.position, b.position)),
    problems: [
      ...withoutRepeats(collector.problems, files.tooMany),
      ...[
        hasMore ? `The project has more folders than the ${MOST_PARTS} that were looked into` : '',
        leftOut > 0 ? `${leftOut} more files were not read: no more than ${MOST_FILES} are` : '',
        collector.notesLeftOut > 0 ? `${collector.notesLeftOut} more problems and unknown versions are not listed` : '',
      ].flatMap((text) => (text === '' ? [] : { code: 'pin-too-many', message: `${text}.`, hint: TOO_MANY_HINT })),
    ].sort(compareProblems),
  };
}

/** Of files that were left out for the bytes of all, the first speaks for the others. */
function withoutRepeats(problems: readonly Problem[], [first, ...others]: readonly string[]): readonly Problem[] {
  const same = new Set(others);
  const isOf = (problem: Problem, paths: (path: string) => boolean) =>
    problem.code === 'pin-too-many' && problem.position !== undefined && paths(problem.position.file);
  return problems
    .filter((problem) => !isOf(problem, (path) => same.has(path)))
    .map((problem) =>
      others.length > 0 && isOf(problem, (path) => path === first)
        ? { ...problem, message: problem.message.replace(' was not', () => ` and ${others.length} more were not`) }
        : problem,
    );
}

/** A parser may still fail on what nobody thought of: that is this file's problem, not the project's. */
function readSafely(collector: PinCollector, source: SourceText, reader: PinReader): void {
  try {
    reader(collector.contextFor(source));
  } catch (error) {
    const cause =
      error instanceof RangeError ? 'it is nested too deep' : error instanceof Error ? error.message : String(error);
    collector.addProblem({
      code: 'pin-file-broken',
      message: `${source.path} could not be read: ${cause.replace(/\s+/g, ' ').slice(0, 200)}.`,
      hint: 'Correct the file; the pins of all other files are still compared.',
      position: { file: source.path, line: 1, column: 1 },
    });
  }
}

function sourceOf(files: ProjectFiles, path: string, collector: PinCollector): SourceText | undefined {
  const reading = files.read(path, reachOf(path));
  if (reading.status !== 'absent' && reading.problem !== undefined) {
    collector.addProblem(reading.problem);
  }
  return reading.status === 'read' ? reading.source : undefined;
}

/** How far down parts of a repository are looked for (`apps/web` is 2), and how many. */
const MOST_DEPTH = 2;
const MOST_PARTS = 1_000;

interface Folders {
  readonly folders: readonly string[];
  /** There are more than are looked into. */
  readonly hasMore: boolean;
}

/** The pin folders, then folders that may hold parts of the project, the nearest first. */
function pinFoldersOf(files: ProjectFiles): Folders {
  const named = pinFolders.flatMap((folder) =>
    folder.endsWith('/*') ? foldersIn(files, folder.slice(0, -2)) : [folder],
  );
  const parts: string[] = [];
  let level: readonly string[] = [''];
  for (let depth = 0; depth < MOST_DEPTH; depth += 1) {
    level = level.flatMap((folder) => foldersIn(files, folder, mayBeSubproject));
    parts.push(...level);
    level = level.slice(0, MOST_PARTS);
  }
  const folders = [...named, ...parts];
  return { folders: folders.slice(0, MOST_PARTS), hasMore: folders.length > MOST_PARTS };
}

function foldersIn(
  files: ProjectFiles,
  above: string,
  test: (name: string) => boolean = () => true,
): readonly string[] {
  return files
    .list(above)
    .filter((entry) => entry.kind === 'directory' && test(entry.name))
    .map((entry) => (above === '' ? entry.name : `${above}/${entry.name}`));
}

/** What lies in the folders, relative to the project. */
function filesOf(files: ProjectFiles, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    files
      .list(folder)
      .filter((entry) => entry.kind !== 'directory' || isPinFileName(entry.name))
      .map((entry) => (folder === '' ? entry.name : `${folder}/${entry.name}`)),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePositions(a: Position | undefined, b: Position | undefined): number {
  return (
    compareText(a?.file ?? '', b?.file ?? '') || (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
  );
}

function comparePinOrder(a: Pin, b: Pin): number {
  return (
    compareText(a.tool, b.tool) || comparePositions(a.position, b.position) || compareText(a.constraint, b.constraint)
  );
}

function compareProblems(a: Problem, b: Problem): number {
  return comparePositions(a.position, b.position) || compareText(a.message, b.message);
}
