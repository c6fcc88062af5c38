import { decodeLatin1, decodeUtf8 } from './text';

/** One entry of a tar archive. */
export interface TarEntry {
  /** As written; `./` and slashes at either end are left out. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'hard-link' | 'special';
  /** Where a link leads. */
  readonly target: string;
  readonly size: number;
  readonly mode: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Of the content, in the archive. */
  readonly offset: number;
}

/** Random access to an archive: at most `length` bytes from `offset`. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

const BLOCK = 512;
/** Long names and pax records; more is no archive that anybody wrote. */
const MAX_EXTENSION = 1024 * 1024;
const MAX_NAME = 8192;

/** What stands before an entry and changes it. */
interface Extension {
  name?: string;
  target?: string;
  size?: number;
}

/**
 * The entries of an archive in their order: POSIX ustar and pax, GNU long names (POSIX.1-2017 pax, "ustar Interchange
 * Format"; GNU tar, "Basic Tar Format"). Ends at the first block that is no header; a broken checksum is such a block.
 */
export function* readTar(archive: ReadAt): Generator<TarEntry> {
  const readAt = windowed(archive);
  let extension: Extension = {};
  for (let at = 0; ; ) {
    const header = readAt(at, BLOCK);
    if (header.length < BLOCK || !hasChecksum(header)) {
      return;
    }
    const type = String.fromCharCode(header[156] ?? 0);
    const written = number(header, 124, 12);
    const content = at + BLOCK;
    if (type === 'x' || type === 'L' || type === 'K') {
      const bytes = readAt(content, Math.min(written, MAX_EXTENSION));
      extension = { ...extension, ...readExtension(type, bytes) };
    } else if (type !== 'g') {
      const size = extension.size ?? written;
      yield {
        name: cleanName(extension.name ?? ustarName(header)),
        kind: KINDS[type] ?? 'file',
        target: extension.target ?? text(header, 157, 100),
        size: type === '0' || type === '\0' || type === '7' ? size : 0,
        mode: number(header, 100, 8) & 0o7777,
        modifiedAt: number(header, 136, 12) * 1000,
        offset: content,
      };
      extension = {};
      at = content + padded(hasContent(type) ? size : 0);
      continue;
    }
    at = content + padded(written);
  }
}

/** Headers of small files stand close together: one read serves many. */
function windowed(readAt: ReadAt): ReadAt {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return (offset, length) => {
    if (length > WINDOW) {
      return readAt(offset, length);
    }
    if (offset < start || offset + length > start + window.length) {
      start = offset;
      window = readAt(offset, WINDOW);
    }
    return window.subarray(offset - start, offset - start + length);
  };
}

const WINDOW = 32_768;

const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  '1': 'hard-link',
  '2': 'link',
  '3': 'special',
  '4': 'special',
  '5': 'directory',
  '6': 'special',
};

function hasContent(type: string): boolean {
  return KINDS[type] === undefined;
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** The sum of all bytes, where the checksum's own count as spaces. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 8 * 32;
  for (let index = 0; index < BLOCK; index++) {
    sum += index >= 148 && index < 156 ? 0 : header[index]!;
  }
  return sum !== 8 * 32 && sum === number(header, 148, 8);
}

/** Octal text, or base 256 where the first bit is set. */
function number(header: Uint8Array, at: number, width: number): number {
  if ((header[at]! & 0x80) !== 0) {
    let value = header[at]! & 0x7f;
    for (let index = at + 1; index < at + width; index++) {
      value = value * 256 + header[index]!;
    }
    return value;
  }
  const digits = /[0-7]+/.exec(decodeLatin1(header.subarray(at, at + width)).replace(/\0.*$/s, ''))?.[0];
  return digits === undefined ? 0 : Number.parseInt(digits, 8);
}

function text(header: Uint8Array, at: number, width: number): string {
  const end = header.indexOf(0, at);
  return decodeUtf8(header.subarray(at, end < 0 || end > at + width ? at + width : end));
}

function ustarName(header: Uint8Array): string {
  const isUstar = text(header, 257, 5) === 'ustar';
  const prefix = isUstar && header[263] === 0x30 ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function cleanName(name: string): string {
  return name
    .slice(0, MAX_NAME)
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
}

function readExtension(type: string, bytes: Uint8Array): Extension {
  if (type !== 'x') {
    const value = decodeUtf8(bytes).replace(/\0.*$/s, '');
    return type === 'L' ? { name: value } : { target: value };
  }
  const found: Extension = {};
  for (let at = 0; at < bytes.length; ) {
    // `27 path=some/long/name\n`: the length counts everything.
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? 0 : Number(decodeLatin1(bytes.subarray(at, space)));
    if (!Number.isInteger(length) || length < 5 || at + length > bytes.length) {
      break;
    }
    const record = decodeUtf8(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    const value = record.slice(equals + 1);
    switch (record.slice(0, equals)) {
      case 'path':
        found.name = value;
        break;
      case 'linkpath':
        found.target = value;
        break;
      case 'size':
        found.size = Math.max(0, Number.parseInt(value, 10) || 0);
        break;
    }
    at += length;
  }
  return found;
}
