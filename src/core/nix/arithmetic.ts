import { describe, typeName, typeOf } from './describe';
import { equalSlots } from './equal';
import { NixError } from './errors';
import { framed, opaqueError, wrongType } from './expect';
import { force } from './force';
import type { Meter } from './meter';
import type { Pos } from './source';
import { NixFloat, type NixList, NixPath, NixString, Opaque, type Value } from './value';

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

type Int = number | bigint;

/** More digits than any integer of 64 bits has, in any base, its leading zeros not counted. */
const SMALL_DIGITS = 70;

/** Digits as {@link BigInt} reads them; undefined for many more than an integer has, which would take very long to read. */
export function smallBigInt(digits: string): bigint | undefined {
  if (digits.length <= SMALL_DIGITS) {
    return BigInt(digits);
  }
  const [, sign, base, rest] = /^(-?)(0[box])?0*(.*)$/.exec(digits)!;
  if (rest!.length > SMALL_DIGITS) {
    return undefined;
  }
  const value = BigInt(`${base ?? ''}${rest === '' ? '0' : rest}`);
  return sign === '-' ? -value : value;
}

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

/**
 * The sum of two integers of 64 bits.
 *
 * @throws NixError where it does not fit
 */
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

/** Whether a value is an integer: a number, or a bigint where a number is not exact. */
export function isInt(value: Value): value is Int {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** What an operand is wanted for, as Nix tells it. */
interface Operands {
  readonly left: string;
  readonly right: string;
}

function operands(kind: 'argument' | 'operand', operation: string): Operands {
  const part = (which: string): string => `while evaluating the ${which} ${kind} of the ${operation}`;
  return { left: part('first'), right: part('second') };
}

const ADDITION = operands('argument', 'addition');
const SUBTRACTION = operands('argument', 'subtraction');
const MULTIPLICATION = operands('argument', 'multiplication');
const DIVISION = operands('operand', 'division');

function asFloat(value: Value, pos: Pos | undefined, purpose?: string): number {
  if (value instanceof NixFloat) {
    return value.value;
  }
  if (isInt(value)) {
    return Number(value);
  }
  throw wrongType('a float', value, pos, purpose);
}

/** `-`, `*` or `/` of numbers: integers unless one of them is a float. */
export function subtract(left: Value, right: Value, pos: Pos | undefined): Value {
  return calculate(left, right, pos, SUBTRACTION, (a, b) => a - b, subtractInts);
}

/**
 * `left * right` of integers or floats, as Nix computes it.
 *
 * @throws NixError for other values, and for integers that do not fit
 */
export function multiply(left: Value, right: Value, pos: Pos | undefined): Value {
  return calculate(left, right, pos, MULTIPLICATION, (a, b) => a * b, multiplyInts);
}

/**
 * `left / right`: integers give the integer towards zero.
 *
 * @throws NixError for other values, and for a division by zero
 */
export function divide(left: Value, right: Value, pos: Pos | undefined): Value {
  if (asFloat(right, pos, DIVISION.right) === 0) {
    throw new NixError('eval', 'division by zero', pos);
  }
  return calculate(left, right, pos, DIVISION, (a, b) => a / b, divideInts);
}

/** `builtins.add`: numbers only, unlike the operator. */
export function add(left: Value, right: Value, pos: Pos | undefined): Value {
  return calculate(left, right, pos, ADDITION, (a, b) => a + b, addInts);
}

function calculate(
  left: Value,
  right: Value,
  pos: Pos | undefined,
  purposes: Operands,
  ofFloats: (left: number, right: number) => number,
  ofInts: (left: Int, right: Int, pos: Pos | undefined) => Int,
): Value {
  if (left instanceof NixFloat || right instanceof NixFloat) {
    const a = asFloat(left, pos, purposes.left);
    return new NixFloat(ofFloats(a, asFloat(right, pos, purposes.right)));
  }
  const a = asInt(left, pos, purposes.left);
  return ofInts(a, asInt(right, pos, purposes.right), pos);
}

function asInt(value: Value, pos: Pos | undefined, purpose: string): Int {
  if (isInt(value)) {
    return value;
  }
  throw wrongType('an integer', value, pos, purpose);
}

/**
 * `left < right` for numbers, strings, paths and lists (element by element).
 *
 * @param purpose what a failure is told with
 */
export function lessThan(meter: Meter, left: Value, right: Value, pos: Pos | undefined, purpose?: string): boolean {
  if (isInt(left) && isInt(right)) {
    return left < right;
  }
  if (typeof left === 'string' && typeof right === 'string') {
    meter.chargeWhole(left, pos);
    meter.chargeWhole(right, pos);
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
    return listLessThan(meter, left, right, pos, purpose);
  }
  const kinds = `cannot compare ${typeName(left)} with ${typeName(right)}`;
  const values = `values are ${describe(left)} and ${describe(right)}`;
  const message =
    typeOf(left) === typeOf(right)
      ? `${kinds}; values of that type are incomparable (${values})`
      : `${kinds}; ${values}`;
  throw framed(new NixError('eval', message, pos), purpose);
}

function listLessThan(
  meter: Meter,
  left: NixList,
  right: NixList,
  pos: Pos | undefined,
  purpose: string | undefined,
): boolean {
  for (let i = 0; ; i++) {
    if (i === right.length) {
      return false;
    }
    if (i === left.length) {
      return true;
    }
    try {
      if (!equalSlots(meter, left[i]!, right[i]!, pos)) {
        return lessThan(meter, force(left[i]!), force(right[i]!), pos, 'while comparing two list elements');
      }
    } catch (error) {
      throw framed(error, purpose);
    }
  }
}

function isStringValue(value: Value): value is string | NixString {
  return typeof value === 'string' || value instanceof NixString;
}

function textOf(value: string | NixString): string {
  return typeof value === 'string' ? value : value.text;
}
