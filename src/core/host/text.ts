import type { FsResult, HostFileSystem } from './host';

/**
 * Bytes as text: UTF-8, a byte that is none becomes U+FFFD. Kept here because `core` knows no platform's decoder.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return decode(bytes, () => 0xfffd);
}

/**
 * The bytes of a file name as text that loses nothing: UTF-8, a byte that is none becomes a lone surrogate from U+DC80
 * on (Python's PEP 383 does the same). {@link encodeName} gives the bytes back.
 */
export function decodeName(bytes: Uint8Array): string {
  return decode(bytes, (byte) => 0xdc00 + byte);
}

/** The bytes of a name or path that {@link decodeName} made. */
export function encodeName(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) {
      bytes.push(code - 0xdc00);
    } else {
      pushUtf8(bytes, code);
    }
  }
  return Uint8Array.from(bytes);
}

/** Whether a name holds bytes that are no UTF-8. */
export function isRawName(text: string): boolean {
  return /(?<![\ud800-\udbff])[\udc80-\udcff]/.test(text);
}

function decode(bytes: Uint8Array, invalid: (byte: number) => number): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    // Most text is ASCII, whose pieces go through as they are.
    const piece = characters(bytes.subarray(at, at + PIECE));
    const ascii = piece.search(BEYOND_ASCII);
    if (ascii < 0) {
      text += piece;
      at += PIECE;
    } else {
      const { text: decoded, end } = decodeMixed(bytes, at + ascii, invalid);
      text += piece.slice(0, ascii) + decoded;
      at = end;
    }
  }
  return text;
}

const PIECE = 8192;
const BEYOND_ASCII = /[^\x00-\x7f]/;

/** One character a byte. Bytes spread into arguments would go through their iterator, forty times slower. */
function characters(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}

/** Up to a piece of bytes from where some are not ASCII. */
function decodeMixed(
  bytes: Uint8Array,
  from: number,
  invalid: (byte: number) => number,
): { readonly text: string; readonly end: number } {
  const codes: number[] = [];
  let at = from;
  while (at < bytes.length && at < from + PIECE) {
    const lead = bytes[at]!;
    const [length, minimum] = lead < 0x80 ? [1, 0] : lead < 0xc2 ? [0, 0] : sequence(lead);
    let code = length < 2 ? lead : lead & (0x7f >> length);
    let valid = length > 0 && at + length <= bytes.length;
    for (let index = 1; valid && index < length; index++) {
      const next = bytes[at + index]!;
      valid = (next & 0xc0) === 0x80;
      code = (code << 6) | (next & 0x3f);
    }
    valid &&= code >= minimum && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    codes.push(valid ? code : invalid(lead));
    at += valid ? length : 1;
  }
  return { text: String.fromCodePoint(...codes), end: at };
}

function sequence(lead: number): readonly [length: number, minimum: number] {
  if (lead < 0xe0) {
    return [2, 0x80];
  }
  return lead < 0xf0 ? [3, 0x800] : lead < 0xf5 ? [4, 0x10000] : [0, 0];
}

/** One character a byte: for looking for ASCII inside binaries. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += characters(bytes.subarray(at, at + PIECE));
  }
  return text;
}

/**
 * A short text apart from the one that it was cut out of. That one would stay in memory as long as its piece, and where
 * it has a character beyond Latin-1, the piece has two bytes a character, for which each pattern is compiled once more.
 */
export function detached(text: string): string {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    codes.push(text.charCodeAt(at));
  }
  return String.fromCharCode(...codes);
}

/** Text as UTF-8 bytes. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    pushUtf8(bytes, character.codePointAt(0)!);
  }
  return Uint8Array.from(bytes);
}

function pushUtf8(bytes: number[], code: number): void {
  if (code < 0x80) {
    bytes.push(code);
  } else if (code < 0x800) {
    bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  } else {
    bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
}

/**
 * A text file, or at most `limit` bytes of it from `offset`; through the host's own decoder where it has one. The mark
 * that editors of Windows put at the start is left out.
 */
export function readText(fs: HostFileSystem, path: string, limit: number, offset = 0): FsResult<string> {
  const read = fs.readText?.(path, limit, offset) ?? decoded(fs.readFile(path, limit, offset), decodeUtf8);
  return read.ok && offset === 0 && read.value.startsWith('\uFEFF') ? { ok: true, value: read.value.slice(1) } : read;
}

/**
 * A text file with a character a byte, for one that is ASCII wherever it is looked at: what is not takes neither time to
 * decode nor, in every text that is cut out, two bytes a character.
 */
export function readLatin1(fs: HostFileSystem, path: string, limit: number): FsResult<string> {
  return fs.readLatin1?.(path, limit) ?? decoded(fs.readFile(path, limit), decodeLatin1);
}

function decoded(read: FsResult<Uint8Array>, decode: (bytes: Uint8Array) => string): FsResult<string> {
  return read.ok ? { ok: true, value: decode(read.value) } : read;
}
