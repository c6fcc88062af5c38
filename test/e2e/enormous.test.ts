import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

const shell = 'the-shell-of-the-team-that-looks-after-payments-and-refunds-in-production';
const tools = ['git', 'go', 'nodejs_20', 'cmake'];
const libraries = Array.from({ length: 1500 }, (_, index) => `python3Packages.library${index}`);
const text = `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
  outputs = { self, nixpkgs, ... }: {
    devShells.x86_64-linux.${shell} = with nixpkgs.legacyPackages.x86_64-linux; mkShell {
      packages = [
${[...tools, ...libraries].map((name) => `        ${name}`).join('\n')}
      ];
    };
  };
}
`;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  const lock = readFileSync(join(example('python-service'), 'flake.lock'), 'utf8');
  launched = await launchApp({ folder: flakeFolder(text, lock), size: [680, 640] });
  page = launched.page;
  await comparison(page);
});

afterAll(() => launched.close());

test('of thousands of rows those in sight are drawn, and the last is found by typing', async () => {
  expect(await page.locator('.grid-line').count()).toBeLessThan(60);
  await page.getByLabel('Filter tools').fill('library1499');
  await page.getByText('1 result', { exact: true }).first().waitFor();
  await page.locator('.row-line', { hasText: 'library1499' }).waitFor();
  await page.getByLabel('Filter tools').fill('');
});

test('a leap through the list shows the lines of the place, in their order, with nothing blank', async () => {
  const grid = page.getByRole('treegrid');
  const inSight = () =>
    grid.evaluate((element) => {
      const { left, top, bottom } = element.getBoundingClientRect();
      const lines = [...element.querySelectorAll('.row-line')];
      const rows = lines.map((line) => Number(line.getAttribute('aria-rowindex')));
      const edges = [top + 100, bottom - 20].map((y) =>
        Number(
          element.ownerDocument
            .elementFromPoint(left + 60, y)
            ?.closest('.row-line')
            ?.getAttribute('aria-rowindex'),
        ),
      );
      return { isInOrder: rows.every((row, index) => index === 0 || row > (rows[index - 1] ?? 0)), edges };
    });
  for (const line of [900, 20, 1300]) {
    await grid.evaluate((element, y) => element.scrollTo({ top: y }), line * 32);
    await expect.poll(async () => (await inSight()).edges[0]).toBe(line + 4);
    expect((await inSight()).edges[1]).toBeGreaterThan(line + 8);
    // While it scrolls, no element moves.
    await expect.poll(async () => (await inSight()).isInOrder).toBe(true);
  }
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
});

test('lines that come take the elements of those that go', async () => {
  const created = await page.evaluate(`(async () => {
    const grid = document.querySelector('[role=treegrid]');
    const drawn = async () => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    };
    let count = 0;
    const observer = new MutationObserver((records) => {
      count += records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => !known.has(node)).length;
    });
    grid.scrollTop = 400 * 32;
    await drawn();
    const known = new Set(grid.querySelectorAll('.row-line, .row-line *'));
    observer.observe(grid, { childList: true, subtree: true });
    for (const by of [1, 1, 1, 1, -1, -1, -1, -1]) {
      grid.scrollTop += by * 10 * 32;
      await drawn();
    }
    observer.disconnect();
    return count;
  })()`);
  expect(created).toBe(0);
  await page.getByRole('treegrid').evaluate((element) => element.scrollTo({ top: 0 }));
});

test('names that are too long for the header are cut, and lie over nothing', async () => {
  await keepScreenshot(page, 'enormous-compare');
  const parts = page.locator('.header-place, .header-context > *, .header-actions');
  const boxes = await parts.evaluateAll((elements) =>
    elements
      .map((element) => element.getBoundingClientRect())
      .filter(({ width }) => width > 0)
      .map(({ left, right }) => [left, right] as const),
  );
  expect(boxes.length).toBeGreaterThan(2);
  for (const [index, [, right]] of boxes.slice(0, -1).entries()) {
    expect(right).toBeLessThanOrEqual((boxes[index + 1]?.[0] ?? 0) + 0.5);
  }
  const cut = page.getByTitle(`Dev shell: ${shell}`);
  expect(await cut.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
});

test('one of a thousand is still to be seen in the chart, and counted beside it', async () => {
  await page.keyboard.press('Control+1');
  const bars = page.locator('.chart .recharts-bar-rectangle path');
  await bars.first().waitFor();
  const widths = await bars.evaluateAll((paths) => paths.map((path) => path.getBoundingClientRect().width));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(2);
  expect(await page.locator('.chart-count').allTextContents()).toContain('0/1,500');
  // No more parts than there are counts that are not zero.
  await page.getByRole('button', { name: 'Show as a table' }).click();
  const cells = await page.locator('.panel .table td').allInnerTexts();
  await page.getByRole('button', { name: 'Show as a chart' }).click();
  await bars.first().waitFor();
  expect(widths.filter((width) => width > 0).length).toBe(cells.filter((cell) => cell !== '0').length);
  await keepScreenshot(page, 'enormous-overview');
  expect(await violations(page)).toEqual([]);
});
