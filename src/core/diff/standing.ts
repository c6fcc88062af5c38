import type { VersionScheme } from '../catalog';
import type { DriftSize, Expected, RowStatus } from '../model/diff';
import type { ColumnCell, ColumnCells } from './columns';
import { type Comparison, compareToExpected, nearestCopy } from './compare-to-expected';

/** How one side stands to the side that all are measured by. */
export interface Standing {
  readonly status: RowStatus;
  readonly drift?: DriftSize;
  /** Where the two versions have an order. */
  readonly direction?: 'newer' | 'older';
  /** One sentence. */
  readonly reason: string;
}

/** What is compared of one tool: a side, and the side that it is measured by. */
export interface Measured {
  readonly cell: ColumnCell | null;
  readonly kind: ColumnCells['kind'];
  readonly reference: ColumnCell | null;
  readonly referenceKind: ColumnCells['kind'];
  readonly referenceLabel: string;
  readonly scheme: VersionScheme;
}

/**
 * Judges one side against the reference, in the words of a diff: `missing` is what only the reference has, `extra` what
 * only this side has. Gives nothing where there is nothing to say: neither has the tool, or a target does not speak of
 * it.
 */
export function standingOf({
  cell,
  kind,
  reference,
  referenceKind,
  referenceLabel,
  scheme,
}: Measured): Standing | undefined {
  if (cell?.failure !== undefined && reference === null && referenceKind === 'target') {
    return undefined;
  }
  if (cell?.failure !== undefined || reference?.failure !== undefined) {
    const where = cell?.failure === undefined ? ` in ${referenceLabel}` : '';
    const why = (cell?.failure ?? reference?.failure ?? '').replace(/\.+$/, '');
    return { status: 'unknown', reason: `Could not be read${where}: ${why}.` };
  }
  if (cell === null) {
    // A target lists what a project asks for: its silence says nothing of a machine's other tools.
    if (reference === null || (kind === 'target' && referenceKind === 'snapshot')) {
      return undefined;
    }
    return reference.unseen !== undefined && kind === 'snapshot'
      ? { status: 'unknown', reason: reference.unseen }
      : { status: 'missing', reason: `Not there; ${referenceLabel} has ${shown(reference)}.` };
  }
  if (reference === null) {
    return { status: 'extra', reason: `${shown(cell)}; ${referenceLabel} does not have it.` };
  }
  const off = offPath(cell, reference, referenceKind, scheme);
  if (off !== undefined) {
    return off;
  }
  if (cell.version === undefined || reference.version === undefined) {
    return cell.version === reference.version
      ? { status: 'match', reason: 'In both; neither version is known.' }
      : {
          status: 'unknown',
          reason:
            cell.version === undefined
              ? `There, but its version is not known; ${referenceLabel} has ${reference.version}.`
              : `${cell.version}; the version of ${referenceLabel} is not known.`,
        };
  }
  return compareVersions(cell, cell.version, reference, referenceLabel, scheme);
}

function compareVersions(
  cell: ColumnCell,
  version: string,
  reference: ColumnCell,
  referenceLabel: string,
  scheme: VersionScheme,
): Standing {
  const comparison = compareCells(cell, version, reference, scheme);
  const other = shown(reference);
  if (comparison.kind === 'same') {
    return { status: 'match', reason: `${shown(cell)}, as ${referenceLabel}.` };
  }
  if (comparison.kind === 'within') {
    return { status: 'unknown', reason: `${shown(cell)} lies in what ${referenceLabel} can mean: ${other}.` };
  }
  const { size, direction: way } = comparison;
  const direction = way === undefined ? undefined : way === 'ahead' ? 'newer' : 'older';
  const facts: Pick<Standing, 'drift' | 'direction'> = {
    drift: size,
    ...(direction === undefined ? {} : { direction }),
  };
  const hidden = cell.copies?.find((copy, index) => index > 0 && isSameVersion(reference, copy.version, scheme));
  if (hidden !== undefined) {
    return {
      status: 'shadowed',
      ...facts,
      reason: `${hidden.version} is at ${hidden.path}, but a shell starts ${version} at ${cell.copies?.[0]?.path}.`,
    };
  }
  const words = size === 'other' ? '' : `a ${size} version `;
  return {
    status: 'drift',
    ...facts,
    reason: `${shown(cell)}; ${referenceLabel} has ${other}: ${direction === undefined ? 'another version' : `${words}${direction}`}.`,
  };
}

/** Copies there are, but no shell would start one, while the reference's would be started or is asked for. */
function offPath(
  cell: ColumnCell,
  reference: ColumnCell,
  referenceKind: ColumnCells['kind'],
  scheme: VersionScheme,
): Standing | undefined {
  const isOff = ({ copies }: ColumnCell) => copies !== undefined && !copies.some(({ active }) => active);
  if (!isOff(cell) || (referenceKind === 'snapshot' && isOff(reference))) {
    return undefined;
  }
  const right = cell.copies?.find((copy) => isSameVersion(reference, copy.version, scheme));
  const first = right ?? nearestCopy(cell.copies ?? [], asExpected(reference), scheme);
  return {
    status: right === undefined ? 'missing' : 'shadowed',
    reason: `Not on PATH; off it there is ${first?.version ?? 'a copy'} at ${first?.path}.`,
  };
}

function isSameVersion(reference: ColumnCell, version: string | undefined, scheme: VersionScheme): boolean {
  return (
    version !== undefined &&
    reference.version !== undefined &&
    compareToExpected(scheme, asExpected(reference), version).kind === 'same'
  );
}

/** A target may ask for several versions of one tool: the nearest to agreement counts. */
function compareCells(cell: ColumnCell, version: string, reference: ColumnCell, scheme: VersionScheme): Comparison {
  if (version === reference.version) {
    return { kind: 'same' };
  }
  if (cell.certainty === 'range' && reference.certainty !== 'range') {
    const turned = compareToExpected(scheme, asExpected(cell), reference.version ?? '');
    return turned.kind === 'apart' && turned.direction !== undefined
      ? { ...turned, direction: turned.direction === 'ahead' ? 'behind' : 'ahead' }
      : turned;
  }
  const first = compareToExpected(scheme, asExpected(reference), version);
  if (first.kind === 'apart') {
    for (const other of reference.expected?.slice(1) ?? []) {
      if (other.version !== undefined && compareToExpected(scheme, other, version).kind === 'same') {
        return { kind: 'same' };
      }
    }
  }
  return first;
}

function asExpected({ version, certainty = 'exact' }: ColumnCell): Expected {
  return { attribute: '', name: '', certainty, ...(version === undefined ? {} : { version }) };
}

function shown(cell: ColumnCell | null): string {
  const version = cell?.version;
  return version === undefined ? 'an unknown version' : cell?.certainty === 'estimate' ? `≈ ${version}` : version;
}
