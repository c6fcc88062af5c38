import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

/** A folder for PATH with a program that the flake asks for, and that does not answer before the tests are over. */
const slow = mkdtempSync(join(tmpdir(), 'lockstep-slow-'));
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  writeFileSync(join(slow, 'ruff'), `#!/bin/sh\necho $$ > '${slow}/pid'\nexec sleep 600\n`);
  chmodSync(join(slow, 'ruff'), 0o755);
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
    // A signal of 0 only asks. A file that is being written has no number yet, which would mean this process's group.
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

const status = () => page.getByRole('status').innerText();

test('the audit says that it has begun, and what it waits for', async () => {
  await page.getByRole('heading', { name: 'Auditing python-service' }).waitFor();
  await page.getByText('Ruff: waiting for an answer').waitFor();
  await expect.poll(status).toMatch(/^The comparison is being filled in: \d+ tools so far$/u);
});

test('the grid of the comparison is there: what is settled is judged, what is not is being read', async () => {
  const row = (tool: string) => page.locator(`.row-line[data-tool=${tool}]`);
  await page.getByRole('treegrid', { name: 'Comparison of this machine with the target' }).waitFor();
  expect(await row('python').innerText()).toMatch(/^(?:Drift|In step|Missing)/u);
  expect((await row('ruff').innerText()).split(/\s+/u)).toEqual(['Reading…', 'Ruff', '…', '0.6.6', 'manual']);
  await page.getByText('1 being read', { exact: true }).first().waitFor();
  const strip = page.getByRole('region', { name: 'Audit in progress' });
  expect(await strip.locator('.strip-share').innerText()).toMatch(/^\d+ of \d\d compared$/u);
});

test('a row can be looked into before it is judged, with the line of the flake that asks for it', async () => {
  await page.locator('.row-line[data-tool=ruff]').click();
  const details = page.getByRole('complementary', { name: 'Details of Ruff' });
  await details.getByText('This machine is still being read.').waitFor();
  await expect.poll(() => details.locator('.code-line.is-marked').innerText()).toMatch(/ruff/u);
  expect(await details.getByText('How to fix it').count()).toBe(0);
});

test.each(['dark', 'light'] as const)('progress has no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await keepScreenshot(page, `progress-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('Control+. cancels it, aloud; what came stays, and is said to be partial', async () => {
  await page.keyboard.press('Control+.');
  const strip = page.getByRole('region', { name: 'Partial comparison' });
  await strip.getByRole('heading', { name: 'The audit was cancelled' }).waitFor();
  await strip.getByText(/^This is partial: \d+ of \d\d compared\./u).waitFor();
  await expect.poll(status).toBe('Cancelled the audit of python-service');
  expect(await page.locator('.row-line[data-tool=ruff]').innerText()).toMatch(/^Not read/u);
  expect(await page.locator('.row-line[data-tool=python]').innerText()).toMatch(/^(?:Drift|In step|Missing)/u);
});

test.each(['dark', 'light'] as const)('what is partial has no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await keepScreenshot(page, `cancelled-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('views that have nothing to show of it say so, with one action', async () => {
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { name: 'The audit was cancelled' }).waitFor();
  expect(await page.getByRole('main').getByRole('button').allInnerTexts()).toEqual(['Audit again']);
  await page.keyboard.press('Control+2');
});

test('a program that was asked for its version is stopped with the audit', async () => {
  await expect.poll(() => isRunning(pidOf())).toBe(false);
});

test('so is one that was asked for a column, when the column is not wanted any more', async () => {
  const before = pidOf();
  const reading = page.evaluate(`window.lockstep.readColumn({ key: 'tab/column', source: { kind: 'here' } })`);
  await expect.poll(() => pidOf() !== before && isRunning(pidOf()), { timeout: 30_000 }).toBe(true);
  await page.evaluate(`window.lockstep.cancelColumn({ key: 'tab/column' })`);
  expect(await reading).toMatchObject({ ok: false, problem: { code: 'column-cancelled' } });
  await expect.poll(() => isRunning(pidOf())).toBe(false);
});

test('it is started again with one click; what is being asked then is stopped when the window is closed', async () => {
  const before = pidOf();
  await page.getByRole('main').getByRole('button', { name: 'Audit again' }).click();
  await page.getByRole('heading', { name: 'Auditing python-service' }).waitFor();
  await expect.poll(() => pidOf() !== before && isRunning(pidOf()), { timeout: 30_000 }).toBe(true);
  const ofAudit = pidOf();
  void page
    .evaluate(`window.lockstep.readColumn({ key: 'tab/column', source: { kind: 'here' } })`)
    .catch(() => undefined);
  await expect.poll(() => pidOf() !== ofAudit && isRunning(pidOf()), { timeout: 30_000 }).toBe(true);
  const ofColumn = pidOf();
  await launched.app.close();
  await expect.poll(() => [ofAudit, ofColumn].filter(isRunning)).toEqual([]);
});

describe('a program that answers late', () => {
  let late: LaunchedApp;
  const answer = join(slow, 'answer');

  beforeAll(async () => {
    // It waits until somebody lets it.
    writeFileSync(
      join(slow, 'ruff'),
      `#!/bin/sh\nwhile [ ! -e '${answer}' ]; do sleep 0.05; done\necho 'ruff 0.6.6'\n`,
    );
    late = await launchApp({
      folder: example('python-service'),
      settings: { deadlineEach: 60_000, deadlineTotal: 120_000 },
      env: { PATH: `${slow}:${process.env['PATH']}` },
      size: [900, 500],
    });
  });

  afterAll(() => late.close());

  test('fills its row in; who was on the row stays on it, and who has scrolled stays where they are', async () => {
    const grid = late.page.locator('#compare-grid');
    await late.page.locator('.row-line[data-tool=ruff]', { hasText: 'Reading…' }).waitFor();
    await late.page.locator('.row-line[data-tool=ruff]').click();
    await grid.evaluate((element) => element.scrollTo(0, 200));
    const place = () =>
      late.page.locator('.row-line[data-tool=ruff]').evaluate((element) => element.getBoundingClientRect().top);
    const before = await place();
    writeFileSync(answer, '');
    await late.page.locator('.row-line[data-tool=ruff]', { hasText: 'In step' }).waitFor();
    await late.page.locator('.footer').waitFor();
    const row = late.page.locator('.row-line[data-tool=ruff]');
    expect(await row.getAttribute('aria-selected')).toBe('true');
    // Rows that turned out to be in step are folded away above; what is in sight moves by its own fold at most.
    expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(96);
  });
});
