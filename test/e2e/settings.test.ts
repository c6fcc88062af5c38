import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparison, example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { currentAudit } from './support/sides';

const work = mkdtempSync(join(tmpdir(), 'lockstep-settings-'));
const source = readFileSync(join(example('python-service'), 'flake.nix'), 'utf8');
const folder = flakeFolder(source, readFileSync(join(example('python-service'), 'flake.lock'), 'utf8'));
let launched: LaunchedApp;
let page: Page;

function program(name: string, script: string): void {
  writeFileSync(join(work, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(work, name), 0o755);
}

beforeAll(async () => {
  program('deno', 'sleep 1\necho deno 1.46.3');
  program('nix', `echo "$@" >> '${work}/asked'\nexit 1`);
  launched = await launchApp({
    folder,
    settings: { deadlineEach: 500, deadlineTotal: 10_000 },
    env: { PATH: `${work}:${process.env['PATH']}` },
  });
  page = launched.page;
  await comparison(page);
  await page.keyboard.press('Control+,');
  await page.getByRole('heading', { name: 'Appearance' }).waitFor();
});

afterAll(async () => {
  await launched.close();
  rmSync(work, { recursive: true, force: true });
});

const deno = async () =>
  (await currentAudit(page)).snapshot.installations.find(({ path }) => path === join(work, 'deno'))?.version;

test('a program that takes longer than its deadline is not waited for, and is waited for with a later one', async () => {
  expect(await deno()).toBeUndefined();
  await page.getByLabel(/^Time for one program/u).selectOption('10 s');
  await expect.poll(deno, { timeout: 30_000 }).toBe('1.46.3');
});

test('Nix is asked once it may be, and not before', async () => {
  // Which Nix there is, is asked as of any other program.
  const asked = () => existsSync(join(work, 'asked')) && /\beval\b/u.test(readFileSync(join(work, 'asked'), 'utf8'));
  expect(asked()).toBe(false);
  await page.getByLabel(/^Ask Nix/u).check();
  await expect.poll(asked, { timeout: 30_000 }).toBe(true);
  await page.getByLabel(/^Ask Nix/u).uncheck();
});

test.each([
  ['High contrast', '"more"'],
  ['Light', '"normal"'],
])('the theme %s holds at once', async (name, contrast) => {
  await page.getByLabel(name, { exact: true }).check();
  await expect.poll(() => page.evaluate('JSON.stringify(document.documentElement.dataset.contrast)')).toBe(contrast);
  await keepScreenshot(page, `settings-${name.toLowerCase().replace(' ', '-')}`);
});

test('without watching, a change of the flake waits for the next audit', async () => {
  const watching = page.getByLabel(/^Audit again when the flake changes/u);
  await watching.uncheck();
  await expect.poll(() => page.evaluate('window.lockstep.getSettings().then((r) => r.value.watch)')).toBe(false);
  const without = source.replace(/^\s*just$/mu, '                ripgrep');
  writeFileSync(join(folder, 'flake.nix'), without);
  await watching.check();
  await expect.poll(() => page.evaluate('window.lockstep.getSettings().then((r) => r.value.watch)')).toBe(true);
  // Had the first change been seen by itself, it would have been told by itself.
  await expect
    .poll(
      async () => {
        writeFileSync(join(folder, 'flake.nix'), without.replace(/^\s*httpie$/mu, '                fd'));
        return page.locator('.toast').allInnerTexts();
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toContainEqual(expect.stringMatching(/just is gone[\s\S]*|fd is new[\s\S]*just is gone/u));
});

test('with no audits to be kept the history says so', async () => {
  await page.getByLabel(/^Audits kept/u).selectOption('None');
  await page.keyboard.press('Control+r');
  await page.keyboard.press('Control+6');
  await page.getByText('The settings say that no audits are kept.').waitFor();
});
