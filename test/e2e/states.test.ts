import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { states, type ViewName, viewKeys } from './support/states';

const everything = process.env['LOCKSTEP_TOUR'] !== undefined;
const sizes = { small: [480, 640], medium: [1280, 800], large: [1920, 1200] } as const;
const schemes =
  everything && process.env['LOCKSTEP_TOUR_SCHEME'] === undefined ? (['dark', 'light'] as const) : (['light'] as const);
const wanted = process.env['LOCKSTEP_TOUR']?.split(',') ?? [];
const chosen = Object.entries(states).filter(
  ([name]) => wanted.length === 0 || wanted[0] === '' || wanted.includes(name),
);

/**
 * Every state of the window in every view. `LOCKSTEP_TOUR= npm run test:e2e …` looks at all of them in both schemes and
 * three sizes; its pictures are for people.
 */
describe.each(chosen)('%s', (name, { launch, reach, says, over }) => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp({ ...launch(), size: sizes.medium });
    await reach(launched.page);
  });

  afterAll(() => launched.close());

  for (const [size, [width, height]] of Object.entries(sizes)) {
    for (const scheme of schemes) {
      test.each(Object.entries(viewKeys).filter(([view]) => over !== true || view === 'compare'))(
        `${size}, ${scheme}: %s`,
        async (view, key) => {
          const { page, app } = launched;
          await app.evaluate(
            ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to[0] ?? 0, to[1] ?? 0),
            [width, height],
          );
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
          if (over !== true) {
            await page.keyboard.press(`Control+${key}`);
          }
          await page.locator('main > *').first().waitFor();
          await page.waitForTimeout(400);
          await keepScreenshot(page, `state-${name}-${view}-${size}-${scheme}`);
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
          // Nothing that could reorder or hide what is beside it.
          expect(await page.locator('body').innerText()).not.toMatch(/[\0-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069]/u);
          const words = says[view as ViewName];
          if (words !== undefined) {
            expect(await page.locator(over === true ? 'dialog' : 'main').innerText()).toMatch(words);
          }
          expect(await violations(page)).toEqual([]);
        },
      );
    }
  }
});
