import { Attrs } from './attrs';
import { isUtf8 } from './bytes';
import { coerce } from './coerce';
import { typeName } from './describe';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { framed, opaqueError } from './expect';
import { forceAt } from './force';
import { grisuDigits } from './grisu';
import { brokenUtf8 } from './json-problems';
import { Pieces } from './pieces';
import type { Pos } from './source';
import { shownName } from './syntax/show';
import { Lambda, NixFloat, NixPath, NixString, Opaque, type Slot, type Value } from './value';

/**
 * A value as JSON text (byte string), all of it forced. A set with `__toString` or `outPath` is that string; paths are
 * copied to the store.
 *
 * @param context gets what the strings depend on
 */
export function toJson(evaluator: Evaluator, slot: Slot, context: Set<string> = new Set()): string {
  const out = new Pieces();
  write(evaluator, slot, out, { context, size: 0 }, undefined);
  return out.toString();
}

/** How much of a string is escaped in one go. */
const AT_ONCE = 65536;

interface State {
  readonly context: Set<string>;
  size: number;
}

function write(evaluator: Evaluator, slot: Slot, out: Pieces, state: State, pos: Pos | undefined): void {
  evaluator.step(pos);
  evaluator.enter(pos);
  writeValue(evaluator, forceAt(slot, pos), out, state, pos);
  evaluator.leave();
}

function writeValue(evaluator: Evaluator, value: Value, out: Pieces, state: State, pos: Pos | undefined): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    out.push(String(value));
  } else if (typeof value === 'string' || value instanceof NixString) {
    writeString(evaluator, text(evaluator, value, state, pos), out, state, pos);
  } else if (value instanceof NixFloat) {
    out.push(jsonFloat(value.value));
  } else if (value instanceof NixPath) {
    writeString(evaluator, text(evaluator, value, state, pos), out, state, pos);
  } else if (Array.isArray(value)) {
    out.push('[');
    (value as readonly Slot[]).forEach((item, i) => {
      if (i > 0) {
        out.push(',');
      }
      try {
        write(evaluator, item, out, state, pos);
      } catch (error) {
        throw framed(error, { message: `while evaluating list element at index ${i}`, pos });
      }
    });
    out.push(']');
  } else if (value instanceof Attrs) {
    writeAttrs(evaluator, value, out, state, pos);
  } else if (value instanceof Opaque) {
    throw opaqueError(value, pos);
  } else {
    throw new NixError(
      'type',
      `cannot convert ${typeName(value)} to JSON`,
      value instanceof Lambda ? value.info.pos : pos,
    );
  }
}

function pushWritten(evaluator: Evaluator, text: string, out: Pieces, state: State, pos: Pos | undefined): void {
  state.size += text.length;
  evaluator.checkWritten(state.size, pos);
  evaluator.charge(text.length, pos);
  out.push(text);
}

function writeAttrs(evaluator: Evaluator, attrs: Attrs, out: Pieces, state: State, pos: Pos | undefined): void {
  if (attrs.has('__toString')) {
    writeString(evaluator, text(evaluator, attrs, state, pos), out, state, pos);
    return;
  }
  const outPath = attrs.get('outPath');
  if (outPath !== undefined) {
    write(evaluator, outPath, out, state, attrs.positionOf('outPath'));
    return;
  }
  out.push('{');
  attrs.names().forEach((name, i) => {
    if (i > 0) {
      out.push(',');
    }
    writeString(evaluator, name, out, state, pos);
    out.push(':');
    const written = attrs.positionOf(name);
    const place = written?.derived === true ? undefined : written;
    try {
      write(evaluator, attrs.get(name)!, out, state, place);
    } catch (error) {
      throw framed(error, { message: `while evaluating attribute '${shownName(name)}'`, pos: place });
    }
  });
  out.push('}');
}

function text(evaluator: Evaluator, value: Value, state: State, pos: Pos | undefined): string {
  const coerced = coerce(evaluator, value, { more: false, copy: true }, state.context, pos);
  if (coerced instanceof Opaque) {
    throw opaqueError(coerced, pos);
  }
  return coerced;
}

function writeString(evaluator: Evaluator, bytes: string, out: Pieces, state: State, pos: Pos | undefined): void {
  if (!isUtf8(bytes)) {
    throw new NixError('eval', `JSON serialization error: [json.exception.type_error.316] ${brokenUtf8(bytes)}`, pos);
  }
  if (bytes.length <= AT_ONCE) {
    pushWritten(evaluator, jsonString(bytes), out, state, pos);
    return;
  }
  out.push('"');
  // Replacing keeps every match until the end: of a long string of quotes that is many times its size.
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    pushWritten(evaluator, jsonString(bytes.slice(at, at + AT_ONCE)).slice(1, -1), out, state, pos);
  }
  out.push('"');
}

/** Bytes of valid UTF-8 stay as they are; control characters are escaped. */
export function jsonString(bytes: string): string {
  return `"${bytes.replace(/["\\\x00-\x1f]/g, escapeJson)}"`;
}

function escapeJson(char: string): string {
  switch (char) {
    case '"':
      return '\\"';
    case '\\':
      return '\\\\';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    case '\b':
      return '\\b';
    case '\f':
      return '\\f';
    default:
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
}

/** With a point or an exponent, always (nlohmann's dump). */
function jsonFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return 'null';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0.0' : '0.0';
  }
  const sign = value < 0 ? '-' : '';
  const { digits, exponent } = grisuDigits(Math.abs(value));
  const point = digits.length + exponent;
  if (point > 15 || point <= -4) {
    const power = point - 1;
    const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
    return `${sign}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return exponent >= 0
    ? `${sign}${digits}${'0'.repeat(exponent)}.0`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
