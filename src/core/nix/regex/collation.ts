const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Names of the characters that are no letters, in runs: POSIX.1, "Portable Character Set", as libstdc++ has them. */
const RUNS: readonly (readonly [first: number, names: readonly string[]])[] = [
  [0, 'NUL SOH STX ETX EOT ENQ ACK alert backspace tab newline vertical-tab form-feed carriage-return'.split(' ')],
  [14, 'SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4 IS3 IS2 IS1'.split(' ')],
  [32, 'space exclamation-mark quotation-mark number-sign dollar-sign percent-sign ampersand apostrophe'.split(' ')],
  [40, 'left-parenthesis right-parenthesis asterisk plus-sign comma hyphen period slash'.split(' ')],
  [48, DIGITS],
  [58, 'colon semicolon less-than-sign equals-sign greater-than-sign question-mark commercial-at'.split(' ')],
  [91, 'left-square-bracket backslash right-square-bracket circumflex underscore grave-accent'.split(' ')],
  [123, 'left-curly-bracket vertical-line right-curly-bracket tilde DEL'.split(' ')],
];

const BY_NAME: ReadonlyMap<string, number> = new Map(
  RUNS.flatMap(([first, names]) => names.map((name, i) => [name, first + i] as const)),
);

/** The byte that `[.name.]` or `[=name=]` means: a letter is its own name. */
export function byteOfName(name: string): number | undefined {
  return /^[A-Za-z]$/.test(name) ? name.charCodeAt(0) : BY_NAME.get(name);
}

/** The bytes that are equivalent to one: letters without regard to case, as in the C locale of libstdc++. */
export function equivalents(byte: number): readonly number[] {
  const char = String.fromCharCode(byte);
  return [...new Set([byte, char.toLowerCase().charCodeAt(0), char.toUpperCase().charCodeAt(0)])].filter(
    (each) => each < 128,
  );
}
