/** How a language writes comments and texts. */
export interface Comments {
  /** What starts one that goes to the end of its line. */
  readonly line?: readonly string[];
  /** What starts and ends one of several lines. */
  readonly block?: readonly [start: string, end: string];
  /** What stands around texts, in which comments do not start. */
  readonly quotes: string;
}

/** `//`, `/* … *\/`: Groovy, Kotlin, Scala, Swift, Zig. */
export const slashes: Comments = { line: ['//'], block: ['/*', '*/'], quotes: '"\'' };
/** `#`: CMake, Meson, Starlark, shells. */
export const hashes: Comments = { line: ['#'], quotes: '"\'' };
/** Both: Terraform's language. */
export const both: Comments = { line: ['#', '//'], block: ['/*', '*/'], quotes: '"' };
/** `;`: Lisps. */
export const semicolons: Comments = { line: [';'], quotes: '"' };
/** `%`: Erlang. */
export const percents: Comments = { line: ['%'], quotes: '"' };
/** `--`: Haskell and its tools. */
export const dashes: Comments = { line: ['--'], quotes: '"' };
/** `<!-- … -->`. */
export const markup: Comments = { block: ['<!--', '-->'], quotes: '' };

/** The text with blanks in place of its comments: every character keeps its place, every line its number. */
export function withoutComments(text: string, { line, block, quotes }: Comments): string {
  const pieces: string[] = [];
  let kept = 0;
  let at = 0;
  /** Up to where no text ends that begins with a quote: looked for once, since an apostrophe is none. */
  const open = new Map<string, number>();
  const drop = (end: number) => {
    pieces.push(text.slice(kept, at), text.slice(at, end).replace(/[^\r\n]/g, ' '));
    at = end;
    kept = end;
  };
  while (at < text.length) {
    const character = text[at]!;
    const isQuote = quotes.includes(character) && at >= (open.get(character) ?? 0);
    const { isClosed, end } = isQuote ? endOfText(text, at, character) : { isClosed: false, end: 0 };
    if (isClosed) {
      at = end;
    } else if (isQuote) {
      open.set(character, end);
      at += 1;
    } else if (block !== undefined && text.startsWith(block[0], at)) {
      const end = text.indexOf(block[1], at + block[0].length);
      drop(end < 0 ? text.length : end + block[1].length);
    } else if (line?.some((start) => text.startsWith(start, at)) === true) {
      const end = text.indexOf('\n', at);
      drop(end < 0 ? text.length : end);
    } else {
      at += 1;
    }
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}

/** Behind the closing quote, or where the line ends without one. */
function endOfText(text: string, start: number, quote: string): { readonly isClosed: boolean; readonly end: number } {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') {
      at += 1;
    } else if (character === quote) {
      return { isClosed: true, end: at + 1 };
    } else if (character === '\n') {
      return { isClosed: false, end: at };
    }
  }
  return { isClosed: false, end: text.length };
}
