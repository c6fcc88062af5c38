import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Every line is as high (pixels): which lines are in sight is then a division. */
export const lineHeight = 32;

/** Lines beyond the edges that are drawn ahead; the lines in the document change by so many at once. */
const step = 8;

/** Milliseconds without a scroll, after which the lines are put into the order in which they are read. */
const rest = 200;

/** The lines that are in the document. */
export interface LinesInSight {
  /** Index of the first line, and of the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Index of the group header that stays at the top; -1 where there is none. */
  readonly sticky: number;
  /** Whether the list is scrolled sideways. */
  readonly aside: boolean;
  /** How many lines can be in the document at once: one that comes takes the elements of one that goes. */
  readonly room: number;
  /** Index of the line that comes first in the document: while it scrolls, no element moves. */
  readonly foremost: number;
}

/**
 * Follows the scrolling of a list whose lines are all as high as each other.
 *
 * @param headers indices of the group headers, ascending
 * @param headHeight pixels above the lines that scroll with nothing
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  headers: readonly number[],
  headHeight: number,
): { readonly sight: LinesInSight; readonly reveal: (index: number) => void } {
  const [place, setPlace] = useState({ block: 0, height: innerHeight, sticky: -1, aside: false, foremost: 0 });
  const known = useRef(headers);
  known.current = headers;
  /** What the browser has told last: to ask it anew, it would have to lay out what was just drawn. */
  const told = useRef({ top: 0, left: 0, height: 0 });
  /** The line that is to be revealed as soon as the height is known. */
  const wanted = useRef<number | undefined>(undefined);
  const follow = useCallback(() => {
    // Blocks of lines only: most frames of a scroll then change nothing but the offset, and draw nothing.
    const top = Math.floor(told.current.top / lineHeight);
    const block = Math.floor(top / step) * step;
    const sticky = known.current.findLast((index) => index <= top) ?? -1;
    const height = told.current.height || innerHeight;
    const aside = told.current.left > 0;
    setPlace((before) =>
      before.block === block && before.height === height && before.sticky === sticky && before.aside === aside
        ? before
        : { block, height, sticky, aside, foremost: before.foremost },
    );
  }, []);
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      const { top, height } = told.current;
      wanted.current = height === 0 ? index : undefined;
      if (element === null || height === 0) {
        return;
      }
      const above = Math.max(0, (index - 1) * lineHeight);
      const below = (index + 1) * lineHeight + headHeight - height;
      const to = top > above ? above : Math.max(top, below);
      if (to !== top) {
        told.current = { ...told.current, top: to };
        element.scrollTop = to;
      }
    },
    [scroller, headHeight],
  );
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return undefined;
    }
    let resting: ReturnType<typeof setTimeout> | undefined;
    const now = () => {
      told.current = { ...told.current, top: element.scrollTop, left: element.scrollLeft };
      flushSync(follow);
      clearTimeout(resting);
      resting = setTimeout(() => setPlace((before) => ({ ...before, foremost: firstOf(before.block) })), rest);
    };
    const observer = new ResizeObserver(() => {
      told.current = { ...told.current, height: element.clientHeight };
      follow();
      if (wanted.current !== undefined) {
        reveal(wanted.current);
      }
    });
    observer.observe(element);
    element.addEventListener('scroll', now, { passive: true });
    return () => {
      clearTimeout(resting);
      observer.disconnect();
      element.removeEventListener('scroll', now);
    };
  }, [scroller, follow, reveal]);
  // Other lines, other headers; and a filter makes the list shorter than it was scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are read where they are kept
  useLayoutEffect(() => {
    if (scroller.current !== null && told.current.top > count * lineHeight) {
      told.current = { ...told.current, top: 0 };
      scroller.current.scrollTop = 0;
    }
    follow();
  }, [scroller, follow, headers, count]);

  const { block, height, aside, foremost } = place;
  const room = Math.ceil(height / lineHeight) + 3 * step;
  const first = Math.min(count, firstOf(block));
  const end = Math.min(count, block - step + room);
  const sticky = Math.min(place.sticky, count - 1);
  const sight = useMemo(
    () => ({ first, end, sticky, aside, room, foremost }),
    [first, end, sticky, aside, room, foremost],
  );

  return { sight, reveal };
}

function firstOf(block: number): number {
  return Math.max(0, block - step);
}
