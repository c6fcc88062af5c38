import * as v from 'valibot';
import { AUDIT_SCHEMA, type Audit, type AuditProgress } from '../core/model/audit';
import type { DiffRow, Expected, Fix } from '../core/model/diff';
import type { Evidence } from '../core/model/evidence';
import type { Position, Problem } from '../core/model/problem';
import { SNAPSHOT_SCHEMA, type Snapshot } from '../core/model/snapshot';
import { TARGET_SCHEMA, type Target } from '../core/model/target';

/**
 * The models as they cross the border between processes. Every key that the window relies on is checked; keys that
 * are not known here pass (objects are loose), so that a model may grow without losing facts on the way.
 */
type Schema<T> = v.GenericSchema<unknown, T>;

const text = v.string();
const texts = v.record(v.string(), v.string());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const certainty = v.picklist(['exact', 'estimate', 'range', 'unknown']);

const position: Schema<Position> = v.looseObject({ file: text, line: count, column: count });

export const problemSchema: Schema<Problem> = v.looseObject({
  code: text,
  message: text,
  hint: v.exactOptional(text),
  position: v.exactOptional(position),
  detail: v.exactOptional(text),
});

const evidence: Schema<Evidence> = v.looseObject({
  kind: v.picklist(['file', 'path', 'package-database', 'command', 'environment']),
  source: text,
  detail: v.exactOptional(text),
});

export const snapshotSchema: Schema<Snapshot> = v.looseObject({
  schema: v.literal(SNAPSHOT_SCHEMA),
  takenAt: text,
  host: v.looseObject({
    source: text,
    os: v.picklist(['linux', 'darwin', 'windows']),
    arch: text,
    system: text,
    name: v.exactOptional(text),
    distribution: v.exactOptional(text),
    release: v.exactOptional(text),
    kernel: v.exactOptional(text),
    cpu: v.exactOptional(text),
    cores: v.exactOptional(v.number()),
    memoryBytes: v.exactOptional(v.number()),
  }),
  pathEntries: v.array(
    v.looseObject({
      path: text,
      state: v.picklist(['ok', 'missing', 'not-a-directory', 'unreadable', 'duplicate', 'relative']),
      writableByOthers: v.exactOptional(v.boolean()),
      executables: v.exactOptional(count),
    }),
  ),
  installations: v.array(
    v.looseObject({
      tool: text,
      version: v.exactOptional(text),
      path: text,
      realPath: text,
      manager: text,
      package: v.exactOptional(text),
      active: v.boolean(),
      onPath: v.boolean(),
      shadowedBy: v.exactOptional(text),
      leadsTo: v.exactOptional(text),
      architecture: v.exactOptional(text),
      evidence: v.array(evidence),
    }),
  ),
  environment: v.array(v.looseObject({ name: text, value: v.exactOptional(text), finding: v.exactOptional(text) })),
  failures: v.array(
    v.looseObject({
      status: v.picklist(['failed', 'skipped']),
      tool: v.exactOptional(text),
      path: v.exactOptional(text),
      code: text,
      reason: text,
    }),
  ),
});

const targetShape = v.looseObject({
  schema: v.literal(TARGET_SCHEMA),
  flake: v.looseObject({
    path: text,
    description: v.exactOptional(text),
    inputs: v.array(
      v.looseObject({
        name: text,
        type: text,
        url: text,
        revision: v.exactOptional(text),
        branch: v.exactOptional(text),
        lastModified: v.exactOptional(text),
        narHash: v.exactOptional(text),
        inputs: texts,
      }),
    ),
    locked: v.boolean(),
  }),
  system: text,
  systems: v.array(text),
  evaluator: v.picklist(['lockstep', 'nix']),
  shells: v.record(
    v.string(),
    v.looseObject({
      packages: v.array(
        v.looseObject({
          attribute: text,
          name: text,
          version: v.exactOptional(text),
          certainty,
          reason: v.exactOptional(text),
          position: v.exactOptional(position),
          input: v.exactOptional(text),
        }),
      ),
      variables: v.array(v.looseObject({ name: text, value: text, position: v.exactOptional(position) })),
      unresolved: v.array(v.looseObject({ what: text, reason: text, position: v.exactOptional(position) })),
      shellHook: v.exactOptional(text),
      output: text,
    }),
  ),
  defaultShell: v.optional(text),
  findings: v.array(problemSchema),
});

/** JSON has no word for `defaultShell: undefined`: an absent key means the same. */
export const targetSchema: Schema<Target> = v.pipe(
  targetShape,
  v.transform((target) => ({ ...target, defaultShell: target.defaultShell })),
);

const expected: Schema<Expected> = v.looseObject({
  attribute: text,
  name: text,
  version: v.exactOptional(text),
  certainty,
  position: v.exactOptional(position),
  reason: v.exactOptional(text),
});

const actual = v.looseObject({
  version: v.exactOptional(text),
  path: text,
  realPath: text,
  manager: text,
  active: v.boolean(),
  onPath: v.boolean(),
  shadowedBy: v.exactOptional(text),
  leadsTo: v.exactOptional(text),
  evidence: v.array(evidence),
});

const fix: Schema<Fix> = v.looseObject({
  manager: text,
  command: text,
  title: text,
  risk: v.exactOptional(text),
});

const row: Schema<DiffRow> = v.looseObject({
  tool: text,
  title: text,
  category: text,
  status: v.picklist(['match', 'drift', 'missing', 'extra', 'shadowed', 'unknown']),
  drift: v.exactOptional(v.picklist(['patch', 'minor', 'major', 'other'])),
  expected: v.exactOptional(expected),
  actual: v.exactOptional(actual),
  copies: v.array(actual),
  reason: text,
  fixes: v.array(fix),
});

export const auditSchema: Schema<Audit> = v.looseObject({
  schema: v.literal(AUDIT_SCHEMA),
  snapshot: snapshotSchema,
  target: targetSchema,
  shell: text,
  rows: v.array(row),
  summary: v.looseObject({
    total: count,
    match: count,
    drift: count,
    missing: count,
    shadowed: count,
    unknown: count,
    extra: count,
    headline: text,
    inStep: v.boolean(),
  }),
  findings: v.array(problemSchema),
});

export const progressSchema: Schema<AuditProgress> = v.looseObject({
  phase: v.picklist(['snapshot', 'target', 'diff']),
  message: text,
  done: v.exactOptional(v.number()),
  total: v.exactOptional(v.number()),
});
