import { ShellSyntaxError } from '../shell/syntax';

/** A command of the C shell, its words as they are written; operators are words of their own. */
export type CshNode =
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly line: number }
  | {
      readonly kind: 'if';
      /** A branch without a test is the `else`. */
      readonly branches: readonly { readonly test?: readonly string[]; readonly body: readonly CshNode[] }[];
      readonly line: number;
    }
  | {
      readonly kind: 'foreach';
      readonly name: string;
      readonly words: readonly string[];
      readonly body: readonly CshNode[];
      readonly line: number;
    }
  | { readonly kind: 'while'; readonly body: readonly CshNode[]; readonly line: number }
  | {
      readonly kind: 'switch';
      readonly subject: readonly string[];
      /** A case without a pattern is the `default`; each goes on into the next. */
      readonly cases: readonly { readonly pattern?: string; readonly body: readonly CshNode[] }[];
      readonly line: number;
    };

interface Statement {
  readonly words: readonly string[];
  readonly line: number;
}

const MAX_DEPTH = 60;

/**
 * Reads a program of csh or tcsh. Source: tcsh(1), "Lexical structure", "Builtin commands".
 *
 * @throws ShellSyntaxError
 */
export function parseCsh(text: string): readonly CshNode[] {
  const parser = new Parser(statementsOf(text));
  return parser.body(0, () => false);
}

class Parser {
  #at = 0;

  constructor(private readonly statements: readonly Statement[]) {}

  /** Commands up to a statement that ends them, which is left, or to the end of the text. */
  body(depth: number, ends: (words: readonly string[]) => boolean): readonly CshNode[] {
    if (depth > MAX_DEPTH) {
      throw new ShellSyntaxError('it is nested too deeply');
    }
    const nodes: CshNode[] = [];
    for (let next = this.statements[this.#at]; next !== undefined; next = this.statements[this.#at]) {
      if (ends(next.words)) {
        break;
      }
      this.#at += 1;
      nodes.push(this.#node(next, depth + 1));
    }
    return nodes;
  }

  #node({ words, line }: Statement, depth: number): CshNode {
    switch (words[0]) {
      case 'if':
        return this.#if(words, line, depth);
      case 'foreach': {
        const body = this.body(depth, ([first]) => first === 'end');
        this.#at += 1;
        return { kind: 'foreach', name: words[1] ?? '', words: words.slice(3, closing(words, 2)), body, line };
      }
      case 'while': {
        const body = this.body(depth, ([first]) => first === 'end');
        this.#at += 1;
        return { kind: 'while', body, line };
      }
      case 'switch':
        return this.#switch(words, line, depth);
      default:
        return { kind: 'command', words, line };
    }
  }

  #if(words: readonly string[], line: number, depth: number): CshNode {
    const end = closing(words, 1);
    const test = words.slice(2, end);
    const rest = words.slice(end + 1);
    if (rest[0] !== 'then') {
      return { kind: 'if', branches: [{ test, body: [{ kind: 'command', words: rest, line }] }], line };
    }
    const branches: { test?: readonly string[]; body: readonly CshNode[] }[] = [];
    const next = () => this.body(depth, ([first]) => first === 'else' || first === 'endif');
    branches.push({ test, body: next() });
    for (let at = this.statements[this.#at]; at !== undefined; at = this.statements[this.#at]) {
      this.#at += 1;
      const [first, second] = at.words;
      if (first === 'endif') {
        break;
      }
      branches.push(
        second === 'if' ? { test: at.words.slice(3, closing(at.words, 2)), body: next() } : { body: next() },
      );
    }
    return { kind: 'if', branches, line };
  }

  #switch(words: readonly string[], line: number, depth: number): CshNode {
    const isLabel = (first: string | undefined) => first === 'case' || first?.replace(/:$/, '') === 'default';
    const cases: { pattern?: string; body: readonly CshNode[] }[] = [];
    for (let at = this.statements[this.#at]; at !== undefined; at = this.statements[this.#at]) {
      this.#at += 1;
      const [first, ...rest] = at.words;
      if (first === 'endsw') {
        break;
      }
      if (isLabel(first)) {
        const body = this.body(depth, ([word]) => isLabel(word) || word === 'endsw');
        cases.push(first === 'case' ? { pattern: rest.join(' ').replace(/\s*:$/, ''), body } : { body });
      }
    }
    return { kind: 'switch', subject: words.slice(2, closing(words, 1)), cases, line };
  }
}

/** Where the bracket that stands at a word is closed. */
function closing(words: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < words.length; at += 1) {
    depth += words[at] === '(' ? 1 : words[at] === ')' ? -1 : 0;
    if (depth === 0) {
      if (words[from] !== '(') {
        break;
      }
      return at;
    }
  }
  throw new ShellSyntaxError('a bracket is missing');
}

const OPERATOR = /&&|\|\||>>&?!?|>&?!?|<<|[|&<()]/y;

function statementsOf(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let words: string[] = [];
  let word = '';
  let line = 1;
  let from = 1;
  const endWord = () => {
    if (word !== '') {
      words.push(word);
      word = '';
    }
  };
  const endStatement = () => {
    endWord();
    if (words.length > 0) {
      statements.push({ words, line: from });
    }
    words = [];
  };
  const push = (more: string) => {
    if (words.length === 0 && word === '') {
      from = line;
    }
    word += more;
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    OPERATOR.lastIndex = at;
    const operator = OPERATOR.exec(text)?.[0];
    if (character === '\\' && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      endWord();
      at = text.indexOf('\n', at) + 1;
      line += 1;
    } else if (character === '\n' || character === ';') {
      endStatement();
      line += character === '\n' ? 1 : 0;
      at += 1;
    } else if (/\s/.test(character)) {
      endWord();
      at += 1;
    } else if (character === '#' && word === '') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (character === '$' && /^\$[?#]/.test(text.slice(at, at + 2))) {
      push(text.slice(at, at + 2));
      at += 2;
    } else if (character === '\\') {
      push(text.slice(at, at + 2));
      at += 2;
    } else if (character === '"' || character === "'" || character === '`') {
      const end = skipQuote(text, at);
      push(text.slice(at, end));
      line += text.slice(at, end).split('\n').length - 1;
      at = end;
    } else if (operator !== undefined) {
      endWord();
      push(operator);
      endWord();
      at += operator.length;
    } else {
      push(character);
      at += 1;
    }
  }
  endStatement();
  return statements;
}

/** The position after a quote: no backslash ends one early, but for a line break. */
function skipQuote(text: string, from: number): number {
  const quote = text[from]!;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && text[at + 1] === '\n') {
      at += 1;
    } else if (text[at] === quote) {
      return at + 1;
    } else if (text[at] === '\n') {
      break;
    }
  }
  throw new ShellSyntaxError('a quote is never closed');
}
