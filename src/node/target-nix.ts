import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mergeNixShell } from '../core/flake/nix-answer';
import { structuralAttributes } from '../core/flake/read/variables';
import { failureOf } from '../core/flake/read-flake';
import { type Problem, ProblemError } from '../core/model/problem';
import type { Target, TargetShell } from '../core/model/target';
import { askNix, askNixNames, findNix } from './real-nix';
import { findFlake, type ReadTargetOptions, readTarget } from './target';

export interface NixTargetOptions extends ReadTargetOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for Nix; left out: 30 s. */
  readonly nixDeadline?: number | undefined;
  /** Is given our own reading before Nix is asked, where it can be compared with: Nix takes seconds. */
  readonly onOwn?: ((own: Target) => void) | undefined;
}

const DEADLINE = 30_000;

/**
 * The target with the versions that the real Nix tells: our own reading gives places, attribute paths and what stands
 * behind `withPackages`, which Nix does not tell; Nix gives exact versions, and what we could not read. Where the two
 * disagree, a finding says so. Without a usable Nix it is our own reading, with a finding that says why.
 *
 * @throws ProblemError as {@link readTarget}
 */
export async function readTargetWithNix(options: NixTargetOptions): Promise<Target> {
  const read = await readTarget({ ...options, keepFailed: true });
  if (Object.keys(read.shells).length > 0 && failureOf(read.shells, read.flake.path) === undefined) {
    options.onOwn?.(read);
  }
  const own = await withNames(read, options);
  const merged = await askedOfNix(own, options);
  const failure = failureOf(merged.shells, own.flake.path);
  if (failure === undefined) {
    return merged;
  }
  // Neither could read any of them: both say why.
  const told = merged.findings.find(({ code }) => code.startsWith('nix-'));
  throw new ProblemError(told === undefined ? failure : { ...failure, hint: `Nix was of no help: ${told.message}` });
}

/**
 * Where it cannot be known which shells there are, those that Nix names, for Nix to tell of.
 *
 * @throws ProblemError `outputs-unknown` when Nix knows none either
 */
async function withNames(own: Target, options: NixTargetOptions): Promise<Target> {
  const unknown = own.findings.find(({ code }) => code === 'outputs-unknown');
  if (unknown === undefined || Object.keys(own.shells).length > 0) {
    return own;
  }
  const output = `devShells.${own.system}`;
  const names = await namesOf(output, unknown, options);
  const shells = Object.fromEntries(
    names.map((name): [string, TargetShell] => [
      name,
      { packages: [], variables: [], unresolved: [], output: `${output}.${name}`, problem: unknown },
    ]),
  );
  return {
    ...own,
    shells,
    defaultShell: names.includes('default') ? 'default' : undefined,
    findings: own.findings.filter((finding) => finding !== unknown),
  };
}

async function namesOf(output: string, unknown: Problem, options: NixTargetOptions): Promise<readonly string[]> {
  const nix = findNix(options.env);
  if (nix === undefined) {
    throw new ProblemError(unknown);
  }
  const { env, signal, nixDeadline: deadline = DEADLINE } = options;
  const names = await settled(askNixNames({ nix, folder: findFlake(options.folder), output, deadline, env, signal }));
  if (!names.ok || names.value.length === 0) {
    const told = names.ok ? `it has no ${output}.` : names.problem.message;
    throw new ProblemError({ ...unknown, hint: `Nix was of no help: ${told}` });
  }
  return names.value;
}

async function askedOfNix(own: Target, options: NixTargetOptions): Promise<Target> {
  const fallBack = (problem: Problem): Target => ({ ...own, findings: [...own.findings, problem] });
  const nix = findNix(options.env);
  if (nix === undefined) {
    return fallBack({
      code: 'nix-not-found',
      message: 'There is no `nix` on PATH to ask.',
      hint: 'What is shown is what Lockstep itself reads.',
    });
  }
  const folder = findFlake(options.folder);
  if (!existsSync(join(folder, 'flake.lock')) && own.flake.inputs.length > 0) {
    return fallBack({
      code: 'nix-needs-lock',
      message: 'Nix was not asked: without a lock file it would go to the network.',
      hint: 'Run `nix flake lock` and commit flake.lock.',
    });
  }
  const unasked = Object.values(own.shells).flatMap(({ kind, output }) =>
    kind === undefined || kind === 'shell' || kind === 'package' ? [] : [output],
  );
  options.onProgress?.({ phase: 'target', message: 'Asking Nix: what it tells takes the place of what was read here' });
  const shells: Record<string, TargetShell> = { ...own.shells };
  const findings: Problem[] =
    unasked.length === 0
      ? []
      : [
          {
            code: 'nix-not-asked',
            message: `Nix was not asked what ${unasked.join(', ')} installs: it would have to evaluate the whole system.`,
            hint: 'What is shown of it is what Lockstep itself reads.',
          },
        ];
  let answered = false;
  for (const { output, names } of outputsOf(own)) {
    const ask = (wanted: readonly (readonly [string, string])[]) =>
      askNix({
        nix,
        folder,
        output,
        shells: wanted.map(([, member]) => member),
        structural: structuralAttributes(),
        deadline: options.nixDeadline ?? DEADLINE,
        env: options.env,
        signal: options.signal,
      });
    // All at once; where that fails, one by one, so that one shell does not hide the others.
    const whole = await settled(ask(names));
    const tries =
      whole.ok || names.length === 1 || whole.problem.code !== 'nix-failed'
        ? [{ names, result: whole }]
        : await inTurn(names, async (each) => ({ names: [each], result: await settled(ask([each])) }));
    for (const { names: asked, result } of tries) {
      if (!result.ok) {
        findings.push(result.problem);
        continue;
      }
      answered = true;
      for (const [name, member] of asked) {
        const told = result.value[member];
        if (told !== undefined) {
          const merged = mergeNixShell(name, own.shells[name]!, told);
          shells[name] = merged.shell;
          findings.push(...merged.findings);
        }
      }
    }
  }
  return { ...own, evaluator: answered ? 'nix' : 'lockstep', shells, findings: [...own.findings, ...findings] };
}

type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A problem as a value; whatever else goes wrong is thrown on. */
async function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    if (error instanceof ProblemError) {
      return { ok: false, problem: error.problem };
    }
    throw error;
  }
}

async function inTurn<A, B>(items: readonly A[], act: (item: A) => Promise<B>): Promise<readonly B[]> {
  const done: B[] = [];
  for (const item of items) {
    done.push(await act(item));
  }
  return done;
}

/** The outputs to ask for, and which of our shells is which of their members. */
function outputsOf(target: Target) {
  const found = new Map<string, (readonly [name: string, member: string])[]>();
  const bySystem = `devShells.${target.system}`;
  for (const [name, { output, kind }] of Object.entries(target.shells)) {
    // What a configuration installs is no list of one derivation, and takes a whole evaluation of NixOS to tell.
    if (kind !== undefined && kind !== 'shell' && kind !== 'package') {
      continue;
    }
    const last = output.lastIndexOf('.');
    // Names may have dots of their own.
    const [, packages, item] = /^(packages\.[^.]+)\.(.+)$/.exec(output) ?? [];
    const [parent, member] = output.startsWith(`${bySystem}.`)
      ? [bySystem, name]
      : packages !== undefined && item !== undefined
        ? [packages, item]
        : [output.slice(0, last), output.slice(last + 1)];
    found.set(parent, [...(found.get(parent) ?? []), [name, member]]);
  }
  return [...found].map(([output, names]) => ({ output, names }));
}
