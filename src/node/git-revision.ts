import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '../core/model/problem';

/** A flake reads texts while it is evaluated; larger files are left where they are, and so is what is too much. */
const LARGEST_FILE = 1024 * 1024;
const MOST_FILES = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;
const DEADLINE = 20_000;

export interface Checkout {
  readonly folder: string;
  readonly remove: () => void;
}

/**
 * The files of a folder as they were at a git revision, in a temporary folder. Git is only asked to list and to show: no
 * hook, filter or checkout runs, and the work tree stays as it is. Links and submodules are left out.
 *
 * @throws ProblemError `git-failed` when git is missing, the folder is in no repository or the revision does not exist
 */
export function checkOutRevision(folder: string, revision: string): Checkout {
  if (revision.startsWith('-')) {
    throw failed(`${revision} is no revision`, '');
  }
  const [place, below] = existingPart(folder);
  const ask = (args: readonly string[], input?: string) => git(place, args, revision, input);
  const commit = commitOf(place, revision);
  const files = chooseFiles(ask(['ls-tree', '-r', '-z', '--long', commit]).toString('utf8'), below);
  if (files.length === 0) {
    throw failed(`At ${revision} there is no file in ${folder}`, '');
  }
  const contents = splitBatch(ask(['cat-file', '--batch'], files.map(({ object }) => `${object}\n`).join('')));
  const target = mkdtempSync(join(tmpdir(), 'lockstep-revision-'));
  const remove = () => rmSync(target, { recursive: true, force: true });
  try {
    for (const [index, { path }] of files.entries()) {
      const place = resolve(target, path);
      const content = contents[index];
      if (content !== undefined && place.startsWith(target + sep)) {
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, content);
      }
    }
    return { folder: target, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Whether the repository that a folder is in has a revision of that name. */
export function hasRevision(folder: string, revision: string): boolean {
  try {
    return !revision.startsWith('-') && commitOf(folder, revision) !== '';
  } catch {
    return false;
  }
}

function commitOf(folder: string, revision: string): string {
  return git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], revision)
    .toString('utf8')
    .trim();
}

/** A folder that was there at the revision may be gone by now: the part of its path that is there, and the rest. */
function existingPart(folder: string): readonly [place: string, below: string] {
  let place = folder;
  while (!existsSync(place) && dirname(place) !== place) {
    place = dirname(place);
  }
  const below = relative(place, folder).split(sep).join('/');
  return [place, below === '' ? '' : `${below}/`];
}

/**
 * Regular files of `git ls-tree -z --long`, the first as many as are read.
 *
 * @param below what their paths begin with, which is taken off
 */
function chooseFiles(listed: string, below: string): readonly { readonly object: string; readonly path: string }[] {
  let bytes = 0;
  return listed
    .split('\0')
    .flatMap((line) => {
      const [, object, size, path] = /^100\d+ blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? [];
      const isRead = object !== undefined && path?.startsWith(below) === true && Number(size) <= LARGEST_FILE;
      bytes += isRead ? Number(size) : 0;
      return isRead && bytes <= MOST_BYTES ? [{ object, path: path.slice(below.length) }] : [];
    })
    .slice(0, MOST_FILES);
}

/** The contents in the output of `git cat-file --batch`: a line `<object> blob <size>`, as many bytes, a line break. */
function splitBatch(output: Buffer): readonly Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', at, end))?.[1] ?? 0);
    contents.push(output.subarray(end + 1, end + 1 + size));
    at = end + size + 2;
  }
  return contents;
}

function git(folder: string, args: readonly string[], revision: string, input = ''): Buffer {
  try {
    return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: folder,
      timeout: DEADLINE,
      maxBuffer: 2 * MOST_BYTES,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new ProblemError({
        code: 'git-failed',
        message: `There is no git on this machine to read ${revision} with.`,
        hint: 'Install git, or compare folders and files.',
      });
    }
    const stderr = error instanceof Error && 'stderr' in error && error.stderr ? String(error.stderr).trim() : '';
    throw failed(`Git does not have ${revision} of ${folder}`, stderr);
  }
}

function failed(what: string, detail: string): ProblemError {
  return new ProblemError({
    code: 'git-failed',
    message: `${what}.`,
    hint: 'Give a commit, a branch or a tag of the repository that the flake is in, such as flake.nix@HEAD~1.',
    ...(detail === '' ? {} : { detail }),
  });
}
