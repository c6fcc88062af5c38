import { valid, validRange } from '@renovatebot/pep440';
import { compareByScheme } from './compare';
import { satisfiesRange } from './range';
import { type Condition, parseRange } from './range-expression';
import { MAX_VERSION_LENGTH, type VersionScheme } from './scheme';

/**
 * Whether a version is inside a range, ordered by the rules of the tool's own ecosystem: `1.8.0_392` is a Java 8, and
 * `3.13.0rc1` comes before `3.13`.
 *
 * @returns `undefined` when the range is none
 */
export function satisfiesVersionRange(scheme: VersionScheme, text: string, version: string): boolean | undefined {
  if (scheme === 'pep440' && isPep440(text) && valid(version) !== null) {
    return satisfiesRange('pep440', text, version);
  }
  const range = parseRange(text);
  return range === undefined
    ? undefined
    : range.some((conditions) => conditions.every((one) => holds(one, version, scheme)));
}

/** Python's specifiers, but for `===`, which compares any texts. */
function isPep440(text: string): boolean {
  return (
    text.length <= MAX_VERSION_LENGTH && /^\s*(?:[<>!=~]=|[<>])/.test(text) && !text.includes('===') && validRange(text)
  );
}

function holds({ operator, version: asked }: Condition, version: string, scheme: VersionScheme): boolean {
  if (/^[*xX]$/.test(asked)) {
    return operator !== '!=' && operator !== '<' && operator !== '>';
  }
  // What begins with the version asked for belongs to it: 20.11.1 to 20, and 21.0.0-rc.1 to 21.
  const isPart = beginsWith(numbersOf(version, scheme), numbersOf(asked, scheme));
  const order = compareByScheme(scheme, version, asked);
  const isWhole = order === 0 || (isPart && /^(?:go)?[\d.]+$/.test(asked));
  switch (operator) {
    case '=':
      return isWhole;
    case '!=':
      return !isWhole;
    case '<':
      return order < 0 && !isPart;
    case '<=':
      return order <= 0 || isWhole;
    case '>':
      return order > 0 && !isWhole;
    case '>=':
      return order >= 0 || isWhole;
    default:
      return (order >= 0 || isWhole) && beginsWith(numbersOf(version, scheme), fixedPart(operator, asked, scheme));
  }
}

/** The numbers that may not change: `~1.2.3` lets the patch change, `~> 1.2.3` the last number, `^0.2.3` what follows the 2. */
function fixedPart(operator: Condition['operator'], asked: string, scheme: VersionScheme): readonly string[] {
  const numbers = numbersOf(asked, scheme);
  if (operator === '^') {
    const first = numbers.findIndex((number) => Number(number) > 0);
    return numbers.slice(0, first === -1 ? numbers.length : first + 1);
  }
  return operator === '~' ? numbers.slice(0, 2) : numbers.slice(0, Math.max(1, numbers.length - 1));
}

/** `20.11.1` → 20, 11, 1; Java's `1.8.0_392` is an 8. */
function numbersOf(version: string, scheme: VersionScheme): readonly string[] {
  const bare = version.trim().replace(/^(?:v|go)(?=\d)/, '');
  const text = scheme === 'jdk' ? bare.replace(/^1\.(?=[1-8](?:\D|$))/, '').replace(/^(\d+)u(\d*)/, '$1.0.$2') : bare;
  return /^\d+(?:[._]\d+)*/.exec(text)?.[0].split(/[._]/) ?? [];
}

function beginsWith(numbers: readonly string[], prefix: readonly string[]): boolean {
  return prefix.length > 0 && prefix.every((number, index) => Number(numbers[index] ?? '0') === Number(number));
}
