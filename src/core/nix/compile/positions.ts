import { Attrs, Shape } from '../attrs';
import { encodeUtf8 } from '../bytes';
import type { Pos } from '../source';

const POSITION_SHAPE = ['column', 'file', 'line'];

/**
 * A place as `__curPos` and `unsafeGetAttrPos` give it: null for a text that is in no file, as Nix 2.26 and later have it.
 */
export function curPos(pos: Pos): Attrs | null {
  if (pos.file.startsWith('«')) {
    return null;
  }
  return new Attrs(new Shape(POSITION_SHAPE), [pos.column, encodeUtf8(pos.file), pos.line]);
}
