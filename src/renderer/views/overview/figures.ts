import { grouped } from '../../../core/grouped';
import type { Audit } from '../../../core/model/audit';
import type { EarlyRow } from '../../../core/model/diff';
import type { HistoryEntry } from '../../../ipc/contract';
import type { EarlyResults } from '../../../ipc/run';
import { counted } from '../../lib/counted';
import { ageOf, dayOf } from '../../lib/time';

/** One figure of the environment, with what it stands on. */
export interface Figure {
  readonly id: 'reproducible' | 'declarative' | 'reliable';
  readonly title: string;
  /** 0 to 1; absent: not to be known yet. */
  readonly share?: number;
  /** What the share is of, one clause. */
  readonly of: string;
  readonly facts: readonly string[];
}

/** How reproducible: inputs that the lock pins down to their content, and how old the lock is. */
export function reproducibleFigure({
  target,
  snapshot: { takenAt },
  shell,
}: Pick<Audit, 'target' | 'shell'> & { readonly snapshot: Pick<Audit['snapshot'], 'takenAt'> }): Figure {
  const inputs = target.flake.inputs.filter(({ type }) => type !== 'root');
  const locked = inputs.filter(({ revision, narHash }) => revision !== undefined || narHash !== undefined);
  const hashed = inputs.filter(({ narHash }) => narHash !== undefined);
  const packages = target.shells[shell]?.packages ?? [];
  const asked = packages.length + (target.shells[shell]?.unresolved.length ?? 0);
  const exact = packages.filter(({ certainty }) => certainty === 'exact').length;
  const dates = inputs.flatMap(({ lastModified }) => lastModified ?? []).sort();
  const nixpkgs = inputs.find(({ name, lastModified }) => name === 'nixpkgs' && lastModified !== undefined);
  const dated = nixpkgs?.lastModified ?? dates.at(-1);
  if (!target.flake.locked) {
    return {
      id: 'reproducible',
      title: 'Reproducible',
      share: 0,
      of: 'There is no flake.lock: each day can bring other versions',
      facts: [inputs.length === 1 ? 'One input, not locked' : `${grouped(inputs.length)} inputs, none of them locked`],
    };
  }
  return {
    id: 'reproducible',
    title: 'Reproducible',
    ...(inputs.length === 0 ? {} : { share: hashed.length / inputs.length }),
    of:
      inputs.length === 0
        ? 'The flake has no inputs'
        : `${grouped(`${hashed.length} of ${inputs.length}`)} ${inputs.length === 1 ? 'input is' : 'inputs are'} pinned with a content hash`,
    facts: [
      ...(locked.length === inputs.length
        ? []
        : [
            inputs.length - locked.length === 1
              ? 'One input is not locked'
              : `${grouped(inputs.length - locked.length)} inputs are not locked`,
          ]),
      asked === 0
        ? 'No package is asked for'
        : `${grouped(`${exact} of ${asked}`)} ${asked === 1 ? 'version is' : 'versions are'} known exactly`,
      ...(dated === undefined
        ? []
        : [`${nixpkgs === undefined ? 'Newest input' : 'nixpkgs'} of ${dayOf(dated)}: ${ageOf(dated, takenAt)} old`]),
    ],
  };
}

/** How declarative: which share of the tools that are installed the flake declares. */
export function declarativeFigure({
  rows,
  total,
  target,
  shell,
}: Pick<Audit, 'target' | 'shell'> & {
  readonly rows: readonly EarlyRow[];
  /** How many packages are asked for. */
  readonly total: number;
}): Figure {
  const installed = new Set(rows.flatMap(({ tool, copies }) => (copies.length > 0 ? [tool] : [])));
  const declared = new Set(
    rows.flatMap(({ tool, copies, expected }) => (copies.length > 0 && expected !== undefined ? [tool] : [])),
  );
  const variables = target.shells[shell]?.variables.length ?? 0;
  return {
    id: 'declarative',
    title: 'Declarative',
    ...(installed.size === 0 ? {} : { share: declared.size / installed.size }),
    of: `${grouped(`${declared.size} of ${installed.size}`)} installed ${installed.size === 1 ? 'tool is' : 'tools are'} declared`,
    facts: [
      `${total === 0 ? 'No packages' : counted(total, 'package')}${variables === 0 ? '' : ` and ${counted(variables, 'variable')}`} asked for`,
      installed.size - declared.size === 1
        ? 'One tool is only on this machine'
        : `${grouped(installed.size - declared.size)} tools are only on this machine`,
    ],
  };
}

const TO_COME = { flake: 'Known when the flake is read', machine: 'Known when all of this machine is read' } as const;
const UNREAD = { flake: 'The flake was not read', machine: 'Not all of this machine was read' } as const;

/**
 * The figures that stand on an audit, of one that is being made: each as soon as what it stands on was read.
 *
 * @param isOver true: nothing more will be read
 */
export function earlyFigures(results: EarlyResults | undefined, isOver: boolean, now: string): readonly Figure[] {
  const { target, shell, machine, rows = [] } = results ?? {};
  const toCome = (id: Figure['id'], title: string, half: 'flake' | 'machine'): Figure => ({
    id,
    title,
    of: (isOver ? UNREAD : TO_COME)[half],
    facts: [],
  });
  return [
    target === undefined || shell === undefined
      ? toCome('reproducible', 'Reproducible', 'flake')
      : reproducibleFigure({ target, shell, snapshot: { takenAt: machine?.takenAt ?? now } }),
    target === undefined || shell === undefined || machine === undefined
      ? toCome('declarative', 'Declarative', machine === undefined ? 'machine' : 'flake')
      : declarativeFigure({ rows, total: rows.filter(({ status }) => status !== 'extra').length, target, shell }),
  ];
}

/**
 * How reliable: how often this machine was as it had been at the audit before.
 *
 * @param entries the history of this project, the latest first
 */
export function reliableFigure(entries: readonly HistoryEntry[], now: string): Figure {
  const known = entries.filter(({ machine }) => machine !== undefined);
  const changes = known.filter((entry, index) => {
    const before = known[index + 1];
    return before !== undefined && before.machine !== entry.machine;
  });
  const first = known.at(-1);
  if (known.length < 2 || first === undefined) {
    return {
      id: 'reliable',
      title: 'Reliable',
      of: 'Two audits are needed to tell',
      facts: [known.length === 0 ? 'No audit was kept yet' : 'One audit was kept so far'],
    };
  }
  const [last] = changes;
  const since = last ?? first;
  const steady = known.length - 1 - changes.length;
  return {
    id: 'reliable',
    title: 'Reliable',
    share: steady / (known.length - 1),
    of: `At ${steady} of ${counted(known.length - 1, 'audit')} the machine was as before`,
    facts: [
      `${known.length} audits since ${dayOf(first.takenAt)}`,
      last === undefined ? 'No tool has changed in that time' : `Last change: ${dayOf(last.takenAt)}`,
      `Steady for ${spanOf(since.takenAt, now)}`,
    ],
  };
}

function spanOf(then: string, now: string): string {
  const age = ageOf(then, now);
  return age === 'now' ? 'less than a minute' : age;
}
