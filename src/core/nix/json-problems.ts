import { decodeUtf8 } from './bytes';

/** Bytes that a message tells of what was read last. */
const LAST_READ = 4096;
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** What was read last, control characters by their codes. */
export function shownRead(text: string): string {
  return decodeUtf8(text.slice(-LAST_READ).replace(/[\0-\x1f]/g, (char) => `<U+${codeOf(char)}>`));
}

/** What a number that breaks off here would go on with. */
export function wantedAfter(begun: string): string {
  if (/[.-]$/.test(begun) && !/[eE]-$/.test(begun)) {
    return `digit after '${begun.at(-1)}'`;
  }
  return /[eE]$/.test(begun) ? "'+', '-', or digit after exponent" : 'digit after exponent sign';
}

/** As the library tells it: `control character U+0009 (HT) must be escaped to \u0009 or \t`. */
export function mustBeEscaped(char: string): string {
  const code = char.charCodeAt(0);
  const short = SHORT_ESCAPES[char];
  const escaped = `\\u${codeOf(char)}${short === undefined ? '' : ` or ${short}`}`;
  return `control character U+${codeOf(char)} (${CONTROLS[code]}) must be escaped to ${escaped}`;
}

function codeOf(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** Which second bytes are none after these first ones, though others are in UTF-8. */
const SECOND: Readonly<Record<number, readonly [from: number, to: number] | undefined>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

/** Where bytes stop being UTF-8, or that they end in the middle of a character. They are not UTF-8. */
export function brokenUtf8(bytes: string): string {
  const at = brokenAt(bytes) ?? bytes.length;
  return at < bytes.length
    ? `invalid UTF-8 byte at index ${at}: 0x${hexOf(bytes.charCodeAt(at))}`
    : `incomplete UTF-8 string; last byte: 0x${hexOf(bytes.charCodeAt(bytes.length - 1))}`;
}

/** The first byte that cannot stand where it does in UTF-8; the length where one is missing, undefined where none is. */
export function brokenAt(bytes: string): number | undefined {
  /** How many bytes of the character are still to come, and the bounds of the next one. */
  let left = 0;
  let [from, to] = [0x80, 0xbf];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    const isLegal = left > 0 ? byte >= from && byte <= to : byte < 0x80 || (byte >= 0xc2 && byte <= 0xf4);
    if (!isLegal) {
      return i;
    }
    [from, to] = [0x80, 0xbf];
    if (left > 0) {
      left--;
    } else if (byte >= 0x80) {
      left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      [from, to] = SECOND[byte] ?? [from, to];
    }
  }
  return left > 0 ? bytes.length : undefined;
}

function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
