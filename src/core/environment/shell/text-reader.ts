import { ShellSyntaxError } from './syntax';

/** Goes through the text of a program; the grammar is whoever extends it. */
export class TextReader {
  at = 0;
  #line = 1;
  #counted = 0;
  #depth = 0;

  /** @param maxDepth brackets within each other that are read */
  constructor(
    protected readonly text: string,
    private readonly maxDepth: number,
  ) {}

  /** @throws ShellSyntaxError for the first text after what was read: a bracket that was not opened */
  end(): void {
    if (this.at < this.text.length) {
      throw new ShellSyntaxError('a bracket is closed that was not opened');
    }
  }

  /**
   * Reads what is one level deeper.
   *
   * @throws ShellSyntaxError
   */
  protected deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > this.maxDepth) {
      throw new ShellSyntaxError('it is nested too deeply');
    }
    const made = read();
    this.#depth -= 1;
    return made;
  }

  /** The line of the next character, from 1. */
  protected lineHere(): number {
    for (; this.#counted < this.at; this.#counted += 1) {
      this.#line += this.text[this.#counted] === '\n' ? 1 : 0;
    }
    return this.#line;
  }

  /** What a sticky pattern finds here, which is then behind. */
  protected take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  protected toLineEnd(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  /** @throws ShellSyntaxError */
  protected close(bracket: string): void {
    if (this.text[this.at] !== bracket) {
      throw new ShellSyntaxError(`a bracket is never closed: ${bracket} is missing`);
    }
    this.at += 1;
  }
}

/** What backslashes stand for between double quotes, as far as names of files have it. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character,
  );
}
