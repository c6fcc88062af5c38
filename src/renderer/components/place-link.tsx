import type { Position } from '../../core/model/problem';
import { baseName, pathInFlake } from '../lib/paths';
import { revealFile } from '../state/actions';

/** A place in one of the project's files; a click shows the file in the file manager. */
export function PlaceLink({ position, flake }: { readonly position: Position; readonly flake: string }) {
  const path = pathInFlake(position.file, flake);
  return (
    <button type="button" className="link plain mono" title={`Show ${path}`} onClick={() => revealFile(path)}>
      {baseName(position.file)}:{position.line}:{position.column}
    </button>
  );
}
