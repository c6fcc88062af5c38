/** What can hold a thing among its like: when one goes, the next is there. */
const holders = 'ul, ol, tbody, .popover, dialog';
const takesFocus = 'button, input, select, a[href], [tabindex]:not([tabindex="-1"])';

/**
 * Focus never falls out of the window: when what had it goes away (an item of a list, another view, a closed tab, a row
 * that a refresh has taken), it goes to the list that it was in, to the grid that is shown, or else to the view.
 *
 * @param root holds everything that can have the focus
 * @returns how to stop
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: Element | null = null;
  let around: readonly Element[] = [];
  const remember = (event: FocusEvent) => {
    last = event.target instanceof Element ? event.target : null;
    around = ancestorsOf(last).filter((ancestor) => ancestor.matches(holders));
  };
  const look = () => {
    if (last === null || last.isConnected || document.activeElement !== document.body) {
      return;
    }
    last = null;
    const beside = around.find((holder) => holder.isConnected)?.querySelector<HTMLElement>(takesFocus);
    const next = beside ?? document.getElementById('compare-grid') ?? document.getElementById('stage');
    next?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(look);
  root.addEventListener('focusin', remember);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}

/** The nearest first. */
function ancestorsOf(element: Element | null): readonly Element[] {
  const parent = element?.parentElement ?? null;
  return parent === null ? [] : [parent, ...ancestorsOf(parent)];
}
