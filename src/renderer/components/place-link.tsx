import type { Position } from '../../core/model/problem';
import { plain } from '../../core/report/plain';
import { baseName, pathInFlake } from '../lib/paths';
import { revealFile } from '../state/actions';

/** A file as the flake has it, `nix/shell.nix`; of a deep one its last two parts. */
function shortPath(path: string, flake: string): string {
  const inside = path.startsWith(flake) ? path.slice(flake.length).replace(/^[/\\]/u, '') : baseName(path);
  const parts = inside.split(/[/\\]/u);
  return parts.length > 2 ? `…/${parts.slice(-2).join('/')}` : inside;
}

/** A place in one of the project's files; a click shows the file in the file manager. */
export function PlaceLink({ position, flake }: { readonly position: Position; readonly flake: string }) {
  const path = pathInFlake(position.file, flake);
  return (
    <button type="button" className="link plain mono" title={`Show ${path}`} onClick={() => revealFile(path)}>
      {plain(shortPath(path, flake))}:{position.line}:{position.column}
    </button>
  );
}
