import { ShellReader } from './reader';
import {
  type Assign,
  type Clause,
  type Command,
  type Dialect,
  type List,
  type Pipeline,
  ShellSyntaxError,
  type Stdin,
  type Step,
  type SyntaxProblem,
  skipQuoted,
} from './syntax';

const MAX_DEPTH = 100;
/** Places that could not be read, after which the rest of a file is left alone: every attempt may read to its end. */
const MAX_PROBLEMS = 20;

const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[([^\]]*)\])?(\+?)=/;
/** `((i = 0; i < 3; i++))`. */
const COUNTING =
  /^\(\(\s*(\w+)\s*=\s*(\d{1,6})\s*;\s*\1\s*(<=?)\s*(\d{1,6})\s*;\s*(?:\1\s*\+\+|\+\+\s*\1|\1\s*\+=\s*1)\s*\)\)$/;
const ENDS: readonly string[] = ['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'];

export interface ParsedShell {
  readonly list: List;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads a shell program: the POSIX language with what bash and zsh add to it and configuration files use. A command
 * that cannot be read is left out, with its line among the problems, and reading goes on behind it.
 */
export function parseShell(text: string, dialect: Dialect): ParsedShell {
  const parser = new Parser(text, dialect);
  return { list: parser.program(), problems: parser.problems };
}

class Parser extends ShellReader {
  readonly problems: SyntaxProblem[] = [];
  private depth = 0;

  program(): List {
    const list: Step[] = [];
    while (this.at < this.text.length && this.problems.length < MAX_PROBLEMS) {
      const start = this.at;
      try {
        list.push(...this.list());
      } catch (error) {
        if (!(error instanceof ShellSyntaxError)) {
          throw error;
        }
        // There were too many problems inside of it: the rest is left alone.
        this.recover(start, error);
        this.at = this.text.length;
      }
      if (this.at < this.text.length) {
        // A word that ends something which never began.
        this.recover(this.at, new ShellSyntaxError('it ends what was not begun'));
      }
    }
    return list;
  }

  /** Up to the end of the text, of the group, or a word that ends a part of a compound command. */
  private list(): List {
    const steps: Step[] = [];
    for (;;) {
      this.blank();
      const start = this.at;
      const next = this.text[start];
      if (next === undefined || next === ')' || this.looksAt(';;') || this.looksAt(';&') || this.looksAt(';|')) {
        return steps;
      }
      const word = this.reserved();
      if (word !== undefined && ENDS.includes(word)) {
        return steps;
      }
      try {
        steps.push(this.step());
        this.separator();
      } catch (error) {
        if (!(error instanceof ShellSyntaxError) || this.problems.length >= MAX_PROBLEMS) {
          throw error;
        }
        this.recover(start, error);
      }
    }
  }

  private recover(start: number, error: ShellSyntaxError): void {
    const end = this.text.indexOf('\n', start);
    const line = this.line(start);
    this.problems.push({ line, reason: error.message, text: this.text.slice(start, end < 0 ? undefined : end) });
    this.at = end < 0 || this.problems.length >= MAX_PROBLEMS ? this.text.length : end + 1;
    this.heredocs = [];
  }

  private step(): Step {
    const first = this.pipeline();
    const rest: { when: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (;;) {
      this.space();
      const when = this.looksAt('&&') ? '&&' : this.looksAt('||') ? '||' : undefined;
      if (when === undefined) {
        return this.text[this.at] === '&' ? { first, rest, background: true } : { first, rest };
      }
      this.at += 2;
      this.blank();
      rest.push({ when, pipeline: this.pipeline() });
    }
  }

  private pipeline(): Pipeline {
    let negated = false;
    for (let word = this.reserved(); word === '!' || word === 'time'; word = this.reserved()) {
      negated = word === '!' ? !negated : negated;
      this.at += word.length;
      this.space();
    }
    const commands = [this.command()];
    for (;;) {
      this.space();
      if (this.text[this.at] !== '|' || this.looksAt('||')) {
        return { negated, commands };
      }
      this.at += this.looksAt('|&') ? 2 : 1;
      this.blank();
      commands.push(this.command());
    }
  }

  private command(): Command {
    this.depth += 1;
    try {
      if (this.depth > MAX_DEPTH) {
        throw new ShellSyntaxError('it is nested too deeply');
      }
      const command = this.compound() ?? this.simple();
      if (command.kind === 'simple') {
        return command;
      }
      let stdin: Stdin | undefined;
      for (let found = this.nextRedirection(); found !== undefined; found = this.nextRedirection()) {
        stdin = found === 'other' ? stdin : found;
      }
      return stdin === undefined ? command : { ...command, stdin };
    } finally {
      this.depth -= 1;
    }
  }

  private compound(): Command | undefined {
    const line = this.line(this.at);
    if (this.text[this.at] === '(') {
      return this.parenthesized(line);
    }
    const times =
      this.dialect === 'zsh' ? /^repeat\s+(\d{1,3})(?=\s)/.exec(this.text.slice(this.at, this.at + 40)) : null;
    if (times !== null) {
      this.at += times[0].length;
      return {
        kind: 'for',
        name: '_',
        words: Array.from({ length: Number(times[1]) }, String),
        body: this.loopBody(),
        line,
      };
    }
    const word = this.reserved();
    if (word === undefined) {
      return undefined;
    }
    this.at += word.length;
    switch (word) {
      case 'if':
        return this.conditional(line);
      case 'while':
      case 'until': {
        const test = this.list();
        this.expect('do');
        const body = this.list();
        this.expect('done');
        return { kind: 'loop', test, until: word === 'until', body, line };
      }
      case 'for':
      case 'select':
        return this.iteration(line);
      case 'case':
        return this.selection(line);
      case 'function': {
        this.space();
        const name = this.word();
        this.take(/[ \t]*\(\s*\)/y);
        return this.definition(name, line);
      }
      case '{':
        return { kind: 'group', body: this.braced(), subshell: false, line };
      case '[[': {
        const end = this.endOfCondition();
        const text = this.text.slice(this.at, end);
        this.at = end + 2;
        return { kind: 'condition', text, line };
      }
      default:
        throw new ShellSyntaxError(`"${word}" stands where a command should begin`);
    }
  }

  private parenthesized(line: number): Command {
    // zsh: a function without a name, run at once.
    if (this.take(/\(\s*\)\s*(?=\{)/y) !== undefined) {
      this.at += 1;
      return { kind: 'group', body: this.braced(), subshell: false, line };
    }
    if (this.looksAt('((')) {
      const end = skipQuoted(this.text, this.at);
      const text = this.text.slice(this.at + 2, end - 2);
      this.at = end;
      return { kind: 'arithmetic', text, line };
    }
    this.at += 1;
    const body = this.list();
    if (this.text[this.at] !== ')') {
      throw new ShellSyntaxError('a parenthesis is never closed');
    }
    this.at += 1;
    return { kind: 'group', body, subshell: true, line };
  }

  /** Behind a `{`, up to its end and over it. */
  private braced(): List {
    this.braces += 1;
    const body = this.list();
    this.braces -= 1;
    this.expect('}');
    return body;
  }

  /** zsh's `if test { … } else { … }`; undefined, and nothing read, where it is not that. */
  private shortConditional(line: number): Command | undefined {
    const start = this.at;
    this.blank();
    const test = this.step();
    this.space();
    if (this.reserved() !== '{') {
      this.at = start;
      return undefined;
    }
    this.at += 1;
    const branch = { test: [test], body: this.braced() };
    this.space();
    const word = this.reserved();
    if (word === 'elif') {
      this.at += word.length;
      const rest = this.shortConditional(line);
      if (rest?.kind !== 'if') {
        throw new ShellSyntaxError('an "elif" has no braces');
      }
      return { ...rest, branches: [branch, ...rest.branches] };
    }
    if (word !== 'else') {
      return { kind: 'if', branches: [branch], otherwise: [], line };
    }
    this.at += word.length;
    this.expect('{');
    return { kind: 'if', branches: [branch], otherwise: this.braced(), line };
  }

  private conditional(line: number): Command {
    const short = this.dialect === 'zsh' ? this.shortConditional(line) : undefined;
    if (short !== undefined) {
      return short;
    }
    const branches: { test: List; body: List }[] = [];
    for (;;) {
      const test = this.list();
      this.expect('then');
      branches.push({ test, body: this.list() });
      const word = this.reserved();
      this.at += word?.length ?? 0;
      switch (word) {
        case 'elif':
          continue;
        case 'else': {
          const otherwise = this.list();
          this.expect('fi');
          return { kind: 'if', branches, otherwise, line };
        }
        case 'fi':
          return { kind: 'if', branches, otherwise: [], line };
        default:
          throw new ShellSyntaxError('an "if" is never closed');
      }
    }
  }

  private iteration(line: number): Command {
    this.space();
    if (this.looksAt('((')) {
      const start = this.at;
      this.at = skipQuoted(this.text, this.at);
      const head = this.text.slice(start, this.at);
      const body = this.loopBody();
      const [, name, from, sign, to] = COUNTING.exec(head) ?? [];
      if (name !== undefined) {
        const length = Math.max(0, Math.min(500, Number(to) - Number(from) + (sign === '<=' ? 1 : 0)));
        return {
          kind: 'for',
          name,
          words: Array.from({ length }, (_, index) => String(Number(from) + index)),
          body,
          line,
        };
      }
      // Whether it goes on is not known.
      const test: Command = { kind: 'arithmetic', text: head, line };
      return {
        kind: 'loop',
        test: [{ first: { negated: false, commands: [test] }, rest: [] }],
        until: false,
        body,
        line,
      };
    }
    const name = this.word();
    this.space();
    const others: string[] = [];
    while (
      this.dialect === 'zsh' &&
      /^[A-Za-z_]/.test(this.text.slice(this.at, this.at + 1)) &&
      !/^in[\s;]/.test(this.text.slice(this.at, this.at + 3)) &&
      this.reserved() === undefined
    ) {
      others.push(this.word());
      this.space();
    }
    let words: string[] | undefined;
    if (this.text[this.at] === '(') {
      this.at += 1;
      words = this.words(')');
      this.at += 1;
    } else {
      this.blank();
      if (this.take(/in(?=\s|;)/y) !== undefined) {
        words = this.words();
      }
    }
    const body = this.loopBody();
    return {
      kind: 'for',
      name,
      ...(others.length === 0 ? {} : { others }),
      ...(words === undefined ? {} : { words }),
      body,
      line,
    };
  }

  private loopBody(): List {
    this.separator();
    this.blank();
    const word = this.reserved();
    if (word === '{') {
      this.at += 1;
      return this.braced();
    }
    if (word === 'do') {
      this.at += word.length;
      const body = this.list();
      this.expect('done');
      return body;
    }
    if (this.dialect === 'zsh') {
      return [this.step()];
    }
    throw new ShellSyntaxError('a loop has no body');
  }

  private selection(line: number): Command {
    this.space();
    const word = this.word();
    this.blank();
    if (this.take(/in(?=\s)/y) === undefined) {
      throw new ShellSyntaxError('a "case" has no "in"');
    }
    const clauses: Clause[] = [];
    for (;;) {
      this.blank();
      if (this.reserved() === 'esac') {
        this.at += 4;
        return { kind: 'case', word, clauses, line };
      }
      this.take(/\(/y);
      const patterns: string[] = [];
      for (;;) {
        this.space();
        patterns.push(this.word());
        this.space();
        const next = this.text[this.at];
        this.at += 1;
        if (next === ')') {
          break;
        }
        if (next !== '|') {
          throw new ShellSyntaxError('a pattern of a "case" is never closed');
        }
      }
      const body = this.list();
      const end = this.take(/;;&|;;|;&|;\|/y);
      clauses.push({ patterns, body, after: end === ';&' ? 'run' : end === ';;&' || end === ';|' ? 'test' : 'stop' });
    }
  }

  private definition(name: string, line: number): Command {
    this.blank();
    return { kind: 'function', name, body: this.command(), line };
  }

  private simple(): Command {
    const line = this.line(this.at);
    const assigns: Assign[] = [];
    const words: string[] = [];
    let stdin: Stdin | undefined;
    for (;;) {
      const found = this.nextRedirection();
      if (found !== undefined) {
        stdin = found === 'other' ? stdin : found;
        continue;
      }
      const word = this.maybeWord();
      if (word === undefined) {
        break;
      }
      const assignment = words.length === 0 ? ASSIGNMENT.exec(word) : null;
      if (assignment !== null) {
        const [whole, name = '', subscript, plus] = assignment;
        const value = word.slice(whole.length);
        assigns.push({ name, value, append: plus === '+', ...(subscript === undefined ? {} : { subscript }) });
        continue;
      }
      words.push(word);
      if (words.length === 1 && assigns.length === 0 && this.take(/[ \t]*\(\s*\)/y) !== undefined) {
        return this.definition(word, line);
      }
    }
    if (assigns.length === 0 && words.length === 0) {
      const found = this.text.slice(this.at, this.at + 1);
      // A redirection alone is a command, too.
      if (found !== '' && !/[\n;&|)]/.test(found) && !(found === '}' && this.braces > 0)) {
        throw new ShellSyntaxError(`"${found}" stands where a command should begin`);
      }
      if (found === ';' || found === '&' || found === '|') {
        throw new ShellSyntaxError(`"${found}" has no command before it`);
      }
    }
    return { kind: 'simple', assigns, words, line, ...(stdin === undefined ? {} : { stdin }) };
  }
}
