type TokenKind = 'comment' | 'string' | 'keyword' | 'numeral' | 'path' | 'name' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
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
