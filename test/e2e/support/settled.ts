import type { Page } from 'playwright-core';

/** Milliseconds without a change. */
const QUIET = 100;

/**
 * Waits until the window shows what it is going to show: nothing in it is on its way, nothing moves, and for a moment
 * nothing has changed.
 */
export async function settled(page: Page): Promise<void> {
  await page.locator('.chart-space').first().waitFor({ state: 'detached' });
  await page.evaluate(`new Promise((resolve) => {
    const isMoving = () => document.getAnimations().some(({ playState, effect }) =>
      playState === 'running' && effect.getComputedTiming().iterations !== Infinity);
    const look = () => isMoving() ? again() : (observer.disconnect(), resolve());
    let timer = setTimeout(look, ${QUIET});
    const again = () => { clearTimeout(timer); timer = setTimeout(look, ${QUIET}); };
    const observer = new MutationObserver(again);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  })`);
}
