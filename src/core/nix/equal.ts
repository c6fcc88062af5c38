import { Attrs } from './attrs';
import { opaqueError } from './expect';
import { force } from './force';
import type { Meter } from './meter';
import type { Pos } from './source';
import {
  Lambda,
  NixFloat,
  type NixList,
  NixPath,
  NixString,
  Opaque,
  PrimOp,
  PrimOpApp,
  type Slot,
  Thunk,
  Undecided,
  type Value,
} from './value';

/**
 * `==` of two values. Functions are never equal, except that a member of a list or set equals itself without being
 * looked at; two derivations are equal when their output paths are.
 */
export function equalValues(meter: Meter, left: Value, right: Value, pos: Pos | undefined): boolean {
  if (left === right && (typeof left !== 'object' || left === null)) {
    return true;
  }
  switch (typeof left) {
    case 'number':
    case 'bigint':
      return right instanceof NixFloat ? Number(left) === right.value : opaqueOr(right, pos);
    case 'string':
      return right instanceof NixString ? left === right.text : opaqueOr(right, pos);
    case 'boolean':
      return opaqueOr(right, pos);
    default:
  }
  if (left instanceof Attrs) {
    return right instanceof Attrs ? equalAttrs(meter, left, right, pos) : opaqueOr(right, pos);
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right)) {
      return opaqueOr(right, pos);
    }
    if (meter.undecided) {
      mayDiffer(left, right, pos);
    }
    if (left.length !== right.length) {
      return false;
    }
    const unordered = meter.orderOf(left) ?? meter.orderOf(right);
    if (unordered !== undefined) {
      throw opaqueError(unordered, pos);
    }
    for (let i = 0; i < left.length; i++) {
      if (!equalSlots(meter, left[i]!, right[i]!, pos)) {
        return false;
      }
    }
    return true;
  }
  if (left instanceof NixString) {
    if (right instanceof NixString) {
      return left.text === right.text;
    }
    return typeof right === 'string' ? left.text === right : opaqueOr(right, pos);
  }
  if (left instanceof NixFloat) {
    if (right instanceof NixFloat) {
      return left.value === right.value;
    }
    return typeof right === 'number' || typeof right === 'bigint' ? left.value === Number(right) : opaqueOr(right, pos);
  }
  if (left instanceof NixPath) {
    return right instanceof NixPath ? left.path === right.path : opaqueOr(right, pos);
  }
  if (left instanceof Opaque) {
    throw opaqueError(left, pos);
  }
  if (isFunction(left) && isFunction(right)) {
    meter.compareFunctions(pos);
    return false;
  }
  return opaqueOr(right, pos);
}

/** Lists of which one may be as long as the other, or not. */
function mayDiffer(left: NixList, right: NixList, pos: Pos | undefined): void {
  const undecided = Undecided.among(left) ?? Undecided.among(right);
  const sure = (list: NixList) => list.filter((slot) => Undecided.among([slot]) === undefined).length;
  if (undecided !== undefined && sure(left) <= right.length && sure(right) <= left.length) {
    throw opaqueError(undecided, pos);
  }
}

/**
 * `==` of two members. One that is kept in the same place is equal to itself without being looked into; a copy is not:
 * `[ f ] == [ f ]` holds, `[ s.f ] == [ s.f ]` does not.
 */
export function equalSlots(meter: Meter, left: Slot, right: Slot, pos: Pos | undefined): boolean {
  meter.step(pos);
  const a = force(left);
  const b = force(right);
  if (a === b && typeof a === 'object' && cellOf(left) === cellOf(right)) {
    identical(meter, a, pos);
    return true;
  }
  return equalCounted(meter, a, b, pos);
}

function cellOf(slot: Slot): Slot {
  return slot instanceof Thunk ? slot.cell : slot;
}

/** {@link equalValues}, one level deeper than what asks. */
export function equalCounted(meter: Meter, left: Value, right: Value, pos: Pos | undefined): boolean {
  meter.enter(pos);
  const equal = equalValues(meter, left, right, pos);
  meter.leave();
  return equal;
}

/** Something equal to itself was not looked into: a function in it would have made it unequal. */
function identical(meter: Meter, slot: Slot, pos: Pos | undefined): void {
  if (meter.watchesFunctions && holdsFunction(slot, new Set())) {
    meter.compareFunctions(pos);
  }
}

/** Whether there is a function in what has been evaluated of a value. */
function holdsFunction(slot: Slot, seen: Set<Value>): boolean {
  const value = slot instanceof Thunk ? slot.value : slot;
  if (value === undefined || typeof value !== 'object' || value === null || seen.has(value)) {
    return false;
  }
  seen.add(value);
  if (isFunction(value)) {
    return true;
  }
  const members = Array.isArray(value) ? (value as readonly Slot[]) : value instanceof Attrs ? value.slots() : [];
  return members.some((member) => holdsFunction(member, seen));
}

/** A lambda, or a builtin with some or none of its arguments. */
export function isFunction(value: Value): boolean {
  return value instanceof Lambda || value instanceof PrimOp || value instanceof PrimOpApp;
}

/** Values of different kinds are unequal, unless one is unknown. */
function opaqueOr(right: Value, pos: Pos | undefined): false {
  if (right instanceof Opaque) {
    throw opaqueError(right, pos);
  }
  return false;
}

/** Whether a set has `type = "derivation"`. */
export function isDerivation(attrs: Attrs): boolean {
  const type = attrs.get('type');
  return type !== undefined && force(type) === 'derivation';
}

function equalAttrs(meter: Meter, left: Attrs, right: Attrs, pos: Pos | undefined): boolean {
  if (isDerivation(left) && isDerivation(right)) {
    const a = left.get('outPath');
    const b = right.get('outPath');
    if (a !== undefined && b !== undefined) {
      return equalSlots(meter, a, b, pos);
    }
  }
  const names = left.names();
  const others = right.names();
  if (names.length !== others.length) {
    return false;
  }
  for (let i = 0; i < names.length; i++) {
    if (names[i] !== others[i]) {
      return false;
    }
  }
  for (const name of names) {
    if (!equalSlots(meter, left.get(name)!, right.get(name)!, pos)) {
      return false;
    }
  }
  return true;
}
