/** A shell program as far as it can be read. Words stay as they are written: they are expanded when they are used. */
export type Command = (
  | Simple
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: List; readonly body: List }[];
      readonly otherwise: List;
      readonly line: number;
    }
  | {
      readonly kind: 'loop';
      readonly test: List;
      readonly until: boolean;
      readonly body: List;
      readonly line: number;
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      /** zsh takes several values a round. */
      readonly others?: readonly string[];
      /** Absent: the arguments. */
      readonly words?: readonly string[];
      readonly body: List;
      readonly line: number;
    }
  | { readonly kind: 'case'; readonly word: string; readonly clauses: readonly Clause[]; readonly line: number }
  | { readonly kind: 'group'; readonly body: List; readonly subshell: boolean; readonly line: number }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command; readonly line: number }
  /** `[[ … ]]` and `(( … ))`: the text between. */
  | { readonly kind: 'condition' | 'arithmetic'; readonly text: string; readonly line: number }
) & { readonly stdin?: Stdin };

/** Where a command reads from: `< file`, `<<< text`, `<< END`. */
export interface Stdin {
  readonly kind: 'file' | 'string' | 'document';
  /** As it is written; of a here-document its lines, once they are read. */
  word: string;
  /** Nothing in it is expanded: `<< 'END'`. */
  readonly isLiteral: boolean;
}

export interface Simple {
  readonly kind: 'simple';
  readonly assigns: readonly Assign[];
  readonly words: readonly string[];
  readonly line: number;
}

export interface Assign {
  readonly name: string;
  /** What stands in brackets behind the name. */
  readonly subscript?: string;
  /** `(…)` where it is an array. */
  readonly value: string;
  readonly append: boolean;
}

export interface Clause {
  readonly patterns: readonly string[];
  readonly body: List;
  /** After it: nothing (`;;`), the next clause as it is (`;&`), or those that describe the word, too (`;;&`). */
  readonly after: 'stop' | 'run' | 'test';
}

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export interface Step {
  readonly first: Pipeline;
  readonly rest: readonly { readonly when: '&&' | '||'; readonly pipeline: Pipeline }[];
  /** Ended by `&`: it runs in a shell of its own. */
  readonly background?: true;
}

export type List = readonly Step[];

export type Dialect = 'sh' | 'bash' | 'zsh';

/** A place that could not be read. */
export interface SyntaxProblem {
  readonly line: number;
  readonly reason: string;
  /** The line. */
  readonly text: string;
}

/** Why reading stopped at a place. */
export class ShellSyntaxError extends Error {}

/** Nesting beyond this is no configuration. */
const MAX_DEPTH = 100;

/**
 * The end of something that begins with a quote or bracket at `at`: the position after its last character.
 *
 * @throws ShellSyntaxError when it never ends, or is nested too deeply
 */
export function skipQuoted(text: string, at: number, depth = 0): number {
  if (depth > MAX_DEPTH) {
    throw new ShellSyntaxError('it is nested too deeply');
  }
  switch (text[at]) {
    case '\\':
      return at + 2;
    case "'":
      return after(text, "'", at + 1);
    case '"':
      return skipUntil(text, at + 1, '"', depth);
    case '`':
      return skipBackticks(text, at + 1);
    case '(':
      return skipParentheses(text, at + 1, depth);
    case '{':
      return skipUntil(text, at + 1, '}', depth);
    case '$':
      return skipDollar(text, at, depth);
    default:
      return at + 1;
  }
}

function skipDollar(text: string, at: number, depth: number): number {
  switch (text[at + 1]) {
    case '(':
    case '{':
      return skipQuoted(text, at + 1, depth + 1);
    case "'":
      for (let index = at + 2; index < text.length; index++) {
        if (text[index] === '\\') {
          index += 1;
        } else if (text[index] === "'") {
          return index + 1;
        }
      }
      throw new ShellSyntaxError('a quote is never closed');
    default:
      return at + 1;
  }
}

/** Inside `"…"` and `${…}`: quotes and expansions count, in double quotes single ones do not. */
function skipUntil(text: string, from: number, end: '"' | '}', depth: number): number {
  for (let at = from; at < text.length; ) {
    const character = text[at]!;
    if (character === end) {
      return at + 1;
    }
    const counts = character === '\\' || character === '$' || character === '`';
    at = counts || (end === '}' && /["']/.test(character)) ? skipQuoted(text, at, depth + 1) : at + 1;
  }
  throw new ShellSyntaxError(`a ${end === '"' ? 'quote' : 'brace'} is never closed`);
}

function skipParentheses(text: string, from: number, depth: number): number {
  for (let at = from; at < text.length; ) {
    const character = text[at]!;
    if (character === ')') {
      return at + 1;
    }
    if (character === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (character === '{' || (character === '$' && text[at + 1] !== '(' && text[at + 1] !== '{')) {
      at += 1;
    } else {
      at = skipQuoted(text, at, depth + 1);
    }
  }
  throw new ShellSyntaxError('a parenthesis is never closed');
}

function skipBackticks(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '`') {
      return at + 1;
    }
  }
  throw new ShellSyntaxError('a backtick is never closed');
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  if (at < 0) {
    throw new ShellSyntaxError('a quote is never closed');
  }
  return at + 1;
}
