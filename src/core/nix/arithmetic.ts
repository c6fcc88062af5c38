import { typeName } from './describe';
import { equalSlots } from './equal';
import { NixError } from './errors';
import { opaqueError, wrongType } from './expect';
import { force } from './force';
import type { Meter } from './meter';
import type { Pos } from './source';
import { NixFloat, type NixList, NixPath, NixString, Opaque, type Value } from './value';

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

type Int = number | bigint;

/** The integer in its own form: a number when it is safe. */
export function normalInt(value: bigint): Int {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function checked(value: bigint, what: string, left: Int, sign: string, right: Int, pos: Pos | undefined): Int {
  if (value > MAX_INT || value < MIN_INT) {
    throw new NixError('eval', `integer overflow in ${what} ${left} ${sign} ${right}`, pos);
  }
  return normalInt(value);
}

export function addInts(left: Int, right: Int, pos: Pos | undefined): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) {
      return sum;
    }
  }
  return checked(BigInt(left) + BigInt(right), 'adding', left, '+', right, pos);
}

function subtractInts(left: Int, right: Int, pos: Pos | undefined): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) {
      return difference;
    }
  }
  return checked(BigInt(left) - BigInt(right), 'subtracting', left, '-', right, pos);
}

function multiplyInts(left: Int, right: Int, pos: Pos | undefined): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    if (Number.isSafeInteger(product)) {
      // Zero has no sign here.
      return product + 0;
    }
  }
  return checked(BigInt(left) * BigInt(right), 'multiplying', left, '*', right, pos);
}

function divideInts(left: Int, right: Int, pos: Pos | undefined): Int {
  if (right === 0) {
    throw new NixError('eval', 'division by zero', pos);
  }
  if (typeof left === 'number' && typeof right === 'number') {
    return (left - (left % right)) / right + 0;
  }
  return checked(BigInt(left) / BigInt(right), 'dividing', left, '/', right, pos);
}

export function isInt(value: Value): value is Int {
  return typeof value === 'number' || typeof value === 'bigint';
}

function asFloat(value: Value, pos: Pos | undefined): number {
  if (value instanceof NixFloat) {
    return value.value;
  }
  if (isInt(value)) {
    return Number(value);
  }
  throw wrongType('a float', value, pos);
}

/** `-`, `*` or `/` of numbers: integers unless one of them is a float. */
export function subtract(left: Value, right: Value, pos: Pos | undefined): Value {
  if (left instanceof NixFloat || right instanceof NixFloat) {
    return new NixFloat(asFloat(left, pos) - asFloat(right, pos));
  }
  return subtractInts(asInt(left, pos), asInt(right, pos), pos);
}

export function multiply(left: Value, right: Value, pos: Pos | undefined): Value {
  if (left instanceof NixFloat || right instanceof NixFloat) {
    return new NixFloat(asFloat(left, pos) * asFloat(right, pos));
  }
  return multiplyInts(asInt(left, pos), asInt(right, pos), pos);
}

export function divide(left: Value, right: Value, pos: Pos | undefined): Value {
  const divisor = right instanceof NixFloat ? right.value : right;
  if (divisor === 0) {
    throw new NixError('eval', 'division by zero', pos);
  }
  if (left instanceof NixFloat || right instanceof NixFloat) {
    return new NixFloat(asFloat(left, pos) / asFloat(right, pos));
  }
  return divideInts(asInt(left, pos), asInt(right, pos), pos);
}

/** `builtins.add`: numbers only, unlike the operator. */
export function add(left: Value, right: Value, pos: Pos | undefined): Value {
  if (left instanceof NixFloat || right instanceof NixFloat) {
    return new NixFloat(asFloat(left, pos) + asFloat(right, pos));
  }
  return addInts(asInt(left, pos), asInt(right, pos), pos);
}

function asInt(value: Value, pos: Pos | undefined): Int {
  if (isInt(value)) {
    return value;
  }
  throw wrongType('an integer', value, pos);
}

/** `left < right` for numbers, strings, paths and lists (element by element). */
export function lessThan(meter: Meter, left: Value, right: Value, pos: Pos | undefined): boolean {
  if (isInt(left) && isInt(right)) {
    return left < right;
  }
  if (typeof left === 'string' && typeof right === 'string') {
    return left < right;
  }
  if (left instanceof Opaque || right instanceof Opaque) {
    throw opaqueError(left instanceof Opaque ? left : (right as Opaque), pos);
  }
  if (left instanceof NixFloat || right instanceof NixFloat) {
    if ((left instanceof NixFloat || isInt(left)) && (right instanceof NixFloat || isInt(right))) {
      return asFloat(left, pos) < asFloat(right, pos);
    }
  } else if (isStringValue(left) && isStringValue(right)) {
    return textOf(left) < textOf(right);
  } else if (left instanceof NixPath && right instanceof NixPath) {
    return left.path < right.path;
  } else if (Array.isArray(left) && Array.isArray(right)) {
    return listLessThan(meter, left, right, pos);
  }
  const same = typeName(left) === typeName(right);
  throw new NixError(
    'eval',
    same
      ? `cannot compare ${typeName(left)} with ${typeName(right)}; values of that type are incomparable`
      : `cannot compare ${typeName(left)} with ${typeName(right)}`,
    pos,
  );
}

function listLessThan(meter: Meter, left: NixList, right: NixList, pos: Pos | undefined): boolean {
  for (let i = 0; ; i++) {
    if (i === right.length) {
      return false;
    }
    if (i === left.length) {
      return true;
    }
    if (!equalSlots(meter, left[i]!, right[i]!, pos)) {
      return lessThan(meter, force(left[i]!), force(right[i]!), pos);
    }
  }
}

function isStringValue(value: Value): value is string | NixString {
  return typeof value === 'string' || value instanceof NixString;
}

function textOf(value: string | NixString): string {
  return typeof value === 'string' ? value : value.text;
}
