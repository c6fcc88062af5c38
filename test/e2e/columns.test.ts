import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { settled } from './support/settled';
import { currentAudit, drop, writeImage, writeSnapshot } from './support/sides';

let launched: LaunchedApp;
let page: Page;
let laptop = '';
let server = '';
const folder = mkdtempSync(join(tmpdir(), 'lockstep-columns-'));

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service'), size: [1440, 860] });
  page = launched.page;
  await comparison(page);
  const { snapshot } = await currentAudit(page);
  laptop = writeSnapshot(folder, 'laptop', snapshot, '2.46.0');
  server = writeSnapshot(folder, 'server', snapshot, '1.9.1');
});

afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

const heads = () => page.locator('.column-title').allInnerTexts();
const cells = async (tool: string) =>
  (await page.locator(`.row-line[data-tool="${tool}"] .cell`).allInnerTexts()).map((text) => text.trim());

test('a dropped snapshot becomes a column, measured by the target', async () => {
  await drop(page, [laptop]);
  await expect.poll(heads, { timeout: 10_000 }).toEqual(['Status', 'Tool', 'This machine', 'python-service', 'laptop']);
  await expect.poll(() => page.locator('.matrix-summary li').count()).toBe(2);
  // A drift in this machine's column; the laptop has what the flake asks for.
  await expect.poll(async () => (await cells('git')).at(-1)).toBe('2.46.0');
  expect(await page.locator('.row-line[data-tool="git"] .mark-drift').count()).toBe(1);
  await keepScreenshot(page, 'columns-three');
});

test('a dropped image becomes a column, read from its layers', async () => {
  await drop(page, [writeImage(folder, 'alpine.tar.gz')]);
  await expect.poll(async () => (await heads()).at(-1)).toBe('alpine.tar.gz');
  await expect.poll(async () => (await cells('git')).at(-1)).toBe('2.43.0');
});

test('what is counted is what the audit counts: this machine has as many missing as before', async () => {
  const { summary } = await currentAudit(page);
  const words = await page.locator('.matrix-summary li').first().innerText();
  expect(words).toContain(`${summary.match} of ${summary.total} in step`);
  expect(words).toContain(`${summary.missing} missing`);
  expect(words).toContain(`${summary.drift} drift`);
});

test('the details have the evidence of each column', async () => {
  await page.locator('.row-line[data-tool="git"]').click();
  const details = page.getByRole('complementary', { name: 'Details of Git' });
  await details.waitFor();
  expect(await details.locator('.side').count()).toBe(4);
  expect(await details.locator('.side', { hasText: 'alpine.tar.gz' }).innerText()).toContain('/lib/apk/db/installed');
  expect(await details.locator('.side', { hasText: 'python-service' }).locator('.code-line.is-marked').count()).toBe(1);
  expect(await details.locator('.fix').count()).toBeGreaterThan(0);
  await keepScreenshot(page, 'columns-details');
});

test('the shell and a second system of the flake can stand beside it, found by typing', async () => {
  await page.keyboard.press('Control+Shift+A');
  await page.getByPlaceholder('Compare with…').fill('aarch64-darwin');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await heads()).length).toBe(7);
  await expect.poll(() => page.locator('.column-note', { hasText: 'default · aarch64-darwin' }).count()).toBe(1);
});

test('six columns are as many as there are', async () => {
  await drop(page, [server]);
  await expect.poll(async () => (await heads()).length).toBe(8);
  await drop(page, [writeSnapshot(folder, 'seventh', (await currentAudit(page)).snapshot, '2.0.0')]);
  await page.getByText('6 columns are as many as fit. Remove one first.').waitFor();
  expect((await heads()).length).toBe(8);
});

test('a chip leaves what stands so in any column, also where it is worse in another', async () => {
  const chip = page.getByRole('button', { name: /^≠? ?Drift/u });
  await chip.click();
  const drifting = page.locator('.row-line .cell.mark-drift');
  await expect
    .poll(() =>
      page
        .locator('.row-line')
        .evaluateAll((rows) => rows.length > 0 && rows.every((row) => row.querySelector('.mark-drift') !== null)),
    )
    .toBe(true);
  expect(await drifting.count()).toBeGreaterThan(0);
  await chip.click();
});

test.each(['dark', 'light'] as const)('six columns have no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await settled(page);
  await keepScreenshot(page, `columns-six-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('scrolled sideways, the tools stay in sight', async () => {
  const grid = page.getByRole('treegrid');
  const places = () =>
    grid.evaluate((element) => [
      element.scrollLeft,
      ...[...element.querySelectorAll('.row-line > .cell-tool, [data-column="tool"]')].map((cell) =>
        Math.min(0, cell.getBoundingClientRect().left - element.getBoundingClientRect().left),
      ),
    ]);
  await grid.evaluate((element) => element.scrollTo({ left: 90 }));
  await expect.poll(async () => [...new Set(await places())]).toEqual([90, 0]);
  await grid.evaluate((element) => element.scrollTo({ left: 0 }));
  await expect.poll(() => page.locator('.is-aside').count()).toBe(0);
});

test('a column is moved, measured by and removed from its menu, by keyboard', async () => {
  const menu = page.getByRole('button', { name: 'Column server' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move left' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Move left');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await heads()).indexOf('server')).toBe(6);

  await page.getByRole('button', { name: 'Column laptop' }).click();
  await page.getByRole('menuitem', { name: 'Measure the others by this' }).click();
  await expect.poll(() => page.locator('.head-cell.is-reference .column-title').innerText()).toBe('laptop');
  await expect.poll(() => page.locator('.row-line[data-tool="perl"] .mark-extra').count()).toBeGreaterThan(0);

  for (const name of ['alpine.tar.gz', 'server']) {
    await page.getByRole('button', { name: `Column ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect.poll(async () => (await heads()).includes(name)).toBe(false);
  }
});

test('widths are set by keyboard, by dragging and from the menu, and let go by a double click', async () => {
  const head = page.locator('[data-column="tool"]');
  const width = async () => Math.round((await head.boundingBox())?.width ?? 0);
  const before = await width();
  await head.locator('.column-button').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(width).toBe(before + 16);
  const edge = await head.locator('.edge').boundingBox();
  if (edge === null) {
    throw new Error('the column has no edge');
  }
  await page.mouse.move(edge.x + 4, edge.y + 10);
  await page.mouse.down();
  await page.mouse.move(edge.x + 64, edge.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBe(before + 76);
  await head.locator('.edge').dblclick();
  await expect.poll(width).toBe(before);
  await page.getByRole('button', { name: 'Column Tool' }).click();
  await page.getByRole('menuitem', { name: 'Wider' }).click();
  await expect.poll(width).toBe(before + 48);
  await page.getByRole('button', { name: 'Column Tool' }).click();
  await page.getByRole('menuitem', { name: 'Width by itself' }).click();
  await expect.poll(width).toBe(before);
});

test('arrows go along the heads, which are one stop of the Tab key', async () => {
  expect(await page.locator('.grid-head button[tabindex="0"]').count()).toBe(1);
  await page.locator('[data-column="status"] .column-button').focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe('Column Status');
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Tool');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate('document.activeElement.id')).toBe('compare-grid');
});

test('a column sorts the rows of each group by its versions', async () => {
  const versions = () => page.locator('.row-line:not(.row-match) .cell:nth-child(3)').allInnerTexts();
  await page.locator('[data-column="machine"] .column-button').click();
  const ascending = await versions();
  await page.locator('[data-column="machine"] .column-button').click();
  await expect.poll(versions).not.toEqual(ascending);
  await page.locator('[data-column="status"] .column-button').click();
});

test.each([
  ['no snapshot', 'letter.json', '{ "dear": "reader" }', /is not a Lockstep snapshot/u],
  ['torn', 'torn.json', '{ "schema": "lockstep.snapshot/1", "ho', /stops in the middle/u],
  ['no image', 'noise.tar', 'this is no archive', /noise\.tar/u],
] as const)('a file that is %s: the cause, one action, and no column', async (_what, name, text, message) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  const before = await heads();
  await drop(page, [path]);
  const alert = page.getByRole('dialog', { name: message });
  await alert.waitFor();
  expect(await alert.getByRole('button').allInnerTexts()).toEqual(['', 'Choose another file…']);
  await alert.getByRole('button', { name: 'Close' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await keepScreenshot(page, `columns-wrong-${name}`);
  await page.keyboard.press('Escape');
  await alert.waitFor({ state: 'detached' });
  expect(await heads()).toEqual(before);
});

test('Control+C copies a row with all its columns', async () => {
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('F8');
  await page.keyboard.press('Control+c');
  await page.getByText(/^Copied the row of/u).waitFor();
  const text = await launched.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(text.split('\t').length).toBe(await page.locator('.head-cell').count());
});
