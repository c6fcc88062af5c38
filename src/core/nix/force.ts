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

/**
 * Computes a thunk that has no value yet. On failure it goes back to what it was, so that the next one who asks gets
 * the same error.
 */
export function runThunk(thunk: Thunk, pos: Pos | undefined): Value {
  const { env } = thunk;
  if (env === BLACK_HOLE || env === undefined) {
    throw new NixError('infinite-recursion', 'infinite recursion encountered', pos ?? thunk.origin?.pos);
  }
  thunk.env = BLACK_HOLE;
  try {
    const value = thunk.code(env);
    thunk.value = value;
    thunk.env = undefined;
    return value;
  } catch (error) {
    thunk.env = env;
    throw error;
  }
}
