import { automaticContext } from '../core/environment/automatic-context';
import type { Host } from '../core/host/host';
import type { AuditSettings } from '../ipc/settings';
import type { SnapshotOptions } from '../node/probe-host';

/** What the user has chosen, for reading this machine. */
export function machineOptions(
  host: Host,
  settings: AuditSettings | undefined,
): Pick<SnapshotOptions, 'pathContext' | 'deadlines'> {
  if (settings === undefined) {
    return {};
  }
  const { pathContext, deadlineEach, deadlineTotal } = settings;
  return {
    pathContext: pathContext === 'auto' ? automaticContext(host) : pathContext,
    deadlines: { each: deadlineEach, total: Math.max(deadlineEach, deadlineTotal) },
  };
}
