import { Attrs, LazyAttrs } from '../attrs';
import { wrongType } from '../expect';
import type { Pos } from '../source';
import { Opaque, type Value } from '../value';

/**
 * `under // over` when one of them is unknown: the known members stay as they are, any other name may be a member of
 * the unknown set. (That an unknown set replaces a known member is possible, and rare.)
 */
export function unknownUpdate(under: Value, over: Value, pos: Pos | undefined): Value {
  if (under instanceof Opaque && over instanceof Opaque) {
    return over;
  }
  const known = under instanceof Opaque ? over : under;
  const unknown = (under instanceof Opaque ? under : over) as Opaque;
  if (!(known instanceof Attrs)) {
    throw wrongType('a set', known, pos);
  }
  return withRest(known, unknown);
}

/** A set that has, besides those it lists, what nobody knows the names of. */
export function withRest(known: Attrs, rest: Opaque): Attrs {
  return new LazyAttrs({
    get: (name) => {
      const slot = known.get(name);
      return slot === undefined ? rest.member(name) : slot;
    },
    names: () => known.names(),
    has: () => true,
    positionOf: (name) => known.positionOf(name),
    rest,
  });
}
