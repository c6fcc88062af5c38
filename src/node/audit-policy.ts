import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { catalog } from '../core/catalog';
import { describeMachine } from '../core/diff/fixes/machine';
import { summarize } from '../core/diff/summary';
import type { HostFileSystem } from '../core/host/host';
import type { Audit } from '../core/model/audit';
import type { Policy } from '../core/model/policy';
import { type Problem, ProblemError } from '../core/model/problem';
import type { Target } from '../core/model/target';
import { applyPolicy } from '../core/policy/apply';
import { applyBaseline, baselineFindings, readBaseline } from '../core/policy/baseline';
import { findBusyPorts } from './busy-ports';
import { decodeText } from './decode-text';
import { reasonOf } from './file-reasons';
import { localFileSystem } from './local-file-system';

/** The name of a project's policy, beside its `flake.nix`. */
export const POLICY_FILE = 'lockstep.toml';

/** Larger than anybody writes by hand. */
const POLICY_LIMIT = 1024 * 1024;
const BASELINE_LIMIT = 16 * 1024 * 1024;

export interface PolicyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Decides which exceptions have ended. */
  readonly now: Date;
  /** Path of a baseline; left out: the one that the policy names. */
  readonly baseline?: string | undefined;
  /** True: a baseline is going to be written, so that the one of the policy need not be there yet. */
  readonly writes?: boolean | undefined;
  /** Looks at files before they are read; left out: this machine's. */
  readonly fs?: HostFileSystem | undefined;
}

/**
 * The policy that counts for a target: `lockstep.toml` beside its flake, or else the flake's own output `lockstep`.
 *
 * @throws ProblemError `policy-invalid` with file, line and column; `policy-unreadable`
 */
export async function policyOf(
  { flake, policy }: Target,
  fs: HostFileSystem = localFileSystem,
): Promise<Policy | undefined> {
  const path = join(flake.path, POLICY_FILE);
  if (!fs.stat(path).ok) {
    return policy;
  }
  // Its parser is large, and most projects have no policy.
  const { readPolicy } = await import('../core/policy/read-policy');
  return readPolicy(readText(path, POLICY_LIMIT, 'policy-unreadable'), POLICY_FILE);
}

/**
 * An audit as the project's policy and baseline see it.
 *
 * @throws ProblemError `policy-invalid`, `baseline-invalid`, `baseline-unreadable`
 */
export async function withPolicy(audit: Audit, policy: Policy | undefined, options: PolicyOptions): Promise<Audit> {
  const { fs = localFileSystem } = options;
  const today = options.now.toISOString().slice(0, 10);
  let { rows } = audit;
  if (policy !== undefined) {
    rows = applyPolicy(rows, policy, {
      catalog,
      snapshot: audit.snapshot,
      today,
      variable: (name) => options.env[name],
      busyPorts: await findBusyPorts(policy.ports.map(({ port }) => port)),
      machine: describeMachine(audit.snapshot, audit.target, audit.shell),
    });
  }
  const named = policy?.baseline === undefined ? undefined : resolve(audit.target.flake.path, policy.baseline);
  // Whoever writes a baseline may write the one that the policy names already.
  const isToCome =
    options.baseline === undefined && options.writes === true && named !== undefined && !fs.stat(named).ok;
  const path = isToCome ? undefined : (options.baseline ?? named);
  const findings = [...twoPolicies(audit.target, policy)];
  if (path !== undefined) {
    fs.stat(path);
    const baseline = readBaseline(readText(path, BASELINE_LIMIT, 'baseline-unreadable'), path);
    findings.push(...baselineFindings(rows, baseline, basename(path)));
    rows = applyBaseline(rows, baseline, today);
  }
  return rows === audit.rows && findings.length === 0
    ? audit
    : { ...audit, rows, summary: summarize(rows), findings: [...audit.findings, ...findings] };
}

/** Only one policy counts; whoever wrote the other one should know. */
function twoPolicies({ policy: ofFlake }: Target, counts: Policy | undefined): readonly Problem[] {
  return ofFlake === undefined || counts === undefined || counts.file === ofFlake.file
    ? []
    : [
        {
          code: 'policy-twice',
          message: `${counts.file} counts, and the flake's output "lockstep" is passed over.`,
          hint: `Keep one of the two: ${counts.file}, or lockstep in ${ofFlake.file}.`,
        },
      ];
}

function readText(path: string, limit: number, code: string): string {
  try {
    if (statSync(path).size > limit) {
      throw new ProblemError({
        code,
        message: `${path} has more than ${limit} bytes.`,
        hint: 'A file of this kind is much smaller: check the name.',
      });
    }
    return decodeText(readFileSync(path));
  } catch (error) {
    if (error instanceof ProblemError) {
      throw error;
    }
    throw new ProblemError(
      {
        code,
        message: `${path} could not be read: ${reasonOf(error)}.`,
        hint:
          code === 'baseline-unreadable'
            ? `Check the name, or write it: lockstep audit --write-baseline ${path}`
            : 'Check the name, and that you may read it.',
      },
      { cause: error },
    );
  }
}
