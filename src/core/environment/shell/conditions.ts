import { expandFields, expandPattern, expandText } from './expand';
import { matchesPattern } from './pattern';
import type { Scope } from './scope';
import { skipQuoted } from './syntax';
import { isUnknown } from './world';

const MAX_DEPTH = 40;

/** `[ … ]` and `test …` with their words expanded; undefined where files cannot tell. */
export function test(words: readonly string[], scope: Scope): boolean | undefined {
  return new Conditions(words, scope, (word) => word).read();
}

/** `[[ … ]]`: words are expanded one by one, and the right side of `==` is a pattern. */
export function testWords(text: string, scope: Scope): boolean | undefined {
  const expand = (word: string) =>
    scope.dialect === 'zsh' && /\([^)]*\)$/.test(word)
      ? (expandFields([word], scope)[0] ?? '')
      : expandText(word, scope);
  return new Conditions(splitCondition(text), scope, expand, (word) => expandPattern(word, scope)).read();
}

/** The words and operators of `[[ … ]]`, as they are written. */
function splitCondition(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  const flush = () => {
    if (word !== '') {
      words.push(word);
    }
    word = '';
  };
  for (let at = 0; at < text.length; ) {
    // What stands right of `=~` is one expression, with its parentheses.
    const isExpression = words.at(-1) === '=~';
    const operator = isExpression ? undefined : /^(?:&&|\|\||[()])/.exec(text.slice(at, at + 2))?.[0];
    if (/\s/.test(text[at]!)) {
      flush();
      at += 1;
    } else if (operator !== undefined && (word === '' || operator.length === 2)) {
      flush();
      words.push(operator);
      at += operator.length;
    } else if (operator === ')' && words.includes('(') && !word.includes('(')) {
      flush();
    } else {
      const end = /[\\'"`$(]/.test(text[at]!) ? Math.min(skipQuoted(text, at), text.length) : at + 1;
      word += text.slice(at, end);
      at = end;
    }
  }
  flush();
  return words;
}

const BINARY = /^(?:=|==|!=|=~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

class Conditions {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly scope: Scope,
    private readonly expand: (word: string) => string,
    /** Absent: the right side of `=` is a text. */
    private readonly pattern?: (word: string) => string,
  ) {}

  read(): boolean | undefined {
    return this.words.length === 0 ? false : this.or();
  }

  private or(): boolean | undefined {
    let value = this.and();
    while (this.takes('||', '-o')) {
      const next = this.and();
      value = value === true || next === true ? true : value === false && next === false ? false : undefined;
    }
    return value;
  }

  private and(): boolean | undefined {
    let value = this.not();
    while (this.takes('&&', '-a')) {
      const next = this.not();
      value = value === false || next === false ? false : value === true && next === true ? true : undefined;
    }
    return value;
  }

  private not(): boolean | undefined {
    this.depth += 1;
    try {
      if (this.depth > MAX_DEPTH) {
        return undefined;
      }
      const isBinary = BINARY.test(this.words[this.at + 1] ?? '') && this.at + 2 < this.words.length;
      if (!isBinary && this.takes('!')) {
        const value = this.not();
        return value === undefined ? undefined : !value;
      }
      if (!isBinary && this.takes('(')) {
        const value = this.or();
        this.takes(')');
        return value;
      }
      return this.primary();
    } finally {
      this.depth -= 1;
    }
  }

  private primary(): boolean | undefined {
    const [first = '', second, third] = this.words.slice(this.at, this.at + 3);
    if (third !== undefined && second !== undefined && BINARY.test(second)) {
      this.at += 3;
      return this.binary(this.expand(first), second, third);
    }
    if (/^-[a-zA-Z]$/.test(first) && second !== undefined && !/^(?:&&|\|\||-[ao])$/.test(second)) {
      this.at += 2;
      return this.unary(first, this.expand(second));
    }
    this.at += 1;
    const value = this.expand(first);
    return isUnknown(value) && value.replace(/\0\d+\0/g, '') === '' ? undefined : value !== '';
  }

  private binary(actual: string, operator: string, written: string): boolean | undefined {
    if (operator === '=' || operator === '==' || operator === '!=') {
      const expected = (this.pattern ?? this.expand)(written);
      if (isUnknown(expected)) {
        return undefined;
      }
      const equal = this.pattern === undefined ? actual === expected : matchesPattern(expected, actual);
      return isUnknown(actual) && !equal ? undefined : equal === (operator !== '!=');
    }
    const expected = this.expand(written);
    if (isUnknown(actual) || isUnknown(expected)) {
      return undefined;
    }
    switch (operator) {
      case '=~':
        return searches(actual, expected);
      case '<':
        return actual < expected;
      case '>':
        return actual > expected;
      case '-ef':
        return this.real(actual) === this.real(expected);
      case '-nt':
      case '-ot':
        return undefined;
    }
    const [one, other] = [Number(actual || '0'), Number(expected || '0')];
    if (Number.isNaN(one) || Number.isNaN(other)) {
      return false;
    }
    return {
      '-eq': one === other,
      '-ne': one !== other,
      '-lt': one < other,
      '-le': one <= other,
      '-gt': one > other,
      '-ge': one >= other,
    }[operator];
  }

  private real(path: string): string {
    const real = this.scope.world.host.fs.realPath(path);
    return real.ok ? real.value : path;
  }

  private unary(operator: string, value: string): boolean | undefined {
    const { world, interactive, vars } = this.scope;
    const isEmpty = value.replace(/\0\d+\0/g, '') === '';
    if (isUnknown(value) && !(isEmpty ? false : operator === '-n' || operator === '-z')) {
      return undefined;
    }
    switch (operator) {
      case '-n':
        return !isEmpty;
      case '-z':
        return isEmpty;
      case '-o':
        return this.option(value);
      case '-v':
        return vars.has(value.replace(/\[.*$/, ''));
      case '-t':
        return interactive;
    }
    world.fuel -= 1;
    const path = value.startsWith('/') ? value : `${this.scope.folder}/${value}`;
    const stat = operator === '-L' || operator === '-h' ? world.host.fs.lstat(path) : world.host.fs.stat(path);
    if (value === '' || !stat.ok) {
      return false;
    }
    const { kind, size, mode } = stat.value;
    switch (operator) {
      case '-d':
        return kind === 'directory';
      case '-f':
        return kind === 'file';
      case '-s':
        return kind === 'directory' || size > 0;
      case '-L':
      case '-h':
        return kind === 'link';
      case '-x':
        return (mode & 0o111) !== 0;
      case '-S':
      case '-p':
      case '-b':
      case '-c':
        return kind === 'special';
      default:
        return true;
    }
  }

  /** Options that a shell which reads its files at all has, or has not; others may have been set anywhere. */
  private option(name: string): boolean | undefined {
    const { dialect, interactive, login } = this.scope;
    const plain = dialect === 'zsh' ? name.toLowerCase().replace(/_/g, '') : name;
    switch (plain) {
      case 'interactive':
        return interactive;
      case 'login':
        return login;
      case 'rcs':
      case 'globalrcs':
        return dialect === 'zsh' ? true : undefined;
      case 'norcs':
        return dialect === 'zsh' ? false : undefined;
      case 'posix':
        return dialect === 'bash' ? false : undefined;
      case 'privileged':
      case 'restricted':
        return false;
      default:
        return undefined;
    }
  }

  private takes(...words: readonly string[]): boolean {
    const found = words.includes(this.words[this.at] ?? '');
    this.at += found ? 1 : 0;
    return found;
  }
}

/** `=~` for what guards use: a plain text, maybe bound to an end or to colons; the rest is not known. */
export function searches(text: string, expression: string): boolean | undefined {
  const bare = expression.replace(/\\([./:~+-])/g, '$1');
  const core = bare.replace(/^(?:\^|\(\^\|:\)|\(:\|\^\))/, '').replace(/(?:\$|\(:\|\$\)|\(\$\|:\))$/, '');
  if (/[\\^$*+?()[\]{}|]/.test(core)) {
    return undefined;
  }
  const [left, right] = [bare.startsWith('(') ? ':' : '', bare.endsWith(')') ? ':' : ''];
  const subject = left === '' && right === '' ? text : `:${text}:`;
  const wanted = `${left}${core}${right}`;
  if (bare.startsWith('^') && bare.endsWith('$')) {
    return subject === wanted;
  }
  return bare.startsWith('^')
    ? subject.startsWith(wanted)
    : bare.endsWith('$')
      ? subject.endsWith(wanted)
      : subject.includes(wanted);
}
