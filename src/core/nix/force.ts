import { NixError } from './errors';
import type { Pos } from './source';
import { BLACK_HOLE, type Slot, Thunk, type Value } from './value';

/** The value in weak head normal form. */
export function force(slot: Slot): Value {
  if (slot instanceof Thunk) {
    const { value } = slot;
    return value !== undefined ? value : runThunk(slot, undefined);
  }
  return slot;
}

/** The same, asked for at this place. */
export function forceAt(slot: Slot, pos: Pos | undefined): Value {
  if (slot instanceof Thunk) {
    const { value } = slot;
    return value !== undefined ? value : runThunk(slot, pos);
  }
  return slot;
}

/**
 * Computes a thunk that has no value yet. Its failure is kept, too, so that the next one who asks gets the same error;
 * only of a limit it may be another time, and then the thunk goes back to what it was.
 */
export function runThunk(thunk: Thunk, pos: Pos | undefined): Value {
  const { env } = thunk;
  if (env === BLACK_HOLE || !Array.isArray(env)) {
    throw env instanceof NixError
      ? env.again()
      : new NixError('infinite-recursion', 'infinite recursion encountered', pos ?? thunk.origin?.pos);
  }
  thunk.env = BLACK_HOLE;
  try {
    const value = thunk.code(env, pos);
    thunk.value = value;
    thunk.env = undefined;
    return value;
  } catch (error) {
    thunk.env = error instanceof NixError && error.kind !== 'limit' ? error : env;
    throw error;
  }
}
