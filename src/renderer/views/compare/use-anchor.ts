import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { GridItem } from './grid-model';
import { lineHeight } from './use-window';

/**
 * When other rows come (a refresh, the next results of an audit), the line at the top of the list stays there, however
 * many come or go above it. A list that was not scrolled stays at its beginning.
 *
 * @param of what the items are of: only a change of this is a reason to hold on to anything
 */
export function useAnchor(scroller: RefObject<HTMLElement | null>, items: readonly GridItem[], of: unknown): void {
  const before = useRef({ items, of });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { items, of };
    const element = scroller.current;
    if (element === null || old.of === of || element.scrollTop === 0) {
      return;
    }
    const top = Math.floor(element.scrollTop / lineHeight);
    const moved = movedBy(old.items.slice(top), items, top);
    if (moved !== undefined && moved !== 0) {
      element.scrollTop += moved * lineHeight;
    }
  }, [scroller, items, of]);
}

/**
 * By how many lines what was in sight has moved: the first of it that is still there tells.
 *
 * @param seen what was there from the top of the window on
 * @param top the index that the first of it had
 */
export function movedBy(seen: readonly GridItem[], items: readonly GridItem[], top: number): number | undefined {
  const places = new Map(items.map(({ key }, index) => [key, index]));
  for (const [index, { key }] of seen.entries()) {
    const place = places.get(key);
    if (place !== undefined) {
      return place - (top + index);
    }
  }
  return undefined;
}
