import { replacePattern, trimPattern } from '../../../environment/shell/pattern';

/** Text with its variables filled in, and the names of those that were not to be had. */
export interface Expanded {
  readonly text: string;
  readonly missing: readonly string[];
  /** Names of those that were filled in from outside, in order. */
  readonly used: readonly string[];
}

/** Text that is taken as it is. */
export function withoutVariables(text: string): Expanded {
  return { text, missing: [], used: [] };
}

/** A missing variable leaves this, which no image name has. */
export const MISSING = '\u0001';

/** No image is longer once it is filled in; variables that double one another are cut off here. */
const LONGEST = 1_000;
/** Words inside of words: `${A:-${B:-c}}` is two deep. */
const DEEPEST = 8;

/** `$$`, `$NAME` or the start of `${NAME…}`. */
const START = /\$(?:\$|\{?([A-Za-z_]\w*))/g;

/**
 * Fills variables in as shells, Dockerfiles, Compose and GitLab do: `$NAME`, `${NAME}`, `${NAME:-word}`,
 * `${NAME:+word}`, and what takes a part of a value: `${NAME#pattern}`, `${NAME%%pattern}`, `${NAME/pattern/by}`,
 * `${NAME:0:2}`. `$$` is a dollar sign. A word may hold variables, a value's own stay as they are. Sources: POSIX Shell
 * Command Language, 2.6.2; Dockerfile reference, "Environment replacement".
 *
 * @param lookUp undefined for what is not known
 */
export function expandVariables(text: string, lookUp: (name: string) => string | undefined): Expanded {
  const missing: string[] = [];
  const used: string[] = [];
  const ends = closingBraces(text);
  const filled = fill(0, text.length, 0);
  return filled.length > LONGEST
    ? { text: MISSING, missing: [...missing, ...used], used: [] }
    : { text: filled, missing, used };

  function fill(from: number, to: number, depth: number): string {
    let result = '';
    let at = from;
    const start = new RegExp(START);
    start.lastIndex = from;
    for (let match = start.exec(text); match !== null && match.index < to; match = start.exec(text)) {
      const [whole, name] = match;
      const isBraced = whole.startsWith('${');
      const end = isBraced ? ends.get(match.index) : start.lastIndex;
      result += text.slice(at, match.index);
      if (name === undefined) {
        result += '$';
      } else {
        result += end === undefined ? notGiven(name) : filledIn(name, start.lastIndex, isBraced ? end - 1 : end, depth);
      }
      at = end ?? to;
      start.lastIndex = at;
      if (result.length > LONGEST) {
        break;
      }
    }
    return result + text.slice(at, to);
  }

  /** What stands behind the name, from `from` to `to`, is an operator with its word. */
  function filledIn(name: string, from: number, to: number, depth: number): string {
    const value = lookUp(name);
    const [, colon, sign] = /^(:?)([-+?])/.exec(text.slice(from, Math.min(to, from + 2))) ?? [];
    const word = () => {
      const start = from + colon!.length + 1;
      return depth < DEEPEST ? fill(start, to, depth + 1) : text.slice(start, to);
    };
    const isGiven = value !== undefined && !(colon === ':' && value === '');
    if (sign === '+') {
      return isGiven ? word() : '';
    }
    if (!isGiven && sign === '-') {
      return word();
    }
    const part = value === undefined || !isGiven ? undefined : sign === undefined ? partOf(value, from, to) : value;
    if (part === undefined) {
      return notGiven(name);
    }
    used.push(name);
    return part;
  }

  function notGiven(name: string): string {
    missing.push(name);
    return MISSING;
  }

  function partOf(value: string, from: number, to: number): string | undefined {
    const operator = text.slice(from, to);
    if (operator === '') {
      return value;
    }
    const [, end, pattern = ''] = /^(##?|%%?)([^$]*)$/s.exec(operator) ?? [];
    if (end !== undefined) {
      return trimPattern(value, pattern, end as '#');
    }
    const [, slashes, replaced = '', by = ''] = /^(\/\/?)([^/$]+)(?:\/([^$]*))?$/s.exec(operator) ?? [];
    if (slashes !== undefined) {
      return replacePattern(value, replaced, by, slashes === '//');
    }
    const [slice, first, length] = /^:\s*(\d{1,4})(?::(\d{1,4}))?$/.exec(operator) ?? [];
    return slice === undefined
      ? undefined
      : value.slice(Number(first), length === undefined ? undefined : Number(first) + Number(length));
  }
}

/** Where each `${` ends: behind its brace. Those that never end are not in it. */
function closingBraces(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/\$\{|\}/g)) {
    if (brace !== '}') {
      open.push(index);
    } else {
      const start = open.pop();
      if (start !== undefined) {
        ends.set(start, index + 1);
      }
    }
  }
  return ends;
}
