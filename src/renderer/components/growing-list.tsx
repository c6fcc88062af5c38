import { type ReactNode, useEffect, useRef, useState } from 'react';
import { grouped } from '../../core/grouped';

/** So many items are drawn at a time: several screens full. */
const portion = 200;

/** The first of very many items, and more of them as a reader comes to their end. */
export interface Growing<T> {
  readonly shown: readonly T[];
  /** To be put below the items; nothing where all of them are shown. */
  readonly more: ReactNode;
}

/**
 * Draws a list portion by portion: ten thousand items at once would stand still for seconds.
 *
 * @param what the items, in the plural
 */
export function useGrowing<T>(items: readonly T[], what: string): Growing<T> {
  const [count, setCount] = useState(portion);
  const end = useRef<HTMLButtonElement>(null);
  const isCut = items.length > count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end is another place after each portion
  useEffect(() => {
    const element = end.current;
    if (element === null) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          setCount((before) => before + portion);
        }
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isCut, count]);
  return {
    shown: isCut ? items.slice(0, count) : items,
    more: isCut ? (
      <button ref={end} type="button" className="link growing-more" onClick={() => setCount(count + portion)}>
        {grouped(items.length - count)} more {what}
      </button>
    ) : null,
  };
}
