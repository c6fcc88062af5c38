import { ShellSyntaxError } from '../shell/syntax';

/** A command of fish: its words as they are written, with what follows it. */
export interface FishCommand {
  readonly words: readonly string[];
  readonly line: number;
  /** What stands between this command and the next one. */
  readonly then: ';' | '|' | '&&' | '||';
}

/** A block or a command. */
export type FishNode =
  | { readonly kind: 'command'; readonly commands: readonly FishCommand[]; readonly line: number }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: readonly FishNode[]; readonly body: readonly FishNode[] }[];
      readonly otherwise: readonly FishNode[];
      readonly line: number;
    }
  | {
      readonly kind: 'for' | 'while' | 'begin' | 'function' | 'switch';
      readonly words: readonly string[];
      readonly body: readonly FishNode[];
      /** Of a `switch`: patterns and what they lead to. */
      readonly cases: readonly { readonly patterns: readonly string[]; readonly body: readonly FishNode[] }[];
      readonly line: number;
    };

const MAX_DEPTH = 120;

interface Token {
  readonly text: string;
  readonly line: number;
  readonly isEnd: boolean;
}

/**
 * Reads a program in fish.
 *
 * @throws ShellSyntaxError
 */
export function parseFish(text: string): readonly FishNode[] {
  const tokens = tokenize(text);
  const reader = { at: 0, depth: 0 };
  const nodes: FishNode[] = [];
  while (reader.at < tokens.length) {
    nodes.push(...block(tokens, reader, []));
    // An `end` that ends nothing.
    reader.at += 1;
  }
  return nodes;
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    const double = text.slice(at, at + 2);
    if (character === '\n' || character === ';' || character === '|' || double === '&&') {
      const operator = double === '&&' || double === '||' ? double : character === '|' ? '|' : ';';
      tokens.push({ text: operator, line, isEnd: true });
      at += operator === '&&' || operator === '||' ? 2 : 1;
      line += character === '\n' ? 1 : 0;
    } else if (double === '\\\n') {
      at += 2;
      line += 1;
    } else if (/\s/.test(character)) {
      at += 1;
    } else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      tokens.push({ text: word, line, isEnd: false });
      line += word.split('\n').length - 1;
      at = end;
    }
  }
  return [...tokens, { text: ';', line, isEnd: true }];
}

function wordEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\') {
      at += 1;
    } else if (character === "'" || character === '"') {
      at += 1;
      while (at < text.length && text[at] !== character) {
        at += text[at] === '\\' ? 2 : 1;
      }
      if (at >= text.length) {
        throw new ShellSyntaxError('a quote is never closed');
      }
    } else if (character === '(') {
      depth += 1;
    } else if (character === ')') {
      depth -= 1;
    } else if (depth === 0 && (/[\s;|]/.test(character) || text.startsWith('&&', at))) {
      break;
    }
  }
  return Math.max(at, from + 1);
}

/** Nodes up to one of the words, which is left for the caller. */
function block(
  tokens: readonly Token[],
  reader: { at: number; depth: number },
  ends: readonly string[],
): readonly FishNode[] {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) {
    throw new ShellSyntaxError('it is nested too deeply');
  }
  const nodes: FishNode[] = [];
  while (reader.at < tokens.length) {
    const token = tokens[reader.at]!;
    if (token.isEnd) {
      reader.at += 1;
      continue;
    }
    if (token.text === 'end' || ends.includes(token.text)) {
      break;
    }
    nodes.push(node(tokens, reader));
  }
  reader.depth -= 1;
  return nodes;
}

function node(tokens: readonly Token[], reader: { at: number; depth: number }): FishNode {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) {
    throw new ShellSyntaxError('it is nested too deeply');
  }
  const read = readNode(tokens, reader);
  reader.depth -= 1;
  return read;
}

function readNode(tokens: readonly Token[], reader: { at: number; depth: number }): FishNode {
  const { text, line } = tokens[reader.at]!;
  const next = () => {
    reader.at += 1;
  };
  switch (text) {
    case 'if': {
      const branches: { test: readonly FishNode[]; body: readonly FishNode[] }[] = [];
      let otherwise: readonly FishNode[] = [];
      do {
        next();
        const test = [...condition(tokens, reader)];
        branches.push({ test, body: block(tokens, reader, ['else']) });
        if (tokens[reader.at]?.text !== 'else') {
          break;
        }
        next();
      } while (tokens[reader.at]?.text === 'if');
      if (tokens[reader.at]?.text !== 'end') {
        otherwise = block(tokens, reader, []);
      }
      next();
      return { kind: 'if', branches, otherwise, line };
    }
    case 'switch': {
      next();
      const words = wordsOf(tokens, reader);
      const cases: { patterns: readonly string[]; body: readonly FishNode[] }[] = [];
      block(tokens, reader, ['case']);
      while (tokens[reader.at]?.text === 'case') {
        next();
        cases.push({ patterns: wordsOf(tokens, reader), body: block(tokens, reader, ['case']) });
      }
      next();
      return { kind: 'switch', words, body: [], cases, line };
    }
    case 'for':
    case 'while':
    case 'begin':
    case 'function': {
      next();
      const words = text === 'begin' ? [] : wordsOf(tokens, reader);
      const body = block(tokens, reader, []);
      next();
      return { kind: text, words, body, cases: [], line };
    }
    default:
      return { kind: 'command', commands: commands(tokens, reader), line };
  }
}

/** The command after `if`, with the `and` and `or` that belong to it. */
function* condition(tokens: readonly Token[], reader: { at: number; depth: number }): Generator<FishNode> {
  yield node(tokens, reader);
  for (;;) {
    const after = tokens.findIndex((token, index) => index >= reader.at && !token.isEnd);
    if (after < 0 || !/^(?:and|or)$/.test(tokens[after]!.text)) {
      return;
    }
    reader.at = after;
    yield node(tokens, reader);
  }
}

function wordsOf(tokens: readonly Token[], reader: { at: number }): readonly string[] {
  const words: string[] = [];
  for (let token = tokens[reader.at]; token !== undefined && !token.isEnd; token = tokens[reader.at]) {
    words.push(token.text);
    reader.at += 1;
  }
  return words;
}

function commands(tokens: readonly Token[], reader: { at: number }): readonly FishCommand[] {
  const list: FishCommand[] = [];
  for (;;) {
    const line = tokens[reader.at]?.line ?? 0;
    const words = wordsOf(tokens, reader);
    const end = tokens[reader.at];
    reader.at += 1;
    const then = end?.isEnd === true && end.text !== ';' ? (end.text as '|' | '&&' | '||') : ';';
    list.push({ words, line, then });
    if (then === ';') {
      return list;
    }
  }
}
