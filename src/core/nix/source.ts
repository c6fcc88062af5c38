import type { Position } from '../model/problem';
import { decodeUtf8 } from './bytes';

/** One text that was parsed: a file, standard input, an `--expr`, or a prelude of ours under a made-up name. */
export class Source {
  private starts: number[] | undefined;

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
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The text of a line (from 1) without its end; undefined past the last one. */
  line(number: number): string | undefined {
    const starts = this.lineStarts();
    const start = starts[number - 1];
    if (start === undefined) {
      return undefined;
    }
    const end = starts[number] ?? this.text.length;
    return decodeUtf8(this.text.slice(start, Math.min(end, start + 4096))).replace(/[\r\n]+$/, '');
  }

  private lineStarts(): number[] {
    if (this.starts === undefined) {
      const starts = [0];
      const ends = /\r\n?|\n/g;
      while (ends.exec(this.text) !== null) {
        starts.push(ends.lastIndex);
      }
      this.starts = starts;
    }
    return this.starts;
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
