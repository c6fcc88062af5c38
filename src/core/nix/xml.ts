import { Attrs } from './attrs';
import { encodeUtf8 } from './bytes';
import { isDerivation } from './equal';
import type { Evaluator } from './evaluator';
import { force } from './force';
import { Pieces } from './pieces';
import { showFloat } from './show-number';
import type { Pos } from './source';
import { Lambda, NixFloat, NixPath, NixString, Opaque, type Slot, Thunk, type Value } from './value';

interface State {
  readonly evaluator: Evaluator;
  readonly location: boolean;
  readonly strict: boolean;
  readonly context: Set<string>;
  /** drvPaths that were written. */
  readonly seen: Set<string>;
  readonly out: Pieces;
  /** Bytes that were written. */
  size: number;
}

/**
 * A value as XML, as `nix-instantiate --eval --xml` and `builtins.toXML` write it.
 *
 * @returns byte string
 */
export function toXml(
  evaluator: Evaluator,
  slot: Slot,
  location: boolean,
  strict = true,
  context: Set<string> = new Set(),
): string {
  const out = new Pieces();
  out.push("<?xml version='1.0' encoding='utf-8'?>\n<expr>\n");
  write(slot, 1, { evaluator, location, strict, context, seen: new Set(), out, size: 0 });
  out.push('</expr>\n');
  return out.toString();
}

function line(state: State, depth: number, text: string): void {
  const { evaluator } = state;
  // What is deep is mostly blanks.
  const length = 2 * depth + text.length + 1;
  state.size += length;
  evaluator.checkWritten(state.size, undefined);
  evaluator.step(undefined);
  evaluator.charge(length, undefined);
  state.out.push(`${'  '.repeat(depth)}${text}\n`);
}

function attribute(text: string): string {
  return text.replace(/["<>&\n]/g, (char) => {
    switch (char) {
      case '"':
        return '&quot;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      case '&':
        return '&amp;';
      default:
        return '&#xA;';
    }
  });
}

function write(slot: Slot, depth: number, state: State): void {
  state.evaluator.enter(undefined);
  writeValue(slot, depth, state);
  state.evaluator.leave();
}

function writeValue(slot: Slot, depth: number, state: State): void {
  const value = state.strict ? force(slot) : slot instanceof Thunk ? slot.value : slot;
  if (value === undefined || value instanceof Opaque) {
    line(state, depth, '<unevaluated />');
    return;
  }
  const simple = simpleElement(value, state);
  if (simple !== undefined) {
    line(state, depth, simple);
  } else if (Array.isArray(value)) {
    line(state, depth, '<list>');
    for (const item of value as readonly Slot[]) {
      write(item, depth + 1, state);
    }
    line(state, depth, '</list>');
  } else if (value instanceof Attrs) {
    writeSet(value, depth, state);
  } else if (value instanceof Lambda) {
    writeFunction(value, depth, state);
  } else {
    line(state, depth, '<unevaluated />');
  }
}

function simpleElement(value: Value, state: State): string | undefined {
  if (value === null) {
    return '<null />';
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return `<int value="${value}" />`;
  }
  if (typeof value === 'boolean') {
    return `<bool value="${value}" />`;
  }
  if (typeof value === 'string') {
    return `<string value="${attribute(value)}" />`;
  }
  if (value instanceof NixString) {
    for (const element of value.context) {
      state.context.add(element);
    }
    return `<string value="${attribute(value.text)}" />`;
  }
  if (value instanceof NixFloat) {
    return `<float value="${showFloat(value)}" />`;
  }
  return value instanceof NixPath ? `<path value="${attribute(value.path)}" />` : undefined;
}

function writeSet(attrs: Attrs, depth: number, state: State): void {
  if (!isDerivation(attrs)) {
    line(state, depth, '<attrs>');
    writeMembers(attrs, depth + 1, state);
    line(state, depth, '</attrs>');
    return;
  }
  const paths = ['drvPath', 'outPath'].map((name) => {
    const slot = attrs.get(name);
    const value = slot === undefined ? undefined : force(slot);
    return value instanceof NixString ? value.text : typeof value === 'string' ? value : undefined;
  });
  const [drvPath, outPath] = paths;
  const shown = [
    drvPath === undefined ? '' : ` drvPath="${attribute(drvPath)}"`,
    outPath === undefined ? '' : ` outPath="${attribute(outPath)}"`,
  ].join('');
  line(state, depth, `<derivation${shown}>`);
  if (drvPath !== undefined && drvPath !== '' && !state.seen.has(drvPath)) {
    state.seen.add(drvPath);
    writeMembers(attrs, depth + 1, state);
  } else {
    line(state, depth + 1, '<repeated />');
  }
  line(state, depth, '</derivation>');
}

/** What a builtin made is written nowhere. */
function writtenPosition(pos: Pos | undefined): Pos | undefined {
  return pos?.derived === true ? undefined : pos;
}

function writeMembers(attrs: Attrs, depth: number, state: State): void {
  for (const name of attrs.names()) {
    const place = state.location ? writtenPosition(attrs.positionOf(name)) : undefined;
    line(state, depth, `<attr${startOf(place)} name="${attribute(name)}"${pathOf(place)}>`);
    write(attrs.get(name)!, depth + 1, state);
    line(state, depth, '</attr>');
  }
}

function writeFunction(lambda: Lambda, depth: number, state: State): void {
  const { formals, argument, pos } = lambda.info;
  const place = state.location ? pos : undefined;
  line(state, depth, `<function${startOf(place)}${pathOf(place)}>`);
  if (formals === undefined) {
    line(state, depth + 1, `<varpat name="${argument ?? ''}" />`);
  } else {
    const ellipsis = formals.ellipsis ? ' ellipsis="1"' : '';
    const name = argument === undefined ? '' : ` name="${argument}"`;
    line(state, depth + 1, `<attrspat${ellipsis}${name}>`);
    for (const formal of [...formals.names].sort()) {
      line(state, depth + 2, `<attr name="${formal}" />`);
    }
    line(state, depth + 1, '</attrspat>');
  }
  line(state, depth, '</function>');
}

/** Attributes of an element stand in alphabetical order, the name among those of the place. */
function startOf(pos: Pos | undefined): string {
  return pos === undefined ? '' : ` column="${pos.column}" line="${pos.line}"`;
}

/** Only files have a path. */
function pathOf(pos: Pos | undefined): string {
  return pos?.file.startsWith('/') ? ` path="${attribute(encodeUtf8(pos.file))}"` : '';
}
