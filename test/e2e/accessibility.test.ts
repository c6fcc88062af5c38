import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { violations } from './support/axe';
import {
  comparison,
  example,
  flakeFolder,
  keepPictureOfWindow,
  keepScreenshot,
  type LaunchedApp,
  launchApp,
} from './support/launch-app';
import { settled } from './support/settled';
import { viewKeys } from './support/states';

const sizes = { small: [680, 640], medium: [1280, 820], large: [1760, 1060] } as const;
const looks = Object.entries(sizes).flatMap(([size, [width, height]]) =>
  (['dark', 'light'] as const).map((scheme) => [size, scheme, width, height] as const),
);

describe('every view', () => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp({ folder: example('python-service') });
    await comparison(launched.page);
  });

  afterAll(() => launched.close());

  describe.each(looks)('%s window, %s', (size, scheme, width, height) => {
    beforeAll(async () => {
      await launched.app.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      );
      await vi.waitFor(async () => expect(await launched.page.evaluate('innerWidth')).toBe(width), 10_000);
      await launched.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    });

    test.each(Object.entries(viewKeys))('%s', async (view, key) => {
      const { page } = launched;
      await page.keyboard.press(`Control+${key}`);
      await page.locator('main > *').first().waitFor();
      await settled(page);
      await keepScreenshot(page, `${view}-${scheme}-${size}`);
      expect(await violations(page)).toEqual([]);
    });
  });
});

describe('states', () => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp({ folder: flakeFolder('{\n  outputs = { self }: {\n    a = 1\n  };\n}\n') });
    await launched.page.locator('.problem').waitFor();
  });

  afterAll(() => launched.close());

  test.each(['dark', 'light'] as const)('a failure, %s', async (scheme) => {
    const { page } = launched;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await settled(page);
    await keepScreenshot(page, `failure-${scheme}`);
    expect(await violations(page)).toEqual([]);
  });

  test.each(['dark', 'light'] as const)('the palette and the shortcuts, %s', async (scheme) => {
    const { page } = launched;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Type a command, a tool or a flake').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe('high contrast and large text', () => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp({ folder: example('python-service'), settings: { theme: 'contrast' } });
    await comparison(launched.page);
  });

  afterAll(() => launched.close());

  describe.each(['dark', 'light'] as const)('high contrast, %s', (scheme) => {
    test.each(Object.entries(viewKeys))('%s', async (view, key) => {
      const { page } = launched;
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.keyboard.press(`Control+${key}`);
      await page.locator('main > *').first().waitFor();
      await settled(page);
      await keepScreenshot(page, `contrast-${view}-${scheme}`);
      expect(await violations(page)).toEqual([]);
    });
  });

  describe.each([1.25, 2])('text at %d times its size: nothing is lost sideways', (zoom) => {
    const zoomTo = (factor: number) =>
      launched.app.evaluate(({ BrowserWindow }, to) => {
        BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to);
      }, factor);

    beforeAll(() => zoomTo(zoom));

    afterAll(() => zoomTo(1));

    test.each(Object.entries(viewKeys))('%s', async (view, key) => {
      const { page } = launched;
      await page.keyboard.press(`Control+${key}`);
      await page.locator('main > *').first().waitFor();
      await settled(page);
      await keepPictureOfWindow(launched.app, `zoom-${zoom * 100}-${view}`);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await violations(page)).toEqual([]);
      if (view === 'compare') {
        // Some lines are in sight beside the details, not only the one that is chosen.
        await page.locator('.details').waitFor();
        const lines = 'grid.clientHeight / document.querySelector(".row-line").clientHeight';
        expect(await page.evaluate(`(grid => ${lines})(document.querySelector('.grid'))`)).toBeGreaterThan(4);
      }
    });
  });
});

describe('colours that the system gives', () => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp({ folder: example('python-service') });
    await comparison(launched.page);
    await launched.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  });

  afterAll(() => launched.close());

  test('the chosen row is told by an outline, and the place in the code, too', async () => {
    const { page } = launched;
    const outline = (selector: string) =>
      page.evaluate(
        `(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])(getComputedStyle(document.querySelector('${selector}')))`,
      );
    expect(await outline('.grid-line[aria-selected=true]')).toEqual(['solid', '2px']);
    await page.locator('.code-spot').first().waitFor();
    expect(await outline('.code-spot')).toEqual(['solid', '1px']);
    await keepScreenshot(page, 'forced-colors-compare');
  });

  test('bars keep the colours that tell their parts apart', async () => {
    const { page } = launched;
    await page.keyboard.press('Control+1');
    await page.locator('.segment').first().waitFor();
    const colours = (await page.evaluate(
      `[...document.querySelectorAll('.segment')].map((part) => getComputedStyle(part).background)`,
    )) as string[];
    expect(new Set(colours).size).toBe(colours.length);
    await keepScreenshot(page, 'forced-colors-overview');
  });
});
