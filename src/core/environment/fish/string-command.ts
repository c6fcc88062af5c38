import { matchesPattern } from '../shell/pattern';
import type { Scope } from '../shell/scope';
import { hole, isUnknown } from '../shell/world';

interface Printed {
  readonly status: boolean | undefined;
  /** A line an item. */
  readonly out: string;
}

/** fish's `string`, as far as configuration files use it on lists of folders; regular expressions are not followed. */
export function runString(scope: Scope, args: readonly string[], input: string | undefined): Printed {
  const [command = '', ...rest] = args;
  const flags = rest.filter((word, index) => /^-[a-z-]+$/.test(word) && !rest.slice(0, index).includes('--'));
  const words = rest.filter((word) => !flags.includes(word) && word !== '--');
  const has = (short: string, long: string) =>
    flags.some((flag) => flag === `--${long}` || (/^-[a-z]+$/.test(flag) && flag.includes(short)));
  const unknown = (): Printed => ({ status: undefined, out: hole(scope.world, `what "string ${command}" prints`) });
  if (has('r', 'regex') || words.some(isUnknown)) {
    return unknown();
  }
  const print = (items: readonly string[], status = items.length > 0): Printed => ({
    status,
    out: has('q', 'quiet') ? '' : items.join('\n'),
  });
  const given = (from: number) => (words.length > from || input === undefined ? words.slice(from) : input.split('\n'));
  switch (command) {
    case 'match': {
      const [pattern = ''] = words;
      return print(given(1).filter((item) => matchesPattern(pattern, item) !== has('v', 'invert')));
    }
    case 'replace': {
      const [from = '', to = ''] = words;
      const items = given(2);
      const changed = items.map((item) => (has('a', 'all') ? item.replaceAll(from, to) : item.replace(from, () => to)));
      return print(
        changed,
        items.some((item) => item.includes(from)),
      );
    }
    case 'split': {
      const [separator = ''] = words;
      return print(given(1).flatMap((item) => item.split(separator)));
    }
    case 'join':
      return print([given(1).join(words[0] ?? '')]);
    case 'trim':
      return print(given(0).map((item) => item.trim()));
    case 'collect':
      return print([given(0).join('\n')]);
    case 'lower':
      return print(given(0).map((item) => item.toLowerCase()));
    case 'upper':
      return print(given(0).map((item) => item.toUpperCase()));
    case 'length':
      return print(
        given(0).map((item) => String(item.length)),
        given(0).some((item) => item !== ''),
      );
    default:
      return unknown();
  }
}

/** `math` of two whole numbers. */
export function calculate(scope: Scope, text: string): string {
  const [, one, operator, other] = /^\s*(-?\d+)\s*([-+*])\s*(-?\d+)\s*$/.exec(text) ?? [];
  if (operator === undefined) {
    return hole(scope.world, 'arithmetic is not worked out');
  }
  const [a, b] = [Number(one), Number(other)];
  return String(operator === '+' ? a + b : operator === '-' ? a - b : a * b);
}
