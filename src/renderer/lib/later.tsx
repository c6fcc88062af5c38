import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A component whose code is fetched when it is first shown, or before that. */
interface Later<P extends object> {
  readonly Component: ComponentType<P>;
  /** Fetches the code ahead of time. */
  readonly fetch: () => Promise<void>;
}

/**
 * A component whose code comes later. Once that is there, it is drawn at once: React's own `lazy` makes whoever opens a
 * view for the first time look at an empty one for a third of a second, also where the code was fetched long ago.
 *
 * @param load gives the component
 * @param meanwhile keeps its place
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ReactNode = null): Later<P> {
  let Loaded: ComponentType<P> | undefined;
  const fetch = async () => {
    Loaded ??= await load();
  };
  function Component(props: P) {
    const [fetched, setFetched] = useState<{ readonly error?: unknown }>({});
    useEffect(() => {
      if (Loaded === undefined) {
        fetch().then(
          () => setFetched({}),
          (error: unknown) => setFetched({ error }),
        );
      }
    }, []);
    if (fetched.error !== undefined) {
      throw fetched.error;
    }
    return Loaded === undefined ? meanwhile : <Loaded {...props} />;
  }
  return { Component, fetch };
}
