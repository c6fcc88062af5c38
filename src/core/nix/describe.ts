import { Attrs } from './attrs';
import { decodeUtf8 } from './bytes';
import { showFloat } from './show-number';
import { quote, shownName } from './syntax/show';
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

/** How much of a value is shown: members and elements are counted over all of it, as Nix's printer does. */
interface Extent {
  readonly depth: number;
  readonly members: number;
  readonly items: number;
  readonly string: number;
}

const IN_MESSAGES: Extent = { depth: 10, members: 10, items: 10, string: 1024 };
/** Nix shows all of it; a value can be larger than any text. */
const IN_TRACES: Extent = { depth: 1000, members: 10_000, items: 10_000, string: Number.POSITIVE_INFINITY };

const IMPORTANT: readonly string[] = ['_type', 'type'];

interface State {
  readonly extent: Extent;
  /** Sets that were shown before: they are shown as `«repeated»`. */
  readonly seen: Set<Attrs>;
  members: number;
  items: number;
}

/** A value for a message: shortened, nothing is forced. */
export function describe(slot: Slot): string {
  return show(slot, 0, { extent: IN_MESSAGES, seen: new Set(), members: 0, items: 0 });
}

/** A value as `builtins.trace` shows it: nothing is forced. */
export function describeTraced(slot: Slot): string {
  return show(slot, 0, { extent: IN_TRACES, seen: new Set(), members: 0, items: 0 });
}

function show(slot: Slot, depth: number, state: State): string {
  if (slot instanceof Thunk) {
    if (slot.value !== undefined) {
      return show(slot.value, depth, state);
    }
    // A variable in a list stands for the value that it has by now.
    const { cell } = slot;
    if (cell !== slot) {
      return show(cell, depth, state);
    }
    return slot.env === BLACK_HOLE ? '«potential infinite recursion»' : '«thunk»';
  }
  switch (typeof slot) {
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(slot);
    case 'string':
      return describeString(slot, state);
    default:
  }
  if (slot === null) {
    return 'null';
  }
  if (slot instanceof NixString) {
    return describeString(slot.text, state);
  }
  if (slot instanceof NixFloat) {
    return showFloat(slot);
  }
  if (slot instanceof NixPath) {
    return decodeUtf8(slot.path);
  }
  if (slot instanceof Opaque) {
    return `«unknown: ${slot.reason}»`;
  }
  if (slot instanceof Attrs) {
    return describeAttrs(slot, depth, state);
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
  return describeList(slot, depth, state);
}

function describeString(text: string, { extent }: State): string {
  const shown = quote(decodeUtf8(text.slice(0, extent.string)));
  return text.length > extent.string ? `${shown} «${text.length - extent.string} bytes elided»` : shown;
}

function describeAttrs(attrs: Attrs, depth: number, state: State): string {
  if (attrs.isEmpty()) {
    return '{ }';
  }
  if (state.seen.has(attrs)) {
    return '«repeated»';
  }
  state.seen.add(attrs);
  if (depth >= state.extent.depth) {
    return '{ ... }';
  }
  const names = state.extent === IN_MESSAGES ? importantFirst(attrs.names()) : attrs.names();
  const parts: string[] = [];
  for (const name of names) {
    if (state.members >= state.extent.members) {
      parts.push(elided(names.length - parts.length, 'attribute'));
      break;
    }
    parts.push(`${shownName(name)} = ${show(attrs.get(name)!, depth + 1, state)};`);
    state.members++;
  }
  return `{ ${parts.join(' ')} }`;
}

/** What tells most about a set comes first where not all of it is shown. */
function importantFirst(names: readonly string[]): readonly string[] {
  const important = IMPORTANT.filter((name) => names.includes(name));
  return important.length === 0 ? names : [...important, ...names.filter((name) => !IMPORTANT.includes(name))];
}

function describeList(list: readonly Slot[], depth: number, state: State): string {
  if (list.length === 0) {
    return '[ ]';
  }
  if (depth >= state.extent.depth) {
    return '[ ... ]';
  }
  const parts: string[] = [];
  for (const item of list) {
    if (state.items >= state.extent.items) {
      parts.push(elided(list.length - parts.length, 'item'));
      break;
    }
    parts.push(show(item, depth + 1, state));
    state.items++;
  }
  return `[ ${parts.join(' ')} ]`;
}

function elided(count: number, what: string): string {
  return `«${count} ${what}${count === 1 ? '' : 's'} elided»`;
}
