import { Attrs } from './attrs';
import { describe, typeName } from './describe';
import { NixError } from './errors';
import { force } from './force';
import type { Pos } from './source';
import { Lambda, NixFloat, type NixList, NixString, Opaque, PrimOp, PrimOpApp, type Slot, type Value } from './value';

/** The error for a value of the wrong kind; unknown values get theirs. */
export function wrongType(expected: string, value: Value, pos: Pos | undefined): NixError {
  if (value instanceof Opaque) {
    return opaqueError(value, pos);
  }
  return new NixError('type', `expected ${expected} but found ${typeName(value)}: ${describe(value)}`, pos);
}

/** The error for a decision that hangs on an unknown value. */
export function opaqueError(value: Opaque, pos: Pos | undefined): NixError {
  const error = new NixError('opaque', value.reason, pos ?? value.pos);
  error.opaque = value;
  return error;
}

export function expectBool(slot: Slot, pos?: Pos): boolean {
  const value = force(slot);
  if (typeof value === 'boolean') {
    return value;
  }
  throw wrongType('a Boolean', value, pos);
}

export function expectInt(slot: Slot, pos?: Pos): number | bigint {
  const value = force(slot);
  if (typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw wrongType('an integer', value, pos);
}

/** An integer that is used as a size or index. */
export function expectSize(slot: Slot, pos?: Pos): number {
  return Number(expectInt(slot, pos));
}

/** Integer or float, as a float. */
export function expectNumber(slot: Slot, pos?: Pos): number {
  const value = force(slot);
  if (value instanceof NixFloat) {
    return value.value;
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Number(value);
  }
  throw wrongType('a float', value, pos);
}

export function expectList(slot: Slot, pos?: Pos): NixList {
  const value = force(slot);
  if (Array.isArray(value)) {
    return value;
  }
  throw wrongType('a list', value, pos);
}

export function expectAttrs(slot: Slot, pos?: Pos): Attrs {
  const value = force(slot);
  if (value instanceof Attrs) {
    return value;
  }
  throw wrongType('a set', value, pos);
}

/** The bytes of a string; its context is left behind. */
export function expectString(slot: Slot, pos?: Pos): string {
  const value = force(slot);
  if (typeof value === 'string') {
    return value;
  }
  if (value instanceof NixString) {
    return value.text;
  }
  throw wrongType('a string', value, pos);
}

/** The bytes of a string that must not refer to store paths. */
export function expectPlainString(slot: Slot, pos?: Pos): string {
  const value = force(slot);
  if (value instanceof NixString) {
    const [first] = value.context;
    throw new NixError(
      'eval',
      `the string '${value.text}' is not allowed to refer to a store path (such as '${first}')`,
      pos,
    );
  }
  return expectString(value, pos);
}

export function expectFunction(slot: Slot, pos?: Pos): Value {
  const value = force(slot);
  if (
    value instanceof Lambda ||
    value instanceof PrimOp ||
    value instanceof PrimOpApp ||
    (value instanceof Attrs && value.has('__functor'))
  ) {
    return value;
  }
  throw wrongType('a function', value, pos);
}
