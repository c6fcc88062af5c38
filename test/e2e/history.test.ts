import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { settled } from './support/settled';
import { currentAudit } from './support/sides';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-history-'));
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  cpSync(example('rust-tool'), folder, { recursive: true });
  launched = await launchApp({ folder });
  page = launched.page;
  await comparison(page);
});

afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = () => page.locator('.history tbody tr');

test('each audit is kept, and shows in the list that is open', async () => {
  await page.keyboard.press('Control+6');
  await expect.poll(() => rows().count(), { timeout: 10_000 }).toBe(1);
  // Entries are told apart by the second that they were read in.
  const { takenAt } = (await currentAudit(page)).snapshot;
  await expect.poll(() => `${new Date().toISOString().slice(0, 19)}Z`).not.toBe(takenAt);
  await page.keyboard.press('Control+r');
  await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(2);
});

test('an entry is named and pinned, and keeps both', async () => {
  await rows().last().hover();
  await rows()
    .last()
    .getByRole('button', { name: /^Name the audit/u })
    .click();
  await page.getByLabel(/^Name of the audit/u).fill('before the upgrade');
  await page.keyboard.press('Enter');
  await rows().last().getByText('before the upgrade').waitFor();
  await rows()
    .last()
    .getByRole('button', { name: /^Pin the audit/u })
    .click();
  await rows()
    .last()
    .getByRole('button', { name: /^Unpin the audit/u })
    .waitFor();
  await rows().first().getByText('nothing', { exact: true }).waitFor();
});

test.each(['dark', 'light'] as const)('with entries chosen there is no violation, %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await rows().first().getByRole('checkbox').check();
  await settled(page);
  await keepScreenshot(page, `history-chosen-${scheme}`);
  expect(await violations(page)).toEqual([]);
});

test('the difference between two entries opens as a comparison', async () => {
  await rows().last().getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Compare machines' }).click();
  await page.getByRole('treegrid').waitFor();
  await expect.poll(() => page.locator('.head-cell.is-reference .column-title').innerText()).toBe('before the upgrade');
  await page.locator('.matrix-summary li').waitFor();
  await page.keyboard.press('Control+w');
  await page.locator('.history').waitFor();
});

test('two audits without a name are told apart by their times', async () => {
  await rows().first().getByRole('checkbox').check();
  await rows()
    .last()
    .getByRole('button', { name: /^Name the audit/u })
    .first()
    .click();
  await page.getByLabel(/^Name of the audit/u).fill('');
  await page.keyboard.press('Enter');
  // A comparison has the names that entries had when it was opened. While it is typed, the name is not in the text.
  await page.getByLabel(/^Name of the audit/u).waitFor({ state: 'detached' });
  await rows().last().getByText('before the upgrade').waitFor({ state: 'detached' });
  await rows().last().getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Compare machines' }).click();
  const titles = page.locator('.head-cell .column-title');
  // By their minutes, or by their seconds where they are of the same minute.
  const sides = async () => (await titles.allInnerTexts()).slice(2).filter((title) => /\d\d:\d\d/u.test(title));
  await expect.poll(async () => new Set(await sides()).size).toBe(2);
  await page.keyboard.press('Control+w');
  await page.locator('.history').waitFor();
});

test('a removal can be taken back', async () => {
  await page.clock.install();
  await rows().first().hover();
  await rows()
    .first()
    .getByRole('button', { name: /^Remove the audit/u })
    .click();
  await expect.poll(() => rows().count()).toBe(1);
  const undo = page.getByRole('button', { name: 'Undo' });
  // While it has the focus the message stays, however long it takes to decide.
  await undo.focus();
  await page.clock.fastForward(60_000);
  await undo.click();
  await expect.poll(() => rows().count()).toBe(2);
  await undo.waitFor({ state: 'detached' });
  expect((await page.evaluate('window.lockstep.listHistory({})')) as { value: unknown[] }).toMatchObject({
    value: [{}, {}],
  });
});

test('a kept audit shows the code that it was made from, also when the flake has become another', async () => {
  const flake = join(folder, 'flake.nix');
  const text = readFileSync(flake, 'utf8');
  writeFileSync(flake, `# one\n# two\n# three\n# four\n${text}`);
  await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(3);
  await rows()
    .last()
    .getByRole('button', { name: /\d\d:\d\d/u })
    .first()
    .click();
  const details = page.locator('.details');
  const marked = async () => {
    const [, line, code] = /^(\d+)\s+(.*)$/mu.exec(await details.locator('.code-line.is-marked').innerText()) ?? [];
    return { line: Number(line), code };
  };
  await details.getByText('as it was then').waitFor();
  const then = await marked();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect.poll(marked).toEqual({ line: then.line + 4, code: then.code });
  expect(await details.getByText('as it was then').count()).toBe(0);
});

test('so do two of them beside each other, each its own', async () => {
  await page.keyboard.press('Control+6');
  for (const box of await rows().getByRole('checkbox').all()) {
    await box.uncheck();
  }
  await rows().first().getByRole('checkbox').check();
  await rows().last().getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Compare targets' }).click();
  await page.locator('.matrix-summary li').waitFor();
  await page.getByLabel('Filter tools').fill('cargo');
  await page.locator('.row-line').first().click();
  const codes = page.locator('.details .code');
  await expect.poll(() => codes.getByText('as it was then').count()).toBe(2);
  const lines = await codes.locator('.code-line.is-marked .code-number').allInnerTexts();
  expect(new Set(lines).size).toBe(2);
  await page.keyboard.press('Control+w');
  await page.locator('.history').waitFor();
});

test('the overview has three figures, each with its facts', async () => {
  await page.keyboard.press('Control+1');
  const figures = page.getByRole('region', { name: 'Reproducibility' });
  await expect
    .poll(() => figures.locator('.figure-value').allInnerTexts())
    .toEqual([expect.stringMatching(/^\d+ %$/u), expect.stringMatching(/^\d+ %$/u), '100 %']);
  expect(await figures.locator('.figure li').count()).toBeGreaterThanOrEqual(6);
  const undeclared = /^(\d+) tools are only on this machine$/mu.exec(await figures.innerText())?.[1];
  await figures.getByRole('button', { name: 'Show what it does not declare' }).click();
  await page.getByText(`${undeclared} results`, { exact: true }).first().waitFor();
});
