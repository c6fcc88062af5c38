import * as v from 'valibot';
import { AUDIT_SCHEMA, type Audit } from './audit';
import { PINS_SCHEMA } from './pins';
import { SNAPSHOT_SCHEMA, type Snapshot } from './snapshot';
import { TARGET_SCHEMA, type Target } from './target';

/*
 * What crosses a border (a file, a process, the window) is checked against these. They mirror the interfaces beside
 * them; the assignments at the end make the type checker hold the two together. Keys that are not known are dropped.
 */

/** Longest single text that is believed: a shell hook may be long, a name may not. */
const SHORT = 4_096;
const LONG = 1_048_576;
/**
 * Paths, and sentences that name some. What Lockstep itself writes must be read back: a variable has up to 128 KiB
 * (execve(2)), a startup file that is read 256, and either may be one entry of PATH.
 */
const PLACE = 524_288;
/** More installations, rows or entries than any machine has; of 128 KiB of PATH, each character may end one. */
const MANY = 200_000;

const short = v.pipe(v.string(), v.maxLength(SHORT));
const place = v.pipe(v.string(), v.maxLength(PLACE));
const long = v.pipe(v.string(), v.maxLength(LONG));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const time = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/,
    'is not a time in UTC',
  ),
);

function list<Item extends v.GenericSchema>(item: Item, most: number = MANY) {
  return v.pipe(v.array(item), v.maxLength(most), v.readonly());
}

const evidence = v.object({
  kind: v.picklist(['file', 'path', 'package-database', 'command', 'environment']),
  source: place,
  detail: v.exactOptional(short),
});

const position = v.object({ file: short, line: count, column: count });

const problem = v.object({
  code: short,
  message: long,
  hint: v.exactOptional(long),
  position: v.exactOptional(position),
  detail: v.exactOptional(long),
});

const hostFacts = v.object({
  source: place,
  os: v.picklist(['linux', 'darwin', 'windows']),
  arch: short,
  system: short,
  name: v.exactOptional(short),
  distribution: v.exactOptional(short),
  release: v.exactOptional(short),
  kernel: v.exactOptional(short),
  cpu: v.exactOptional(short),
  cores: v.exactOptional(count),
  memoryBytes: v.exactOptional(count),
});

export const installationSchema = v.object({
  tool: short,
  version: v.exactOptional(short),
  path: place,
  realPath: place,
  manager: short,
  package: v.exactOptional(short),
  active: v.boolean(),
  onPath: v.boolean(),
  shadowedBy: v.exactOptional(place),
  leadsTo: v.exactOptional(place),
  architecture: v.exactOptional(short),
  evidence: list(evidence, 100),
});

const probeFailure = v.object({
  status: v.picklist(['failed', 'skipped']),
  tool: v.exactOptional(short),
  path: v.exactOptional(place),
  code: short,
  reason: place,
});

const pathEntry = v.object({
  path: place,
  state: v.picklist(['ok', 'missing', 'not-a-directory', 'unreadable', 'duplicate', 'relative']),
  writableByOthers: v.exactOptional(v.boolean()),
  executables: v.exactOptional(count),
  addedBy: v.exactOptional(place),
});

const contextId = v.picklist(['process', 'login', 'interactive', 'desktop', 'shell']);

const pathContext = v.object({
  id: contextId,
  answeredBy: v.picklist(['process', 'files', 'program']),
  shell: v.exactOptional(short),
  pathEntries: list(pathEntry),
  evidence: list(evidence, 500),
  doubts: list(v.object({ source: place, reason: place }), 500),
});

const contextDifference = v.object({
  tool: short,
  starts: list(
    v.object({
      context: contextId,
      path: v.exactOptional(place),
      version: v.exactOptional(short),
      manager: v.exactOptional(short),
    }),
    20,
  ),
});

const environmentFinding = v.object({
  code: short,
  severity: v.picklist(['warning', 'info']),
  message: long,
  hint: v.exactOptional(long),
  source: v.exactOptional(place),
});

const environmentVariable = v.object({
  name: short,
  value: v.exactOptional(long),
  finding: v.exactOptional(place),
});

export const globalPackageSchema = v.object({
  ecosystem: short,
  name: short,
  version: v.exactOptional(short),
  path: place,
});

const verified = v.object({
  tool: short,
  path: place,
  files: v.exactOptional(short),
  program: v.exactOptional(short),
  detail: v.exactOptional(short),
  outcome: v.picklist(['agrees', 'disagrees', 'program-only', 'no-answer', 'not-asked']),
  reason: v.exactOptional(place),
});

export const snapshotSchema = v.object({
  schema: v.literal(SNAPSHOT_SCHEMA),
  takenAt: time,
  host: hostFacts,
  pathEntries: list(pathEntry),
  installations: list(installationSchema),
  environment: list(environmentVariable),
  failures: list(probeFailure),
  packages: v.exactOptional(list(globalPackageSchema)),
  pathContext: v.exactOptional(contextId),
  contexts: v.exactOptional(list(pathContext, 20)),
  contextDifferences: v.exactOptional(list(contextDifference)),
  findings: v.exactOptional(list(environmentFinding)),
  verification: v.exactOptional(list(verified)),
});

const certainty = v.picklist(['exact', 'estimate', 'range', 'unknown']);

const targetPackage = v.object({
  attribute: short,
  name: short,
  version: v.exactOptional(short),
  certainty,
  reason: v.exactOptional(long),
  position: v.exactOptional(position),
  input: v.exactOptional(short),
  option: v.exactOptional(short),
  manager: v.exactOptional(v.picklist(['homebrew', 'homebrew-cask', 'mac-app-store', 'whalebrew'])),
});

const environmentKind = v.picklist(['shell', 'package', 'app', 'nixos', 'darwin', 'home']);

const unresolved = v.object({ what: long, reason: long, position: v.exactOptional(position) });

const targetShell = v.object({
  packages: list(targetPackage),
  variables: list(v.object({ name: short, value: long, position: v.exactOptional(position) })),
  unresolved: list(unresolved),
  shellHook: v.exactOptional(long),
  output: short,
  problem: v.exactOptional(problem),
  implied: v.exactOptional(list(targetPackage)),
  kind: v.exactOptional(environmentKind),
  builds: v.exactOptional(targetPackage),
});

const targetInput = v.object({
  name: short,
  type: short,
  url: short,
  revision: v.exactOptional(short),
  branch: v.exactOptional(short),
  lastModified: v.exactOptional(short),
  narHash: v.exactOptional(short),
  direct: v.exactOptional(v.literal(true)),
  pin: v.exactOptional(v.object({ level: v.picklist(['firm', 'weak', 'loose']), notes: list(long) })),
  inputs: v.pipe(v.record(short, short), v.readonly()),
});

const policy = v.object({
  file: short,
  tolerance: v.picklist(['exact', 'patch', 'minor', 'major']),
  tools: list(
    v.object({
      tool: short,
      position,
      tolerance: v.exactOptional(v.picklist(['exact', 'patch', 'minor', 'major'])),
      range: v.exactOptional(short),
      required: v.exactOptional(v.boolean()),
      ignore: v.exactOptional(short),
      until: v.exactOptional(short),
      forbidden: v.exactOptional(short),
      outside: v.exactOptional(v.boolean()),
      on: v.exactOptional(list(v.picklist(['linux', 'darwin', 'windows']))),
    }),
  ),
  variables: list(v.object({ name: short, position, value: v.exactOptional(long) })),
  ports: list(v.object({ port: count, reason: short, position })),
  failOn: v.exactOptional(short),
  baseline: v.exactOptional(short),
});

const targetOutput = v.object({
  name: short,
  systems: v.exactOptional(list(short)),
  members: list(short),
  entries: v.exactOptional(
    list(
      v.object({
        path: list(short),
        type: v.picklist([
          'derivation',
          'app',
          'bundler',
          'template',
          'nixpkgs-overlay',
          'nixos-module',
          'darwin-module',
          'home-module',
          'nixos-configuration',
          'darwin-configuration',
          'home-configuration',
          'unknown',
          'omitted',
          'opaque',
          'failed',
          'wrong',
        ]),
        name: v.exactOptional(long),
        description: v.exactOptional(long),
        reason: v.exactOptional(long),
        position: v.exactOptional(position),
      }),
    ),
  ),
});

export const targetSchema = v.object({
  schema: v.literal(TARGET_SCHEMA),
  flake: v.object({
    path: short,
    directory: v.exactOptional(short),
    description: v.exactOptional(long),
    inputs: list(targetInput),
    locked: v.boolean(),
  }),
  system: short,
  systems: list(short),
  evaluator: v.picklist(['lockstep', 'nix']),
  shells: v.pipe(v.record(short, targetShell), v.readonly()),
  environments: v.exactOptional(list(v.object({ output: short, kind: environmentKind }))),
  outputs: v.exactOptional(list(targetOutput)),
  // JSON has no `undefined`: a flake without a default shell is written without the key.
  defaultShell: v.optional(short),
  policy: v.exactOptional(policy),
  findings: list(problem),
});

export const expectedSchema = v.object({
  attribute: short,
  name: short,
  version: v.exactOptional(short),
  certainty,
  position: v.exactOptional(position),
  reason: v.exactOptional(long),
});

export const actualSchema = v.object({
  version: v.exactOptional(short),
  path: place,
  realPath: place,
  manager: short,
  active: v.boolean(),
  onPath: v.boolean(),
  shadowedBy: v.exactOptional(place),
  leadsTo: v.exactOptional(place),
  evidence: list(evidence, 100),
});

const fix = v.object({ manager: short, command: long, title: short, risk: v.exactOptional(short) });

const rowStatus = v.picklist(['match', 'drift', 'missing', 'extra', 'shadowed', 'unknown']);

const acceptance = v.object({
  by: v.picklist(['policy', 'baseline']),
  was: rowStatus,
  reason: long,
  until: v.exactOptional(short),
});

export const diffRowSchema = v.object({
  tool: short,
  title: short,
  category: short,
  status: rowStatus,
  drift: v.exactOptional(v.picklist(['patch', 'minor', 'major', 'other'])),
  expected: v.exactOptional(expectedSchema),
  actual: v.exactOptional(actualSchema),
  copies: list(actualSchema),
  reason: long,
  fixes: list(fix, 100),
  accepted: v.exactOptional(acceptance),
});

const diffSummary = v.object({
  total: count,
  match: count,
  drift: count,
  missing: count,
  shadowed: count,
  unknown: count,
  extra: count,
  accepted: v.exactOptional(count),
  headline: short,
  inStep: v.boolean(),
});

const pin = v.object({
  tool: short,
  constraint: short,
  scheme: v.picklist([
    'exact',
    'prefix',
    'minimum',
    'semver',
    'pep440',
    'poetry',
    'conda',
    'rubygems',
    'composer',
    'maven',
    'roll-forward',
    'channel',
    'unknown',
  ]),
  range: v.exactOptional(short),
  channel: v.exactOptional(short),
  source: v.picklist([
    'version-file',
    'manifest',
    'container',
    'dev-container',
    'ci',
    'environment',
    'dependency',
    'lock',
  ]),
  declaredBy: short,
  scope: v.exactOptional(short),
  group: v.exactOptional(short),
  position,
  text: short,
});

const pinPlace = v.object({
  kind: v.picklist(['pin', 'flake', 'machine']),
  says: short,
  position: v.exactOptional(position),
  path: v.exactOptional(short),
  scope: v.exactOptional(short),
});

const comparedPins = v.object({
  schema: v.literal(PINS_SCHEMA),
  files: list(short),
  pins: list(pin),
  unresolved: list(unresolved),
  problems: list(problem),
  contradictions: list(
    v.object({
      tool: short,
      title: short,
      severity: v.picklist(['error', 'warning', 'info']),
      message: long,
      places: list(pinPlace),
    }),
  ),
});

export const auditSchema = v.object({
  schema: v.literal(AUDIT_SCHEMA),
  snapshot: snapshotSchema,
  target: targetSchema,
  shell: short,
  rows: list(diffRowSchema),
  summary: diffSummary,
  findings: list(problem),
  pins: v.exactOptional(comparedPins),
});

/** Every document that Lockstep writes and reads back, by the word before `/` in its `schema`. */
export const documentSchemas = {
  'lockstep.snapshot': snapshotSchema,
  'lockstep.target': targetSchema,
  'lockstep.audit': auditSchema,
} as const;

/** Drops the difference between readonly and not, deeply, so that key sets can be compared. */
type Plain<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : { -readonly [Key in keyof T]: Plain<T[Key]> };

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type DeepKeys<T> = T extends string | number | boolean | undefined
  ? never
  : T extends readonly (infer Item)[]
    ? DeepKeys<Item>
    : { [Key in keyof T & string]: Key | DeepKeys<T[Key]> }[keyof T & string];

/** Fails to compile when an interface and its schema part ways: in a type, or in a key that only one of them has. */
type Agrees<Schema extends v.GenericSchema, Model> =
  Same<Plain<v.InferOutput<Schema>>, Plain<Model>> extends true
    ? Same<DeepKeys<v.InferOutput<Schema>>, DeepKeys<Model>>
    : never;

type SchemasAgree = [
  Agrees<typeof snapshotSchema, Snapshot>,
  Agrees<typeof targetSchema, Target>,
  Agrees<typeof auditSchema, Audit>,
];
const agreement: SchemasAgree = [true, true, true];
void agreement;
