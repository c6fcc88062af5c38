/** A text that ends a sentence: with a full stop, where it has no mark at its end. */
export function withFullStop(text: string): string {
  const end = text.trimEnd();
  return /[.!?…]$/.test(end) ? end : `${end}.`;
}

/** The first word is a function's or an option's: `toInt: …`, `lib.fileset.union: …`. */
const NAME_FIRST = /^[\w'-]*([A-Z_.][\w'.-]*|(?=:))/;

/** What a program throws can have any length, and a document holds thousands of reasons. */
const LONGEST = 4_000;

/** A reason as a sentence: with a capital letter first, unless that is part of a name, and a mark at its end. */
export function sentence(text: string): string {
  // Put together anew: a slice would keep the whole of what it was cut from.
  const kept = text.length <= LONGEST ? text : [...text.slice(0, LONGEST), '…'].join('');
  return withFullStop(NAME_FIRST.test(kept) ? kept : kept.charAt(0).toUpperCase() + kept.slice(1));
}
