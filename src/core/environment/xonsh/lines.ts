/** A line of a program with the lines below it that are indented further. */
export interface Block {
  readonly text: string;
  readonly line: number;
  readonly body: readonly Block[];
}

/** Deeper than anybody indents. */
const MAX_DEPTH = 40;

/** The lines of a Python-like program by indentation; lines within brackets and long texts are joined. */
export function blocksOf(text: string): readonly Block[] {
  interface Open {
    readonly indent: number;
    readonly blocks: Block[];
  }
  const top: Block[] = [];
  const open: Open[] = [{ indent: -1, blocks: top }];
  for (const { text: written, line } of logicalLines(text)) {
    const indent = written.length - written.trimStart().length;
    while (open.length > 1 && open.at(-1)!.indent >= indent) {
      open.pop();
    }
    const body: Block[] = [];
    open.at(-1)!.blocks.push({ text: written.trim(), line, body });
    if (open.length < MAX_DEPTH) {
      open.push({ indent, blocks: body });
    }
  }
  return top;
}

function* logicalLines(text: string): Generator<{ readonly text: string; readonly line: number }> {
  let joined = '';
  let start = 0;
  let state: State = { depth: 0, quote: undefined };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    start = joined === '' ? index + 1 : start;
    state = stateAfter(line, state);
    const isOpen = state.depth > 0 || state.quote !== undefined;
    const isContinued = line.endsWith('\\');
    joined += isContinued && !isOpen ? `${line.slice(0, -1)} ` : line;
    if (isOpen || isContinued) {
      joined += isOpen ? '\n' : '';
      continue;
    }
    if (joined.trim() !== '' && !joined.trim().startsWith('#')) {
      yield { text: joined, line: start };
    }
    joined = '';
    state = { depth: 0, quote: undefined };
  }
  if (joined.trim() !== '') {
    yield { text: joined, line: start };
  }
}

/** `if`, `for` and their like, what stands between the word and its colon, and what follows on the same line. */
export function headOf(
  text: string,
): { readonly keyword: string; readonly head: string; readonly inline: string } | undefined {
  const keyword = /^(?:if|elif|else|for|while|def|async|class|try|except|finally|with)\b/.exec(text)?.[0];
  if (keyword === undefined) {
    return undefined;
  }
  let depth = 0;
  for (let at = keyword.length; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === "'" || character === '"') {
      at += 1;
      while (at < text.length && text[at] !== character) {
        at += text[at] === '\\' ? 2 : 1;
      }
    } else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (character === ':' && depth === 0) {
      return { keyword, head: text.slice(keyword.length, at).trim(), inline: text.slice(at + 1).trim() };
    } else {
      depth += /[([{]/.test(character) ? 1 : /[)\]}]/.test(character) ? -1 : 0;
    }
  }
  return undefined;
}

interface State {
  readonly depth: number;
  /** `'''` or `"""`, where one is open. */
  readonly quote: string | undefined;
}

function stateAfter(line: string, before: State): State {
  let { depth, quote } = before;
  for (let at = 0; at < line.length; at += 1) {
    const three = line.slice(at, at + 3);
    const character = line[at]!;
    if (quote !== undefined) {
      if (three === quote) {
        quote = undefined;
        at += 2;
      }
    } else if (three === "'''" || three === '"""') {
      quote = three;
      at += 2;
    } else if (character === "'" || character === '"') {
      at += 1;
      while (at < line.length && line[at] !== character) {
        at += line[at] === '\\' ? 2 : 1;
      }
    } else if (character === '#' && !/[$\w]/.test(line[at - 1] ?? '')) {
      break;
    } else {
      depth += /[([{]/.test(character) ? 1 : /[)\]}]/.test(character) ? -1 : 0;
    }
  }
  return { depth: Math.max(0, depth), quote };
}
