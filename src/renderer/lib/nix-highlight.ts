type TokenKind = 'comment' | 'string' | 'keyword' | 'numeral' | 'path' | 'name' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** This is what a position speaks of. */
  readonly spot?: true;
}

const pattern =
  /(?<comment>#[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:\\[\s\S]|[^"\\])*(?:"|$)|''(?:''['$\\]|[^'$]|'(?!')|\$)*(?:''|$))|(?<keyword>\b(?:let|in|with|rec|inherit|if|then|else|assert|or|true|false|null|import)\b(?![-'\w]))|(?<numeral>\b\d+(?:\.\d+)?\b)|(?<path>(?:\.{1,2}|~)?(?:\/[\w.+-]+)+)|(?<name>[A-Za-z_][\w'-]*(?=\s*(?:\.[\w.'"-]+\s*)?=(?!=)))|[A-Za-z_][\w'-]*|[^\w#"'/.~]+|[\s\S]/gu;

/**
 * Nix code cut into pieces to be coloured. For the eye only: strings are one piece with what is interpolated into
 * them, and nothing is ever refused. The pieces joined are the text.
 */
export function highlightNix(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const kind = kindOf(match.groups ?? {});
    const last = tokens.at(-1);
    if (last !== undefined && last.kind === kind && kind === 'plain') {
      tokens[tokens.length - 1] = { kind, text: last.text + match[0] };
    } else {
      tokens.push({ kind, text: match[0] });
    }
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): TokenKind {
  const found = Object.entries(groups).find(([, text]) => text !== undefined);
  return found === undefined ? 'plain' : (found[0] as TokenKind);
}

/** The pieces of each line. */
export function highlightLines(text: string): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const { kind, text: piece } of highlightNix(text)) {
    for (const [index, part] of piece.split('\n').entries()) {
      if (index > 0) {
        lines.push([]);
      }
      if (part !== '') {
        lines.at(-1)?.push({ kind, text: part });
      }
    }
  }
  return lines;
}

/** How much of a string its first bytes in UTF-8 are. */
function lettersIn(text: string, bytes: number): number {
  let [letters, left] = [0, bytes];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (left < 0) {
      break;
    }
    letters += letter.length;
  }
  return letters;
}

/** What can stand at a position as one thing: a name with its path, else one character. */
const thing = /[\w'-]+(?:\.[\w'-]+)*|[^\s]/uy;

/**
 * A line with what stands at a column cut out of its pieces and marked.
 *
 * @param column counted from 1, in bytes as Nix counts
 */
export function withSpot(tokens: readonly Token[], column: number): readonly Token[] {
  const line = tokens.map(({ text }) => text).join('');
  const spot = lettersIn(line, column - 1);
  thing.lastIndex = spot;
  const end = spot + (thing.exec(line)?.[0].length ?? 0);
  let start = 0;
  return tokens.flatMap(({ kind, text }): Token[] => {
    const [from, to] = [Math.max(0, spot - start), Math.min(text.length, end - start)];
    start += text.length;
    if (from >= to) {
      return [{ kind, text }];
    }
    const parts: Token[] = [
      { kind, text: text.slice(0, from) },
      { kind, text: text.slice(from, to), spot: true },
      { kind, text: text.slice(to) },
    ];
    return parts.filter((part) => part.text !== '');
  });
}
