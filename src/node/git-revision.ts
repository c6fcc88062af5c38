import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { ProblemError } from '../core/model/problem';

/** What a flake may read while it is evaluated; the rest of a repository is left where it is. */
const READ = /\.(?:nix|lock|toml|json|ya?ml|txt|envrc|version|cfg)$|(?:^|\/)(?:\.[\w-]*version|\.tool-versions)$/;
const MOST_FILES = 2_000;
const MOST_BYTES = 4 * 1024 * 1024;
const DEADLINE = 20_000;

export interface Checkout {
  readonly folder: string;
  readonly remove: () => void;
}

/**
 * The text files of a folder as they were at a git revision, in a temporary folder. Git is only asked to list and to
 * show: no hook, filter or checkout runs, and the work tree stays as it is.
 *
 * @throws ProblemError `git-failed` when git is missing, the folder is in no repository or the revision does not exist
 */
export function checkOutRevision(folder: string, revision: string): Checkout {
  if (revision.startsWith('-')) {
    throw failed(`${revision} is no revision`, '');
  }
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], revision)
    .toString('utf8')
    .trim();
  const listed = git(folder, ['ls-tree', '-r', '-z', '--long', commit], revision).toString('utf8');
  const target = mkdtempSync(join(tmpdir(), 'lockstep-revision-'));
  const remove = () => rmSync(target, { recursive: true, force: true });
  try {
    let count = 0;
    for (const line of listed.split('\0')) {
      const [, object, size, path] = /^100\d+ blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? [];
      if (object === undefined || path === undefined || !READ.test(path) || Number(size) > MOST_BYTES) {
        continue;
      }
      const place = resolve(target, path);
      if (!place.startsWith(target + sep) || ++count > MOST_FILES) {
        continue;
      }
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, git(folder, ['cat-file', 'blob', object], revision));
    }
    return { folder: target, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function git(folder: string, args: readonly string[], revision: string): Buffer {
  try {
    return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: folder,
      timeout: DEADLINE,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    });
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
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
