export interface NowAndThen {
  /** There is something new to tell. */
  readonly news: () => void;
  /** Nothing more is told. */
  readonly close: () => void;
}

/** Nothing is told before (milliseconds): what is read at once is shown at once, and nobody sees it change twice. */
const quiet = 300;

/** Told at most this often (milliseconds): nobody reads faster. */
const interval = 150;

/** One more (milliseconds) for so many things: they have to be carried, checked and drawn. */
const thingsInOne = 20;

/**
 * Tells of what changes faster than anybody reads: first after a while, then now and then.
 *
 * @param tell tells all that is known, and gives how many things that were
 */
export function nowAndThen(tell: () => number): NowAndThen {
  let changed = false;
  let timer: NodeJS.Timeout | undefined;
  wait(quiet);

  function wait(milliseconds: number): void {
    timer = setTimeout(() => {
      timer = undefined;
      if (changed) {
        tellNow();
      }
    }, milliseconds);
  }

  function tellNow(): void {
    changed = false;
    const things = tell();
    wait(interval + things / thingsInOne);
  }

  return {
    news: () => {
      changed = true;
      if (timer === undefined) {
        tellNow();
      }
    },
    close: () => clearTimeout(timer),
  };
}
