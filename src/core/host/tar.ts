import { leadingPieces, oldGnuPieces, paxMapPieces, type SparsePiece } from './tar-sparse';
import { decodeLatin1, decodeName } from './text';

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
  /** For a file with holes: what stands in the archive. */
  readonly pieces?: readonly SparsePiece[];
}

/** How an archive ended: `cut` where its last entry goes on behind the end or something stands there that is no entry. */
export type TarEnd = 'whole' | 'cut';

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
  /** Of a sparse file, with its holes. */
  realSize?: number;
  sparseMap?: string;
  sparseVersion?: string;
}

/**
 * The entries of an archive in their order: POSIX ustar and pax, GNU long names and sparse files (POSIX.1-2017 pax,
 * "ustar Interchange Format"; GNU tar, "Basic Tar Format"). Ends at the first block that is no header.
 */
export function* readTar(archive: ReadAt): Generator<TarEntry, TarEnd> {
  const readAt = windowed(archive);
  let extension: Extension = {};
  let end = 0;
  for (let at = 0; ; ) {
    const header = readAt(at, BLOCK);
    if (header.every((byte) => byte === 0)) {
      return header.length > 0 || end === 0 || archive(end - 1, 1).length === 1 ? 'whole' : 'cut';
    }
    if (header.length < BLOCK || !hasChecksum(header)) {
      return 'cut';
    }
    const type = String.fromCharCode(header[156] ?? 0);
    const written = number(header, 124, 12);
    const content = at + BLOCK;
    end = content + written;
    if (type === 'x' || type === 'L' || type === 'K') {
      const bytes = readAt(content, Math.min(written, MAX_EXTENSION));
      extension = { ...extension, ...readExtension(type, bytes) };
    } else if (!IGNORED.includes(type)) {
      const stored = extension.size ?? written;
      const sparse = sparseOf(readAt, header, type, content, extension);
      const isFile = KINDS[type] === undefined;
      yield {
        name: cleanName(extension.name ?? ustarName(header)),
        kind: KINDS[type] ?? 'file',
        target: extension.target ?? text(header, 157, 100),
        size: isFile ? (sparse?.size ?? stored) : 0,
        mode: number(header, 100, 8) & 0o7777,
        modifiedAt: number(header, 136, 12) * 1000,
        offset: content,
        ...(sparse === undefined ? {} : { pieces: sparse.pieces }),
      };
      extension = {};
      end = isFile || type === 'D' ? (sparse?.content ?? content) + stored : content;
      at = content + padded(end - content);
      continue;
    }
    at = content + padded(written);
  }
}

/** Volume labels, continued volumes and what counts for all entries that follow. */
const IGNORED = ['g', 'V', 'M', 'N'];

function sparseOf(
  readAt: ReadAt,
  header: Uint8Array,
  type: string,
  content: number,
  { realSize, sparseMap, sparseVersion }: Extension,
): { readonly pieces: readonly SparsePiece[]; readonly size: number; readonly content: number } | undefined {
  if (type === 'S') {
    return oldGnuPieces(readAt, header, content, number);
  }
  if (realSize === undefined) {
    return undefined;
  }
  if (sparseMap !== undefined) {
    return { pieces: paxMapPieces(sparseMap, content), size: realSize, content };
  }
  return sparseVersion === '1' ? { pieces: leadingPieces(readAt, content), size: realSize, content } : undefined;
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
  D: 'directory',
};

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** The sum of all bytes, where the checksum's own count as spaces; some old programs added them as signed numbers. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 8 * 32;
  let high = 0;
  for (let index = 0; index < BLOCK; index++) {
    if (index < 148 || index >= 156) {
      sum += header[index]!;
      high += header[index]! >> 7;
    }
  }
  const written = number(header, 148, 8);
  return sum !== 8 * 32 && (sum === written || sum - 256 * high === written);
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
  let value = 0;
  let hasDigits = false;
  for (let index = at; index < at + width && header[index] !== 0; index++) {
    const digit = header[index]! - 0x30;
    if (digit >= 0 && digit < 8) {
      value = value * 8 + digit;
      hasDigits = true;
    } else if (hasDigits) {
      break;
    }
  }
  return value;
}

function text(header: Uint8Array, at: number, width: number): string {
  const end = header.indexOf(0, at);
  return decodeName(header.subarray(at, end < 0 || end > at + width ? at + width : end));
}

/** `ustar` (POSIX.1-1988). */
const USTAR: readonly number[] = [0x75, 0x73, 0x74, 0x61, 0x72];

function ustarName(header: Uint8Array): string {
  const isUstar = USTAR.every((byte, index) => header[257 + index] === byte);
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
    const value = decodeName(bytes).replace(/\0.*$/s, '');
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
    const record = decodeName(bytes.subarray(space + 1, at + length - 1));
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
      case 'GNU.sparse.name':
        found.name = value;
        break;
      case 'GNU.sparse.size':
      case 'GNU.sparse.realsize':
        found.realSize = Math.max(0, Number.parseInt(value, 10) || 0);
        break;
      case 'GNU.sparse.offset':
      case 'GNU.sparse.numbytes':
        // Format 0.0: one record a number, in the order in which 0.1 has them in one.
        found.sparseMap = found.sparseMap === undefined ? value : `${found.sparseMap},${value}`;
        break;
      case 'GNU.sparse.map':
        found.sparseMap = value;
        break;
      case 'GNU.sparse.major':
        found.sparseVersion = value;
        break;
    }
    at += length;
  }
  return found;
}
