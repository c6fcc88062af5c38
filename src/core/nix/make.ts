import { type Attrs, attrsFrom } from './attrs';
import { encodeUtf8 } from './bytes';
import { force } from './force';
import type { Pos } from './source';
import { NixString, PrimOp, type PrimOpFn, type Slot, Thunk, type Value } from './value';

/** A string value from Unicode text. */
export function mkString(text: string, context?: ReadonlySet<string>): Value {
  const bytes = encodeUtf8(text);
  return context === undefined || context.size === 0 ? bytes : new NixString(bytes, context);
}

/** A set from a plain object; names are Unicode text. */
export function mkAttrs(
  members: Readonly<Record<string, Slot>>,
  positionOf?: (name: string) => Pos | undefined,
): Attrs {
  return attrsFrom(
    Object.entries(members).map(([name, slot]): [string, Slot] => [encodeUtf8(name), slot]),
    positionOf,
  );
}

/** A builtin function. `fn` gets unforced slots; it forces what it needs. */
export function mkPrimOp(name: string, arity: number, fn: PrimOpFn): PrimOp {
  return new PrimOp(name, arity, fn);
}

/** A value that is computed when it is first needed. */
export function mkLazy(compute: () => Value): Thunk {
  return new Thunk(compute, []);
}

/** The same value, as if it were written somewhere: `text` is how. */
export function mkWritten(slot: Slot, pos: Pos, text: string): Thunk {
  return new Thunk(
    Object.assign(() => force(slot), { origin: { pos, text: encodeUtf8(text) } }),
    [],
  );
}
