import { escapePattern } from '../../core/escape-pattern';

/**
 * Text in which what was searched for stands out.
 *
 * @param searched words, parted by spaces; upper and lower case are the same
 */
export function Marked({ text, searched }: { readonly text: string; readonly searched: string }) {
  return partsOf(text, searched).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
    index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
  );
}

/** The text cut up: what stands at odd places was searched for. */
export function partsOf(text: string, searched: string): readonly string[] {
  const words = searched.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) {
    return [text];
  }
  // The longest first: `node` in `nodejs` must not end the word before its end.
  const sorted = words.sort((a, b) => b.length - a.length).map(escapePattern);
  return text.split(new RegExp(`(${sorted.join('|')})`, 'iu'));
}
