import { isInt } from './arithmetic';
import { Attrs } from './attrs';
import { describe, typeName } from './describe';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { force } from './force';
import { fixedFloat } from './show-number';
import type { Pos } from './source';
import { NixFloat, NixPath, NixString, Opaque, type Value } from './value';

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
      return deeper(evaluator, evaluator.call(force(custom), value, pos), mode, context, pos);
    }
    const outPath = value.get('outPath');
    if (outPath !== undefined) {
      return deeper(evaluator, force(outPath), mode, context, pos);
    }
  }
  if (mode.more) {
    if (isInt(value)) {
      return String(value);
    }
    if (value instanceof NixFloat) {
      return fixedFloat(value.value);
    }
    if (value === true) {
      return '1';
    }
    if (value === false || value === null) {
      return '';
    }
    if (Array.isArray(value)) {
      return coerceList(evaluator, value, mode, context, pos);
    }
  }
  throw new NixError('type', `cannot coerce ${typeName(value)} to a string: ${describe(value)}`, pos);
}

function deeper(
  evaluator: Evaluator,
  value: Value,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
): string | Opaque {
  evaluator.enter(pos);
  const text = coerce(evaluator, value, mode, context, pos);
  evaluator.leave();
  return text;
}

function coerceList(
  evaluator: Evaluator,
  list: Extract<Value, readonly unknown[]>,
  mode: CoerceMode,
  context: Set<string>,
  pos: Pos | undefined,
): string | Opaque {
  let text = '';
  for (let i = 0; i < list.length; i++) {
    evaluator.step(pos);
    const item = force(list[i]!);
    evaluator.enter(pos);
    const part = coerce(evaluator, item, mode, context, pos);
    evaluator.leave();
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
