import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { settled } from './support/settled';
import { currentAudit, drop, writeSnapshot } from './support/sides';

const userData = mkdtempSync(join(tmpdir(), 'lockstep-tabs-'));
let launched: LaunchedApp;
let page: Page;
let laptop = '';
let server = '';

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service'), userData });
  page = launched.page;
  await comparison(page);
  const { snapshot } = await currentAudit(page);
  laptop = writeSnapshot(userData, 'laptop', snapshot, '2.46.0');
  server = writeSnapshot(userData, 'server', snapshot, '1.9.1');
});

afterAll(async () => {
  await launched.close();
  rmSync(userData, { recursive: true, force: true });
});

const titles = () => page.locator('.tab-title').allInnerTexts();
const current = () => page.getByRole('tab', { selected: true }).first().innerText();

test('one comparison shows no bar', async () => {
  expect(await page.locator('.tab-bar').count()).toBe(0);
});

test('two dropped snapshots are compared in a tab of their own', async () => {
  await drop(page, [laptop, server]);
  await expect.poll(titles).toEqual(['python-service', 'laptop ↔ server']);
  await page.locator('.row-line[data-tool="git"]').waitFor();
  expect(await page.locator('.row-line[data-tool="git"] .cell-version').allInnerTexts()).toEqual(['2.46.0', '1.9.1']);
  expect(await page.locator('.row-drift').count()).toBe(1);
});

test.each(['dark', 'light'] as const)('a tab bar has no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await settled(page);
  await keepScreenshot(page, `tabs-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('other views of a tab without a project say so, with a way back', async () => {
  await page.keyboard.press('Control+4');
  await page.getByText('This tab has no project').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show the comparison' }).click();
  await page.getByRole('treegrid').waitFor();
});

test('Control+Tab goes round, and each tab is as it was left', async () => {
  await page.getByLabel('Filter tools').fill('git');
  await page.keyboard.press('Control+Tab');
  await expect.poll(current).toBe('python-service');
  expect(await page.getByLabel('Filter tools').inputValue()).toBe('');
  await page.keyboard.press('Control+5');
  await page.keyboard.press('Control+Shift+Tab');
  await expect.poll(current).toBe('laptop ↔ server');
  expect(await page.getByLabel('Filter tools').inputValue()).toBe('git');
  await page.getByLabel('Filter tools').fill('');
  await page.keyboard.press('Control+Tab');
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
  await page.keyboard.press('Control+2');
});

test('Control+T opens a tab, where a project or anything else can be opened', async () => {
  await page.keyboard.press('Control+t');
  await page.getByRole('heading', { name: 'What shall be compared?' }).waitFor();
  await keepScreenshot(page, 'tabs-new');
  expect(await violations(page)).toEqual([]);
  await drop(page, [example('rust-tool')]);
  await comparison(page);
  await expect.poll(titles).toEqual(['python-service', 'rust-tool', 'laptop ↔ server']);
});

test('reports are of the tab in front', async () => {
  await page.keyboard.press('Control+Tab');
  await page.keyboard.press('Control+Tab');
  await expect.poll(current).toBe('python-service');
  await expect
    .poll(() =>
      page.evaluate(`window.lockstep.previewReport({ format: 'markdown', redact: false }).then((r) => r.value.text)`),
    )
    .toContain('python-service');
  await page.keyboard.press('Control+Tab');
  await expect.poll(current).toBe('rust-tool');
  await expect
    .poll(() =>
      page.evaluate(`window.lockstep.previewReport({ format: 'markdown', redact: false }).then((r) => r.value.text)`),
    )
    .toContain('rust-tool');
});

test('a project that changes in the background is audited again when its tab comes to the front', async () => {
  const source = example('python-service');
  const text = readFileSync(join(source, 'flake.nix'), 'utf8');
  const folder = flakeFolder(text, readFileSync(join(source, 'flake.lock'), 'utf8'));
  await page.keyboard.press('Control+t');
  await drop(page, [folder]);
  await page.locator('.row-line', { hasText: 'just' }).waitFor();
  await comparison(page);
  const title = await current();
  await page.keyboard.press('Control+Shift+Tab');
  await expect.poll(current).not.toBe(title);
  writeFileSync(join(folder, 'flake.nix'), text.replace(/^\s*just$/mu, '                ripgrep'));
  await page.keyboard.press('Control+Tab');
  await page.getByText(/^The comparison has changed: .*just is gone/u).waitFor();
  await page.locator('.row-line', { hasText: 'ripgrep' }).waitFor();
});

test('a change of a declared pin is seen, too', async () => {
  const folder = await page.evaluate(`window.lockstep.getRun().then((r) => r.value.audit.target.flake.path)`);
  writeFileSync(join(String(folder), '.python-version'), '3.9.1\n');
  await expect
    .poll(async () => (await currentAudit(page)).pins?.pins.some(({ constraint }) => constraint.includes('3.9.1')), {
      timeout: 15_000,
    })
    .toBe(true);
});

test('watching that was switched off goes on as soon as it is switched on', async () => {
  const folder = await page.evaluate(`window.lockstep.getRun().then((r) => r.value.audit.target.flake.path)`);
  const runId = () => page.evaluate(`window.lockstep.getRun().then((r) => r.value.status === 'done' && r.value.id)`);
  const before = await runId();
  await page.evaluate(`window.lockstep.changeSettings({ watch: false })`);
  await page.keyboard.press('Control+r');
  await expect.poll(async () => Number(await runId())).toBeGreaterThan(Number(before));
  await page.evaluate(`window.lockstep.changeSettings({ watch: true })`);
  writeFileSync(join(String(folder), '.python-version'), '3.9.2\n');
  await expect
    .poll(async () => (await currentAudit(page)).pins?.pins.some(({ constraint }) => constraint.includes('3.9.2')))
    .toBe(true);
});

test('a middle click and Control+W close tabs, Control+Shift+T brings one back', async () => {
  const before = (await titles()).length;
  await page.keyboard.press('Control+w');
  await expect.poll(async () => (await titles()).length).toBe(before - 1);
  await page.keyboard.press('Control+Shift+T');
  await expect.poll(async () => (await titles()).length).toBe(before);
  await page.getByRole('tab', { selected: true }).first().click({ button: 'middle' });
  await expect.poll(titles).toEqual(['python-service', 'rust-tool', 'laptop ↔ server']);
});

test('keys move a tab', async () => {
  await page.getByRole('tab', { name: 'python-service' }).click();
  await page.keyboard.press('Control+Shift+PageDown');
  await expect.poll(titles).toEqual(['rust-tool', 'python-service', 'laptop ↔ server']);
  await page.keyboard.press('Control+Shift+PageUp');
  await expect.poll(titles).toEqual(['python-service', 'rust-tool', 'laptop ↔ server']);
});

test('the tabs, their columns and widths are there after a restart', async () => {
  await page.getByRole('tab', { name: 'laptop ↔ server' }).click();
  await page.locator('.row-line[data-tool="git"]').waitFor();
  await page.locator('[data-column="tool"] .column-button').focus();
  await page.keyboard.press('Shift+ArrowRight');
  const width = async () => Math.round((await page.locator('[data-column="tool"]').boundingBox())?.width ?? 0);
  const kept = await width();
  await launched.close();
  launched = await launchApp({ userData });
  page = launched.page;
  await page.locator('.row-line[data-tool="git"]').waitFor();
  expect(await titles()).toEqual(['python-service', 'rust-tool', 'laptop ↔ server']);
  expect(await current()).toBe('laptop ↔ server');
  expect(await width()).toBe(kept);
  await page.keyboard.press('Control+Tab');
  await comparison(page);
  await expect.poll(current).toBe('python-service');
  await page.locator('.row-line', { hasText: 'ruff' }).first().waitFor();
});
