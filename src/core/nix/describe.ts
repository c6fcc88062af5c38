import { Attrs } from './attrs';
import { decodeUtf8 } from './bytes';
import { showFloat } from './show-number';
import { identifier, quote } from './syntax/show';
import {
  BLACK_HOLE,
  Lambda,
  NixFloat,
  NixPath,
  NixString,
  Opaque,
  PrimOp,
  PrimOpApp,
  type Slot,
  Thunk,
  type Value,
} from './value';

/** `builtins.typeOf`. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'int';
    case 'string':
      return 'string';
    default:
  }
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'list';
  }
  if (value instanceof Attrs) {
    return 'set';
  }
  if (value instanceof NixString) {
    return 'string';
  }
  if (value instanceof NixFloat) {
    return 'float';
  }
  if (value instanceof NixPath) {
    return 'path';
  }
  return value instanceof Opaque ? 'unknown' : 'lambda';
}

/** What a value is, with its article, for messages: `a list`, `the built-in function 'map'`. */
export function typeName(value: Value): string {
  if (value instanceof PrimOp) {
    return `the built-in function '${value.name}'`;
  }
  if (value instanceof PrimOpApp) {
    return `the partially applied built-in function '${value.primOp.name}'`;
  }
  if (value instanceof NixString) {
    return 'a string with context';
  }
  const names: Readonly<Record<string, string>> = {
    bool: 'a Boolean',
    int: 'an integer',
    string: 'a string',
    null: 'null',
    list: 'a list',
    set: 'a set',
    float: 'a float',
    path: 'a path',
    unknown: 'an unknown value',
    lambda: 'a function',
  };
  return names[typeOf(value)]!;
}

const MAX_DEPTH = 10;
const MAX_ITEMS = 10;
const MAX_STRING = 1024;

/**
 * A value for a message: shortened, nothing is forced.
 *
 * @param seen sets that were shown before: they are shown as `«repeated»`
 */
export function describe(slot: Slot, depth = 0, seen = new Set<Attrs>()): string {
  if (slot instanceof Thunk) {
    if (slot.value !== undefined) {
      return describe(slot.value, depth, seen);
    }
    return slot.env === BLACK_HOLE ? '«potential infinite recursion»' : '«thunk»';
  }
  switch (typeof slot) {
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(slot);
    case 'string':
      return describeString(slot);
    default:
  }
  if (slot === null) {
    return 'null';
  }
  if (slot instanceof NixString) {
    return describeString(slot.text);
  }
  if (slot instanceof NixFloat) {
    return showFloat(slot.value);
  }
  if (slot instanceof NixPath) {
    return decodeUtf8(slot.path);
  }
  if (slot instanceof Opaque) {
    return `«unknown: ${slot.reason}»`;
  }
  if (slot instanceof Attrs) {
    return describeAttrs(slot, depth, seen);
  }
  if (slot instanceof Lambda) {
    const { name, pos } = slot.info;
    return `«lambda${name === undefined ? '' : ` ${decodeUtf8(name)}`} @ ${pos}»`;
  }
  if (slot instanceof PrimOp) {
    return `«primop ${slot.name}»`;
  }
  if (slot instanceof PrimOpApp) {
    return `«partially applied primop ${slot.primOp.name}»`;
  }
  return describeList(slot, depth, seen);
}

function describeString(text: string): string {
  const shown = quote(decodeUtf8(text.slice(0, MAX_STRING)));
  return text.length > MAX_STRING ? `${shown} «${text.length - MAX_STRING} bytes elided»` : shown;
}

function describeAttrs(attrs: Attrs, depth: number, seen: Set<Attrs>): string {
  if (attrs.isEmpty()) {
    return '{ }';
  }
  if (seen.has(attrs)) {
    return '«repeated»';
  }
  seen.add(attrs);
  if (depth >= MAX_DEPTH) {
    return '{ ... }';
  }
  const names = attrs.names();
  const parts = names.slice(0, MAX_ITEMS).map((name) => {
    return `${decodeUtf8(identifier(name))} = ${describe(attrs.get(name)!, depth + 1, seen)};`;
  });
  return `{ ${parts.join(' ')}${elided(names.length, 'attribute')} }`;
}

function describeList(list: readonly Slot[], depth: number, seen: Set<Attrs>): string {
  if (list.length === 0) {
    return '[ ]';
  }
  if (depth >= MAX_DEPTH) {
    return '[ ... ]';
  }
  const parts = list.slice(0, MAX_ITEMS).map((item) => describe(item, depth + 1, seen));
  return `[ ${parts.join(' ')}${elided(list.length, 'item')} ]`;
}

function elided(count: number, what: string): string {
  const rest = count - MAX_ITEMS;
  return rest <= 0 ? '' : ` «${rest} ${what}${rest === 1 ? '' : 's'} elided»`;
}
