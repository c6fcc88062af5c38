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
