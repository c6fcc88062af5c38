import { Option } from 'commander';
import { ProblemError } from '../core/model/problem';
import type { CliIo } from './io';

/** `auto`: Nix where it is installed. Nix runs only when it is asked for. */
export type Evaluator = 'lockstep' | 'nix' | 'auto';

/** `--evaluator`: who reads the flake. */
export function evaluatorOption(): Option {
  return new Option(
    '--evaluator <which>',
    'who evaluates: Lockstep, or the Nix on this machine (nothing is built or fetched)',
  )
    .choices(['lockstep', 'nix', 'auto'] satisfies Evaluator[])
    .default('lockstep');
}

/**
 * Whether the Nix on this machine is asked, too. Where it is asked for and not there, a finding says so.
 *
 * @param host another host than this machine, as it was asked for
 * @throws ProblemError `nix-for-another-host`
 */
export async function isNixAsked(
  evaluator: Evaluator | undefined,
  host: string | undefined,
  io: CliIo,
): Promise<boolean> {
  if (evaluator === undefined || evaluator === 'lockstep') {
    return false;
  }
  const isHere = host === undefined || host === 'local';
  if (evaluator === 'auto') {
    const { findNix } = await import('../node/real-nix');
    return isHere && findNix(io.env) !== undefined;
  }
  if (!isHere) {
    throw new ProblemError({
      code: 'nix-for-another-host',
      message: `Nix is only asked on this machine, not for ${host}.`,
      hint: 'Leave --evaluator out: Lockstep itself reads the flake for any host.',
    });
  }
  return true;
}
