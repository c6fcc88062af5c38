import { plain } from '../../../core/report/plain';
import { dayOf, secondOf } from '../../lib/time';
import { isAuditView, widthName } from '../../state/columns';
import type { ColumnState } from '../../state/store';

/** One column of the grid. */
export interface GridColumn {
  /** `status`, `tool`, `manager`, or the id of a column of the comparison. */
  readonly id: string;
  readonly title: string;
  /** A second line below the title: the machine, the shell, what is being read. */
  readonly note?: string;
  /** Of columns that can be moved and removed. */
  readonly column?: ColumnState;
  readonly isReference: boolean;
  /** Name under which its width is kept. */
  readonly widthName: string;
  /** The user's, in pixels. */
  readonly width?: number;
  /** So many letters have room in it for sure, however narrow the window is. */
  readonly letters: number;
}

export interface GridLayout {
  /** Status and tool, and then the others. */
  readonly columns: readonly [GridColumn, GridColumn, ...GridColumn[]];
  /** For `grid-template-columns`. */
  readonly template: string;
  /** Pixels that the columns need at least. */
  readonly minimum: number;
  /** True for this machine measured by the target: an audit's own rows. */
  readonly isAudit: boolean;
  readonly headHeight: number;
}

interface Track {
  readonly least: number;
  readonly share: number;
  /** Pixels that are no text: paddings, and room for a sign. */
  readonly frame: number;
  /** Pixels that a letter has at most, taken over a few of them. */
  readonly letter: number;
}

const tracks: Readonly<Record<'status' | 'tool' | 'own' | 'other' | 'manager', Track>> = {
  status: { least: 134, share: 0, frame: 49, letter: 7.5 },
  tool: { least: 150, share: 1.6, frame: 18, letter: 9 },
  own: { least: 84, share: 0.8, frame: 10, letter: 9 },
  other: { least: 124, share: 1, frame: 27, letter: 9 },
  manager: { least: 124, share: 1, frame: 10, letter: 9 },
};

/** Lays the columns of the grid out: status and tool, one for each side, and for an audit where a copy comes from. */
export function layOutColumns(
  sides: readonly ColumnState[],
  reference: string,
  widths: Readonly<Record<string, number>>,
): GridLayout {
  const isAudit = isAuditView(sides, reference);
  const fixed = (id: 'status' | 'tool' | 'manager', title: string): GridColumn => ({
    id,
    title,
    isReference: false,
    widthName: id,
    ...withWidth(widths[id], tracks[id]),
  });
  const columns: GridLayout['columns'] = [
    fixed('status', 'Status'),
    fixed('tool', 'Tool'),
    ...sides.map((column): GridColumn => {
      const name = widthName(column);
      return {
        id: column.id,
        title: titleOfColumn(column, sides),
        ...(isAudit ? {} : { note: noteOf(column) }),
        column,
        isReference: !isAudit && column.id === reference,
        widthName: name,
        ...withWidth(widths[name], isAudit ? tracks.own : tracks.other),
      };
    }),
    ...(isAudit ? [fixed('manager', 'Source')] : []),
  ];
  const sized = columns.map(({ id, width }) => sizeOf(trackOf(id, isAudit), width));
  return {
    columns,
    template: sized.map(({ track }) => track).join(' '),
    minimum: sized.reduce((sum, { least }) => sum + least, 28),
    isAudit,
    headHeight: isAudit ? 30 : 46,
  };
}

function withWidth(width: number | undefined, { least, frame, letter }: Track): Pick<GridColumn, 'width' | 'letters'> {
  return { ...(width === undefined ? {} : { width }), letters: Math.floor(((width ?? least) - frame) / letter) };
}

/** Letters of which none is wider than a column expects. */
const NARROW = /^[\x20-\x7e≈–…]*$/u;

/**
 * A class for cells whose text may need more room than there is: only they clip it. What clips is a layer of its own to
 * the browser, and a grid of six columns would have hundreds of them.
 */
export function cutClass(text: string, { letters }: Pick<GridColumn, 'letters'>): '' | ' is-cut' {
  return text.length <= letters && NARROW.test(text) ? '' : ' is-cut';
}

function trackOf(id: string, isAudit: boolean): Track {
  return id === 'status' || id === 'tool' || id === 'manager' ? tracks[id] : isAudit ? tracks.own : tracks.other;
}

function sizeOf(
  { least, share }: Track,
  width: number | undefined,
): { readonly track: string; readonly least: number } {
  if (width !== undefined) {
    return { track: `${width}px`, least: width };
  }
  return { track: share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`, least };
}

/** Two columns of the same name are told apart by when they were taken, or by what they are of. */
function titleOfColumn(column: ColumnState, sides: readonly ColumnState[]): string {
  const { id, data, spec } = column;
  const title = plainTitle(column);
  const twins = sides.filter((other) => other.id !== id && plainTitle(other) === title);
  if (twins.length === 0 || data === undefined || spec.kind === 'own') {
    return title;
  }
  const { takenAt } = data;
  if (takenAt === undefined) {
    return `${title}, ${data.note.split(' · ').join(', ')}`;
  }
  const isOfOneDay = twins.every((other) => other.data?.takenAt?.slice(0, 10) === takenAt.slice(0, 10));
  return isOfOneDay ? `${title.replace(/,? \d\d:\d\d$/u, '')}, ${secondOf(takenAt)}` : `${title}, ${dayOf(takenAt)}`;
}

function plainTitle({ data, label, spec }: ColumnState): string {
  return plain(spec.kind === 'own' && data?.kind !== 'target' ? label : (data?.label ?? label));
}

function noteOf({ data, loading, message, problem, spec }: ColumnState): string {
  if (problem !== undefined) {
    return 'Could not be read';
  }
  if (data === undefined) {
    return loading ? (message ?? 'Reading…') : spec.kind === 'own' ? 'Not audited yet' : '';
  }
  return data.note;
}
