import type { Catalog } from '../catalog';
import type { Pin, PinPlace, PinSource, ProjectPins } from '../model/pins';
import type { Snapshot } from '../model/snapshot';
import type { TargetPackage, TargetShell } from '../model/target';
import { type Intervals, only, parseIntervals } from './range/interval';
import { parseRelease } from './range/release';
import { subprojectOf } from './subprojects';

/** Who says it: developers are held to the first four, the others run beside them. */
export type Speaker = 'flake' | PinSource | 'machine';

/** What one declaration of a tool allows: a single pin, the alternatives of a matrix, the flake, the machine. */
export interface Statement {
  readonly speaker: Speaker;
  readonly places: readonly PinPlace[];
  /** Absent for a moving name. */
  readonly allowed?: Intervals;
  readonly channel?: string;
  /** The folders of the repository that it holds for; `''` is all of it. */
  readonly parts: readonly string[];
  /** True for a job that tries other versions on purpose. */
  readonly deliberate: boolean;
}

/** Such jobs by their names: `msrv`, `test-nightly`, `oldest supported`. */
const DELIBERATE =
  /(?:^|[^a-z])(?:msrv|min|minimum|minimal|oldest|lowest|legacy|compat|compatibility|nightly|next|future)(?:$|[^a-z])/i;

const EVERYWHERE = { parts: [''], deliberate: false } as const;

/** Statements by tool. */
export type Statements = ReadonlyMap<string, readonly Statement[]>;

/** Everything that is said of each tool that has a pin. */
export function gatherStatements(
  pins: ProjectPins,
  shell: TargetShell | undefined,
  snapshot: Snapshot | undefined,
  catalog: Catalog,
): Statements {
  const byTool = new Map<string, Statement[]>();
  for (const group of groupPins(pins.pins)) {
    const tool = group[0]!.tool;
    byTool.set(tool, [...(byTool.get(tool) ?? []), statementOf(group)]);
  }
  for (const [tool, statements] of byTool) {
    const packages = (shell?.packages ?? []).filter((wanted) => catalog.findByAttribute(wanted.attribute)?.id === tool);
    const flake = flakeStatement(packages);
    const machine = packages.length > 0 ? undefined : machineStatement(tool, snapshot);
    statements.push(...[flake, machine].filter((statement) => statement !== undefined));
  }
  return byTool;
}

/**
 * Pins of one tool that are alternatives of each other, in order; most are alone. What one job of a pipeline sets up more
 * than once, it wants more than once: those are alternatives, too.
 */
function groupPins(pins: readonly Pin[]): readonly (readonly Pin[])[] {
  const joined = new Map<string, string>();
  const leaderOf = (key: string): string => {
    let leader = key;
    for (let next = joined.get(leader); next !== undefined; next = joined.get(leader)) {
      leader = next;
    }
    return leader;
  };
  const keyed = pins.map((pin, index) => {
    const job = pin.source === 'ci' && pin.scope !== undefined ? [`${pin.position.file} ${pin.scope}`] : [];
    const [first = `#${index}`, ...others] = [...(pin.group === undefined ? [] : [pin.group]), ...job];
    const key = `${pin.tool} ${first}`;
    for (const other of others) {
      const [leader, follower] = [leaderOf(key), leaderOf(`${pin.tool} ${other}`)];
      if (leader !== follower) {
        joined.set(follower, leader);
      }
    }
    return { pin, key };
  });
  const groups = new Map<string, Pin[]>();
  for (const { pin, key } of keyed) {
    const leader = leaderOf(key);
    groups.set(leader, [...(groups.get(leader) ?? []), pin]);
  }
  return [...groups.values()];
}

function statementOf(pins: readonly Pin[]): Statement {
  const ranges = [...new Set(pins.map((pin) => pin.range))].map((range) =>
    range === undefined ? undefined : parseIntervals(range),
  );
  const known = ranges.filter((range) => range !== undefined);
  const channel = pins.find((pin) => pin.channel !== undefined)?.channel;
  return {
    speaker: pins[0]!.source,
    parts: [...new Set(pins.map((pin) => subprojectOf(pin.position.file)))].sort(),
    deliberate: pins.every(({ source, scope }) => source === 'ci' && scope !== undefined && DELIBERATE.test(scope)),
    places: pins.map((pin) => ({
      kind: 'pin',
      says: pin.constraint,
      position: pin.position,
      ...(pin.scope === undefined ? {} : { scope: pin.scope }),
    })),
    // One moving alternative may be anything: such a group contradicts nothing.
    ...(known.length === ranges.length ? { allowed: known.flat() } : {}),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** Several packages of one tool are alternatives: all are in the shell. */
function flakeStatement(packages: readonly TargetPackage[]): Statement | undefined {
  const known = packages.flatMap((wanted) => {
    const allowed = flakeVersions(wanted);
    return allowed === undefined ? [] : [{ wanted, allowed }];
  });
  if (known.length === 0 || known.length < packages.length) {
    return undefined;
  }
  return {
    speaker: 'flake',
    ...EVERYWHERE,
    allowed: known.flatMap(({ allowed }) => allowed),
    places: known.map(({ wanted }) => ({
      kind: 'flake',
      says: wanted.certainty === 'estimate' ? `≈ ${wanted.version}` : `${wanted.version}`,
      scope: wanted.attribute,
      ...(wanted.position === undefined ? {} : { position: wanted.position }),
    })),
  };
}

/** A range is written `1.2 – 1.4`: any version from the one to the other. */
function flakeVersions({ version, certainty }: TargetPackage): Intervals | undefined {
  const [low, high] = (version ?? '').split(/\s+[–-]\s+/).map(parseRelease);
  if (low === undefined || certainty === 'unknown') {
    return undefined;
  }
  const bound = { release: low, inclusive: true };
  return high === undefined ? only(low) : [{ min: bound, max: { release: high, inclusive: true } }];
}

function machineStatement(tool: string, snapshot: Snapshot | undefined): Statement | undefined {
  const found = snapshot?.installations.find((installation) => installation.tool === tool && installation.active);
  const release = parseRelease(found?.version ?? '');
  return found?.version === undefined || release === undefined
    ? undefined
    : {
        speaker: 'machine',
        ...EVERYWHERE,
        allowed: only(release),
        places: [{ kind: 'machine', says: found.version, path: found.path }],
      };
}
