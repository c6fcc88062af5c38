import { test } from '../shell/conditions';
import { matchesPattern } from '../shell/pattern';
import { ShellSyntaxError } from '../shell/syntax';
import { isUnknown } from '../shell/world';
import { expandText, expandWords } from './expand';
import { type Csh, CshError } from './values';

/** What a part of a condition is; undefined where files do not tell. */
type Known = string | undefined;

/** Operators of two sides, the loosest first (csh(1), "Expressions"). */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!=', '=~', '!~'],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Whether a condition holds; undefined where files do not tell. `succeeds`: looks at the command of `{ … }`. */
export function holds(
  csh: Csh,
  words: readonly string[],
  succeeds: (words: readonly string[]) => boolean | undefined,
): boolean | undefined {
  const value = new Expression(csh, separated(words), succeeds).value();
  return value === undefined ? undefined : numberOf(value) !== 0;
}

/** The value of an expression of numbers, as `@` has it. */
export function calculated(csh: Csh, words: readonly string[]): Known {
  return new Expression(csh, separated(words), () => undefined).value();
}

const MAX_NESTING = 100;

/** `!` may stand at its word. */
function separated(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => {
    const negations = /^!+(?=[^=~!])/.exec(word)?.[0] ?? '';
    return negations === '' ? [word] : [...negations.split(''), word.slice(negations.length)];
  });
}

function numberOf(text: string): number {
  if (text !== '' && !/^[+-]?\d+$/.test(text)) {
    throw new CshError('Badly formed number.');
  }
  return text === '' ? 0 : Number(text);
}

class Expression {
  private at = 0;
  private nesting = 0;

  constructor(
    private readonly csh: Csh,
    private readonly words: readonly string[],
    private readonly succeeds: (words: readonly string[]) => boolean | undefined,
  ) {}

  value(): Known {
    const value = this.level(0);
    if (this.at < this.words.length) {
      throw new CshError('Expression Syntax.');
    }
    return value;
  }

  private level(depth: number): Known {
    const operators = LEVELS[depth];
    if (operators === undefined) {
      this.nesting += 1;
      if (this.nesting > MAX_NESTING) {
        throw new ShellSyntaxError('it is nested too deeply');
      }
      const value = this.unary();
      this.nesting -= 1;
      return value;
    }
    let left = this.level(depth + 1);
    for (let operator = this.words[this.at]; operator !== undefined && operators.includes(operator); ) {
      this.at += 1;
      const isPattern = operator === '=~' || operator === '!~';
      const right = isPattern ? this.pattern() : this.level(depth + 1);
      left = combined(operator, left, right);
      operator = this.words[this.at];
    }
    return left;
  }

  private unary(): Known {
    const word = this.words[this.at];
    this.at += 1;
    switch (word) {
      case undefined:
        throw new CshError('Expression Syntax.');
      case '!': {
        const value = this.level(LEVELS.length);
        return value === undefined ? undefined : flag(numberOf(value) === 0);
      }
      case '(': {
        const value = this.level(0);
        if (this.words[this.at] !== ')') {
          throw new CshError('Expression Syntax.');
        }
        this.at += 1;
        return value;
      }
      case '{': {
        const end = this.words.indexOf('}', this.at);
        const command = this.words.slice(this.at, end < 0 ? undefined : end);
        this.at = end < 0 ? this.words.length : end + 1;
        return flag(this.succeeds(command));
      }
      default:
        return /^-[A-Za-z]+$/.test(word) && this.at < this.words.length ? this.file(word.slice(1)) : this.text(word);
    }
  }

  private text(word: string): Known {
    const made = expandWords(this.csh, [word]);
    if (made.length > 1) {
      throw new CshError('Expression Syntax.');
    }
    const value = made[0] ?? '';
    return isUnknown(value) ? undefined : value;
  }

  private pattern(): Known {
    const word = this.words[this.at] ?? '';
    this.at += 1;
    const value = expandText(this.csh, word);
    return isUnknown(value) ? undefined : value;
  }

  private file(tests: string): Known {
    const path = this.text(this.words[this.at]!);
    this.at += 1;
    if (path === undefined) {
      return undefined;
    }
    const all = [...tests].map((one) => this.tested(one, path));
    return all.includes(false) ? '0' : all.includes(undefined) ? undefined : '1';
  }

  private tested(letter: string, path: string): boolean | undefined {
    const { scope } = this.csh;
    const { fs, home } = scope.world.host;
    const absolute = path.startsWith('/') ? path : `${scope.folder}/${path}`;
    const stat = fs.stat(absolute);
    switch (letter) {
      case 'z':
        return stat.ok && stat.value.size === 0;
      case 'o':
        // What lies in somebody's home is theirs, as a rule.
        return !stat.ok ? false : absolute.startsWith(`${home}/`) ? true : undefined;
      default:
        return test([`-${letter === 'l' ? 'L' : letter}`, absolute], scope);
    }
  }
}

function flag(value: boolean | undefined): Known {
  return value === undefined ? undefined : value ? '1' : '0';
}

function combined(operator: string, left: Known, right: Known): Known {
  if (operator === '||' || operator === '&&') {
    const decides = operator === '||' ? 1 : 0;
    const sides = [left, right].map((side) => (side === undefined ? undefined : numberOf(side) === 0 ? 0 : 1));
    return sides.includes(decides) ? String(decides) : sides.includes(undefined) ? undefined : String(1 - decides);
  }
  if (left === undefined || right === undefined) {
    return undefined;
  }
  switch (operator) {
    case '==':
      return flag(left === right);
    case '!=':
      return flag(left !== right);
    case '=~':
      return flag(matchesPattern(right, left));
    case '!~':
      return flag(!matchesPattern(right, left));
    default:
      return arithmetic(operator, numberOf(left), numberOf(right));
  }
}

function arithmetic(operator: string, a: number, b: number): Known {
  switch (operator) {
    case '<=':
      return flag(a <= b);
    case '>=':
      return flag(a >= b);
    case '<':
      return flag(a < b);
    case '>':
      return flag(a > b);
    case '+':
      return String(a + b);
    case '-':
      return String(a - b);
    case '*':
      return String(a * b);
    case '/':
    case '%':
      if (b === 0) {
        throw new CshError('Division by 0.');
      }
      return String(operator === '/' ? Math.trunc(a / b) : a % b);
    case '&':
      return String(a & b);
    case '|':
      return String(a | b);
    case '^':
      return String(a ^ b);
    case '<<':
      return String(a << b);
    default:
      return String(a >> b);
  }
}
