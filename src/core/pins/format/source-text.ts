import type { Position } from '../../model/problem';

/** A text file of the project, with its places. */
export interface SourceText {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** The place of a character offset; column in bytes of UTF-8, from 1. */
  positionAt(offset: number): Position;
  /** What stands between two offsets, on one line, shortened. */
  excerpt(start: number, end: number): string;
}

/** Longest excerpt, in characters. */
const EXCERPT = 160;

/** Puts a text under its name; line starts are found on first use. */
export function sourceText(path: string, text: string): SourceText {
  let starts: readonly number[] | undefined;
  return {
    path,
    text,
    positionAt(offset) {
      starts ??= lineStarts(text);
      const line = lastAtMost(starts, offset);
      return { file: path, line: line + 1, column: utf8Length(text.slice(starts[line]!, offset)) + 1 };
    },
    excerpt(start, end) {
      const words = text
        .slice(start, Math.min(end, start + 4 * EXCERPT))
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim();
      return words.length > EXCERPT ? `${words.slice(0, EXCERPT - 1)}…` : words;
    },
  };
}

/** Several files read as one: a place is that of the file that it falls into. */
export interface JoinedSource extends SourceText {
  /** Where each of the files starts in the text, in order. */
  readonly starts: readonly number[];
}

/** Puts files after one another, under the name of the first. */
export function joinedSource(files: readonly [SourceText, ...SourceText[]]): JoinedSource {
  const starts: number[] = [];
  let length = 0;
  for (const file of files) {
    starts.push(length);
    length += file.text.length + 1;
  }
  const text = files.map((file) => file.text).join('\n');
  return {
    ...sourceText(files[0].path, text),
    starts,
    positionAt(offset) {
      const at = lastAtMost(starts, offset);
      return files[at]!.positionAt(offset - starts[at]!);
    },
  };
}

/** One line of a file, without its end; `offset` is where it starts in the text. */
export interface Line {
  readonly text: string;
  readonly offset: number;
}

/** Longer lines are cut: nothing that a reader looks for stands so far to the right, and patterns stay quick. */
const LONGEST_LINE = 1_000;

/** The lines of a text. */
export function linesOf(text: string): readonly Line[] {
  return lineStarts(text).map((offset, index, starts) => {
    const end = starts[index + 1] ?? text.length;
    return { offset, text: text.slice(offset, Math.min(end, offset + LONGEST_LINE)).replace(/\r?\n$|\r$/, '') };
  });
}

/** The first match of a pattern on a line, with the line's offset. */
export function findInLines(
  text: string,
  pattern: RegExp,
): { readonly match: RegExpExecArray; readonly offset: number } | undefined {
  for (const line of linesOf(text)) {
    const match = pattern.exec(line.text);
    if (match !== null) {
      return { match, offset: line.offset };
    }
  }
  return undefined;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Index of the last of the ascending numbers that is not above the given one. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (ascending[middle]! <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
