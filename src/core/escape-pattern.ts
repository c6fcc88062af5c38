/** A text as a part of a regular expression, with or without its flag `u`, outside of brackets. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
