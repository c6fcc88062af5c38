import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { catalog } from '../core/catalog';
import { summarize } from '../core/diff/summary';
import type { Audit } from '../core/model/audit';
import type { Policy } from '../core/model/policy';
import { ProblemError } from '../core/model/problem';
import type { Target } from '../core/model/target';
import { applyPolicy } from '../core/policy/apply';
import { applyBaseline, readBaseline } from '../core/policy/baseline';

/** The name of a project's policy, beside its `flake.nix`. */
const POLICY_FILE = 'lockstep.toml';

/** Larger than anybody writes by hand. */
const POLICY_LIMIT = 1024 * 1024;
const BASELINE_LIMIT = 16 * 1024 * 1024;
/** Milliseconds: a port of this machine answers at once or not at all. */
const PORT_DEADLINE = 300;

export interface PolicyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Decides which exceptions have ended. */
  readonly now: Date;
  /** Path of a baseline; left out: the one that the policy names. */
  readonly baseline?: string | undefined;
}

/**
 * The policy that counts for a target: `lockstep.toml` beside its flake, or else the flake's own output `lockstep`.
 *
 * @throws ProblemError `policy-invalid` with file, line and column; `policy-unreadable`
 */
export async function policyOf({ flake, policy }: Target): Promise<Policy | undefined> {
  const path = join(flake.path, POLICY_FILE);
  if (!existsSync(path)) {
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
  const today = options.now.toISOString().slice(0, 10);
  let { rows } = audit;
  if (policy !== undefined) {
    rows = applyPolicy(rows, policy, {
      catalog,
      snapshot: audit.snapshot,
      today,
      variable: (name) => options.env[name],
      busyPorts: await findBusyPorts(policy.ports.map(({ port }) => port)),
    });
  }
  const path =
    options.baseline ??
    (policy?.baseline === undefined ? undefined : resolve(audit.target.flake.path, policy.baseline));
  if (path !== undefined) {
    rows = applyBaseline(rows, readBaseline(readText(path, BASELINE_LIMIT, 'baseline-unreadable'), path), today);
  }
  return rows === audit.rows ? audit : { ...audit, rows, summary: summarize(rows) };
}

/** The ports of this machine on which something listens. */
async function findBusyPorts(ports: readonly number[]): Promise<ReadonlySet<number>> {
  const answers = await Promise.all(ports.map(async (port) => ((await isAnswering(port)) ? [port] : [])));
  return new Set(answers.flat());
}

function isAnswering(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: PORT_DEADLINE });
    const finish = (isBusy: boolean) => {
      socket.destroy();
      done(isBusy);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}

function readText(path: string, limit: number, code: string): string {
  try {
    if (statSync(path).size > limit) {
      throw new Error(`it has more than ${limit} bytes`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProblemError(
      {
        code,
        message: `${path} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
        hint: 'Check the name, and that you may read it.',
      },
      { cause: error },
    );
  }
}
