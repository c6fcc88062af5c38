import { ShellSyntaxError } from '../shell/syntax';

/** A statement: its words as they are written; operators and parentheses are words of their own. */
export interface CshStatement {
  readonly words: readonly string[];
  readonly line: number;
}

export type CshNode =
  | { readonly kind: 'command'; readonly statement: CshStatement }
  | {
      readonly kind: 'if';
      readonly condition: readonly string[];
      readonly body: readonly CshNode[];
      readonly otherwise: readonly CshNode[];
      readonly line: number;
    }
  | {
      readonly kind: 'foreach' | 'while';
      readonly head: readonly string[];
      readonly body: readonly CshNode[];
      readonly line: number;
    }
  | {
      readonly kind: 'switch';
      readonly subject: readonly string[];
      readonly cases: readonly CshCase[];
      readonly line: number;
    };

interface CshCase {
  /** As it is written; undefined for `default`. */
  readonly pattern: string | undefined;
  readonly body: readonly CshNode[];
}

/** What ends a command. */
const SEPARATORS = /^(?:;|&|\n)$/;
const MAX_DEPTH = 64;
const OPERATOR = /&&|\|\||\|&|>=|<=|>>&?!?|>&?!?|<<|[;&|()<>\n]/y;

/**
 * The statements of a file of csh or tcsh as a tree.
 *
 * @throws ShellSyntaxError for a quote that is not closed, or blocks that are nested too deeply
 */
export function parseCsh(text: string): readonly CshNode[] {
  const statements = statementsOf(text);
  const blocks = new Blocks(statements);
  return blocks.read(() => false, 0);
}

/** The words of one line, as {@link CshStatement} has them. */
export function statementsOf(text: string): readonly CshStatement[] {
  const statements: CshStatement[] = [];
  let words: string[] = [];
  let depth = 0;
  let line = 1;
  let start = 1;
  const end = () => {
    if (words.length > 0) {
      statements.push({ words, line: start });
    }
    words = [];
    depth = 0;
  };
  for (let at = 0; at < text.length; ) {
    const blank = /(?:[ \t\r]|\\\n)+/y;
    blank.lastIndex = at;
    const skipped = blank.exec(text)?.[0] ?? '';
    if (skipped !== '') {
      line += countLines(skipped);
      at += skipped.length;
      continue;
    }
    if (text[at] === '#') {
      const next = text.indexOf('\n', at);
      at = next < 0 ? text.length : next;
      continue;
    }
    if (words.length === 0) {
      start = line;
    }
    OPERATOR.lastIndex = at;
    const operator = OPERATOR.exec(text)?.[0];
    if (operator === undefined) {
      const word = readWord(text, at);
      words.push(word);
      line += countLines(word);
      at += word.length;
      continue;
    }
    at += operator.length;
    if (operator === '\n') {
      line += 1;
      const document = words[words.lastIndexOf('<<') + 1];
      const isDocument = words.includes('<<') && document !== undefined;
      end();
      if (isDocument) {
        const rest = skipDocument(text, at, document.replace(/["'\\]/g, ''));
        line += countLines(text.slice(at, rest));
        at = rest;
      }
      continue;
    }
    depth += operator === '(' ? 1 : operator === ')' ? -1 : 0;
    if (depth <= 0 && SEPARATORS.test(operator)) {
      end();
      continue;
    }
    words.push(operator);
  }
  end();
  return statements;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/** Where a document ends that a command is given: behind the line that is its word. */
function skipDocument(text: string, at: number, word: string): number {
  for (let from = at; from < text.length; ) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    if (text.slice(from, end) === word) {
      return Math.min(end + 1, text.length);
    }
    from = end + 1;
  }
  return text.length;
}

/** A word with its quotes; nothing in quotes ends it. */
function readWord(text: string, from: number): string {
  let at = from;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '\\') {
      if (text[at + 1] === '\n') {
        break;
      }
      at += 2;
    } else if (/["'`]/.test(character)) {
      at = closing(text, at);
    } else if (text.startsWith('$<', at)) {
      at += 2;
    } else if (/[\s;&|()<>]/.test(character)) {
      break;
    } else {
      at += 1;
    }
  }
  return text.slice(from, Math.min(at, text.length));
}

/** The place behind a quoted part. A line that ends within quotes has to end with a backslash. */
function closing(text: string, from: number): number {
  const quote = text[from]!;
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\' && (text[at + 1] === '\n' || text[at + 1] === '!' || quote === '`')) {
      at += 1;
    } else if (text[at] === quote) {
      return at + 1;
    } else if (text[at] === '\n') {
      break;
    }
  }
  throw new ShellSyntaxError(`a quote is never closed: ${quote} is missing`);
}

/** Finds the blocks among statements, by the words that they begin with. */
class Blocks {
  private at = 0;

  constructor(private readonly statements: readonly CshStatement[]) {}

  /** Reads until a statement ends the block, which stays to be read. */
  read(isEnd: (word: string) => boolean, depth: number): readonly CshNode[] {
    if (depth > MAX_DEPTH) {
      throw new ShellSyntaxError('it is nested too deeply');
    }
    const nodes: CshNode[] = [];
    for (; this.at < this.statements.length; ) {
      const statement = this.statements[this.at]!;
      if (isEnd(statement.words[0]!)) {
        break;
      }
      this.at += 1;
      nodes.push(...this.node(statement, depth));
    }
    return nodes;
  }

  private node(statement: CshStatement, depth: number): readonly CshNode[] {
    const { words, line } = statement;
    if (depth > MAX_DEPTH) {
      throw new ShellSyntaxError('it is nested too deeply');
    }
    switch (words[0]) {
      case 'if':
        return this.condition(statement, depth);
      case 'foreach':
      case 'while': {
        const body = this.read((word) => word === 'end', depth + 1);
        this.at += 1;
        return [{ kind: words[0], head: words.slice(1), body, line }];
      }
      case 'switch':
        return [{ kind: 'switch', subject: words.slice(1), cases: this.cases(depth), line }];
      case 'else':
      case 'endif':
      case 'end':
      case 'endsw':
        return [];
      default:
        return [{ kind: 'command', statement }];
    }
  }

  private condition({ words, line }: CshStatement, depth: number): readonly CshNode[] {
    const from = 1;
    if (words[from] !== '(') {
      // An expression that is none: an error when it is reached.
      return [{ kind: 'if', condition: [], body: [], otherwise: [], line }];
    }
    let to = from;
    for (let open = 0; to < words.length; to++) {
      open += words[to] === '(' ? 1 : words[to] === ')' ? -1 : 0;
      if (open === 0) {
        break;
      }
    }
    const condition = words.slice(from + 1, to);
    const rest = words.slice(to + 1);
    if (rest[0] !== 'then') {
      const body = this.node({ words: rest.length === 0 ? [':'] : rest, line }, depth + 1);
      return [{ kind: 'if', condition, body, otherwise: [], line }];
    }
    const body = this.read((word) => word === 'else' || word === 'endif', depth + 1);
    const next = this.statements[this.at];
    this.at += 1;
    if (next?.words[0] !== 'else') {
      return [{ kind: 'if', condition, body, otherwise: [], line }];
    }
    const more = next.words.slice(1);
    const otherwise =
      more[0] === 'if'
        ? this.condition({ words: more, line: next.line }, depth + 1)
        : this.read((word) => word === 'endif', depth + 1);
    this.at += more[0] === 'if' ? 0 : 1;
    return [{ kind: 'if', condition, body, otherwise, line }];
  }

  private cases(depth: number): readonly CshCase[] {
    const cases: CshCase[] = [];
    const isLabel = (word: string) => word === 'case' || /^default:?$/.test(word) || word === 'endsw';
    // What stands before the first label is never reached.
    this.read(isLabel, depth + 1);
    for (; this.at < this.statements.length; ) {
      const { words } = this.statements[this.at]!;
      this.at += 1;
      if (words[0] === 'endsw') {
        break;
      }
      const pattern = words[0] === 'case' ? words.slice(1).join('').replace(/:$/, '') : undefined;
      cases.push({ pattern, body: this.read(isLabel, depth + 1) });
    }
    return cases;
  }
}
