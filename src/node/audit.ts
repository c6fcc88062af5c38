import { basename, dirname, resolve } from 'node:path';
import { catalog } from '../core/catalog';
import { diffWithTarget } from '../core/diff/diff';
import type { Host } from '../core/host/host';
import { AUDIT_SCHEMA, type Audit, type AuditProgress } from '../core/model/audit';
import type { ProjectPins } from '../core/model/pins';
import type { Policy } from '../core/model/policy';
import type { PathContextId, Snapshot } from '../core/model/snapshot';
import type { Target } from '../core/model/target';
import { comparedPins, pinFindings } from '../core/pins/findings';
import type { ProbeSoFar, RunDeadlines } from '../core/probe';
import { withGuesses, withLanguagePackages } from './audit-guesses';
import { policyOf, withPolicy } from './audit-policy';
import { limitByDay, limitBySnapshot } from './keepable';
import { localFileSystem } from './local-file-system';
import { localHost } from './local-host';
import { loadIndex, noteIndex } from './nixpkgs-index';
import type { Opened } from './open-machine';
import { probeHost, seeFrom } from './probe-host';
import type { Recorder } from './replay/recorder';
import { statOf } from './stat';
import { limitByTarget, readTarget } from './target';
import type { NixTargetOptions } from './target-nix';

export interface AuditRequest {
  /** The flake's folder, or its `flake.nix`. */
  readonly folder: string;
  /** `x86_64-linux`; left out: the host's own. */
  readonly system?: string | undefined;
  /** A dev shell, or another output, such as `nixosConfigurations.laptop`. Left out: the shell that `nix develop` opens. */
  readonly shell?: string | undefined;
  /** Where there is no dev shell and nothing tells which configuration is meant: takes the first one. */
  readonly anyConfiguration?: boolean | undefined;
  /** Left out: this machine. */
  readonly host?: Host | undefined;
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
  /**
   * Is given each half as soon as it is read; the target twice where Nix is asked: as we read it, while it `isAsked`,
   * and with what Nix tells.
   */
  readonly onHalf?: ((half: Snapshot | Target, isAsked?: boolean) => void) | undefined;
  /** Is told whenever more is known of the machine; what that is, is only worked out when it is asked for. */
  readonly onSoFar?: ((soFar: () => ProbeSoFar) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The snapshot's time; left out: now. */
  readonly now?: Date | undefined;
  /** False: everything is read afresh. */
  readonly cache?: false | undefined;
  /** False: `lockstep.toml` does not count. */
  readonly policy?: false | undefined;
  /** Whose PATH decides what wins; left out: this process's own. */
  readonly pathContext?: PathContextId | undefined;
  /** How long programs may be asked; left out: 2 s each and 4 s in all. */
  readonly deadlines?: RunDeadlines | undefined;
  /** True: a real `nix` on PATH is asked for versions, too. */
  readonly askNix?: boolean | undefined;
  /** Path of a baseline of accepted differences; left out: the one that the policy names. */
  readonly baseline?: string | undefined;
  /** True: a baseline is going to be written, so that the policy's need not be there yet. */
  readonly writesBaseline?: boolean | undefined;
  /** Where somebody has opened the cache already. */
  readonly opened?: Opened | undefined;
  /** Listens to what the host is asked; is told what else the audit depends on. */
  readonly recorder?: Recorder | undefined;
}

/**
 * Snapshot, target and diff in one go: the two readings run side by side, and when the flake cannot be read the other
 * is called off. The project's `lockstep.toml` decides what counts.
 *
 * @throws ProblemError for whatever is wrong with the flake (no flake, syntax, lock, no dev shell …), with its policy or
 *   with the baseline
 * @throws the signal's reason when it is aborted
 */
export async function runAudit(request: AuditRequest): Promise<Audit> {
  const { onProgress, signal, shell, cache } = request;
  signal?.throwIfAborted();
  const given = request.host ?? localHost();
  const now = request.now ?? new Date();
  const folder = flakeFolder(request.folder);
  const callOff = new AbortController();
  // `AbortSignal.any` is missing in Node 18, which the oldest Electron in use carries.
  signal?.addEventListener('abort', () => callOff.abort(signal.reason), { once: true });

  // Version files of the project are only meant for the machine that it is on.
  const shims = given.source === 'local' ? folder : undefined;
  const { pathContext, deadlines, opened, recorder } = request;
  const seen = await seeFrom(given, { pathContext, folder: shims, deadlines });
  const { host } = seen;
  const fs = recorder === undefined ? localFileSystem : host.fs;
  if (recorder !== undefined) {
    noteIndex(fs);
  }
  const flake = {
    fs,
    folder,
    system: request.system ?? systemOf(host),
    index: loadIndex(),
    outputs: shell === undefined ? undefined : [shell],
    anyConfiguration: request.anyConfiguration,
    now,
    onProgress,
    signal: callOff.signal,
    onReadAside: () => recorder?.giveUp(),
  };
  /** What is done for the target at the moment; absent when it was read. */
  let atTarget: AuditProgress | undefined;
  const toldOfTarget = (progress: AuditProgress) => {
    atTarget = progress;
    onProgress?.(progress);
  };
  const reading = (
    request.askNix === true && given.source === 'local'
      ? askNixToo({ ...flake, env: host.env, onProgress: toldOfTarget, onOwn: (own) => request.onHalf?.(own, true) })
      : readTarget(flake)
  ).finally(() => {
    atTarget = undefined;
  });
  const taking = probeHost({
    host,
    seen,
    now,
    folder: shims,
    onProgress,
    onSoFar: request.onSoFar,
    signal: callOff.signal,
    cache,
    opened,
    deadlines,
  }).then(({ snapshot }) => {
    if (atTarget !== undefined) {
      onProgress?.(atTarget);
    }
    return snapshot;
  });
  const { onHalf } = request;
  if (onHalf !== undefined) {
    // Failures are for whoever waits for both.
    reading.then(
      (target) => onHalf(target),
      () => undefined,
    );
    taking.then(
      (snapshot) => onHalf(snapshot),
      () => undefined,
    );
  }
  const [target, known] = await settleTogether(reading, taking, callOff);
  signal?.throwIfAborted();
  onProgress?.({ phase: 'diff', message: 'Comparing' });
  const guessed = await withGuesses(host, known, target, shims);
  const snapshot = await withLanguagePackages(host, guessed, target, shims);
  // Its parsers are large: they are loaded when there is something to compare, not when the app starts.
  const { readPins } = await import('./pins');
  const audit = createAudit(snapshot, target, shell, readPins(folder, fs));
  const policy = request.policy === false ? undefined : await policyOf(target, fs);
  const { baseline, writesBaseline: writes } = request;
  if (recorder !== undefined) {
    limitBySnapshot(recorder, snapshot, signal);
    limitByTarget(recorder, target, now);
    limitByPolicy(recorder, policy, now, baseline);
  }
  return withPolicy(audit, policy, { env: host.env, now, baseline, writes, fs });
}

function limitByPolicy(recorder: Recorder, policy: Policy | undefined, now: Date, baseline: string | undefined): void {
  if (policy !== undefined || baseline !== undefined) {
    // Exceptions and accepted differences have an end.
    limitByDay(recorder, now);
  }
  if (policy !== undefined && policy.ports.length > 0) {
    recorder.giveUp();
  }
}

/** Our own reading with what the real Nix tells; loaded only when it is wanted. */
async function askNixToo(options: NixTargetOptions): Promise<Target> {
  const { readTargetWithNix } = await import('./target-nix');
  return readTargetWithNix(options);
}

/**
 * An audit from a snapshot and a target that are there already.
 *
 * @param pins what the project declares outside its flake: contradictions become findings
 * @throws ProblemError `shell-not-found`
 */
function createAudit(snapshot: Snapshot, target: Target, asked?: string, pins?: ProjectPins): Audit {
  const { shell, rows, summary, findings } = diffWithTarget({ snapshot, target, shell: asked, catalog });
  const audit: Audit = { schema: AUDIT_SCHEMA, snapshot, target, shell, rows, summary, findings };
  if (pins === undefined) {
    return audit;
  }
  const compared = comparedPins(pins, { target, shell, snapshot });
  return { ...audit, findings: [...findings, ...pinFindings(compared)], pins: compared };
}

/** Waits for both; the failure of the first calls off the second, and is what is thrown. */
async function settleTogether<A, B>(first: Promise<A>, second: Promise<B>, other: AbortController): Promise<[A, B]> {
  const guarded = first.catch((error: unknown) => {
    other.abort(error);
    throw error;
  });
  const [a, b] = await Promise.allSettled([guarded, second]);
  if (a.status === 'rejected') {
    throw a.reason;
  }
  if (b.status === 'rejected') {
    throw b.reason;
  }
  return [a.value, b.value];
}

function flakeFolder(path: string): string {
  const absolute = resolve(path);
  const isFile = statOf(absolute)?.isFile() ?? false;
  return isFile && basename(absolute) === 'flake.nix' ? dirname(absolute) : absolute;
}

function systemOf({ arch, os }: Host): string {
  // Nix has no Windows: there, tools run in the Linux of WSL.
  return `${arch}-${os === 'windows' ? 'linux' : os}`;
}
