import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadIndex } from '../../src/node/nixpkgs-index';
import { comparison, example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { drop } from './support/sides';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service'), size: [1360, 860] });
  await comparison(launched.page);
});

afterAll(() => launched.close());

/** Programs that tell their version in one line, and how. */
const programs = [
  { title: 'Node.js', argv: ['node', '--version'], match: /^v(\S+)/u },
  { title: 'Python', argv: ['python3', '--version'], match: /^Python (\S+)/u },
  { title: 'Git', argv: ['git', '--version'], match: /^git version (\S+)/u },
  { title: 'Perl', argv: ['perl', '-e', 'printf "%vd", $^V'], match: /^(\S+)/u },
  { title: 'npm', argv: ['npm', '--version'], match: /^(\d\S+)/mu },
  { title: 'Bash', argv: ['bash', '--version'], match: /version (\d[\d.]*)/u },
] as const;

test.each(programs)('this machine has the $title that the program itself reports', async ({ title, argv, match }) => {
  const [program, ...words] = argv;
  const ran = spawnSync(program, words, { encoding: 'utf8' });
  const version = match.exec(ran.stdout ?? '')?.[1];
  if (version === undefined) {
    throw new Error(`${program} does not run here`);
  }
  const { page } = launched;
  await page.keyboard.press('Control+3');
  await page.getByLabel('Filter installations').fill(title);
  const row = page.locator('.installations tr', { has: page.getByRole('rowheader', { name: title, exact: true }) });
  await row.first().waitFor();
  expect((await row.first().locator('.version').innerText()).trim()).toBe(version);
});

test('the example asks for what its lock pins, at the versions that the index holds', async () => {
  const { page } = launched;
  const lock = JSON.parse(readFileSync(join(example('python-service'), 'flake.lock'), 'utf8'));
  const revision: string = lock.nodes.nixpkgs.locked.rev;
  const index = loadIndex();
  await page.keyboard.press('Control+2');
  for (const attribute of ['ruff', 'uv', 'postgresql_16', 'redis', 'just', 'git', 'python312']) {
    const known = index.lookup(attribute, revision);
    await page.getByLabel('Filter tools').fill(attribute);
    const row = page.locator('.row-line', { hasText: attribute.split('_')[0] ?? '' }).first();
    await row.waitFor();
    expect(`${attribute} ${(await row.locator('.cell-expected').innerText()).trim()}`).toBe(
      `${attribute} ${known.state === 'found' ? known.version : known.state}`,
    );
  }
  await page.getByLabel('Filter tools').fill('');
});

test('the details of a row show why, what to do, every copy with its evidence, and the line of the flake', async () => {
  const { page } = launched;
  await page.getByLabel('Filter tools').fill('python312');
  await page.locator('.row-line', { hasText: 'python312' }).first().click();
  const details = page.getByRole('complementary', { name: 'Details of Python' });
  await details.waitFor();
  expect(await details.locator('.verdict').innerText()).toMatch(/3\.\d+\.\d+/u);
  expect(await details.locator('.fix').count()).toBeGreaterThan(0);
  expect(await details.locator('.copy').count()).toBeGreaterThan(0);
  expect(await details.locator('.copy').first().innerText()).toContain('wins on PATH');
  expect(await details.locator('.evidence li').count()).toBeGreaterThan(0);
  const marked = details.locator('.code-line.is-marked');
  await marked.waitFor();
  expect(await marked.innerText()).toContain('python');
  expect(await details.locator('.code-spot').innerText()).toBe('python.withPackages');
  await keepScreenshot(page, 'details');
  await page.getByLabel('Filter tools').fill('');
});

test('in a long line the place that asks is scrolled into sight', async () => {
  const folder = flakeFolder(
    `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable"; outputs = { self, nixpkgs, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = with nixpkgs.legacyPackages.x86_64-linux; [ ruff ]; }; }; }`,
    readFileSync(join(example('python-service'), 'flake.lock'), 'utf8'),
  );
  const { page } = launched;
  await page.keyboard.press('Control+t');
  await page.getByRole('heading', { name: 'What shall be compared?' }).waitFor();
  await drop(page, [folder]);
  const spot = page.getByRole('complementary', { name: 'Details of Ruff' }).locator('.code-spot');
  await spot.waitFor();
  expect(await spot.innerText()).toBe('ruff');
  await expect
    .poll(() =>
      spot.evaluate((element) => {
        const [place, frame] = [element.getBoundingClientRect(), element.closest('pre')?.getBoundingClientRect()];
        return frame !== undefined && place.left >= frame.left && place.right <= frame.right;
      }),
    )
    .toBe(true);
  // The number of its line is in sight, too.
  expect(
    await spot.evaluate((element) => {
      const [pre, number] = [element.closest('pre'), element.closest('.code-line')?.querySelector('.code-number')];
      return (number?.getBoundingClientRect().left ?? 0) - (pre?.getBoundingClientRect().left ?? 0);
    }),
  ).toBe(0);
  await page.keyboard.press('Control+w');
  await comparison(page);
});

test('the overview says in words what the comparison counts', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+1');
  const headline = await page.locator('.headline').innerText();
  const [, inStep, total] = /^(\d+) of (\d+) in step/u.exec(headline) ?? [];
  expect(Number(total)).toBeGreaterThanOrEqual(12);
  expect(Number(inStep)).toBeLessThanOrEqual(Number(total));
  await page.locator('.chart .recharts-bar-rectangle').first().waitFor();
  await page.getByRole('button', { name: 'Show as a table' }).click();
  expect(await page.locator('.panel table tbody tr').count()).toBeGreaterThan(2);
});

test('the target names inputs with revisions, packages with places, and variables', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+4');
  await page.getByRole('heading', { name: 'Inputs' }).waitFor();
  const text = await page.locator('.page').innerText();
  expect(text).toContain('github:NixOS/nixpkgs');
  expect(text).toContain('postgresql_16');
  expect(text).toMatch(/flake\.nix:\d+:\d+/u);
  expect(text).toContain('UV_PYTHON_DOWNLOADS');
  expect(text).toContain('PGDATA');
});

test('PATH is listed in order', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+3');
  await page.getByRole('tab', { name: /PATH/u }).click();
  const shown = await page.locator('.path-list li .path').allInnerTexts();
  expect(shown.slice(0, 2)).toEqual((process.env['PATH'] ?? '').split(':').slice(0, 2));
});

test('what is searched for is marked, whatever signs it has', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+2');
  const filter = page.getByLabel('Filter tools');
  for (const text of ['pre-', '(', '\\', '[a-', 'pre-commit']) {
    await filter.fill(text);
    await expect.poll(() => filter.inputValue()).toBe(text);
  }
  expect(await page.locator('.row-line mark').first().innerText()).toBe('pre-commit');
  await filter.fill('');
});

test('the details copy their row with a click', async () => {
  const { app, page } = launched;
  await page.keyboard.press('Control+2');
  await page.getByLabel('Filter tools').fill('ruff');
  await page.locator('.row-line', { hasText: 'Ruff' }).click();
  await page.getByRole('button', { name: 'Copy the row of Ruff' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^\w+\tRuff\t.*\t0\.6\.6\t/u);
});
