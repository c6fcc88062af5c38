import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

/** A folder for PATH with a program that does not answer before the tests are over. */
const slow = mkdtempSync(join(tmpdir(), 'lockstep-slow-'));
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  writeFileSync(join(slow, 'deno'), `#!/bin/sh\necho $$ > '${slow}/pid'\nexec sleep 600\n`);
  chmodSync(join(slow, 'deno'), 0o755);
  launched = await launchApp({
    folder: example('python-service'),
    settings: { deadlineEach: 60_000, deadlineTotal: 120_000 },
    env: { PATH: `${slow}:${process.env['PATH']}` },
  });
  page = launched.page;
});

afterAll(async () => {
  await launched.close();
  rmSync(slow, { recursive: true, force: true });
});

/** Of the program that does not answer. */
const pidOf = () => Number(readFileSync(join(slow, 'pid'), 'utf8'));

function isRunning(pid: number): boolean {
  try {
    // A signal of 0 only asks.
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const status = () => page.getByRole('status').innerText();

test('the audit says that it has begun, and what it waits for', async () => {
  await page.getByRole('heading', { name: 'Auditing python-service' }).waitFor();
  await page.getByText('Deno: waiting for an answer').waitFor();
  await expect.poll(status).toBe('Auditing python-service');
});

test('what is known so far is shown: tools as they are found, and all that the flake asks for', async () => {
  const machine = page.getByRole('region', { name: /tools on this machine$/u });
  await machine.getByText('so far').waitFor();
  await machine.getByText(/^Git /u).waitFor();
  expect(await machine.locator('li').count()).toBeGreaterThan(10);
  const target = page.getByRole('region', { name: '13 packages in the flake' });
  await target.getByText(/^ruff 0\.6\.6$/u).waitFor();
  expect(await target.getByText('so far').count()).toBe(0);
});

test('of machine and flake, which are read side by side, the one that is read is ticked', async () => {
  expect(await page.locator('.phases .is-done').allInnerTexts()).toEqual(['Reading the flake']);
  expect(await page.locator('.phases .is-current').allInnerTexts()).toEqual(['Reading this machine']);
});

test.each(['dark', 'light'] as const)('progress has no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await keepScreenshot(page, `progress-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('Control+. cancels it, aloud', async () => {
  await page.keyboard.press('Control+.');
  await page.getByRole('heading', { name: 'The audit was cancelled' }).waitFor();
  await expect.poll(status).toBe('Cancelled the audit of python-service');
  await keepScreenshot(page, 'cancelled');
});

test('a program that was asked for its version is stopped with the audit', async () => {
  await expect.poll(() => isRunning(pidOf())).toBe(false);
});

test('it is started again with one click; what is being asked then is stopped when the window is closed', async () => {
  const before = pidOf();
  await page.getByRole('main').getByRole('button', { name: 'Audit again' }).click();
  await page.getByRole('heading', { name: 'Auditing python-service' }).waitFor();
  await expect.poll(() => pidOf() !== before && isRunning(pidOf()), { timeout: 30_000 }).toBe(true);
  await launched.app.close();
  await expect.poll(() => isRunning(pidOf())).toBe(false);
});
