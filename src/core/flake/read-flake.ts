import type { FsErrorCode } from '../host/host';
import { type Problem, ProblemError } from '../model/problem';
import { TARGET_SCHEMA, type Target } from '../model/target';
import { Attrs, decodeUtf8, type EvalIo, encodeUtf8, fromOctets, NixError, type Slot } from '../nix';
import type { NixpkgsIndex } from '../nixpkgs';
import { callFlake } from './call-flake';
import { declaredInputs } from './declared-inputs';
import { type EvaluationBounds, startSession } from './evaluation';
import { inputValues } from './flake-inputs';
import { forkFindings } from './fork-findings';
import { indexFindings } from './index-findings';
import { InputModels } from './input-models';
import { lockedInputs, unlockedInputs } from './input-tree';
import { isOwnProgram } from './lib-mount';
import { localLockFindings } from './local-lock-findings';
import { type Lock, parseLock } from './lock';
import { lockFindings } from './lock-findings';
import { moduleFindings, overlayFindings, systemFindings } from './module-findings';
import { noShell } from './no-shell';
import { pinFindings } from './pin-quality';
import {
  chooseEnvironment,
  findEnvironments,
  onlyConfiguration,
  outputFailure,
  readEnvironment,
} from './read/environment/environments';
import { readOutputs } from './read/outputs';
import { Places } from './read/places';
import { readFlakePolicy } from './read/policy';
import { refusalFindings } from './refusal-findings';
import { memberText, type Session } from './session';
import { outputForms } from './shell-names';
import { findShells, misplacedShell, readShells, shellSystems } from './shells';

export interface ReadFlakeOptions {
  /** Files, confined to the folder. */
  readonly io: EvalIo;
  /** Folder of `flake.nix`: absolute, without links. */
  readonly folder: string;
  /** `x86_64-linux`. */
  readonly system: string;
  readonly index: NixpkgsIndex;
  readonly bounds?: EvaluationBounds;
  /** Outputs besides dev shells to read as well, as a user names them: `nixosConfigurations.laptop`, `packages.foo`. */
  readonly outputs?: readonly string[] | undefined;
  /** Takes the first one where none of them is preferred. */
  readonly anyConfiguration?: boolean | undefined;
  /** Seconds since 1970; absent: nothing is called old. */
  readonly now?: number | undefined;
  /** Looks into the outputs of every system, not of one only. */
  readonly allSystems?: boolean | undefined;
  /** Names of configurations to take first where there is no dev shell: this machine's, its user's. */
  readonly preferred?: readonly string[] | undefined;
  /**
   * Gives a target also where every shell fails, or where it cannot be known which there are (a finding says so):
   * somebody else may know.
   */
  readonly keepFailed?: boolean | undefined;
  /** Told what is being read: `flake.nix`, `devShells.x86_64-linux.default`. */
  readonly onProgress?: ((what: string) => void) | undefined;
}

/**
 * Reads what a flake declares, by our own evaluator: no Nix, no network, nothing outside of the folder.
 *
 * @throws ProblemError when there is nothing to show: `flake.nix` unreadable or not Nix, outputs that fail, a broken
 *   lock, no dev shell for the system. What is wrong with a part is told in that part.
 */
export function readFlake(options: ReadFlakeOptions): Target {
  try {
    return read(options);
  } catch (error) {
    if (error instanceof NixError) {
      throw new ProblemError(withHint(error.toProblem(isOwnProgram)), { cause: error });
    }
    throw error;
  } finally {
    options.bounds?.evaluator?.rest();
  }
}

function read(options: ReadFlakeOptions): Target {
  const { io, folder, system, index, bounds, onProgress } = options;
  const flakeFile = `${folder}/flake.nix`;
  const tell = onProgress ?? (() => undefined);
  tell('flake.nix');
  const session = startSession(io, folder, system, index, bounds ?? {});
  const flake = flakeValue(session, io, flakeFile);
  const declared = declaredInputs(session.evaluator, flake);
  tell('flake.lock');
  const lock = readLock(io, `${folder}/flake.lock`);
  const findings: Problem[] = [];
  if (lock === undefined && declared.size > 0) {
    findings.push({
      code: 'lock-missing',
      message: 'There is no flake.lock: nobody can say which versions this flake means.',
      hint: 'Run `nix flake lock` and commit flake.lock.',
    });
  } else if (lock !== undefined) {
    findings.push(
      ...lockFindings(declared, lock, 'flake.lock'),
      ...localLockFindings(session, lock),
      ...pinFindings(declared, lock, 'flake.lock', options.now),
      ...indexFindings(index, lock),
    );
  }
  findings.push(...forkFindings(declared, lock, index));
  const models = new InputModels(session, system, () => rootNixpkgs(inputs));
  const inputs: Attrs = inputValues({
    session,
    declared,
    lock,
    system,
    model: (source, own) => models.find(source, own),
  });
  const self = callFlake(session, flake, folder, inputs);
  const found = findShells(session, self, system);
  const environments = findEnvironments(session, self, system);
  const names = found.map(({ name }) => name);
  const isShell = (asked: string) =>
    found.some(({ name, output }) => name === asked || outputForms(asked, system).includes(output));
  const places = new Places(encodeUtf8(folder));
  const asked = (options.outputs ?? [])
    .filter((output) => !isShell(output))
    .map((output) =>
      chooseEnvironment(environments, names, output, system, (name) => outputFailure(session, self, name, places)),
    );
  const misplaced = misplacedShell(session, self, system);
  if (misplaced !== undefined) {
    findings.push(misplaced);
  }
  const shells = {
    ...readShells(session, found, system, places, flake.positionOf('outputs'), (name) => tell(`shell ${name}`)),
  };
  if (asked.length === 0 && options.keepFailed !== true) {
    const problem = failureOf(shells, folder);
    if (problem !== undefined) {
      throw new ProblemError(problem);
    }
  }
  for (const environment of asked) {
    tell(environment.output);
    session.renewTime();
    shells[environment.output] = readEnvironment(session, environment, system, places);
  }
  if (Object.keys(shells).length === 0) {
    const missing = misplaced ?? noShell(session, self, system, flakeFile, environments);
    const { position: _, ...told } = missing;
    const instead = onlyConfiguration(
      environments,
      options.preferred ?? [],
      options.anyConfiguration === true && { system },
    );
    const read = instead && readEnvironment(session, instead, system, places);
    if (instead !== undefined && read !== undefined && read.problem === undefined) {
      shells[instead.output] = read;
      const hint = `${instead.output} is read instead. Another one can be chosen, with \`--shell\` on the command line.`;
      findings.push({ ...told, hint });
    } else if (instead === undefined && environments.some(({ kind }) => kind !== 'package' && kind !== 'app')) {
      // Several configurations, and nobody knows which is meant: they are listed.
      findings.push(told);
    } else if (options.keepFailed === true && missing.code === 'outputs-unknown') {
      findings.push(missing);
    } else {
      throw new ProblemError(missing);
    }
  }
  tell('policy');
  const policy = readFlakePolicy(session, self, places);
  const description = memberText(session, flake, 'description');
  const outputs = readOutputs(session, self, places, { system, allSystems: options.allSystems ?? false });
  // What keeps a shell from opening comes before what may be amiss with it.
  findings.unshift(...refusalFindings(session));
  findings.push(...moduleFindings(session), ...overlayFindings(session), ...systemFindings(session));
  return {
    schema: TARGET_SCHEMA,
    flake: {
      path: folder,
      ...(description === undefined ? {} : { description: decodeUtf8(description) }),
      inputs: lock === undefined ? unlockedInputs(declared) : lockedInputs(lock, declared),
      locked: lock !== undefined,
    },
    system,
    systems: shellSystems(session, self),
    evaluator: 'lockstep',
    shells,
    environments: environments.map(({ output, kind }) => ({ output, kind })),
    defaultShell: Object.hasOwn(shells, 'default') ? 'default' : undefined,
    outputs,
    ...(policy === undefined ? {} : { policy }),
    findings: findings.map((finding) => belowFolder(finding, folder)),
  };
}

/**
 * Why there is nothing to show when every shell fails: what the one that `nix develop` opens says.
 *
 * @returns with the place in the file of this folder; undefined where a shell could be read, or there is none
 */
export function failureOf(shells: Target['shells'], folder: string): Problem | undefined {
  const all = Object.values(shells);
  const [first, ...others] = all.flatMap((shell) => shell.problem ?? []);
  if (first === undefined || others.length + 1 < all.length) {
    return undefined;
  }
  const { position, ...problem } = shells['default']?.problem ?? first;
  return withHint({ ...problem, ...(position && { position: { ...position, file: `${folder}/${position.file}` } }) });
}

/** A finding with its place relative to the flake's folder, as all places of a target are. */
function belowFolder(finding: Problem, folder: string): Problem {
  const { position } = finding;
  return position?.file.startsWith(`${folder}/`)
    ? { ...finding, position: { ...position, file: position.file.slice(folder.length + 1) } }
    : finding;
}

const HINTS: Readonly<Record<string, string>> = {
  'nix-parse': 'Correct the file at that place.',
  'nix-infinite-recursion': 'Look for a value that is defined by itself.',
  'nix-limit': 'The flake asks for more than a target may cost; look for recursion without an end.',
  'nix-io': "Check that the file is in the flake's folder and that you may read it; nothing else is read.",
  'nix-opaque': 'It hangs on something that only Nix itself can tell: add `--evaluator nix` where it is installed.',
};

/** Every problem says what to do next. */
function withHint(problem: Problem): Problem {
  return { ...problem, hint: problem.hint ?? HINTS[problem.code] ?? 'Correct the flake at that place.' };
}

/** The flake's own nixpkgs: the input of that name, or the first that begins with it. */
function rootNixpkgs(inputs: Attrs): Slot | undefined {
  const name = inputs.has('nixpkgs') ? 'nixpkgs' : inputs.names().find((each) => /^(nix)?pkgs/.test(each));
  return name === undefined ? undefined : inputs.get(name);
}

/** What Nix lets `flake.nix` have at its top: with anything else it refuses the flake. */
const FLAKE_ATTRIBUTES: ReadonlySet<string> = new Set(['description', 'inputs', 'outputs', 'nixConfig']);

function flakeValue(session: Session, io: EvalIo, file: string): Attrs {
  const there = io.lstat(file);
  if (!there.ok) {
    throw new ProblemError(unreadable(file, there.code));
  }
  const value = session.evaluator.evalFile(encodeUtf8(file));
  if (!(value instanceof Attrs)) {
    throw new ProblemError({
      code: 'flake-invalid',
      message: 'flake.nix is not a set: it needs `{ inputs = …; outputs = …; }`.',
      hint: 'See `nix flake init` for one to start from.',
      position: { file, line: 1, column: 1 },
    });
  }
  if (!value.has('outputs')) {
    throw new ProblemError({
      code: 'flake-invalid',
      message: 'flake.nix has no `outputs`.',
      hint: 'Add `outputs = { self, nixpkgs }: { … };` to it.',
      position: { file, line: 1, column: 1 },
    });
  }
  const stray = value.names().find((name) => !FLAKE_ATTRIBUTES.has(decodeUtf8(name)));
  if (stray !== undefined) {
    throw new ProblemError({
      code: 'flake-invalid',
      message: `flake.nix has an unsupported attribute '${decodeUtf8(stray)}'.`,
      hint: 'Nix allows `description`, `inputs`, `outputs` and `nixConfig` there; an input belongs into `inputs`.',
      position: value.positionOf(stray)?.toPosition() ?? { file, line: 1, column: 1 },
    });
  }
  return value;
}

function readLock(io: EvalIo, file: string): Lock | undefined {
  const read = io.readFile(file);
  if (read.ok) {
    return parseLock(decodeUtf8(fromOctets(read.value)), file);
  }
  if (read.code === 'not-found') {
    return undefined;
  }
  throw new ProblemError(unreadable(file, read.code));
}

function unreadable(file: string, code: FsErrorCode): Problem {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (code === 'not-found') {
    return {
      code: 'flake-not-found',
      message: `There is no ${name} in ${file.slice(0, -name.length - 1)}.`,
      hint: 'Name the folder of a project that has a flake.nix.',
    };
  }
  const reasons: Readonly<Partial<Record<FsErrorCode, string>>> = {
    denied: 'permission was denied',
    outside: 'it leads out of the folder',
    'too-large': 'it is too large',
    'is-a-directory': 'it is a folder',
    special: 'it is not a regular file',
    loop: 'its links go in a circle',
  };
  return {
    code: 'flake-unreadable',
    message: `${file} cannot be read: ${reasons[code] ?? 'the system reported an error'}.`,
    hint: 'Check what it is, and its permissions.',
  };
}
