import type { Audit } from '../core/model/audit';
import type { AuditRequest } from '../node/audit';
import { openHost } from '../node/host-spec';
import { localHost } from '../node/local-host';
import { takeAudit } from '../node/take-audit';
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
}

/**
 * Audits this machine, or another host, against a folder's flake, with progress on standard error.
 *
 * @param folder as the user wrote it
 * @throws ProblemError as {@link takeAudit} and `openHost` do
 */
export async function auditFolder(
  folder: string,
  { system, shell, host: spec }: FlakeFlags,
  io: CliIo,
  more: Partial<Pick<AuditRequest, 'cache' | 'policy' | 'baseline' | 'writesBaseline' | 'pathContext'>> = {},
): Promise<Audit> {
  const host = spec === undefined ? localHost(io.env) : await openHost(spec, io.cwd, io.env);
  const progress = progressLine(io);
  try {
    const word = parseFlakeWord(folder, io.cwd);
    return await takeAudit({
      folder: word.folder,
      system,
      shell: shell ?? word.output,
      host,
      now: reportTime(io),
      onProgress: progress.show,
      ...more,
    });
  } finally {
    progress.clear();
    host.close?.();
  }
}
