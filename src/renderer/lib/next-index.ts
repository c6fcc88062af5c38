/** The keys that go along a row. */
const HORIZONTAL = { back: 'ArrowLeft', forward: 'ArrowRight' };

/** The keys that go along a column. */
export const VERTICAL = { back: 'ArrowUp', forward: 'ArrowDown' };

/**
 * Where a key leads in a list that is walked with arrows, Home and End, round its ends, as the WAI-ARIA patterns for
 * tabs and menus say.
 *
 * @param key of a keyboard event
 * @param index of the item that has the focus
 * @param length of the list
 * @param arrows the two keys that walk it
 * @returns an index, or `undefined` for any other key
 */
export function nextIndex(key: string, index: number, length: number, arrows = HORIZONTAL): number | undefined {
  switch (key) {
    case arrows.forward:
      return (index + 1) % length;
    case arrows.back:
      return (index + length - 1) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
