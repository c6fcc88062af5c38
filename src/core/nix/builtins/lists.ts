import { lessThan } from '../arithmetic';
import { attrsFrom } from '../attrs';
import { withRest } from '../compile/unknown';
import { doubtful } from '../doubt';
import { equalSlots } from '../equal';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import {
  expectBool,
  expectFunction,
  expectInt,
  expectList,
  expectPlainString,
  expectSize,
  type Purpose,
} from '../expect';
import { force } from '../force';
import { peeksort } from '../peeksort';
import type { Pos } from '../source';
import { CallThunk, type Code, Lambda, Opaque, PrimOp, type Slot, Undecided, type Value } from '../value';
import type { BuiltinGroup } from './define';

/** The code of `f x` as a thunk, which is called from where it is needed. The scope holds function and argument. */
function applyLater(evaluator: Evaluator, fn: Value): Code {
  return (env, pos) => evaluator.call(fn, env[1] as Slot, pos);
}

export const listBuiltins: BuiltinGroup = {
  length: [
    1,
    (evaluator, [arg], pos) => {
      const list = expectList(arg!, pos, 'while evaluating the first argument passed to builtins.length');
      return (evaluator.undecided ? Undecided.among(list) : undefined) ?? list.length;
    },
  ],
  head: [
    1,
    (evaluator, [arg], pos) => {
      const list = expectList(arg!, pos, "while evaluating the first argument passed to 'builtins.head'");
      return evaluator.orderOf(list) ?? force(at(list, undefined, pos));
    },
  ],
  tail: [
    1,
    (evaluator, [arg], pos) => {
      const list = expectList(arg!, pos, "while evaluating the first argument passed to 'builtins.tail'");
      const undecided = Undecided.among(list, 1) ?? evaluator.orderOf(list);
      if (undecided !== undefined) {
        return undecided;
      }
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
    (evaluator, [list, index], pos) => {
      const i = expectSize(index!, pos, "while evaluating the second argument passed to 'builtins.elemAt'");
      const items = expectList(list!, pos, "while evaluating the first argument passed to 'builtins.elemAt'");
      const unknown = evaluator.undecided ? Undecided.among(items, i + 1) : undefined;
      return unknown ?? (i < items.length ? evaluator.orderOf(items) : undefined) ?? force(at(items, i, pos));
    },
  ],
  elem: [
    2,
    (evaluator, [wanted, list], pos) =>
      some(
        evaluator,
        expectList(list!, pos, 'while evaluating the second argument passed to builtins.elem'),
        true,
        (item) => equalSlots(evaluator, wanted!, item, pos),
      ),
  ],
  map: [
    2,
    (evaluator, [fn, arg], pos) => {
      const list = expectList(arg!, pos, 'while evaluating the second argument passed to builtins.map');
      if (list.length === 0) {
        return list;
      }
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.map');
      evaluator.chargeList(list.length, pos);
      const code = applyLater(evaluator, f);
      return evaluator.orderedAs(
        list.map((item) => new CallThunk(code, [f, item])),
        list,
      );
    },
  ],
  filter: [
    2,
    (evaluator, [fn, arg], pos) => {
      const list = expectList(arg!, pos, 'while evaluating the second argument passed to builtins.filter');
      if (list.length === 0) {
        return list;
      }
      const given = force(fn!);
      const f =
        given instanceof Opaque
          ? given
          : expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.filter');
      let same = true;
      const kept: Slot[] = [];
      for (const item of list) {
        const keeps = fits(evaluator, f, item, pos, 'the filtering function passed to builtins.filter');
        if (keeps instanceof Opaque) {
          kept.push(doubtful(evaluator, item, Undecided.by(keeps)));
        } else if (keeps) {
          kept.push(item);
        }
        same &&= keeps === true;
      }
      return same ? list : evaluator.orderedAs(kept, list);
    },
  ],
  any: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.any');
      const items = expectList(list!, pos, 'while evaluating the second argument passed to builtins.any');
      return some(evaluator, items, true, (item) =>
        expectBool(
          evaluator.call(f, item, undefined),
          pos,
          'while evaluating the return value of the function passed to builtins.any',
        ),
      );
    },
  ],
  all: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.all');
      const items = expectList(list!, pos, 'while evaluating the second argument passed to builtins.all');
      return some(evaluator, items, false, (item) =>
        expectBool(
          evaluator.call(f, item, undefined),
          pos,
          'while evaluating the return value of the function passed to builtins.all',
        ),
      );
    },
  ],
  "foldl'": [
    3,
    (evaluator, [fn, start, list], pos) => {
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.foldlStrict');
      const items = expectList(list!, pos, 'while evaluating the third argument passed to builtins.foldlStrict');
      // The start value is forced only at the end, and only when nothing replaced it.
      let result: Slot = start!;
      const unordered = evaluator.orderOf(items);
      if (unordered !== undefined) {
        return unordered;
      }
      for (const item of items) {
        result = evaluator.call(evaluator.call(f, result, undefined), item, undefined);
      }
      return force(result);
    },
  ],
  concatLists: [
    1,
    (evaluator, [lists], pos) =>
      concat(
        evaluator,
        expectList(lists!, pos, 'while evaluating the first argument passed to builtins.concatLists'),
        () => 'while evaluating a value of the list passed to builtins.concatLists',
        pos,
      ),
  ],
  concatMap: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.concatMap');
      const items = expectList(list!, pos, 'while evaluating the second argument passed to builtins.concatMap');
      return concat(
        evaluator,
        evaluator.orderedAs(
          items.map((item) => {
            const list = decided(evaluator, () => evaluator.call(f, item, undefined));
            return list instanceof Opaque ? [doubtful(evaluator, item, Undecided.list(list))] : list;
          }),
          items,
        ),
        (value) => ({
          message: 'while evaluating the return value of the function passed to builtins.concatMap',
          pos: value instanceof Lambda ? value.info.pos : f instanceof Lambda ? f.info.pos : undefined,
        }),
        pos,
      );
    },
  ],
  genList: [
    2,
    (evaluator, [fn, count], pos) => {
      const length = expectInt(count!, pos, 'while evaluating the second argument passed to builtins.genList');
      if (length < 0) {
        throw new NixError('eval', `cannot create list of size ${length}`, pos);
      }
      evaluator.chargeList(Number(length), pos);
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.genList');
      const code = applyLater(evaluator, f);
      const list: Slot[] = [];
      for (let i = 0; i < length; i++) {
        if ((i & 0xfffff) === 0xfffff) {
          evaluator.charge(0x8000000, pos);
        }
        list.push(new CallThunk(code, [f, i]));
      }
      return list;
    },
  ],
  sort: [
    2,
    (evaluator, [fn, list], pos) =>
      sort(evaluator, fn!, expectList(list!, pos, 'while evaluating the second argument passed to builtins.sort'), pos),
  ],
  partition: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.partition');
      const right: Slot[] = [];
      const wrong: Slot[] = [];
      const items = expectList(list!, pos, 'while evaluating the second argument passed to builtins.partition');
      for (const item of items) {
        const isRight = fits(evaluator, f, item, pos, 'the partition function passed to builtins.partition');
        if (isRight instanceof Opaque) {
          const either = doubtful(evaluator, item, Undecided.by(isRight));
          right.push(either);
          wrong.push(either);
        } else {
          (isRight ? right : wrong).push(item);
        }
      }
      return attrsFrom([
        ['right', evaluator.orderedAs(right, items)],
        ['wrong', evaluator.orderedAs(wrong, items)],
      ]);
    },
  ],
  groupBy: [
    2,
    (evaluator, [fn, list], pos) => {
      const f = expectFunction(fn!, pos, 'while evaluating the first argument passed to builtins.groupBy');
      const groups = new Map<string, Slot[]>();
      const items = expectList(list!, pos, 'while evaluating the second argument passed to builtins.groupBy');
      let rest: Opaque | undefined;
      for (const item of items) {
        const key = decided(evaluator, () =>
          expectPlainString(
            evaluator.call(f, item, undefined),
            pos,
            'while evaluating the return value of the grouping function passed to builtins.groupBy',
          ),
        );
        if (key instanceof Opaque) {
          rest ??= key;
          continue;
        }
        const group = groups.get(key);
        if (group === undefined) {
          groups.set(key, [item]);
        } else {
          group.push(item);
        }
      }
      if (rest === undefined) {
        return attrsFrom([...groups].map(([key, group]) => [key, evaluator.orderedAs(group, items)]));
      }
      // What has no known key may belong to each group, or to one of its own.
      evaluator.undecided = true;
      const either = Undecided.by(rest);
      return withRest(attrsFrom([...groups].map(([key, group]) => [key, [...group, either]])), rest.decided());
    },
  ],
};

/** What is computed, or what is not known that decides about it. */
function decided<T>(evaluator: Evaluator, compute: () => T): T | Opaque {
  const { depth } = evaluator;
  try {
    return compute();
  } catch (error) {
    if (error instanceof NixError && error.opaque !== undefined) {
      evaluator.depth = depth;
      return error.opaque;
    }
    throw error;
  }
}

/**
 * Whether the test gives `wanted` for some item, or else the opposite of it. Of an item for which it is not known others
 * may tell.
 */
function some(evaluator: Evaluator, items: readonly Slot[], wanted: boolean, test: (item: Slot) => boolean): Value {
  let doubt: NixError | undefined;
  for (const item of items) {
    const { depth } = evaluator;
    try {
      if (test(item) === wanted) {
        return wanted;
      }
    } catch (error) {
      if (doubt === undefined && !(error instanceof NixError && error.opaque !== undefined)) {
        throw error;
      }
      // What fails after the first doubt may never have been looked at.
      evaluator.depth = depth;
      doubt ??= error as NixError;
    }
  }
  if (doubt !== undefined) {
    throw doubt;
  }
  return !wanted;
}

/** @param index undefined for the first, of `builtins.head` */
function at(list: readonly Slot[], index: number | undefined, pos: Pos | undefined): Slot {
  const slot = list[index ?? 0];
  if (slot === undefined) {
    throw new NixError(
      'eval',
      index === undefined
        ? "'builtins.head' called on an empty list"
        : `'builtins.elemAt' called with index ${index} on a list of size ${list.length}`,
      pos,
    );
  }
  return slot;
}

/** Lists put together; the only one that is not empty is given as it is. An unknown list is one unknown element. */
function concat(
  evaluator: Evaluator,
  lists: readonly Slot[],
  purposeOf: (value: Value) => Purpose,
  pos: Pos | undefined,
): Value {
  let length = 0;
  let only: readonly Slot[] | undefined;
  const known: (readonly Slot[])[] = [];
  for (const slot of lists) {
    const value = force(slot);
    const list: readonly Slot[] = value instanceof Opaque ? [value] : expectList(value, pos, purposeOf(value));
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
  return evaluator.orderedAs(all, lists, ...known);
}

/** Stable, by `less` alone, as Nix's. */
function sort(evaluator: Evaluator, fn: Slot, list: readonly Slot[], pos: Pos | undefined): Value {
  if (list.length === 0) {
    return list;
  }
  const less = expectFunction(fn, pos, 'while evaluating the first argument passed to builtins.sort');
  evaluator.chargeList(list.length, pos);
  if (less instanceof PrimOp && less.name === 'lessThan') {
    return sortValues(evaluator, list, pos);
  }
  for (const item of list) {
    force(item);
  }
  const isLess = (a: Slot, b: Slot): boolean =>
    expectBool(
      evaluator.call(evaluator.call(less, a, undefined), b, undefined),
      pos,
      'while evaluating the return value of the sorting function passed to builtins.sort',
    );
  const sorted = [...list];
  const doubt = decided(evaluator, () => peeksort(sorted, isLess));
  return doubt instanceof Opaque ? evaluator.disorder([...list], doubt) : sorted;
}

/** What a test says of an item; what it cannot decide by, where that is unknown. */
function fits(evaluator: Evaluator, f: Value, item: Slot, pos: Pos | undefined, what: string): boolean | Opaque {
  return decided(evaluator, () =>
    expectBool(evaluator.call(f, item, undefined), pos, `while evaluating the return value of ${what}`),
  );
}

function sortValues(evaluator: Evaluator, list: readonly Slot[], pos: Pos | undefined): Value {
  const values = list.map(force);
  if (values.every((value) => typeof value === 'number')) {
    return (values as number[]).sort((a, b) => a - b);
  }
  if (values.every((value) => typeof value === 'string')) {
    return values.sort();
  }
  const doubt = decided(evaluator, () =>
    peeksort(values, (a, b) => {
      evaluator.step(pos);
      return lessThan(evaluator, a, b, pos, 'while evaluating the ordering function passed to builtins.sort');
    }),
  );
  return doubt instanceof Opaque ? evaluator.disorder([...list], doubt) : values;
}
