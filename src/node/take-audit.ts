import { resolve } from 'node:path';
import type { Audit } from '../core/model/audit';
import type { AuditRequest } from './audit';
import { localHost } from './local-host';
import { updatedIndexPath } from './nixpkgs-index-place';
import { machineOnce } from './open-machine';
import type { Question } from './replay';
import { cacheFolder } from './snapshot-cache';

/** Who wants to know what is read while it is read. */
type Listeners = Pick<AuditRequest, 'onSoFar' | 'onHalf'>;

/**
 * The audit of a flake's folder: the one that was made last, where nothing that counted on the machine, in the flake and
 * in the project has changed since; neither catalog nor evaluator is loaded then. Else as `runAudit` makes it.
 *
 * @param listen asked for when something has to be read
 * @param more for tests: what the clock says, and which build this is
 * @throws whatever `runAudit` throws
 */
export async function takeAudit(
  request: AuditRequest & { readonly cacheFolder?: string },
  listen: () => Promise<Listeners> = async () => ({}),
  more?: Pick<Question, 'clock' | 'build'>,
): Promise<Audit> {
  const { cache, askNix, host = localHost(), now = new Date(), signal } = request;
  if (cache === false || askNix === true || host.source !== 'local') {
    return read({ ...request, host, now, ...(await listen()) });
  }
  signal?.throwIfAborted();
  const { replayed } = await import('./replay');
  const folder = resolve(request.folder);
  const { system, shell, anyConfiguration, policy, pathContext, deadlines, baseline, writesBaseline } = request;
  const asked = { folder, system, shell, anyConfiguration, policy, pathContext, deadlines, baseline, writesBaseline };
  const place = request.cacheFolder ?? cacheFolder(host);
  const machine = machineOnce(host, { cache: place });
  const audit = await replayed<Audit>(
    { kind: 'audit', host, folder: place, options: { ...asked, index: updatedIndexPath() }, now, ...more },
    async (recorder) => {
      const opened = machine.open();
      return read({ ...request, ...(await listen()), host: recorder?.host ?? host, now, opened, recorder });
    },
    (kept) => machine.isAs(kept.snapshot.host),
  );
  return { ...audit, snapshot: { ...audit.snapshot, takenAt: now.toISOString() } };
}

async function read(request: AuditRequest): Promise<Audit> {
  const { runAudit } = await import('./audit');
  return runAudit(request);
}
