import type { HostFileSystem } from '../../host/host';
import { decodeLatin1, decodeUtf8 } from '../../host/text';

const LIMIT = 1024 * 1024;

/**
 * A string of a property list's top dictionary; XML and binary forms (Apple's `CFBinaryPList.c` documents the latter).
 * Undefined when the file, the key or a string value is not there.
 */
export function readPlistKey(fs: HostFileSystem, path: string, key: string): string | undefined {
  const read = fs.readFile(path, LIMIT);
  if (!read.ok) {
    return undefined;
  }
  const bytes = read.value;
  return decodeLatin1(bytes.subarray(0, 8)) === 'bplist00' ? binaryKey(bytes, key) : xmlKey(decodeUtf8(bytes), key);
}

function xmlKey(text: string, key: string): string | undefined {
  const at = text.indexOf(`<key>${key}</key>`);
  const value = at < 0 ? null : /^\s*<string>([^<]*)<\/string>/.exec(text.slice(at + key.length + 11));
  return value?.[1];
}

/** Walks the top dictionary of a binary list; every offset is checked, so that a broken file only gives nothing. */
function binaryKey(bytes: Uint8Array, key: string): string | undefined {
  const trailer = bytes.length - 32;
  if (trailer < 8) {
    return undefined;
  }
  const offsetSize = bytes[trailer + 6]!;
  const referenceSize = bytes[trailer + 7]!;
  const count = uint(bytes, trailer + 8, 8);
  const top = uint(bytes, trailer + 16, 8);
  const table = uint(bytes, trailer + 24, 8);
  const place = (object: number) =>
    object < count ? uint(bytes, table + object * offsetSize, offsetSize) : bytes.length;
  const start = place(top);
  if ((bytes[start] ?? 0) >> 4 !== 0xd) {
    return undefined;
  }
  const { length, at } = sized(bytes, start);
  for (let index = 0; index < Math.min(length, 10_000); index++) {
    const name = stringAt(bytes, place(uint(bytes, at + index * referenceSize, referenceSize)));
    if (name === key) {
      return stringAt(bytes, place(uint(bytes, at + (length + index) * referenceSize, referenceSize)));
    }
  }
  return undefined;
}

function sized(bytes: Uint8Array, start: number): { readonly length: number; readonly at: number } {
  const low = (bytes[start] ?? 0) & 0x0f;
  if (low !== 0x0f) {
    return { length: low, at: start + 1 };
  }
  const width = 1 << ((bytes[start + 1] ?? 0) & 0x0f);
  return { length: uint(bytes, start + 2, width), at: start + 2 + width };
}

function stringAt(bytes: Uint8Array, start: number): string | undefined {
  const kind = (bytes[start] ?? 0) >> 4;
  const { length, at } = sized(bytes, start);
  if (kind === 0x5) {
    return decodeLatin1(bytes.subarray(at, at + length));
  }
  if (kind !== 0x6) {
    return undefined;
  }
  let text = '';
  for (let index = at; index < Math.min(bytes.length - 1, at + length * 2); index += 2) {
    text += String.fromCharCode((bytes[index]! << 8) | bytes[index + 1]!);
  }
  return text;
}

function uint(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) {
    value = value * 256 + (bytes[at + index] ?? 0);
  }
  return value;
}
