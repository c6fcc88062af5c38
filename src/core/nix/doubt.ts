import { Attrs, attrsFrom, LazyAttrs } from './attrs';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { type Opaque, type Slot, Thunk, Undecided, type Value } from './value';

/** How deep decisions that nobody knows may lie in each other: both branches of each are evaluated. */
const MOST_NESTED = 6;

/** What tells that a set stands for more than its members: a derivation, a package, a flake. */
const WHOLE = ['type', 'outPath', '_type', '__functor', '__lockstep'];

/** Something unknown in the place of an item, written where the item is written. */
export function doubtful(evaluator: Evaluator, item: Slot, value: Undecided): Slot {
  evaluator.undecided = true;
  if (!(item instanceof Thunk)) {
    return value;
  }
  const place = new Thunk(item.code, undefined);
  place.value = value;
  return place;
}

/**
 * What `if` gives whose condition nobody knows: what both branches have, and what only one of them has as something that
 * may be there or not. Lists and plain sets have such parts; of anything else only what is the same in both is known.
 *
 * @param doubt why the condition is not known
 * @throws NixError `doubt`, where nothing can be told
 */
export function either(evaluator: Evaluator, doubt: NixError, then: () => Value, otherwise: () => Value): Value {
  const cause = doubt.opaque;
  if (cause === undefined || evaluator.guesses >= MOST_NESTED) {
    throw doubt;
  }
  const { depth } = evaluator;
  evaluator.guesses += 1;
  try {
    const found = common(evaluator, cause, then(), otherwise());
    if (found !== undefined) {
      return found;
    }
  } catch (error) {
    // A branch that fails may be the one that is never taken.
    if (!(error instanceof NixError) || error.kind === 'limit') {
      throw error;
    }
    evaluator.depth = depth;
  } finally {
    evaluator.guesses -= 1;
  }
  throw doubt;
}

function common(evaluator: Evaluator, cause: Opaque, left: Value, right: Value): Value | undefined {
  if (Array.isArray(left) && Array.isArray(right)) {
    return commonList(evaluator, Undecided.by(cause.decided()), left, right);
  }
  if (left instanceof Attrs && right instanceof Attrs) {
    return isPlain(left) && isPlain(right) ? commonSet(evaluator, cause, left, right) : undefined;
  }
  return typeof left !== 'object' && left === right ? left : undefined;
}

/** What both begin and end with is sure, and between these nothing is. */
function commonList(evaluator: Evaluator, either: Undecided, left: readonly Slot[], right: readonly Slot[]): Slot[] {
  const shorter = Math.min(left.length, right.length);
  evaluator.chargeList(left.length + right.length, either.pos);
  let before = 0;
  while (before < shorter && left[before] === right[before]) {
    before += 1;
  }
  let after = 0;
  while (after < shorter - before && left[left.length - 1 - after] === right[right.length - 1 - after]) {
    after += 1;
  }
  const between = [...left.slice(before, left.length - after), ...right.slice(before, right.length - after)];
  return [
    ...left.slice(0, before),
    ...between.map((item) => doubtful(evaluator, item, either)),
    ...left.slice(left.length - after),
  ];
}

/** Members that both have with the same value are sure. Of any other it is told that nobody knows it, where it is asked for. */
function commonSet(evaluator: Evaluator, cause: Opaque, left: Attrs, right: Attrs): Attrs {
  const maybe = Undecided.by(cause.decided());
  const names = [...new Set([...left.names(), ...right.names()])];
  evaluator.chargeList(names.length, cause.pos);
  return attrsFrom(
    names.map((name): [string, Slot] => {
      const [one, other] = [left.get(name), right.get(name)];
      const isInBoth = one !== undefined && other !== undefined;
      return [
        name,
        isInBoth && one === other ? one : isInBoth ? cause.decided() : doubtful(evaluator, one ?? other!, maybe),
      ];
    }),
    (name) => left.positionOf(name) ?? right.positionOf(name),
  );
}

function isPlain(set: Attrs): boolean {
  return !(set instanceof LazyAttrs) && !WHOLE.some((name) => set.has(name));
}
