import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import * as v from 'valibot';
import { type Problem, ProblemError } from '../core/model/problem';
import readShells from './real-nix.nix?raw';
import { stopOnSignal } from './stop-on-signal';

/** Bytes of an answer that are read; a large shell has a hundred kilobytes. */
const MAX_OUTPUT = 16 * 1024 * 1024;
const MAX_ERROR = 64 * 1024;

/**
 * What keeps Nix from building, fetching, writing, asking, or believing the flake's own settings. `max-jobs 0` and
 * `allow-import-from-derivation false`: evaluating must not run code of the flake.
 */
const GUARDS = [
  '--extra-experimental-features',
  'nix-command flakes',
  '--no-write-lock-file',
  '--no-update-lock-file',
  '--no-registries',
  '--offline',
  '--option',
  'allow-import-from-derivation',
  'false',
  '--option',
  'accept-flake-config',
  'false',
  '--option',
  'max-jobs',
  '0',
  '--option',
  'substitute',
  'false',
  '--option',
  'builders',
  '',
] as const;

/** Of the environment Nix sees what it needs to find its store, its user and git. */
const KEPT = /^(?:HOME|PATH|USER|LOGNAME|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_FILE|LANG|LC_\w+)$/;

const Item = v.object({ name: v.string(), pname: v.nullable(v.string()), version: v.nullable(v.string()) });
const Shell = v.object({
  packages: v.array(Item),
  variables: v.record(v.string(), v.string()),
  shellHook: v.string(),
});
const Answer = v.record(v.string(), Shell);
const Names = v.array(v.string());

export type NixShell = v.InferOutput<typeof Shell>;

export interface AskNixOptions {
  /** The program, absolute. */
  readonly nix: string;
  /** The flake's folder, absolute, links resolved. */
  readonly folder: string;
  /** The output to read, which holds shells by name: `devShells.x86_64-linux`. */
  readonly output: string;
  /** Which of them. */
  readonly shells: readonly string[];
  /** Attributes that are no variables. */
  readonly structural: readonly string[];
  /** Milliseconds. */
  readonly deadline: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

type Asked = Omit<AskNixOptions, 'shells' | 'structural'> & Partial<Pick<AskNixOptions, 'shells'>>;

/** The `nix` on a PATH, if there is one that can be run. */
export function findNix(env: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'nix');
    if (folder !== '' && isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

/**
 * Asks the real Nix what a flake's shells have: nothing is built, fetched or written.
 *
 * @throws ProblemError `nix-failed` (with what Nix said), `nix-timeout`, `nix-garbage`
 * @throws the signal's reason when it is aborted
 */
export function askNix(options: AskNixOptions): Promise<Readonly<Record<string, NixShell>>> {
  return applied(`(${readShells}) ${nixList(options.structural)} ${nixList(options.shells)}`, Answer, options);
}

/**
 * Asks the real Nix which members an output has.
 *
 * @throws as {@link askNix}
 */
export function askNixNames(options: Omit<AskNixOptions, 'shells' | 'structural'>): Promise<readonly string[]> {
  return applied('builtins.attrNames', Names, options);
}

/** What a function gives for the output. */
async function applied<const Schema extends v.GenericSchema>(
  fn: string,
  schema: Schema,
  options: Asked,
): Promise<v.InferOutput<Schema>> {
  const argv = ['eval', ...GUARDS, '--json', `${flakeReference(options.folder)}#${options.output}`, '--apply', fn];
  const { code, stdout, stderr } = await run(argv, options);
  if (code !== 0) {
    throw new ProblemError(nixFailed(stderr, subjectOf(options)));
  }
  let json: unknown;
  try {
    json = JSON.parse(stdout);
  } catch (cause) {
    throw new ProblemError(garbage('it is not JSON'), { cause });
  }
  const answer = v.safeParse(schema, json);
  if (!answer.success) {
    throw new ProblemError(garbage(v.summarize(answer.issues)));
  }
  return answer.output;
}

/** Names as a list in Nix; `${` would be read as code. */
function nixList(names: readonly string[]): string {
  return `[ ${names.map((name) => JSON.stringify(name).replaceAll('${', '\\${')).join(' ')} ]`;
}

/**
 * How Nix is told of the folder: through git where it is a repository, which sees tracked files only and copies
 * nothing else to the store; as a path otherwise.
 */
export function flakeReference(folder: string): string {
  for (let root = folder; root !== dirname(root); root = dirname(root)) {
    if (existsSync(join(root, '.git'))) {
      const below = relative(root, folder);
      return `git+file://${encodePath(root)}${below === '' ? '' : `?dir=${encodePath(below)}`}`;
    }
  }
  return `path:${encodePath(folder)}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Nix was asked for, in messages. */
function subjectOf({ output, shells = [] }: Asked): string {
  return shells.length === 1 ? `${output}.${shells[0]}` : 'the flake';
}

function run(argv: readonly string[], options: Asked): Promise<Outcome> {
  const { nix, folder, deadline, env, signal } = options;
  return new Promise((resolve, reject) => {
    const kept = Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name)));
    const child = spawn(nix, argv, {
      cwd: folder,
      env: { ...kept, TERM: 'dumb', NO_COLOR: '1', GIT_TERMINAL_PROMPT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    let errorBytes = 0;
    let failure: unknown;
    const stop = (reason: unknown) => {
      failure ??= reason;
      killGroup(child.pid);
    };
    const release = stopOnSignal(() => killGroup(child.pid));
    const timer = setTimeout(() => stop(new ProblemError(timedOut(deadline, subjectOf(options)))), deadline);
    const onAbort = () => stop(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT) {
        stop(new ProblemError(garbage('it is too large')));
      } else {
        out.push(chunk);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errorBytes < MAX_ERROR) {
        errorBytes += chunk.length;
        err.push(chunk);
      }
    });
    const settle = (act: () => void) => {
      clearTimeout(timer);
      release();
      signal?.removeEventListener('abort', onAbort);
      act();
    };
    child.on('error', (cause) =>
      settle(() => reject(new ProblemError(nixFailed(cause.message, subjectOf(options)), { cause }))),
    );
    child.on('close', (code) =>
      settle(() => {
        if (failure !== undefined) {
          reject(failure);
        } else {
          resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') });
        }
      }),
    );
  });
}

/** Nix starts git and others: all of them go. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, 'SIGKILL');
    }
  } catch {
    // It has ended by itself.
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const HINT = 'What is shown is what Lockstep itself reads.';

function nixFailed(said: string, subject: string): Problem {
  const lines = said.split('\n').filter((line) => !/^\s*(?:warning:|$)/.test(line));
  const first =
    lines.find((line) => /\berror:/.test(line) && !/error:\s*$/.test(line)) ?? lines[0] ?? 'it said nothing';
  return {
    code: 'nix-failed',
    message: `Nix could not read ${subject}: ${first.replace(/^.*?error:\s*/, '').trim()}.`.replace(/\.\.$/, '.'),
    hint: HINT,
    detail: lines.slice(0, 40).join('\n'),
  };
}

function timedOut(deadline: number, subject: string): Problem {
  return { code: 'nix-timeout', message: `Nix gave no answer on ${subject} within ${deadline / 1000} s.`, hint: HINT };
}

function garbage(why: string): Problem {
  return { code: 'nix-garbage', message: `The answer of Nix could not be understood: ${why}.`, hint: HINT };
}
