import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocument } from '../../src/core/report/read-document';
import { violations } from './support/axe';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

/** A folder that comes first on PATH and has a Git of its own. */
const first = mkdtempSync(join(tmpdir(), 'lockstep-first-'));
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  writeFileSync(join(first, 'git'), '#!/bin/sh\necho git version 1.2.3\n');
  chmodSync(join(first, 'git'), 0o755);
  const PATH = `${first}:/nowhere/at/all:${process.env['PATH']}:${first}`;
  launched = await launchApp({ folder: example('python-service'), env: { PATH } });
  page = launched.page;
  await comparison(page);
  await page.keyboard.press('Control+3');
});

afterAll(async () => {
  await launched.close();
  rmSync(first, { recursive: true, force: true });
});

const tab = (name: RegExp) => page.getByRole('tab', { name }).click();

test('PATH shows what each folder wins, what it hides, and which entries are good for nothing', async () => {
  await tab(/^PATH/u);
  const entries = page.locator('.path-list > li');
  const own = entries.filter({ hasText: first });
  expect(await own.first().innerText()).toMatch(/1 known tool found here first/u);
  const hides = own.first().getByRole('list', { name: `Hidden by ${first}` });
  expect(await hides.innerText()).toMatch(/hides\s+git\s+\d+\.\d+[\d.]*\s+in \/\S+/u);
  expect(await entries.nth(1).innerText()).toContain('does not exist');
  expect(await own.last().innerText()).toContain('is above already, as 1');
});

test('the snapshot is saved where the user says, redacted, as a column for others', async () => {
  const path = join(first, 'sent', 'laptop.json');
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await page.getByRole('button', { name: 'Save snapshot…' }).click();
  await page.getByText('Saved laptop.json').waitFor();
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain(`"${hostname()}"`);
  const saved = readDocument(text, path);
  expect(saved.kind).toBe('snapshot');
  expect(saved.document).toMatchObject({
    installations: expect.arrayContaining([expect.objectContaining({ path: join(first, 'git'), active: true })]),
  });
});

test('the global packages are there, by manager and folder', async () => {
  await tab(/^Packages/u);
  const ran = spawnSync('npm', ['ls', '-g', '--json', '--depth=0'], { encoding: 'utf8' });
  const { dependencies = {} } = JSON.parse(ran.stdout) as { dependencies?: Record<string, { version: string }> };
  const npm = page.getByRole('region', { name: /^npm in /u });
  await page.locator('.package-group').first().waitFor();
  // npm tells those of one Node.js, and may have none; the window has those of every one.
  const texts = (await npm.locator('li').allInnerTexts()).map((text) => text.split(/\s+/u).join(' '));
  for (const [name, { version }] of Object.entries(dependencies)) {
    expect(texts).toContain(`${name} ${version}`);
  }
});

test('packages are found by typing, and counted aloud', async () => {
  const filter = page.getByLabel('Filter packages');
  await filter.fill('npm');
  const shown = page.locator('.package-list li');
  await expect.poll(() => page.locator('.package-group').count()).toBeGreaterThan(0);
  await expect
    .poll(async () => {
      const count = await shown.count();
      return (await page.getByRole('status').innerText()) === (count === 1 ? '1 package' : `${count} packages`);
    })
    .toBe(true);
  await filter.fill('no-such-package-anywhere');
  await page.getByText('No package matches.').waitFor();
  await filter.fill('');
});

test.each(['dark', 'light'] as const)('the packages have no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.locator('.package-group').first().waitFor();
  await keepScreenshot(page, `packages-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('a tool leads to its row in the comparison, and back leads to the tools', async () => {
  await tab(/^Tools/u);
  await page.getByLabel('Filter installations').fill('perl');
  await page.getByRole('button', { name: 'Perl', exact: true }).click();
  await page.getByRole('complementary', { name: 'Details of Perl' }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('heading', { level: 1, name: 'This machine' }).waitFor();
});
