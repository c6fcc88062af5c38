/**
 * Nix strings are sequences of bytes. Inside the evaluator a string is a JavaScript string in which each unit is one
 * byte (0–255), so that lengths, slices, order and regular expressions are exactly Nix's. Text is converted at the
 * borders with these functions; ASCII is the same on both sides.
 */

const NON_ASCII = /[^\x00-\x7f]/;
const NON_ASCII_RUN = /[^\x00-\x7f]+/g;
const CHUNK = 8192;

/** Unicode text → byte string (UTF-8). */
export function encodeUtf8(text: string): string {
  return NON_ASCII.test(text) ? text.replace(NON_ASCII_RUN, encodeRun) : text;
}

function encodeRun(text: string): string {
  const out: string[] = [];
  for (const char of text) {
    const point = char.codePointAt(0)!;
    if (point < 0x800) {
      out.push(String.fromCharCode(0xc0 | (point >> 6), 0x80 | (point & 0x3f)));
    } else if (point < 0x10000) {
      out.push(String.fromCharCode(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)));
    } else {
      out.push(
        String.fromCharCode(
          0xf0 | (point >> 18),
          0x80 | ((point >> 12) & 0x3f),
          0x80 | ((point >> 6) & 0x3f),
          0x80 | (point & 0x3f),
        ),
      );
    }
  }
  return out.join('');
}

/** Byte string → Unicode text; what is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: string): string {
  if (!NON_ASCII.test(bytes)) {
    return bytes;
  }
  const out: string[] = [];
  let plain = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes.charCodeAt(i);
    if (byte < 0x80) {
      i++;
      continue;
    }
    if (plain < i) {
      out.push(bytes.slice(plain, i));
    }
    const length = utf8Length(bytes, i);
    out.push(length === 0 ? '\ufffd' : String.fromCodePoint(codePointAt(bytes, i, length)));
    i += Math.max(length, 1);
    plain = i;
  }
  out.push(bytes.slice(plain));
  return out.join('');
}

/** Whether a byte string is well-formed UTF-8. */
export function isUtf8(bytes: string): boolean {
  if (!NON_ASCII.test(bytes)) {
    return true;
  }
  for (let i = 0; i < bytes.length; ) {
    const length = bytes.charCodeAt(i) < 0x80 ? 1 : utf8Length(bytes, i);
    if (length === 0) {
      return false;
    }
    i += length;
  }
  return true;
}

/** Octets → byte string. */
export function fromOctets(octets: Uint8Array): string {
  if (octets.length <= CHUNK) {
    return String.fromCharCode.apply(null, octets as unknown as number[]);
  }
  const parts: string[] = [];
  for (let i = 0; i < octets.length; i += CHUNK) {
    parts.push(String.fromCharCode.apply(null, octets.subarray(i, i + CHUNK) as unknown as number[]));
  }
  return parts.join('');
}

/** Byte string → octets. */
export function toOctets(bytes: string): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    out[i] = bytes.charCodeAt(i);
  }
  return out;
}

/** Length of the well-formed sequence that starts at `i`; 0 when there is none (Unicode 15, table 3-7). */
function utf8Length(bytes: string, i: number): number {
  const first = bytes.charCodeAt(i);
  const second = bytes.charCodeAt(i + 1);
  if (first >= 0xc2 && first <= 0xdf) {
    return isTail(second) ? 2 : 0;
  }
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isTail(bytes.charCodeAt(i + 2)) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    const tails = isTail(bytes.charCodeAt(i + 2)) && isTail(bytes.charCodeAt(i + 3));
    return second >= low && second <= high && tails ? 4 : 0;
  }
  return 0;
}

function isTail(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

function codePointAt(bytes: string, i: number, length: number): number {
  let point = bytes.charCodeAt(i) & (length === 2 ? 0x1f : length === 3 ? 0x0f : 0x07);
  for (let k = 1; k < length; k++) {
    point = (point << 6) | (bytes.charCodeAt(i + k) & 0x3f);
  }
  return point;
}
