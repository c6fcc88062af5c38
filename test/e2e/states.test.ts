import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { settled } from './support/settled';
import { states, type ViewName, viewKeys } from './support/states';

const sizes = { small: [480, 640], medium: [1280, 800], large: [1920, 1200] } as const;
type Look = readonly [size: keyof typeof sizes, scheme: 'dark' | 'light'];

/**
 * What is looked at: of each state the views that say something of their own, once narrow and light, once dark. With
 * `LOCKSTEP_TOUR=` every view in both schemes and all sizes, which takes a while and makes pictures for people;
 * `LOCKSTEP_TOUR=loading,cancelled` of some states only.
 */
const tour = process.env['LOCKSTEP_TOUR'];
const looks: readonly Look[] =
  tour === undefined
    ? [
        ['small', 'light'],
        ['medium', 'dark'],
      ]
    : (Object.keys(sizes) as (keyof typeof sizes)[]).flatMap((size): Look[] => [
        [size, 'dark'],
        [size, 'light'],
      ]);
const chosen = Object.entries(states).filter(([name]) => (tour ?? '') === '' || tour?.split(',').includes(name));

/** Characters that reorder or hide what is beside them. */
const acting = /[\0-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069]/u;

describe.each(chosen)('%s', (name, { launch, reach, says, over }) => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp({ ...launch(), size: sizes.medium });
    await reach(launched.page);
  });

  afterAll(() => launched.close());

  const own = Object.keys(says) as ViewName[];
  const all: readonly ViewName[] = tour === undefined ? own : (Object.keys(viewKeys) as ViewName[]);
  const views: readonly ViewName[] = over === true ? ['compare'] : all;

  describe.each(looks)('%s, %s', (size, scheme) => {
    test.each(views)('%s', async (view) => {
      const { page, app } = launched;
      await app.evaluate(
        ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
        sizes[size],
      );
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      if (over !== true) {
        await page.keyboard.press(`Control+${viewKeys[view]}`);
      }
      const place = page.locator(over === true ? 'dialog' : 'main');
      await place.locator(':scope > *').first().waitFor();
      await expect.poll(() => place.innerText()).toMatch(says[view] ?? /\S/u);
      if (tour !== undefined) {
        // Charts are drawn when their place is known.
        await settled(page);
        await keepScreenshot(page, `state-${name}-${view}-${size}-${scheme}`);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await page.locator('body').innerText()).not.toMatch(acting);
      expect(await violations(page)).toEqual([]);
    });
  });
});
