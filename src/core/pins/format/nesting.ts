/**
 * Where brackets outside strings open more than `limit` deep. Parsers that recurse must not be given such a text: when
 * the stack runs out inside a regular expression, the whole process ends. Comments and strings of several lines may
 * make it count too many, never too few.
 *
 * @param quotes the characters that enclose strings of one line
 * @returns undefined when it is flat enough
 */
export function nestedBeyond(text: string, limit: number, quotes: string): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\' && quote === '"') {
        at += 1;
      } else if (character === quote || character === '\n') {
        quote = '';
      }
    } else if (quotes.includes(character)) {
      quote = character;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > limit) {
        return at;
      }
    } else if (character === '}' || character === ']') {
      depth = Math.max(0, depth - 1);
    }
  }
  return undefined;
}
