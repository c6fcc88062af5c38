/**
 * Whether a text has one of some signs in it. Most texts have none of those that a pattern cannot match without, and a
 * search for signs costs less than any pattern, which has to be compiled first.
 */
export function hasOne(text: string, signs: readonly string[]): boolean {
  return signs.some((sign) => text.includes(sign));
}
