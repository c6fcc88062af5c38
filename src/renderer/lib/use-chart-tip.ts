import { useEffect, useState } from 'react';

/**
 * What a chart tells on hover goes by Escape, too, with the pointer where it is (WCAG 2.2, 1.4.13), and is there again when
 * the pointer comes back.
 *
 * @returns properties of the chart's tooltip, and of the element around the chart
 */
export function useChartTip(): {
  readonly tip: { readonly active?: false };
  readonly around: { readonly onPointerEnter: () => void };
} {
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') {
        setGone(true);
      }
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return { tip: isGone ? { active: false } : {}, around: { onPointerEnter: () => setGone(false) } };
}
