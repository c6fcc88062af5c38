import { isInt } from './arithmetic';
import { Attrs } from './attrs';
import { describe, typeName } from './describe';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { framed, type Purpose } from './expect';
import { force } from './force';
import { fixedFloat } from './show-number';
import type { Pos } from './source';
import { NixFloat, NixPath, NixString, Opaque, type Slot, type Value } from './value';

export interface CoerceMode {
  /** Also numbers, booleans, null and lists, as `toString` does. */
  readonly more: boolean;
  /** A path is copied to the store and its store path is the string. */
  readonly copy: boolean;
}

/**
 * The string that a value stands for (coerceToString). What the string depends on is added to `context`.
 *
 * @returns bytes, or the unknown value that it hangs on
 */
export function coerce(
  evaluator: Evaluator,
  value: Value,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
  purpose?: Purpose,
): string | Opaque {
  if (typeof value === 'string') {
    return value;
  }
  return coerceCounted(evaluator, value, mode, context, pos, purpose);
}

/** The same, one level deeper: also what is within a value counts. */
function coerceCounted(
  evaluator: Evaluator,
  value: Value,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
  purpose?: Purpose,
): string | Opaque {
  evaluator.enter(pos);
  const text = coerceValue(evaluator, value, mode, context, pos, purpose);
  evaluator.leave();
  return text;
}

function coerceValue(
  evaluator: Evaluator,
  value: Value,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
  purpose?: Purpose,
): string | Opaque {
  if (typeof value === 'string') {
    return value;
  }
  if (value instanceof NixString) {
    for (const element of value.context) {
      context.add(element);
    }
    return value.text;
  }
  if (value instanceof NixPath) {
    return mode.copy ? evaluator.copyToStore(value, context, pos) : value.path;
  }
  if (value instanceof Opaque) {
    return value;
  }
  if (value instanceof Attrs) {
    const custom = value.get('__toString');
    if (custom !== undefined) {
      // A builtin has no place from which it calls.
      const place = typeof purpose === 'string' ? undefined : (purpose?.pos ?? pos);
      const result = { message: 'while evaluating the result of the `__toString` attribute', pos: place };
      return coerceCounted(evaluator, evaluator.call(force(custom), value, place), mode, context, pos, result);
    }
    const outPath = value.get('outPath');
    if (outPath !== undefined) {
      return coerceCounted(evaluator, force(outPath), mode, context, pos, purpose);
    }
  }
  if (mode.more) {
    if (isInt(value)) {
      return String(value);
    }
    if (value instanceof NixFloat) {
      return fixedFloat(value);
    }
    if (value === true) {
      return '1';
    }
    if (value === false || value === null) {
      return '';
    }
    if (Array.isArray(value)) {
      return coerceList(evaluator, value, mode, context, pos, purpose);
    }
  }
  const error = new NixError('type', `cannot coerce ${typeName(value)} to a string: ${describe(value)}`);
  // The place is told by what it was wanted for, or by the builtin that wanted it.
  error.pos = typeof purpose === 'object' ? undefined : pos;
  throw framed(error, purpose);
}

function coerceList(
  evaluator: Evaluator,
  list: Extract<Value, readonly unknown[]>,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
  purpose?: Purpose,
): string | Opaque {
  let text = '';
  for (let i = 0; i < list.length; i++) {
    evaluator.step(pos);
    const part = coerceItem(evaluator, list[i]!, mode, context, pos, purpose);
    const item = force(list[i]!);
    if (part instanceof Opaque) {
      return part;
    }
    text += part;
    // An empty list among the elements leaves no blank, as in Nix.
    if (i < list.length - 1 && !(Array.isArray(item) && item.length === 0)) {
      text += ' ';
    }
  }
  return text;
}

function coerceItem(
  evaluator: Evaluator,
  item: Slot,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
  purpose: Purpose,
): string | Opaque {
  try {
    return coerceCounted(evaluator, force(item), mode, context, pos, 'while evaluating one element of the list');
  } catch (error) {
    throw framed(error, purpose);
  }
}
