import { Copy, FileCode, Filter, FolderOpen, Terminal } from 'lucide-react';
import { Menu, type MenuItem, type MenuPlace } from '../../components/menu';
import { pathInFlake } from '../../lib/paths';
import { statusLooks } from '../../lib/status';
import { keysForPeople } from '../../shortcuts';
import { copyText, revealFile, showStatus } from '../../state/actions';
import { rowAsText } from './grid-model';
import type { CompareRow } from './matrix-rows';

/** What can be done with a row, where the pointer or the keyboard is. */
export function RowMenu({
  row,
  flake,
  canReveal,
  at,
  onClose,
}: {
  readonly row: CompareRow;
  /** The flake's folder; absent where none is open. */
  readonly flake: string | undefined;
  /** Whether the files that the row names are this machine's, as it is now. */
  readonly canReveal: boolean;
  readonly at: MenuPlace;
  readonly onClose: () => void;
}) {
  const { title, actual, expected, fixes, status, pending } = row;
  const [fix] = fixes;
  const place = expected?.position;
  const items: readonly (MenuItem | false)[] = [
    {
      label: 'Copy row',
      icon: Copy,
      keys: keysForPeople('Mod+C'),
      run: () => void copyText(rowAsText(row), `the row of ${title}`),
    },
    fix !== undefined && {
      label: `Copy the ${fix.manager} command`,
      icon: Terminal,
      run: () => void copyText(fix.command, `the ${fix.manager} command`),
    },
    actual !== undefined && {
      label: 'Copy path',
      icon: Copy,
      run: () => void copyText(actual.path, `the path of ${title}`),
    },
    canReveal &&
      actual !== undefined && {
        label: 'Show in the file manager',
        icon: FolderOpen,
        run: () => revealFile(actual.path),
      },
    canReveal &&
      place !== undefined &&
      flake !== undefined && {
        label: `Show ${place.file.split(/[/\\]/u).at(-1) ?? place.file}`,
        icon: FileCode,
        run: () => revealFile(pathInFlake(place.file, flake)),
      },
    pending === undefined && {
      label: `Show only: ${statusLooks[status].label}`,
      icon: Filter,
      run: () => showStatus(status),
    },
  ];
  return <Menu label={`Row of ${title}`} items={items.filter((item) => item !== false)} at={at} onClose={onClose} />;
}
