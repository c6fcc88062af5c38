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

/** An absent key, or one that is there and `undefined`: a copy between processes keeps the latter. */
const maybe = v.optional as unknown as typeof v.exactOptional;

const text = v.string();
const texts = v.record(v.string(), v.string());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const certainty = v.picklist(['exact', 'estimate', 'range', 'unknown']);

const position: Schema<Position> = v.looseObject({ file: text, line: count, column: count });

export const problemSchema: Schema<Problem> = v.looseObject({
  code: text,
  message: text,
  hint: maybe(text),
  position: maybe(position),
  detail: maybe(text),
});

const evidence: Schema<Evidence> = v.looseObject({
  kind: v.picklist(['file', 'path', 'package-database', 'command', 'environment']),
  source: text,
  detail: maybe(text),
});

export const snapshotSchema: Schema<Snapshot> = v.looseObject({
  schema: v.literal(SNAPSHOT_SCHEMA),
  takenAt: text,
  host: v.looseObject({
    source: text,
    os: v.picklist(['linux', 'darwin', 'windows']),
    arch: text,
    system: text,
    name: maybe(text),
    distribution: maybe(text),
    release: maybe(text),
    kernel: maybe(text),
    cpu: maybe(text),
    cores: maybe(v.number()),
    memoryBytes: maybe(v.number()),
  }),
  pathEntries: v.array(
    v.looseObject({
      path: text,
      state: v.picklist(['ok', 'missing', 'not-a-directory', 'unreadable', 'duplicate', 'relative']),
      writableByOthers: maybe(v.boolean()),
      executables: maybe(count),
    }),
  ),
  installations: v.array(
    v.looseObject({
      tool: text,
      version: maybe(text),
      path: text,
      realPath: text,
      manager: text,
      package: maybe(text),
      active: v.boolean(),
      onPath: v.boolean(),
      shadowedBy: maybe(text),
      leadsTo: maybe(text),
      architecture: maybe(text),
      evidence: v.array(evidence),
    }),
  ),
  environment: v.array(v.looseObject({ name: text, value: maybe(text), finding: maybe(text) })),
  failures: v.array(
    v.looseObject({
      status: v.picklist(['failed', 'skipped']),
      tool: maybe(text),
      path: maybe(text),
      code: text,
      reason: text,
    }),
  ),
});

const targetShape = v.looseObject({
  schema: v.literal(TARGET_SCHEMA),
  flake: v.looseObject({
    path: text,
    description: maybe(text),
    inputs: v.array(
      v.looseObject({
        name: text,
        type: text,
        url: text,
        revision: maybe(text),
        branch: maybe(text),
        lastModified: maybe(text),
        narHash: maybe(text),
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
          version: maybe(text),
          certainty,
          reason: maybe(text),
          position: maybe(position),
          input: maybe(text),
        }),
      ),
      variables: v.array(v.looseObject({ name: text, value: text, position: maybe(position) })),
      unresolved: v.array(v.looseObject({ what: text, reason: text, position: maybe(position) })),
      shellHook: maybe(text),
      output: text,
    }),
  ),
  defaultShell: maybe(text),
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
  version: maybe(text),
  certainty,
  position: maybe(position),
  reason: maybe(text),
});

const actual = v.looseObject({
  version: maybe(text),
  path: text,
  realPath: text,
  manager: text,
  active: v.boolean(),
  onPath: v.boolean(),
  shadowedBy: maybe(text),
  leadsTo: maybe(text),
  evidence: v.array(evidence),
});

const fix: Schema<Fix> = v.looseObject({
  manager: text,
  command: text,
  title: text,
  risk: maybe(text),
});

const row: Schema<DiffRow> = v.looseObject({
  tool: text,
  title: text,
  category: text,
  status: v.picklist(['match', 'drift', 'missing', 'extra', 'shadowed', 'unknown']),
  drift: maybe(v.picklist(['patch', 'minor', 'major', 'other'])),
  expected: maybe(expected),
  actual: maybe(actual),
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
  done: maybe(v.number()),
  total: maybe(v.number()),
});
