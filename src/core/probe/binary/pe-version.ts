import { type ByteReader, uint } from './byte-reader';
import type { Executable } from './executable';

const RESOURCE_LIMIT = 4 * 1024 * 1024;
/** `VS_FIXEDFILEINFO.dwSignature` (winver.h). */
const SIGNATURE = 0xfeef04bd;

/** What the version resource of a Windows program says. */
export interface PeVersion {
  /** Digits and dots, such as `2.45.1`. */
  readonly version?: string;
  /** Of what: bundlers leave the name of the runtime that they copied. */
  readonly product?: string;
}

/** Reads the version resource: the `ProductVersion` string, else the fixed product version. */
export function readPeVersion(reader: ByteReader, executable: Executable): PeVersion {
  const section = executable.format === 'pe' ? executable.sections().find(({ name }) => name === '.rsrc') : undefined;
  if (section === undefined) {
    return {};
  }
  const bytes = reader.bytes(section.offset, Math.min(section.size, RESOURCE_LIMIT));
  const version = stringVersion(bytes) ?? fixedVersion(bytes);
  const product = stringValue(bytes, 'ProductName');
  return { ...(version === undefined ? {} : { version }), ...(product === undefined ? {} : { product }) };
}

function stringVersion(bytes: Uint8Array): string | undefined {
  return /^\d[\w.+-]*(?=$| SHA: )/.exec(stringValue(bytes, 'ProductVersion')?.replace(/,\s*/g, '.') ?? '')?.[0];
}

/** The value after a UTF-16 key, past the padding to the next multiple of four. */
function stringValue(bytes: Uint8Array, key: string): string | undefined {
  const wanted = [...`${key}\0`].flatMap((character) => [character.charCodeAt(0), 0]);
  const at = indexOf(bytes, wanted);
  if (at < 0) {
    return undefined;
  }
  let cursor = at + wanted.length;
  while (cursor + 1 < bytes.length && bytes[cursor] === 0 && bytes[cursor + 1] === 0) {
    cursor += 2;
  }
  let text = '';
  for (; cursor + 1 < bytes.length && text.length < 64; cursor += 2) {
    const code = uint(bytes, cursor, 2, true);
    if (code === 0) {
      break;
    }
    text += String.fromCharCode(code);
  }
  return text.trim();
}

function fixedVersion(bytes: Uint8Array): string | undefined {
  const at = indexOf(bytes, [SIGNATURE & 0xff, (SIGNATURE >> 8) & 0xff, (SIGNATURE >> 16) & 0xff, SIGNATURE >>> 24]);
  if (at < 0) {
    return undefined;
  }
  const numbers = [18, 16, 22, 20].map((offset) => uint(bytes, at + offset, 2, true));
  return numbers.join('.');
}

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  const first = wanted[0]!;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) {
      return at;
    }
  }
  return -1;
}
