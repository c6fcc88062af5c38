import type { Actual } from '../model/diff';
import type { Installation, Snapshot } from '../model/snapshot';

/** Installations by tool, each list with the copy that wins first, then those on PATH in its order, then the rest. */
export function copiesByTool(snapshot: Pick<Snapshot, 'installations'>): ReadonlyMap<string, readonly Installation[]> {
  const byTool = new Map<string, Installation[]>();
  for (const installation of snapshot.installations) {
    const list = byTool.get(installation.tool);
    if (list === undefined) {
      byTool.set(installation.tool, [installation]);
    } else {
      list.push(installation);
    }
  }
  for (const list of byTool.values()) {
    list.sort((a, b) => rank(a) - rank(b));
  }
  return byTool;
}

function rank({ active, onPath }: Installation): number {
  return active ? 0 : onPath ? 1 : 2;
}

/** An installation as a row shows it. */
export function actualOf(installation: Installation): Actual {
  const { version, path, realPath, manager, active, onPath, shadowedBy, leadsTo, evidence } = installation;
  return {
    ...(version === undefined ? {} : { version }),
    path,
    realPath,
    manager,
    active,
    onPath,
    ...(shadowedBy === undefined ? {} : { shadowedBy }),
    ...(leadsTo === undefined ? {} : { leadsTo }),
    evidence,
  };
}
