import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

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

/**
 * Until the one program is all that is waited for, and two libraries, which are known when all is read: what is read
 * before that moves what is looked at.
 */
const allButOne = (window: Page) => window.locator('.strip-share', { hasText: '10 of 13 compared' }).waitFor();

test('the audit says that it has begun, and what it waits for', async () => {
  await page.getByRole('heading', { name: 'Auditing python-service' }).waitFor();
  await page.getByText('Ruff: waiting for an answer').waitFor();
  await expect.poll(status).toMatch(/^The comparison is being filled in: \d+ tools so far$/u);
});

test('the grid of the comparison is there: what is settled is judged, what is not is being read', async () => {
  const row = (tool: string) => page.locator(`.row-line[data-tool=${tool}]`);
  await page.getByRole('treegrid', { name: 'Comparison of this machine with the target' }).waitFor();
  await allButOne(page);
  expect(await row('python').innerText()).toMatch(/^(?:Drift|In step|Missing)/u);
  expect((await row('ruff').innerText()).split(/\s+/u)).toEqual(['Reading…', 'Ruff', '…', '0.6.6', 'manual']);
  await page.getByText('1 being read', { exact: true }).first().waitFor();
});

test('a row can be looked into before it is judged, with the line of the flake that asks for it', async () => {
  await page.locator('.row-line[data-tool=ruff]').click();
  const details = page.getByRole('complementary', { name: 'Details of Ruff' });
  await details.getByText('This machine is still being read.').waitFor();
  await expect.poll(() => details.locator('.code-line.is-marked').innerText()).toMatch(/ruff/u);
  expect(await details.getByText('How to fix it').count()).toBe(0);
});

test('what a row that is judged lacks is said: ways to fix it follow', async () => {
  await page.locator('.row-line[data-tool=mypy]').click();
  const details = page.getByRole('complementary', { name: 'Details of mypy' });
  await details.getByText('Ways to fix this follow when the audit is done.').waitFor();
  await page.locator('.row-line[data-tool=ruff]').click();
});

test('the overview leads with what is known so far', async () => {
  await page.keyboard.press('Control+1');
  expect(await page.locator('.headline').innerText()).toMatch(/^\d+ of \d\d in step so far; /u);
  await page.getByRole('list', { name: 'Rows by status' }).getByText('being read').waitFor();
  await page.getByRole('region', { name: 'Declarative' }).getByText('Known when all of this machine is read').waitFor();
});

test('this machine lists what was found; what is waited for has no version yet', async () => {
  await page.keyboard.press('Control+3');
  await page.getByText('Being read: what is known so far').waitFor();
  expect(await page.locator('.installations tr', { hasText: join(slow, 'ruff') }).innerText()).toMatch(/^Ruff\s+…/u);
  expect(await page.locator('.installations tr').count()).toBeGreaterThan(10);
});

test('the flake is there as it was read', async () => {
  await page.keyboard.press('Control+4');
  await page.getByText('13 of 13 resolved').waitFor();
  await page.getByRole('region', { name: 'Audit in progress' }).waitFor();
  await page.keyboard.press('Control+2');
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

test('the other views keep what came, too, and say in words what was not read', async () => {
  await page.keyboard.press('Control+1');
  expect(await page.locator('.headline').innerText()).toMatch(/^\d+ of \d\d in step; .*, \d+ not read$/u);
  await page.getByText('Not all of this machine was read').waitFor();
  await page.keyboard.press('Control+3');
  await page.getByText('Partial: not all of it was read').waitFor();
  await page.getByRole('tab', { name: 'PATH' }).click();
  await page.getByText('Not read: it was cancelled before.').waitFor();
  await page.keyboard.press('Control+4');
  await page.getByText('13 of 13 resolved').waitFor();
  await page.getByRole('region', { name: 'Partial comparison' }).waitFor();
});

test('views that have nothing to show of it say so, with one action', async () => {
  await page.keyboard.press('Control+5');
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

  /** It waits until somebody lets it. Each time it is another file, so that nobody remembers what it said. */
  function waits(time: number): void {
    rmSync(answer, { force: true });
    writeFileSync(
      join(slow, 'ruff'),
      `#!/bin/sh\n# ${time}\nwhile [ ! -e '${answer}' ]; do sleep 0.05; done\necho 'ruff 0.6.6'\n`,
    );
  }

  beforeAll(async () => {
    waits(0);
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
    await allButOne(late.page);
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

  const views = [
    {
      key: '1',
      name: 'overview',
      holder: '.page',
      role: 'button',
      held: 'Show the inputs',
      until: /; \d+ drift(?!.*so far)/u,
    },
    {
      key: '3',
      name: 'this machine',
      holder: '.tab-panel',
      role: 'searchbox',
      held: 'Filter installations',
      until: /0\.6\.6\s+manual/u,
    },
    {
      key: '4',
      name: 'target',
      holder: '.page',
      role: 'button',
      held: 'postgresql_16',
      until: /Declared elsewhere|offers/u,
    },
  ] as const;

  test.each(views)('leaves $name where it was: nothing is drawn anew, no focus and no scroll is lost', async (view) => {
    const { page: window, app } = late;
    waits(Number(view.key));
    const source = example('python-service');
    const read = (name: string) => readFileSync(join(source, name), 'utf8');
    const folder = flakeFolder(read('flake.nix'), read('flake.lock'));
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, folder);
    await window.keyboard.press('Control+o');
    await window.keyboard.press(`Control+${view.key}`);
    await window.getByText('Ruff: waiting for an answer').waitFor();
    await allButOne(window);
    const held = window.getByRole('main').getByRole(view.role, { name: view.held, exact: true });
    await held.focus();
    const holder = window.locator(view.holder);
    await holder.evaluate((element) => {
      element.scrollTo(0, 90);
      element.dataset['kept'] = '';
    });
    const before = await held.evaluate((element) => element.getBoundingClientRect().top);
    writeFileSync(answer, '');
    await window.locator('.footer').waitFor();
    await expect.poll(() => window.locator('main').innerText()).toMatch(view.until);
    expect(await window.locator(`${view.holder}[data-kept]`).evaluate((element) => element.scrollTop)).toBe(90);
    expect(await held.evaluate((element) => [element.matches(':focus'), element.getBoundingClientRect().top])).toEqual([
      true,
      before,
    ]);
  });

  test('is waited for when an audit is made again: what is read is said, and cancelling keeps what is shown', async () => {
    const { page: window } = late;
    waits(8);
    await window.keyboard.press('Control+r');
    const footer = window.locator('.footer');
    await footer.getByText('Reading again · Ruff: waiting for an answer').waitFor();
    await footer.getByRole('button', { name: 'Cancel' }).click();
    await footer.getByText(/^Audited/u).waitFor();
    await window.getByText('13 of 13 resolved').waitFor();
  });

  test('is waited for in a tab without a project, too: what was found is there, and stays when it is cancelled', async () => {
    const { page: window } = late;
    waits(9);
    await window.keyboard.press('Control+t');
    await window.keyboard.press('Control+3');
    const reading = window.getByRole('region', { name: 'Reading in progress' });
    await reading.getByText('Ruff: waiting for an answer').waitFor();
    await reading.getByText(/^\d+ installations so far$/u).waitFor();
    expect(await window.locator('.installations tr', { hasText: join(slow, 'ruff') }).innerText()).toMatch(
      /^Ruff\s+…/u,
    );
    await window.keyboard.press('Control+.');
    const partial = window.getByRole('region', { name: 'Partial snapshot' });
    await partial.getByText(/^This is partial: \d+ installations found/u).waitFor();
    writeFileSync(answer, '');
    await partial.getByRole('button', { name: 'Read again' }).click();
    await window.locator('.installations tr', { hasText: /^Ruff\s*0\.6\.6/u }).waitFor();
    await window.locator('.footer', { hasText: 'installations' }).waitFor();
    expect(await window.locator('.strip').count()).toBe(0);
  });
});
