import { lessThan } from '../arithmetic';
import { attrsFrom } from '../attrs';
import { equalSlots } from '../equal';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectBool, expectFunction, expectInt, expectList, expectPlainString, expectSize } from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import { type Code, Opaque, PrimOp, type Slot, Thunk, type Value } from '../value';
import type { BuiltinGroup } from './define';

/** The code of `f x` as a thunk: the scope holds function and argument. */
function applyLater(evaluator: Evaluator, pos: Pos | undefined): Code {
  return (env) => evaluator.call(force(env[0] as Slot), env[1] as Slot, pos);
}

export const listBuiltins: BuiltinGroup = {
  length: [1, (_, [list], pos) => expectList(list!, pos).length],
  head: [1, (_, [list], pos) => force(at(expectList(list!, pos), 0, pos))],
  tail: [
    1,
    (evaluator, [arg], pos) => {
      const list = expectList(arg!, pos);
      if (list.length === 0) {
        throw new NixError('eval', "'builtins.tail' called on an empty list", pos);
      }
      evaluator.chargeList(list.length, pos);
      evaluator.steps(list.length >> 6, pos);
      return list.slice(1);
    },
  ],
  elemAt: [
    2,
    (_, [list, index], pos) => {
      const i = expectSize(index!, pos);
      return force(at(expectList(list!, pos), i, pos));
    },
  ],
  elem: [
    2,
    (evaluator, [wanted, list], pos) =>
      expectList(list!, pos).some((item) => equalSlots(evaluator, wanted!, item, pos)),
  ],
  map: [
    2,
    (evaluator, [fn, arg], pos) => {
      const list = expectList(arg!, pos);
      if (list.length === 0) {
        return list;
      }
      const f = expectFunction(fn!, pos);
      evaluator.chargeList(list.length, pos);
      const code = applyLater(evaluator, pos);
      return list.map((item) => new Thunk(code, [f, item]));
    },
  ],
  filter: [
    2,
    (evaluator, [fn, arg], pos) => {
      const list = expectList(arg!, pos);
      if (list.length === 0) {
        return list;
      }
      const f = expectFunction(fn!, pos);
      const kept = list.filter((item) => expectBool(evaluator.call(f, item, pos), pos));
      return kept.length === list.length ? list : kept;
    },
  ],
  any: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos);
      return expectList(list!, pos).some((item) => expectBool(evaluator.call(f, item, pos), pos));
    },
  ],
  all: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos);
      return expectList(list!, pos).every((item) => expectBool(evaluator.call(f, item, pos), pos));
    },
  ],
  "foldl'": [
    3,
    (evaluator, [fn, start, list], pos) => {
      const f = expectFunction(fn!, pos);
      const items = expectList(list!, pos);
      // The start value is forced only at the end, and only when nothing replaced it.
      let result: Slot = start!;
      for (const item of items) {
        result = evaluator.call(evaluator.call(f, result, pos), item, pos);
      }
      return force(result);
    },
  ],
  concatLists: [1, (evaluator, [lists], pos) => concat(evaluator, expectList(lists!, pos), pos)],
  concatMap: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos);
      const items = expectList(list!, pos);
      return concat(
        evaluator,
        items.map((item) => evaluator.call(f, item, pos)),
        pos,
      );
    },
  ],
  genList: [
    2,
    (evaluator, [fn, count], pos) => {
      const length = expectInt(count!, pos);
      if (length < 0) {
        throw new NixError('eval', `cannot create list of size ${length}`, pos);
      }
      evaluator.chargeList(Number(length), pos);
      const f = expectFunction(fn!, pos);
      const code = applyLater(evaluator, pos);
      const list: Slot[] = [];
      for (let i = 0; i < length; i++) {
        if ((i & 0xfffff) === 0xfffff) {
          evaluator.charge(0x8000000, pos);
        }
        list.push(new Thunk(code, [f, i]));
      }
      return list;
    },
  ],
  sort: [2, (evaluator, [fn, list], pos) => sort(evaluator, fn!, expectList(list!, pos), pos)],
  partition: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos);
      const right: Slot[] = [];
      const wrong: Slot[] = [];
      for (const item of expectList(list!, pos)) {
        (expectBool(evaluator.call(f, item, pos), pos) ? right : wrong).push(item);
      }
      return attrsFrom([
        ['right', right],
        ['wrong', wrong],
      ]);
    },
  ],
  groupBy: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos);
      const groups = new Map<string, Slot[]>();
      for (const item of expectList(list!, pos)) {
        const key = expectPlainString(evaluator.call(f, item, pos), pos);
        const group = groups.get(key);
        if (group === undefined) {
          groups.set(key, [item]);
        } else {
          group.push(item);
        }
      }
      return attrsFrom(groups);
    },
  ],
};

function at(list: readonly Slot[], index: number, pos: Pos | undefined): Slot {
  const slot = list[index];
  if (slot === undefined) {
    throw new NixError(
      'eval',
      list.length === 0 && index === 0
        ? "'builtins.head' called on an empty list"
        : `'builtins.elemAt' called with index ${index} on a list of size ${list.length}`,
      pos,
    );
  }
  return slot;
}

/** Lists put together; the only one that is not empty is given as it is. An unknown list is one unknown element. */
function concat(evaluator: Evaluator, lists: readonly Slot[], pos: Pos | undefined): Value {
  let length = 0;
  let only: readonly Slot[] | undefined;
  const known: (readonly Slot[])[] = [];
  for (const slot of lists) {
    const value = force(slot);
    const list: readonly Slot[] = value instanceof Opaque ? [value] : expectList(value, pos);
    if (list.length > 0) {
      length += list.length;
      only = list;
      known.push(list);
    }
  }
  if (known.length <= 1) {
    return only ?? [];
  }
  evaluator.chargeList(length, pos);
  const all: Slot[] = [];
  for (const list of known) {
    for (const item of list) {
      all.push(item);
    }
  }
  return all;
}

/** Stable, by `less` alone, as Nix's. */
function sort(evaluator: Evaluator, fn: Slot, list: readonly Slot[], pos: Pos | undefined): Value {
  if (list.length === 0) {
    return list;
  }
  const less = expectFunction(fn, pos);
  evaluator.chargeList(list.length, pos);
  if (less instanceof PrimOp && less.name === 'lessThan') {
    return sortValues(evaluator, list, pos);
  }
  // The host's merge sort only ever asks whether the answer is below zero.
  return [...list].sort((a, b) => (expectBool(evaluator.call(evaluator.call(less, a, pos), b, pos), pos) ? -1 : 1));
}

function sortValues(evaluator: Evaluator, list: readonly Slot[], pos: Pos | undefined): Value {
  const values = list.map(force);
  if (values.every((value) => typeof value === 'number')) {
    return (values as number[]).sort((a, b) => a - b);
  }
  if (values.every((value) => typeof value === 'string')) {
    return values.sort();
  }
  return values.sort((a, b) => {
    evaluator.step(pos);
    return lessThan(evaluator, a, b, pos) ? -1 : 1;
  });
}
