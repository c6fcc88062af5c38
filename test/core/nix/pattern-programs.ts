const ATOMS = ['a', 'b', 'c', '.', '[abc]', '[^a]', '[]a]', '[a-c]', '[[:alpha:]]', '[^[:space:]]', '\\\\.', '()'];
const REPEATS = ['*', '+', '?', '{2}', '{1,2}', '{0,}', '{0}'];
const LETTERS = ['a', 'b', 'c', 'ab', 'aa', ' ', '.', 'é', '-'];

/**
 * Writes programs at random that ask whether a POSIX extended regular expression matches a text. What its groups hold is
 * left to the hand-written ones: see `findMatch` for where it differs.
 */
export class PatternWriter {
  constructor(private readonly random: () => number) {}

  program(): string {
    const subject = this.many(6, () => this.pick(LETTERS));
    return `(builtins.match "${this.alternatives(3)}" "${subject}" != null)`;
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }

  private many(most: number, make: () => string): string {
    return Array.from({ length: Math.floor(this.random() * (most + 1)) }, make).join('');
  }

  private alternatives(depth: number): string {
    const sequence = () => this.many(4, () => this.repeated(depth));
    return this.random() < 0.3 ? `${sequence()}|${sequence()}` : sequence();
  }

  private repeated(depth: number): string {
    const atom = depth > 0 && this.random() < 0.35 ? `(${this.alternatives(depth - 1)})` : this.pick(ATOMS);
    return this.random() < 0.35 ? atom + this.pick(REPEATS) : atom;
  }
}
