/** So many pieces are joined at once. */
const PIECES_A_JOIN = 4096;

/** A text that is put together from pieces: millions of them are not kept apart, since each costs more than its bytes. */
export class Pieces {
  private readonly joined: string[] = [];
  private parts: string[] = [];
  /** How long it is. */
  length = 0;

  push(part: string): void {
    this.length += part.length;
    if (this.parts.push(part) >= PIECES_A_JOIN) {
      this.joined.push(this.parts.join(''));
      this.parts = [];
    }
  }

  toString(): string {
    return this.joined.join('') + this.parts.join('');
  }
}
