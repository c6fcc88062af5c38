import { resolve } from 'node:path';
import type { Audit } from '../core/model/audit';
import { type AuditRequest, runAudit } from '../node/audit';
import { localHost } from '../node/local-host';
import type { CliIo } from './io';
import { progressLine } from './progress';
import { reportTime } from './report-outputs';

/** Which part of a flake is meant. */
interface FlakeFlags {
  readonly system?: string;
  readonly shell?: string;
}

/**
 * Audits this machine against a folder's flake, with progress on standard error.
 *
 * @param folder as the user wrote it
 * @throws ProblemError as {@link runAudit} does
 */
export function auditFolder(
  folder: string,
  { system, shell }: FlakeFlags,
  io: CliIo,
  more: Partial<Pick<AuditRequest, 'cache' | 'policy' | 'baseline'>> = {},
): Promise<Audit> {
  const progress = progressLine(io);
  return runAudit({
    folder: resolve(io.cwd, folder),
    system,
    shell,
    host: localHost(io.env),
    now: reportTime(io),
    onProgress: progress.show,
    ...more,
  }).finally(progress.clear);
}
