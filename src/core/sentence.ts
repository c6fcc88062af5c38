/** A text that ends a sentence: with a full stop, where it has no mark at its end. */
export function withFullStop(text: string): string {
  const end = text.trimEnd();
  return /[.!?…]$/.test(end) ? end : `${end}.`;
}

/** The first word is a function's or an option's: `toInt: …`, `lib.fileset.union: …`. */
const NAME_FIRST = /^[\w'-]*([A-Z_.][\w'.-]*|(?=:))/;

/** A reason as a sentence: with a capital letter first, unless that is part of a name, and a mark at its end. */
export function sentence(text: string): string {
  return withFullStop(NAME_FIRST.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));
}
