import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds, now and later: for what styles alone cannot do, as the order of the keyboard. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
