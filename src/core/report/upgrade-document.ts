import { isRecord } from '../is-record';

/**
 * Brings what an earlier Lockstep wrote to the form of today; everything else comes back as it is, for the schema to
 * judge. The first snapshots had the schema, the time, the host, the installations and the failures: whether a copy is on
 * PATH follows from what it hides or is hidden by, and of PATH and the environment nothing is known.
 */
export function upgradeDocument(kind: 'snapshot' | 'target' | 'audit', value: unknown): unknown {
  if (!isRecord(value)) {
    return value;
  }
  switch (kind) {
    case 'snapshot':
      return isFirstSnapshot(value) ? upgradeSnapshot(value) : value;
    case 'audit': {
      const { snapshot } = value;
      return isRecord(snapshot) && isFirstSnapshot(snapshot)
        ? { ...value, snapshot: upgradeSnapshot(snapshot) }
        : value;
    }
    case 'target':
      return value;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isFirstSnapshot(value: Fields): boolean {
  return Array.isArray(value['installations']) && !('pathEntries' in value) && !('environment' in value);
}

function upgradeSnapshot(value: Fields): Fields {
  return {
    failures: [],
    ...value,
    pathEntries: [],
    environment: [],
    installations: (value['installations'] as readonly unknown[]).map((one) =>
      isRecord(one)
        ? {
            realPath: one['path'],
            evidence: [],
            onPath: one['active'] === true || one['shadowedBy'] !== undefined,
            ...one,
          }
        : one,
    ),
  };
}
