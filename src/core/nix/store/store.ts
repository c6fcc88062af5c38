import type { Attrs } from '../attrs';
import type { Evaluator } from '../evaluator';
import type { Pos } from '../source';
import { type NixPath, Opaque, type Value } from '../value';

/** Store paths of this evaluation. */
export class Store {
  constructor(readonly evaluator: Evaluator) {}

  /** The file behind a path that may be in the store. */
  sourceOf(path: string): string {
    return path;
  }

  copyPath(path: NixPath, _context: Set<string>, pos: Pos | undefined): string | Opaque {
    return new Opaque(`${path.path} is not copied`, pos);
  }

  pathBuiltin(_args: Attrs, pos: Pos | undefined): Value {
    return new Opaque('not yet', pos);
  }

  addFiltered(_source: string, _name: string, _filter: Value, pos: Pos | undefined): Value {
    return new Opaque('not yet', pos);
  }
}
