import type { Position } from '../../core/model/problem';
import { baseName, pathInFlake } from '../lib/paths';
import { revealFile } from '../state/actions';

/** A file's name; of a `default.nix`, which every folder may have, with its folder. */
function shortPath(file: string): string {
  return /[^/]+\/default\.nix$/.exec(file)?.[0] ?? baseName(file);
}

/** A place in one of the project's files; a click shows the file in the file manager. */
export function PlaceLink({ position, flake }: { readonly position: Position; readonly flake: string }) {
  const path = pathInFlake(position.file, flake);
  return (
    <button type="button" className="link plain mono" title={`Show ${path}`} onClick={() => revealFile(path)}>
      {shortPath(position.file)}:{position.line}:{position.column}
    </button>
  );
}
