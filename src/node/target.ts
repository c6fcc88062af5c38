import { hostname, userInfo } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { KeptEvaluator } from '../core/flake/evaluation';
import { nextOldDay } from '../core/flake/pin-quality';
import { readFlake } from '../core/flake/read-flake';
import type { HostFileSystem } from '../core/host/host';
import { isRawName } from '../core/host/text';
import type { AuditProgress } from '../core/model/audit';
import { type Problem, ProblemError } from '../core/model/problem';
import type { Target } from '../core/model/target';
import type { NixpkgsIndex } from '../core/nixpkgs';
import { heapInUse, heapMeter } from './heap';
import { localFileSystem } from './local-file-system';
import { isMangled } from './raw-names';
import type { Recorder } from './replay/recorder';
import { confinedIo } from './target-io';

export interface ReadTargetOptions {
  /** The flake's folder, one below it, or its `flake.nix`. */
  readonly folder: string;
  /** Nix's word for the system to read: `x86_64-linux`. */
  readonly system: string;
  readonly index: NixpkgsIndex;
  /** This machine's files; left out: as they are. */
  readonly fs?: HostFileSystem | undefined;
  /** Outputs besides dev shells to read as well: `nixosConfigurations.laptop`, `packages.foo`. */
  readonly outputs?: readonly string[] | undefined;
  /** Where there is no dev shell and nothing tells which configuration is meant: takes the first one. */
  readonly anyConfiguration?: boolean | undefined;
  /** Left out: nothing is called old. */
  readonly now?: Date | undefined;
  /** Gives a target also where every shell fails. */
  readonly keepFailed?: boolean | undefined;
  /** Looks into the outputs of every system, not of one only. */
  readonly allSystems?: boolean | undefined;
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of processor time for the outputs with the first shell, and for each of the next few shells. */
  readonly deadline?: number | undefined;
  /** Told that files are read by others than {@link fs}: those of this machine, by a thread of its own. */
  readonly onReadAside?: (() => void) | undefined;
}

/** What can be sent from one thread to another. */
export type TargetReading =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly problem: Problem };

/** Bytes of heap that a reading may use. */
const HEAP = 340 << 20;
/** Milliseconds of processor time: a reading that took longer is not tried again with a deeper stack. */
const SOON = 700;

/**
 * Reads what the flake of a folder declares, by our own evaluator. Nothing is run, fetched or written, and no file
 * outside of the flake's folder is read.
 *
 * @throws ProblemError `flake-not-found`, `flake-unreadable`, `flake-invalid`, `lock-broken`, `lock-version`,
 *   `no-dev-shell`, `nix-…` (see NixErrorKind) with file, line and column
 * @throws the signal's reason when it is aborted
 */
export async function readTarget(options: ReadTargetOptions): Promise<Target> {
  const { signal, fs = localFileSystem } = options;
  signal?.throwIfAborted();
  const folder = findFlake(options.folder, fs);
  // Evaluation is synchronous: whoever waits gets a turn before it.
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  const started = cpuTime();
  let overflowed = false;
  let reading = attemptTarget(options, folder, HEAP, () => {
    overflowed = true;
  });
  if (overflowed && cpuTime() - started < SOON) {
    options.onReadAside?.();
    const { readDeeply } = await import('./deep-target');
    reading = (await readDeeply(options, folder, HEAP)) ?? reading;
    signal?.throwIfAborted();
  }
  if (!reading.ok) {
    throw new ProblemError(reading.problem);
  }
  const directory = directoryInRepository(folder, fs);
  return directory === undefined
    ? reading.target
    : { ...reading.target, flake: { ...reading.target.flake, directory } };
}

/**
 * Reads on the stack of this thread.
 *
 * @param folder with the `flake.nix`
 * @param heap bytes that it may use
 * @param onOverflow told that the stack has ended
 * @throws the signal's reason when it is aborted
 */
export function attemptTarget(
  options: ReadTargetOptions,
  folder: string,
  heap: number,
  onOverflow?: () => void,
): TargetReading {
  try {
    return { ok: true, target: readHere(options, folder, heap, onOverflow) };
  } catch (error) {
    if (error instanceof ProblemError) {
      return { ok: false, problem: error.problem };
    }
    throw error;
  }
}

function readHere(
  options: ReadTargetOptions,
  folder: string,
  heap: number,
  onOverflow: (() => void) | undefined,
): Target {
  const { system, index, onProgress, signal, deadline, fs = localFileSystem } = options;
  return readFlake({
    io: confinedIo(folder, fs),
    folder,
    system,
    index,
    outputs: options.outputs,
    allSystems: options.allSystems,
    now: options.now === undefined ? undefined : options.now.getTime() / 1000,
    preferred: ownNames(),
    anyConfiguration: options.anyConfiguration,
    keepFailed: options.keepFailed,
    bounds: {
      clock: cpuTime,
      // What others left in a long-lived process, and nobody has collected yet, is not the reading's.
      memory: heapMeter(heapInUse()),
      heap,
      onOverflow,
      time: deadline,
      evaluator,
    },
    onProgress: (message) => {
      signal?.throwIfAborted();
      onProgress?.({ phase: 'target', message });
    },
  });
}

/** A target is another one when its lock comes of age; and what took too long may be quicker next time. */
export function limitByTarget(recorder: Recorder, target: Target, now: Date): void {
  const dates = target.flake.inputs.map(({ lastModified = '' }) => Date.parse(lastModified) / 1000);
  const moment = nextOldDay(dates.filter(Number.isFinite), now.getTime() / 1000);
  recorder.during(now.getTime(), moment === undefined ? Number.MAX_SAFE_INTEGER : moment * 1000);
  if (JSON.stringify(target).includes('"nix-limit"')) {
    recorder.giveUp();
  }
}

/** Code hosts name files from the top of the repository: where the flake's folder is, seen from there. */
function directoryInRepository(folder: string, fs: HostFileSystem): string | undefined {
  for (let top = folder; ; top = dirname(top)) {
    if (fs.lstat(join(top, '.git')).ok) {
      const path = relative(top, folder).split(sep).join('/');
      return path === '' ? undefined : path;
    }
    if (top === dirname(top)) {
      return undefined;
    }
  }
}

/** What a configuration for this machine and its user is usually called. */
function ownNames(): readonly string[] {
  knownNames ??= askOwnNames();
  return knownNames;
}

let knownNames: readonly string[] | undefined;

function askOwnNames(): readonly string[] {
  const host = hostname();
  const short = host.split('.')[0] ?? host;
  let user: string | undefined;
  try {
    user = userInfo().username;
  } catch {
    // A user without an entry in the system's list has no name.
  }
  return [host, short, ...(user === undefined ? [] : [`${user}@${host}`, `${user}@${short}`, user])];
}

/** A second reading in the same process need not compile our own library and models again. */
const evaluator = new KeptEvaluator();

/** Milliseconds of processor time: what a flake costs does not depend on how busy the machine is. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The folder of the flake that a path means: the path itself, or, as Nix does, the nearest folder above it that has a
 * `flake.nix`, up to the root of the git repository.
 *
 * @returns absolute, with links resolved
 * @throws ProblemError `flake-not-found` that says where it looked, `flake-unreadable`, `flake-not-a-file`
 */
export function findFlake(path: string, fs: HostFileSystem = localFileSystem): string {
  const start = resolved(path, fs);
  const looked: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    const flakeFile = join(folder, 'flake.nix');
    const found = fs.lstat(flakeFile);
    if (found.ok) {
      checkIsFile(flakeFile, fs);
      return folder;
    }
    if (found.code === 'denied' && folder === start) {
      throw unreadable(folder);
    }
    looked.push(folder);
    if (fs.lstat(join(folder, '.git')).ok || folder === dirname(folder)) {
      break;
    }
  }
  const above = looked.length === 1 ? '' : `, nor in a folder above it up to ${looked.at(-1)}`;
  throw new ProblemError({
    code: 'flake-not-found',
    message: `There is no flake.nix in ${start}${above}.`,
    hint:
      withoutFlake(looked, fs) ??
      'Name the folder of a project that has a flake.nix, or write one with `nix flake init`.',
  });
}

/** What declares an environment without a flake, and how a flake takes it over. */
const OTHER_DECLARATIONS: readonly (readonly [file: string, hint: string])[] = [
  [
    'shell.nix',
    'a flake can open it, and locks the nixpkgs that it is given: `devShells.<system>.default = import ./shell.nix { inherit pkgs; };`.',
  ],
  ['devenv.nix', 'a flake can open it: `devenv.lib.mkShell { inherit inputs pkgs; modules = [ ./devenv.nix ]; }`.'],
  ['devbox.json', '`lockstep pins` shows what it asks for; a flake with the same packages is what is compared.'],
];

/** The next step where a project declares its environment otherwise. */
function withoutFlake(folders: readonly string[], fs: HostFileSystem): string | undefined {
  for (const folder of folders) {
    for (const [file, hint] of OTHER_DECLARATIONS) {
      if (fs.lstat(join(folder, file)).ok) {
        return `${join(folder, file)} is no flake; ${hint}`;
      }
    }
  }
  return undefined;
}

function resolved(path: string, fs: HostFileSystem): string {
  const real = fs.realPath(path);
  // Node.js mangles such a name where it comes from the command line: then nothing is there under it.
  if (isRawName(real.ok ? real.value : path) || (!real.ok && isMangled(path))) {
    throw new ProblemError({
      code: 'flake-unreadable',
      message: `The name ${path} is not UTF-8: a flake there cannot be read.`,
      hint: 'Rename the folder.',
    });
  }
  const stat = real.ok ? fs.stat(real.value) : real;
  if (real.ok && stat.ok) {
    return stat.value.kind === 'directory' ? real.value : dirname(real.value);
  }
  throw !stat.ok && stat.code === 'denied'
    ? unreadable(path)
    : new ProblemError({
        code: 'flake-not-found',
        message: `There is no ${path}.`,
        hint: 'Name the folder of a project that has a flake.nix.',
      });
}

function unreadable(folder: string): ProblemError {
  return new ProblemError({
    code: 'flake-unreadable',
    message: `${folder} may not be read.`,
    hint: 'Check the permissions of the folder.',
  });
}

/** A folder, a device or a link that leads nowhere can be called `flake.nix`, too. */
function checkIsFile(path: string, fs: HostFileSystem): void {
  const stat = fs.stat(path);
  if (!stat.ok || stat.value.kind !== 'file') {
    throw new ProblemError({
      code: 'flake-not-a-file',
      message: stat.ok ? `${path} is not a file.` : `${path} is a link that leads nowhere.`,
      hint: 'Put the flake there as an ordinary file.',
    });
  }
}
