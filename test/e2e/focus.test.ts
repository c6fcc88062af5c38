import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

const source = readFileSync(join(example('python-service'), 'flake.nix'), 'utf8');
const folder = flakeFolder(source, readFileSync(join(example('python-service'), 'flake.lock'), 'utf8'));
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  launched = await launchApp({ folder, size: [1360, 860] });
  page = launched.page;
  await comparison(page);
});

afterAll(() => launched.close());

/** Where the keyboard is: an element's id, else its name or text. */
const focused = () =>
  page.evaluate(
    `(() => { const e = document.activeElement; return e.id || e.getAttribute('aria-label') || e.innerText || e.tagName; })()`,
  ) as Promise<string>;

const write = (text: string) => writeFileSync(join(folder, 'flake.nix'), text);

test('a view that goes away with the focus in it leaves the focus in the next one', async () => {
  await page.getByLabel('Filter tools').focus();
  await page.keyboard.press('Control+4');
  await page.getByRole('heading', { level: 1, name: 'Target' }).waitFor();
  await expect.poll(focused).toBe('stage');
  await page.getByRole('button', { name: 'ruff', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Details of Ruff' }).waitFor();
  await expect.poll(focused).toBe('compare-grid');
});

test("a view's keys bring the focus into it, and its name is said", async () => {
  await page.getByRole('button', { name: 'Overview' }).focus();
  for (const [keys, name, place] of [
    ['Control+3', 'This machine', 'stage'],
    ['Control+2', 'Compare', 'compare-grid'],
  ] as const) {
    await page.keyboard.press(keys);
    await expect.poll(focused).toBe(place);
    await expect.poll(() => page.locator('.visually-hidden[role=status]').textContent()).toBe(name);
  }
});

test('dialogs give the focus back to what had it', async () => {
  for (const keys of ['Control+k', 'Control+/', 'Control+Shift+A']) {
    await page.getByRole('button', { name: 'Add column' }).focus();
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Add column');
  }
});

test('a new tab has the focus in it; the one before has it back when it is closed', async () => {
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Control+t');
  await page.getByRole('heading', { name: 'What shall be compared?' }).waitFor();
  await expect.poll(focused).toMatch(/^Open flake…/u);
  await page.keyboard.press('Control+w');
  await comparison(page);
  await expect.poll(focused).toBe('compare-grid');
});

test('a button with nothing to do for a moment keeps the focus', async () => {
  const again = page.getByRole('button', { name: 'Audit again' });
  await again.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => again.getAttribute('aria-disabled')).not.toBe('true');
  expect(await focused()).toBe('Audit again');
});

test('a row that a filter takes away takes no focus with it', async () => {
  await page.keyboard.press('F8');
  await expect.poll(focused).toBe('compare-grid');
  await page.locator('.chip', { hasText: 'Missing' }).dispatchEvent('click');
  await expect.poll(() => page.locator('.row-drift').count()).toBe(0);
  expect(await focused()).toBe('compare-grid');
  // The first of those that are left is chosen, and its details take the place of the others.
  await page.locator('.row-missing[aria-selected="true"]').waitFor();
  await page.locator('.details .verdict-missing').waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.locator('.grid-line[aria-selected="true"]').count()).toBe(1);
  await page.keyboard.press('Control+Shift+F');
});

test('chips that go to another line with the details keep the focus', async () => {
  await page.locator('.row-missing').first().click();
  const chip = page.locator('.chip', { hasText: 'Missing' });
  await chip.focus();
  for (const isNarrow of [false, true]) {
    await page.keyboard.press('Control+i');
    await expect.poll(() => page.locator('.toolbar.is-narrow').count()).toBe(isNarrow ? 1 : 0);
    expect(await focused()).toMatch(/Missing/u);
  }
});

test('details whose row a refresh takes away leave the focus in the grid', async () => {
  await page.getByLabel('Filter tools').fill('just');
  await page.locator('.row-line', { hasText: 'just' }).click();
  const details = page.getByRole('complementary', { name: 'Details of just' });
  await details.waitFor();
  await page.getByLabel('Filter tools').fill('');
  await details.locator('.copy-button').first().focus();
  write(source.replace(/^\s*just$/mu, '                ripgrep'));
  await page.getByText(/^The comparison has changed: .*just is gone/u).waitFor();
  await details.waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('compare-grid');
});

test('what has changed is said once: by the message, and not by the status as well', async () => {
  await expect.poll(() => page.getByRole('status').innerText()).not.toMatch(/in step/u);
});

test('a flake that breaks while it is edited: the comparison stays, with what is wrong over it', async () => {
  await page.getByRole('treegrid').focus();
  write(source.replace(/^\s*just$/mu, '                just ]'));
  const banner = page.getByRole('alert', { name: 'The last audit failed' });
  await banner.waitFor();
  expect(await banner.innerText()).toMatch(/syntax error[\s\S]*flake\.nix:\d+:\d+[\s\S]*comparison from before/u);
  expect(await focused()).toBe('compare-grid');
  expect(await page.locator('.row-line').count()).toBeGreaterThan(5);
});

test.each(['dark', 'light'] as const)('the comparison from before has no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await keepScreenshot(page, `stale-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('its error is shown with the code at fault, and gone when the flake is mended', async () => {
  await page.getByRole('button', { name: 'Show the error' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.code-spot').waitFor();
  expect(await dialog.locator('.code-spot').innerText()).toBe(']');
  await keepScreenshot(page, 'stale-error');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  write(source);
  await page.getByRole('alert', { name: 'The last audit failed' }).waitFor({ state: 'detached' });
  await page.locator('.row-line', { hasText: 'just' }).waitFor();
});
