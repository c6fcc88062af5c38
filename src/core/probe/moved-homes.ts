import { movableHomes } from '../catalog/homes';
import { expandPlace } from '../host/glob';
import type { Host } from '../host/host';
import { type PathRules, pathRulesOf } from '../host/paths';

/** Where variables say that managers keep what is theirs, when that is not the usual place. */
export interface MovedHomes {
  /** A pattern of the catalog, and what it is in each folder that a manager was moved to. */
  placesOf(pattern: string): readonly string[];
  /** A path below such a folder as it would be below the usual one, with `/` between names: rules know only that one. */
  usualPath(path: string): string;
}

interface Move {
  /** As patterns write it: `~/.cargo`. */
  readonly pattern: string;
  /** In full, with `/`. */
  readonly usual: string;
  readonly moved: string;
}

/** Reads the variables of a host. */
export function movedHomes(host: Host, realFolder: (path: string) => string): MovedHomes {
  const paths = pathRulesOf(host.os);
  const moves = movesOf(host, paths);
  const roots = moves.flatMap(({ usual, moved }) =>
    [...new Set([moved, realFolder(moved)])].map((root) => ({ usual, root: paths.slashed(paths.key(root)) })),
  );
  return {
    placesOf(pattern) {
      const plain = moves.length === 0 ? '' : paths.slashed(pattern);
      const others = moves
        .filter((move) => plain === move.pattern || plain.startsWith(`${move.pattern}/`))
        .map((move) => move.moved + pattern.slice(move.pattern.length));
      return [pattern, ...others];
    },
    usualPath(path) {
      const slashed = paths.slashed(path);
      const key = roots.length === 0 ? '' : paths.slashed(paths.key(path));
      const found = roots.find(({ root }) => key.startsWith(`${root}/`));
      return found === undefined ? slashed : found.usual + slashed.slice(found.root.length);
    },
  };
}

function movesOf(host: Host, paths: PathRules): readonly Move[] {
  return movableHomes.flatMap(({ variable, usual }): readonly Move[] => {
    const value = host.env[variable];
    const inFull = value === undefined ? undefined : expandPlace(host, usual);
    if (value === undefined || inFull === undefined) {
      return [];
    }
    const folders = variable === 'GOPATH' ? value.split(paths.delimiter) : [value];
    return folders
      .filter((folder) => paths.isAbsolute(folder) && !folder.includes('*'))
      .map((folder) => ({ pattern: usual, usual: paths.slashed(inFull), moved: paths.normalize(folder) }))
      .filter(({ moved }) => moved !== inFull && moved !== paths.normalize('/'));
  });
}
