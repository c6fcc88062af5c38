import { ArrowLeft, ArrowRight, Crosshair, MoveHorizontal, RotateCw, X } from 'lucide-react';
import { Menu, type MenuPlace } from '../../components/menu';
import { measureBy, removeColumn, retryColumn, setWidth, shiftColumn } from '../../state/columns';
import { type ColumnState, useAppState } from '../../state/store';

/** What can be done with a column. */
export function ColumnMenu({
  column,
  index,
  isReference,
  title,
  widthName,
  hasWidth,
  at,
  onClose,
}: {
  readonly column: ColumnState;
  /** Among all columns of the grid. */
  readonly index: number;
  readonly isReference: boolean;
  readonly title: string;
  readonly widthName: string;
  readonly hasWidth: boolean;
  /** Where the button is that has opened it. */
  readonly at: MenuPlace;
  readonly onClose: () => void;
}) {
  const count = useAppState((state) => state.columns.length);
  const reference = useAppState((state) => state.reference);
  const { id } = column;
  const place = index - 2;
  const items = [
    !isReference &&
      reference !== id && { label: 'Measure the others by this', icon: Crosshair, run: () => measureBy(id) },
    place > 0 && { label: 'Move left', icon: ArrowLeft, run: () => shiftColumn(id, -1) },
    place < count - 1 && { label: 'Move right', icon: ArrowRight, run: () => shiftColumn(id, 1) },
    hasWidth && { label: 'Width by itself', icon: MoveHorizontal, run: () => setWidth(widthName, undefined) },
    column.problem !== undefined && { label: 'Read again', icon: RotateCw, run: () => retryColumn(id) },
    count > 1 && { label: column.loading ? 'Cancel and remove' : 'Remove', icon: X, run: () => removeColumn(id) },
  ].filter((item) => item !== false);
  return <Menu label={`Column ${title}`} items={items} at={at} onClose={onClose} />;
}
