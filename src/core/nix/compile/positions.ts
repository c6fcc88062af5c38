import { Attrs, Shape } from '../attrs';
import { encodeUtf8 } from '../bytes';
import { mkLazy } from '../make';
import type { Pos } from '../source';

const POSITION_SHAPE = ['column', 'file', 'line'];

/**
 * A place as `__curPos` and `unsafeGetAttrPos` give it: null for a text that is in no file, as Nix 2.26 and later have it.
 * Line and column are worked out when they are asked for, in Nix too, where messages show it.
 */
export function curPos(pos: Pos): Attrs | null {
  if (pos.file.startsWith('«')) {
    return null;
  }
  return new Attrs(new Shape(POSITION_SHAPE), [mkLazy(() => pos.column), encodeUtf8(pos.file), mkLazy(() => pos.line)]);
}
