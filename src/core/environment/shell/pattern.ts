/** Texts longer than this are not searched for patterns. */
const MAX_TEXT = 8192;
/** Steps that one operator may take. */
const MAX_WORK = 1e8;

/**
 * Whether a shell pattern (`*`, `?`, `[…]`, `\x` for a plain x) describes the whole of a text. Takes time in proportion
 * to the product of the lengths, never more.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let [at, in_] = [0, 0];
  let star = -1;
  let resume = 0;
  while (in_ < text.length) {
    const next = pattern[at] === '*' ? undefined : matchOne(pattern, at, text[in_]!);
    if (next !== undefined) {
      at = next;
      in_ += 1;
    } else if (pattern[at] === '*') {
      star = at;
      resume = in_;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      in_ = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') {
    at += 1;
  }
  return at === pattern.length;
}

/** The place behind one element of the pattern when it describes a character. */
function matchOne(pattern: string, at: number, character: string): number | undefined {
  switch (pattern[at]) {
    case undefined:
      return undefined;
    case '?':
      return at + 1;
    case '\\':
      return pattern[at + 1] === character ? at + 2 : undefined;
    case '[': {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) {
        return character === '[' ? at + 1 : undefined;
      }
      const negated = /[!^]/.test(pattern[at + 1] ?? '');
      return inSet(pattern.slice(at + (negated ? 2 : 1), end), character) !== negated ? end + 1 : undefined;
    }
    default:
      return pattern[at] === character ? at + 1 : undefined;
  }
}

function inSet(set: string, character: string): boolean {
  for (let at = 0; at < set.length; at++) {
    const first = set[at]!;
    if (set[at + 1] === '-' && at + 2 < set.length) {
      if (first <= character && character <= set[at + 2]!) {
        return true;
      }
      at += 2;
    } else if (first === character) {
      return true;
    }
  }
  return false;
}

/** Whether a pattern has anything but plain characters. */
export function hasWildcards(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*(?:[*?]|\[[^\]]+\])/.test(pattern);
}

/** The text that a pattern without wildcards stands for. */
export function plainOf(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, '$1');
}

/** A text as a pattern that describes nothing else. */
export function escapePattern(text: string): string {
  return text.replace(/[*?[\]\\]/g, '\\$&');
}

/**
 * `${text#pattern}` and its like: without the shortest or longest part at one end; undefined where the text is too long
 * to be searched.
 */
export function trimPattern(text: string, pattern: string, end: '#' | '##' | '%' | '%%'): string | undefined {
  if (text.length > MAX_TEXT || text.length ** 2 * pattern.length > MAX_WORK) {
    return undefined;
  }
  const isFront = end.startsWith('#');
  const isLong = end.length === 2;
  for (let step = 0; step <= text.length; step++) {
    const length = isLong ? text.length - step : step;
    const part = isFront ? text.slice(0, length) : text.slice(text.length - length);
    if (matchesPattern(pattern, part)) {
      return isFront ? text.slice(length) : text.slice(0, text.length - length);
    }
  }
  return text;
}

/** `${text/pattern/by}`: the longest match at the first place, or at each of them. */
export function replacePattern(text: string, pattern: string, by: string, all: boolean): string | undefined {
  if (!hasWildcards(pattern)) {
    const plain = plainOf(pattern);
    return plain === '' ? text : all ? text.split(plain).join(by) : replaceFirst(text, plain, by);
  }
  if (text.length ** 3 * pattern.length > MAX_WORK) {
    return undefined;
  }
  let result = '';
  for (let at = 0; at < text.length; ) {
    let length = text.length - at;
    while (length > 0 && !matchesPattern(pattern, text.slice(at, at + length))) {
      length -= 1;
    }
    result += length > 0 ? by : text[at]!;
    at += Math.max(length, 1);
    if (length > 0 && !all) {
      return result + text.slice(at);
    }
  }
  return result;
}

function replaceFirst(text: string, plain: string, by: string): string {
  const at = text.indexOf(plain);
  return at < 0 ? text : text.slice(0, at) + by + text.slice(at + plain.length);
}
