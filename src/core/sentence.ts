/** A text that ends a sentence: with a full stop, where it has no mark at its end. */
export function withFullStop(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** A reason as a sentence: with a capital letter first and a mark at its end. */
export function sentence(text: string): string {
  return withFullStop(text.charAt(0).toUpperCase() + text.slice(1));
}
