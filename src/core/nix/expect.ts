import { Attrs } from './attrs';
import { describe, typeName } from './describe';
import { NixError, type TraceFrame } from './errors';
import { force } from './force';
import type { Pos } from './source';
import { shownName } from './syntax/show';
import {
  Lambda,
  NixFloat,
  type NixList,
  NixString,
  Opaque,
  PrimOp,
  PrimOpApp,
  type Slot,
  Thunk,
  type Value,
} from './value';

/** What a value is wanted for, as a line of the trace: of a builtin its message, of an expression also its place. */
export type Purpose = string | TraceFrame | undefined;

/** Tells an error what the failing value was wanted for. */
export function framed<T>(error: T, purpose: Purpose): T {
  if (error instanceof NixError && purpose !== undefined) {
    if (typeof purpose === 'string') {
      error.within(purpose, undefined);
    } else {
      error.within(purpose.message, purpose.pos);
    }
  }
  return error;
}

/** Kinds of values that things are taken out of; all others only decide. */
const CARRIERS = new Set(['a set', 'a list', 'a function']);

/** The error for a value of the wrong kind; unknown values get theirs. */
export function wrongType(expected: string, value: Value, pos: Pos | undefined, purpose?: Purpose): NixError {
  if (value instanceof Opaque) {
    return opaqueError(CARRIERS.has(expected) ? value : value.decided(), pos);
  }
  const error = new NixError('type', `expected ${expected} but found ${typeName(value)}: ${describe(value)}`, pos);
  return framed(error, purpose);
}

/** Forces a value whose own failure is told along with what it was wanted for (forceInt and its like). */
function forceFor(slot: Slot, purpose: Purpose): Value {
  if (!(slot instanceof Thunk)) {
    return slot;
  }
  try {
    return force(slot);
  } catch (error) {
    throw framed(error, purpose);
  }
}

/** The error for a set that lacks a member which a builtin needs; near names only where the set itself has a list. */
export function missingAttribute(attrs: Attrs, name: string, pos: Pos | undefined): NixError {
  const error = new NixError('missing-attribute', `attribute '${shownName(name)}' missing`, pos);
  error.suggest = () => attrs.suggest(name) ?? [];
  return error;
}

/** The error for a decision that hangs on an unknown value. */
export function opaqueError(value: Opaque, pos: Pos | undefined): NixError {
  const error = new NixError('opaque', value.reason, pos ?? value.pos);
  error.opaque = value;
  return error;
}

/**
 * Forces a value that has to be a Boolean.
 *
 * @throws NixError `type` in the words of Nix
 */
export function expectBool(slot: Slot, pos?: Pos, purpose?: Purpose): boolean {
  const value = forceFor(slot, purpose);
  if (typeof value === 'boolean') {
    return value;
  }
  throw wrongType('a Boolean', value, pos, purpose);
}

/**
 * Forces a value that has to be an integer.
 *
 * @throws NixError `type` in the words of Nix
 */
export function expectInt(slot: Slot, pos?: Pos, purpose?: Purpose): number | bigint {
  const value = forceFor(slot, purpose);
  if (typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw wrongType('an integer', value, pos, purpose);
}

/** An integer that is used as a size or index. */
export function expectSize(slot: Slot, pos?: Pos, purpose?: Purpose): number {
  return Number(expectInt(slot, pos, purpose));
}

/** Integer or float, as a float. */
export function expectNumber(slot: Slot, pos?: Pos, purpose?: Purpose): number {
  const value = forceFor(slot, purpose);
  if (value instanceof NixFloat) {
    return value.value;
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Number(value);
  }
  throw wrongType('a float', value, pos, purpose);
}

/**
 * Forces a value that has to be a list.
 *
 * @throws NixError `type` in the words of Nix
 */
export function expectList(slot: Slot, pos?: Pos, purpose?: Purpose): NixList {
  const value = force(slot);
  if (Array.isArray(value)) {
    return value;
  }
  throw wrongType('a list', value, typeof purpose === 'object' ? undefined : pos, purpose);
}

/**
 * Forces a value that has to be a set.
 *
 * @throws NixError `type` in the words of Nix
 */
export function expectAttrs(slot: Slot, pos?: Pos, purpose?: Purpose): Attrs {
  const value = force(slot);
  if (value instanceof Attrs) {
    return value;
  }
  throw wrongType('a set', value, typeof purpose === 'object' ? undefined : pos, purpose);
}

/** The bytes of a string; its context is left behind. */
export function expectString(slot: Slot, pos?: Pos, purpose?: Purpose): string {
  const value = forceFor(slot, purpose);
  if (typeof value === 'string') {
    return value;
  }
  if (value instanceof NixString) {
    return value.text;
  }
  throw wrongType('a string', value, pos, purpose);
}

/** The bytes of a string that must not refer to store paths. */
export function expectPlainString(slot: Slot, pos?: Pos, purpose?: Purpose): string {
  const value = forceFor(slot, purpose);
  if (value instanceof NixString) {
    throw framed(
      new NixError(
        'eval',
        `the string '${value.text}' is not allowed to refer to a store path (such as '${shownNeed(firstNeed(value.context))}')`,
      ),
      purpose,
    );
  }
  return expectString(value, pos, purpose);
}

/** An element of a context as Nix shows it in messages: `/p`, `/p.drv (deep)`, `/p.drv^out`. */
function shownNeed(element: string): string {
  return element.replace(/^=(.*)$/, '$1 (deep)').replace(/^!([^!]*)!(.*)$/, '$2^$1');
}

/** In Nix's order: paths, derivations with all that they are made from, outputs; each by path. */
function firstNeed(context: ReadonlySet<string>): string {
  const order = (element: string): string =>
    element
      .replace(/^=/, '1')
      .replace(/^!([^!]*)!(.*)$/, '2$2!$1')
      .replace(/^\//, '0/');
  return [...context].reduce((first, element) => (order(element) < order(first) ? element : first));
}

/**
 * Forces a value that has to be callable: a function, a builtin, or a set with `__functor`.
 *
 * @throws NixError `type` in the words of Nix
 */
export function expectFunction(slot: Slot, pos?: Pos, purpose?: Purpose): Value {
  const value = forceFor(slot, purpose);
  if (
    value instanceof Lambda ||
    value instanceof PrimOp ||
    value instanceof PrimOpApp ||
    (value instanceof Attrs && value.has('__functor'))
  ) {
    return value;
  }
  throw wrongType('a function', value, pos, purpose);
}
