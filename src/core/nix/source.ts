import type { Position } from '../model/problem';
import { decodeUtf8 } from './bytes';

/** The start of every so manyth line is remembered: those of all would take more than the text. */
const LINES_A_MARK = 16;

const LINE_END = /\n|\r(?!\n)/g;

/** One text that was parsed: a file, standard input, an `--expr`, or a prelude of ours under a made-up name. */
export class Source {
  private marks: readonly number[] | undefined;
  /** The line that was measured last: one can be as long as the text, and many places can be in it. */
  private measured: { readonly start: number; readonly next: number | undefined } | undefined;

  /**
   * @param file the absolute path; a name in brackets such as `<lockstep/lib>` or `«string»` for what is no file
   * @param text byte string
   */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  /** Offset → line and column, both from 1, the column in bytes. Lines end with `\n`, `\r\n` or `\r`. */
  locate(offset: number): { readonly line: number; readonly column: number } {
    const marks = this.lineMarks();
    let low = 0;
    let high = marks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (marks[middle]! <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    let line = low * LINES_A_MARK + 1;
    let start = marks[low]!;
    for (let next = this.nextLine(start); next !== undefined && next <= offset; next = this.nextLine(start)) {
      line++;
      start = next;
    }
    return { line, column: offset - start + 1 };
  }

  /** The text of a line (from 1) without its end; undefined past the last one. */
  line(number: number): string | undefined {
    let start = this.lineMarks()[Math.floor((number - 1) / LINES_A_MARK)];
    for (let skip = (number - 1) % LINES_A_MARK; skip > 0 && start !== undefined; skip--) {
      start = this.nextLine(start);
    }
    if (start === undefined) {
      return undefined;
    }
    const end = this.nextLine(start) ?? this.text.length;
    return decodeUtf8(this.text.slice(start, Math.min(end, start + 4096))).replace(/[\r\n]+$/, '');
  }

  /** Where the line after the one at `start` begins; undefined when that is the last one. */
  private nextLine(start: number): number | undefined {
    if (this.measured?.start !== start) {
      this.measured = { start, next: this.lineEnd(start) };
    }
    return this.measured.next;
  }

  private lineEnd(start: number): number | undefined {
    LINE_END.lastIndex = start;
    return LINE_END.test(this.text) ? LINE_END.lastIndex : undefined;
  }

  private lineMarks(): readonly number[] {
    if (this.marks === undefined) {
      const marks = [0];
      let lines = 1;
      for (let next = this.lineEnd(0); next !== undefined; next = this.lineEnd(next)) {
        if (lines++ % LINES_A_MARK === 0) {
          marks.push(next);
        }
      }
      this.marks = marks;
    }
    return this.marks;
  }
}

/** A place in a source; line and column are worked out when asked for. */
export class Pos {
  constructor(
    readonly source: Source,
    readonly offset: number,
    /** Set for a member that a builtin made from the one that is written here: Nix itself has forgotten the place. */
    readonly derived = false,
  ) {}

  /** The same place, for what was made from what is written there. */
  asDerived(): Pos {
    return this.derived ? this : new Pos(this.source, this.offset, true);
  }

  get file(): string {
    return this.source.file;
  }

  get line(): number {
    return this.source.locate(this.offset).line;
  }

  get column(): number {
    return this.source.locate(this.offset).column;
  }

  toPosition(): Position {
    const { line, column } = this.source.locate(this.offset);
    return { file: this.source.file, line, column };
  }

  /** `/a/b.nix:3:7`. */
  toString(): string {
    const { line, column } = this.source.locate(this.offset);
    return `${this.source.file}:${line}:${column}`;
  }
}
