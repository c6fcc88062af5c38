import {
  ArrowLeft,
  ArrowRight,
  Crosshair,
  FoldHorizontal,
  MoveHorizontal,
  RotateCw,
  UnfoldHorizontal,
  X,
} from 'lucide-react';
import { Menu, type MenuPlace } from '../../components/menu';
import { measureBy, removeColumn, retryColumn, setWidth, shiftColumn } from '../../state/columns';
import { useAppState } from '../../state/store';
import type { GridColumn } from './grid-columns';

/** The menu moves an edge by so many pixels: what dragging does, in a few clicks. */
const widthStep = 48;

/** What can be done with a column; only those that show a side can be moved and removed. */
export function ColumnMenu({
  column: { title, column, isReference, widthName, width },
  index,
  onResize,
  at,
  onClose,
}: {
  readonly column: GridColumn;
  /** Among all columns of the grid. */
  readonly index: number;
  readonly onResize: (by: number) => void;
  /** Where the button is that has opened it. */
  readonly at: MenuPlace;
  readonly onClose: () => void;
}) {
  const count = useAppState((state) => state.columns.length);
  const reference = useAppState((state) => state.reference);
  const place = index - 2;
  const side = column === undefined ? undefined : { ...column, isOnly: count === 1 };
  const items = [
    side !== undefined &&
      !isReference &&
      reference !== side.id && { label: 'Measure the others by this', icon: Crosshair, run: () => measureBy(side.id) },
    side !== undefined && place > 0 && { label: 'Move left', icon: ArrowLeft, run: () => shiftColumn(side.id, -1) },
    side !== undefined &&
      place < count - 1 && { label: 'Move right', icon: ArrowRight, run: () => shiftColumn(side.id, 1) },
    { label: 'Wider', icon: UnfoldHorizontal, run: () => onResize(widthStep) },
    { label: 'Narrower', icon: FoldHorizontal, run: () => onResize(-widthStep) },
    width !== undefined && {
      label: 'Width by itself',
      icon: MoveHorizontal,
      run: () => setWidth(widthName, undefined),
    },
    side?.problem !== undefined && { label: 'Read again', icon: RotateCw, run: () => retryColumn(side.id) },
    side?.isOnly === false && {
      label: side.loading ? 'Cancel and remove' : 'Remove',
      icon: X,
      run: () => removeColumn(side.id),
    },
  ].filter((item) => item !== false);
  return <Menu label={`Column ${title}`} items={items} at={at} onClose={onClose} />;
}
