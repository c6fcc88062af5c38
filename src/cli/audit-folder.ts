import type { Audit } from '../core/model/audit';
import type { AuditRequest } from '../node/audit';
import { openHost } from '../node/host-spec';
import { localHost } from '../node/local-host';
import { takeAudit } from '../node/take-audit';
import { type Evaluator, isNixAsked } from './evaluator';
import { parseFlakeWord } from './flake-word';
import type { CliIo } from './io';
import { progressLine } from './progress';
import { reportTime } from './report-outputs';

/** Which part of a flake is meant. */
interface FlakeFlags {
  readonly system?: string;
  readonly shell?: string;
  /** Left out: this machine. */
  readonly host?: string;
  /** Left out: Lockstep alone. */
  readonly evaluator?: Evaluator;
}

/**
 * Audits this machine, or another host, against a folder's flake, with progress on standard error.
 *
 * @param folder as the user wrote it
 * @throws ProblemError as {@link takeAudit}, {@link isNixAsked} and `openHost` do
 */
export async function auditFolder(
  folder: string,
  { system, shell, host: spec, evaluator }: FlakeFlags,
  io: CliIo,
  more: Partial<Pick<AuditRequest, 'cache' | 'policy' | 'baseline' | 'writesBaseline' | 'pathContext'>> = {},
): Promise<Audit> {
  const askNix = await isNixAsked(evaluator, spec, io);
  const host = spec === undefined ? localHost(io.env) : await openHost(spec, io.cwd, io.env);
  const progress = progressLine(io);
  try {
    const word = parseFlakeWord(folder, io.cwd);
    return await takeAudit({
      folder: word.folder,
      system,
      shell: shell ?? word.output,
      host,
      askNix,
      now: reportTime(io),
      onProgress: progress.show,
      ...more,
    });
  } finally {
    progress.clear();
    host.close?.();
  }
}
