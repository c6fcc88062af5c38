import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { type ViewName, viewKeys } from './support/states';
import { tabWalk } from './support/tab-walk';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service') });
  await comparison(launched.page);
});

afterAll(() => launched.close());

const activeLine = () =>
  launched.page.evaluate(
    `document.getElementById(document.querySelector('[role=treegrid]').getAttribute('aria-activedescendant'))?.innerText`,
  ) as Promise<string>;
const expanded = () =>
  launched.page.evaluate(
    `document.getElementById(document.querySelector('[role=treegrid]').getAttribute('aria-activedescendant'))?.getAttribute('aria-expanded')`,
  );

test('the grid is one stop of the Tab key; arrows go through it', async () => {
  const { page } = launched;
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Home');
  await expect.poll(activeLine).toBeTruthy();
  const first = await activeLine();
  await page.keyboard.press('ArrowDown');
  await expect.poll(activeLine).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  await expect.poll(activeLine).toBe(first);
  await page.keyboard.press('End');
  await expect.poll(activeLine).not.toBe(first);
  await page.keyboard.press('Home');
  // The rows are drawn as they are scrolled to.
  await expect.poll(activeLine).toBe(first);
});

test('left closes a group and goes to the header of a row, right opens it', async () => {
  const { page } = launched;
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Home');
  await expect.poll(expanded).toBe('true');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(expanded).toBe('false');
  await page.keyboard.press('ArrowRight');
  await expect.poll(expanded).toBe('true');
  const header = await activeLine();
  await page.keyboard.press('ArrowRight');
  await expect.poll(activeLine).not.toBe(header);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(activeLine).toBe(header);
});

test('F8 goes from difference to difference, Shift+F8 back', async () => {
  const { page } = launched;
  await page.keyboard.press('F8');
  const first = await activeLine();
  await page.keyboard.press('F8');
  const second = await activeLine();
  expect(second).not.toBe(first);
  expect(second).toMatch(/Drift|Missing|Hidden|Unknown/u);
  await page.keyboard.press('Shift+F8');
  await expect.poll(activeLine).toBe(first);
});

test('a slash goes to the filter, which counts aloud; Escape clears it, and goes back to the grid', async () => {
  const { page } = launched;
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('python');
  await expect.poll(() => page.getByRole('status').innerText()).toMatch(/^\d+ results?$/u);
  await page.keyboard.press('Escape');
  expect(await page.getByLabel('Filter tools').inputValue()).toBe('');
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('treegrid');
});

test('a chip is a toggle with its count', async () => {
  const { page } = launched;
  const chip = page.locator('.chip', { hasText: 'Drift' });
  const count = Number(await chip.locator('.chip-count').innerText());
  await chip.press('Enter');
  expect(await chip.getAttribute('aria-pressed')).toBe('true');
  await page
    .getByText(count === 1 ? '1 result' : `${count} results`, { exact: true })
    .last()
    .waitFor();
  expect(await page.locator('.row-line').count()).toBe(count);
  await chip.press('Enter');
  expect(await chip.getAttribute('aria-pressed')).toBe('false');
});

test('Control+C copies a row', async () => {
  const { app, page } = launched;
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('F8');
  await page.keyboard.press('Control+c');
  await page.getByText(/^Copied the row of/u).waitFor();
  const text = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(text.split('\t').length).toBeGreaterThan(3);
});

test('Escape closes the details, Enter opens them', async () => {
  const { page } = launched;
  await page.keyboard.press('F8');
  const details = page.getByRole('complementary');
  await details.waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await details.waitFor();
});

test('the palette finds commands and tools, runs them, and gives the focus back', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a command, a tool or a flake').waitFor();
  await keepScreenshot(page, 'palette');
  await page.keyboard.type('target');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Target' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('postgresql');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: /postgresql/iu }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await page.getByPlaceholder('Type a command, a tool or a flake').waitFor({ state: 'detached' });
});

test('back and forward', async () => {
  const { page } = launched;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+5');
  await heading('Reports');
  await page.keyboard.press('Alt+ArrowLeft');
  await heading('Overview');
  await page.keyboard.press('Alt+ArrowRight');
  await heading('Reports');
});

test('every shortcut is on one page', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+/');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  expect(await dialog.locator('kbd').count()).toBeGreaterThan(15);
  await keepScreenshot(page, 'shortcuts');
  await page.keyboard.press('Escape');
});

test('Shift+F10 opens the menu of the row; Escape closes it and goes back to the row', async () => {
  const { page, app } = launched;
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+2');
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('F8');
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: /^Row of / });
  await menu.waitFor();
  const title = await page.locator('.row-line[aria-selected=true] .tool-title').innerText();
  expect(await menu.getAttribute('aria-label')).toBe(`Row of ${title}`);
  expect(await menu.getByRole('menuitem').first().innerText()).toMatch(/^Copy row/u);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  expect(await page.evaluate('document.activeElement.id')).toBe('compare-grid');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Copy the \w+ command$/u }).click();
  await page.getByText(/^Copied the \w+ command/u).waitFor();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^\S+ \S+/u);
});

test('the menu is at the pointer, too, and is of the row under it', async () => {
  const { page } = launched;
  const row = page.locator('.row-line').last();
  await row.click({ button: 'right', position: { x: 60, y: 12 } });
  const menu = page.getByRole('menu', { name: `Row of ${await row.locator('.tool-title').innerText()}` });
  await menu.waitFor();
  const [box, window] = [await menu.boundingBox(), (await page.evaluate('innerHeight')) as number];
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(window);
  await page.keyboard.press('Escape');
});

test('each step says which of the differences it has come to', async () => {
  const { page } = launched;
  const numbers = async () => {
    const said = await page.getByRole('status').innerText();
    return (/^Difference (\d+) of (\d+)$/u.exec(said) ?? []).slice(1).map(Number);
  };
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('F8');
  await expect.poll(numbers).toHaveLength(2);
  const [first = 0, count = 0] = await numbers();
  const second = (first % count) + 1;
  await page.keyboard.press('F8');
  await expect.poll(numbers).toEqual([second, count]);
  await expect.poll(() => page.locator('.difference-place').innerText()).toContain(`${second} of ${count}`);
});

test('Escape takes away what a chart tells on hover', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+1');
  await page.locator('.chart .recharts-surface').first().hover();
  const tip = page.locator('.chart-tip');
  await tip.waitFor();
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'hidden' });
});

describe('by Tab alone', () => {
  const marks: Readonly<Record<ViewName, string>> = {
    overview: '.figures',
    compare: '#compare-grid',
    snapshot: '.installations',
    target: '.input',
    reports: 'iframe',
    history: '.history',
    checklist: '.steps',
    settings: '.settings',
  };

  test.each(Object.keys(viewKeys) as ViewName[])('%s', async (view) => {
    const { page } = launched;
    await page.keyboard.press(`Control+${viewKeys[view]}`);
    await page.locator(`main ${marks[view]}`).first().waitFor();
    // A view comes part by part: all of it is there when no more comes.
    let before = 0;
    await expect
      .poll(async () => {
        const now = await page.locator('main :is(button, input, select)').count();
        const isStill = now > 0 && now === before;
        before = now;
        return isStill;
      })
      .toBe(true);
    const { stops, faults } = await tabWalk(page);
    expect(faults).toEqual([]);
    expect(stops.length).toBeGreaterThan(before / 2);
  });
});
