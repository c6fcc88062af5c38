/**
 * Counts for people, in groups of three digits: `10,003`. Of a text every whole number is taken for a count: not for
 * texts with versions, years or paths.
 */
export function grouped(count: number | string): string {
  return String(count).replace(/\d{4,}/g, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ','));
}
