import { Attrs, attrsFrom, EMPTY_ATTRS, isLazySet, LayeredAttrs, LazyAttrs, Shape } from '../attrs';
import { withRest } from '../compile/unknown';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectAttrs, expectFunction, expectList, expectPlainString, missingAttribute } from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import { CallThunk, type Code, Lambda, Opaque, PrimOp, PrimOpApp, type Slot, Undecided, type Value } from '../value';
import type { BuiltinGroup } from './define';

export const attrsBuiltins: BuiltinGroup = {
  attrNames: [
    1,
    (evaluator, [set], pos) => {
      const attrs = expectAttrs(set!, pos, 'while evaluating the argument passed to builtins.attrNames');
      return withOthers(evaluator, attrs, attrs.names());
    },
  ],
  attrValues: [
    1,
    (evaluator, [set], pos) => {
      const attrs = expectAttrs(set!, pos, 'while evaluating the argument passed to builtins.attrValues');
      return withOthers(evaluator, attrs, attrs.slots());
    },
  ],
  getAttr: [
    2,
    (evaluator, [name, set], pos) => {
      const key = expectPlainString(name!, pos, 'while evaluating the first argument passed to builtins.getAttr');
      return getAttr(evaluator, key, force(set!), pos);
    },
  ],
  hasAttr: [
    2,
    (_, [name, set], pos) => {
      const key = expectPlainString(name!, pos, 'while evaluating the first argument passed to builtins.hasAttr');
      return expectAttrs(set!, pos, 'while evaluating the second argument passed to builtins.hasAttr').has(key);
    },
  ],
  removeAttrs: [
    2,
    (evaluator, [set, names], pos) => {
      const attrs = expectAttrs(set!, pos, 'while evaluating the first argument passed to builtins.removeAttrs');
      evaluator.steps(attrs.values.length >> 4, pos);
      const gone = new Set<string>();
      for (const slot of expectList(
        names!,
        pos,
        'while evaluating the second argument passed to builtins.removeAttrs',
      )) {
        const name = expectPlainString(
          slot,
          pos,
          'while evaluating the values of the second argument passed to builtins.removeAttrs',
        );
        evaluator.chargeWhole(name, pos);
        gone.add(name);
      }
      return removeAttrs(attrs, gone);
    },
  ],
  intersectAttrs: [
    2,
    (_, [first, second], pos) =>
      intersectAttrs(
        expectAttrs(first!, pos, 'while evaluating the first argument passed to builtins.intersectAttrs'),
        expectAttrs(second!, pos, 'while evaluating the second argument passed to builtins.intersectAttrs'),
      ),
  ],
  mapAttrs: [
    2,
    (evaluator, [fn, set], pos) =>
      mapAttrs(
        evaluator,
        fn!,
        expectAttrs(set!, pos, 'while evaluating the second argument passed to builtins.mapAttrs'),
        pos,
      ),
  ],
  catAttrs: [
    2,
    (evaluator, [name, list], pos) => {
      const key = expectPlainString(name!, pos, 'while evaluating the first argument passed to builtins.catAttrs');
      const found: Slot[] = [];
      for (const item of expectList(list!, pos, 'while evaluating the second argument passed to builtins.catAttrs')) {
        const set = force(item);
        if (set instanceof Opaque) {
          evaluator.undecided = true;
          found.push(Undecided.by(set));
          continue;
        }
        const slot = expectAttrs(
          set,
          pos,
          'while evaluating an element in the list passed as second argument to builtins.catAttrs',
        ).get(key);
        if (slot !== undefined) {
          found.push(slot);
        }
      }
      return found;
    },
  ],
  listToAttrs: [
    1,
    (_, [list], pos) =>
      listToAttrs(expectList(list!, pos, 'while evaluating the argument passed to builtins.listToAttrs'), pos),
  ],
  zipAttrsWith: [2, (evaluator, [fn, list], pos) => zipAttrsWith(evaluator, fn!, list!, pos)],
  functionArgs: [1, (_, [fn], pos) => functionArgs(force(fn!), pos)],
};

/** Names or members of a set, and one for all those that nobody knows. */
function withOthers(evaluator: Evaluator, attrs: Attrs, listed: readonly Slot[]): readonly Slot[] {
  const { rest } = attrs;
  if (rest === undefined) {
    return listed;
  }
  evaluator.undecided = true;
  return [...listed, Undecided.rest(rest)];
}

function removeAttrs(attrs: Attrs, gone: ReadonlySet<string>): Attrs {
  if (isLazySet(attrs)) {
    return new LazyAttrs({
      get: (name) => (gone.has(name) ? undefined : attrs.get(name)),
      names: () => attrs.names().filter((name) => !gone.has(name)),
      has: (name) => !gone.has(name) && attrs.has(name),
      positionOf: (name) => attrs.positionOf(name),
      rest: attrs.rest,
    });
  }
  return pick(attrs, (name) => !gone.has(name));
}

function pick(attrs: Attrs, wanted: (name: string) => boolean): Attrs {
  const names: string[] = [];
  const slots: Slot[] = [];
  const all = attrs.slots();
  attrs.names().forEach((name, i) => {
    if (wanted(name)) {
      names.push(name);
      slots.push(all[i]!);
    }
  });
  return new Attrs(new Shape(names, () => names.map((name) => attrs.positionOf(name))), slots);
}

function intersectAttrs(first: Attrs, second: Attrs): Attrs {
  if (!isLazySet(second) && (isLazySet(first) || second.size <= first.size)) {
    return pick(second, (name) => first.has(name));
  }
  const names = first.names().filter((name) => second.has(name));
  return new Attrs(
    new Shape(names, () => names.map((name) => second.positionOf(name))),
    names.map((name) => second.get(name)!),
  );
}

function mapAttrs(evaluator: Evaluator, fn: Slot, attrs: Attrs, pos: Pos | undefined): Attrs {
  const code: Code = ([f, name, value], at) =>
    evaluator.call(evaluator.call(force(f as Slot), name as Slot, at), value as Slot, at);
  if (isLazySet(attrs)) {
    return new LazyAttrs({
      get: (name) => {
        const slot = attrs.get(name);
        return slot === undefined ? undefined : new CallThunk(code, [fn, name, slot]);
      },
      names: () => attrs.names(),
      has: (name) => attrs.has(name),
      positionOf: (name) => attrs.positionOf(name)?.asDerived(),
      rest: attrs.rest,
    });
  }
  const names = attrs.names();
  const slots = attrs.slots();
  evaluator.chargeList(names.length, pos);
  const mapped = slots.map((slot, i) => new CallThunk(code, [fn, names[i], slot]));
  const shape =
    attrs instanceof LayeredAttrs
      ? new Shape(names, () => names.map((name) => attrs.positionOf(name)?.asDerived()))
      : attrs.shape.derived;
  return new Attrs(shape, mapped);
}

function listToAttrs(list: readonly Slot[], pos: Pos | undefined): Attrs {
  const members = new Map<string, Slot>();
  const known: Slot[] = [];
  let rest: Opaque | undefined;
  for (const item of list) {
    const pair = force(item);
    if (pair instanceof Opaque) {
      rest ??= pair.decided();
      continue;
    }
    const attrs = expectAttrs(pair, pos, 'while evaluating an element of the list passed to builtins.listToAttrs');
    const name = pairName(attrs, pos);
    if (name instanceof Opaque) {
      rest ??= name.decided();
      continue;
    }
    known.push(item);
    if (!members.has(name)) {
      members.set(name, required(attrs, 'value', pos));
    }
  }
  const attrs = members.size === 0 ? EMPTY_ATTRS : attrsFrom(members, namePositions(known));
  return rest === undefined ? attrs : withRest(attrs, rest);
}

/** Where the values of such a list are written; found out when the first one is asked for. */
function namePositions(list: readonly Slot[]): (name: string) => Pos | undefined {
  let positions: Map<string, Pos | undefined> | undefined;
  return (name) => {
    if (positions === undefined) {
      positions = new Map();
      for (const item of list) {
        const attrs = expectAttrs(item);
        const key = expectPlainString(attrs.get('name')!);
        if (!positions.has(key)) {
          positions.set(key, attrs.positionOf('value'));
        }
      }
    }
    return positions.get(name);
  };
}

function pairName(attrs: Attrs, pos: Pos | undefined): string | Opaque {
  const slot = required(attrs, 'name', pos);
  const place = attrs.positionOf('name');
  try {
    return expectPlainString(slot, place, {
      message: 'while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs',
      pos: place,
    });
  } catch (error) {
    if (error instanceof NixError && error.opaque !== undefined) {
      return error.opaque;
    }
    throw error;
  }
}

function required(attrs: Attrs, name: string, pos: Pos | undefined): Slot {
  const slot = attrs.get(name);
  if (slot === undefined) {
    throw missingAttribute(attrs, name, pos).within('in a {name=...; value=...;} pair', undefined);
  }
  return slot;
}

/** `builtins.getAttr`: names the set, unlike the expression. */
function getAttr(evaluator: Evaluator, name: string, value: Value, pos: Pos | undefined): Value {
  if (value instanceof Opaque) {
    return value.member(name);
  }
  const attrs = expectAttrs(value, pos, 'while evaluating the second argument passed to builtins.getAttr');
  const own = attrs.get(name);
  const slot = own === undefined ? attrs.otherwise(name) : own;
  if (slot === undefined) {
    throw missingAttribute(attrs, name, pos).within('in the attribute set under consideration', undefined);
  }
  return evaluator.force(slot);
}

function zipAttrsWith(evaluator: Evaluator, fn: Slot, list: Slot, pos: Pos | undefined): Value {
  const f = expectFunction(fn, pos, 'while evaluating the first argument passed to builtins.zipAttrsWith');
  const groups = new Map<string, { readonly first: Attrs; readonly slots: Slot[] }>();
  const sets = expectList(list, pos, 'while evaluating the second argument passed to builtins.zipAttrsWith').map(
    (item) => {
      const set = force(item);
      return set instanceof Opaque
        ? set
        : expectAttrs(
            set,
            pos,
            'while evaluating a value of the list passed as second argument to builtins.zipAttrsWith',
          );
    },
  );
  const unknown = sets.filter((set) => set instanceof Opaque);
  for (const attrs of sets) {
    if (attrs instanceof Opaque) {
      continue;
    }
    for (const name of attrs.names()) {
      evaluator.step(pos);
      evaluator.chargeWhole(name, pos);
      const group = groups.get(name);
      if (group !== undefined) {
        group.slots.push(attrs.get(name)!);
      } else {
        groups.set(name, { first: attrs, slots: [attrs.get(name)!] });
      }
    }
  }
  if (unknown.length > 0) {
    evaluator.undecided = true;
    for (const [name, { slots }] of groups) {
      // What is not known may have a value for it, too, at its place among the others.
      const given = sets.flatMap((set) =>
        set instanceof Opaque ? [Undecided.by(set.decided())] : set.has(name) ? [set.get(name)!] : [],
      );
      slots.splice(0, slots.length, ...given);
    }
  }
  const code: Code = ([, name, values], at) => evaluator.call(evaluator.call(f, name as Slot, at), values as Slot, at);
  const zipped = attrsFrom(
    [...groups].map(([name, { slots }]) => [name, new CallThunk(code, [f, name, slots])] as const),
    (name) => groups.get(name)?.first.positionOf(name)?.asDerived(),
  );
  const rest = unknown[0]?.decided() ?? sets.map((set) => (set as Attrs).rest).find((cause) => cause !== undefined);
  return rest === undefined ? zipped : withRest(zipped, rest);
}

function functionArgs(fn: Value, pos: Pos | undefined): Value {
  if (fn instanceof PrimOp || fn instanceof PrimOpApp) {
    return EMPTY_ATTRS;
  }
  if (fn instanceof Opaque) {
    return fn;
  }
  if (!(fn instanceof Lambda)) {
    throw new NixError('type', "'functionArgs' requires a function", pos);
  }
  const { formals } = fn.info;
  if (formals === undefined) {
    return EMPTY_ATTRS;
  }
  return attrsFrom(
    formals.names.map((name, i) => [name, formals.defaults[i] !== undefined] as const),
    (name) => formals.positions[formals.index.get(name)! - formals.first],
  );
}
