import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service'), size: [1360, 860] });
  await comparison(launched.page);
});

afterAll(() => launched.close());

interface Item {
  readonly label: string;
  readonly keys: string;
}

/** What the native menu has, keys as the palette writes them. */
async function menuItems(): Promise<Item[]> {
  const items = await launched.app.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
      menu?.items.flatMap((item) => [item, ...all(item.submenu)]) ?? [];
    return all(Menu.getApplicationMenu()).map(({ label, accelerator }) => ({ label, keys: String(accelerator ?? '') }));
  });
  const signs: Record<string, string> = { CmdOrCtrl: 'Ctrl', Left: '←', Right: '→', Up: '↑', Down: '↓' };
  return items.map(({ label, keys }) => ({
    label,
    keys: keys
      .split('+')
      .map((key) => signs[key] ?? key)
      .join('+'),
  }));
}

async function paletteItems(): Promise<Item[]> {
  const { page } = launched;
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a command, a tool or a flake').waitFor();
  const items = page.locator('[cmdk-item]:has(kbd)');
  const texts = await items.evaluateAll((elements) =>
    elements.map((element) => [...element.children].map((child) => child.textContent ?? '')),
  );
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  return texts.map(([label = '', keys = '']) => ({ label, keys }));
}

test('every command of the palette is in the native menu, with the same keys', async () => {
  const palette = await paletteItems();
  expect(palette.length).toBeGreaterThan(25);
  const menu = await menuItems();
  const plain = (label: string) => label.toLowerCase().replace(/…|^go to /gu, '');
  for (const { label, keys } of palette) {
    expect(menu.map((item) => [plain(item.label), item.keys])).toContainEqual([plain(label), keys]);
  }
});

test('no two commands share their keys', async () => {
  const keys = (await paletteItems()).map((item) => item.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test('an item of the native menu does what it says', async () => {
  const { app, page } = launched;
  await app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View')?.submenu;
    view?.items.find(({ label }) => label === 'Checklist')?.click();
  });
  await page.getByRole('heading', { level: 1, name: 'Checklist' }).waitFor();
  await page.keyboard.press('Control+2');
  await comparison(page);
});

test('the details open and close by a key from wherever the focus is', async () => {
  const { page } = launched;
  const details = page.getByRole('complementary');
  await details.waitFor();
  await page.getByLabel('Filter tools').focus();
  await page.keyboard.press('Control+i');
  await details.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+i');
  await details.waitFor();
});

test('all groups close and open by a key, and filters go', async () => {
  const { page } = launched;
  const open = () => page.locator('.group-line[aria-expanded="true"]').count();
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await expect.poll(open).toBe(0);
  expect(await page.locator('.row-line').count()).toBe(0);
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect.poll(open).toBeGreaterThan(3);
  await page.getByLabel('Filter tools').fill('python');
  await page.locator('.chip', { hasText: 'Drift' }).press('Enter');
  await page.keyboard.press('Control+Shift+F');
  await expect.poll(() => page.getByLabel('Filter tools').inputValue()).toBe('');
  expect(await page.locator('.chip[aria-pressed="true"]').count()).toBe(0);
});

test('the page of shortcuts has every key of the palette, and those of the grid', async () => {
  const { page } = launched;
  const palette = await paletteItems();
  await page.keyboard.press('Control+/');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  await keepScreenshot(page, 'shortcuts-all');
  const keys = await dialog.locator('kbd').allInnerTexts();
  expect(keys).toEqual(expect.arrayContaining([...palette.map((item) => item.keys), 'Ctrl+C', 'Enter']));
  await page.keyboard.press('Escape');
});
