import { grouped } from '../../core/grouped';

/** A number with its word: `1 difference`, `3 differences`, `1,000 differences`. */
export function counted(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
}
