import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/model/snapshot';
import {
  comparison,
  example,
  flakeFolder,
  keepScreenshot,
  type LaunchedApp,
  launchApp,
  root,
} from './support/launch-app';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp();
  await comparison(launched.page);
});

afterAll(() => launched.close());

const opened = (page: Page, name: string) =>
  page.locator('.switcher-button .switcher-name', { hasText: name }).waitFor();

test('without a folder, the example is opened', async () => {
  await opened(launched.page, 'python-service');
});

test('a tab without a project has this machine, as the command line reads it', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+t');
  await page.getByRole('button', { name: 'Look at this machine' }).click();
  await page.locator('.installations').first().waitFor();
  const cli = execFileSync(process.execPath, [join(root, 'bin', 'lockstep.cjs'), 'snapshot', '--json']);
  const { installations } = JSON.parse(cli.toString()) as Snapshot;
  expect(await page.getByRole('tab', { name: /^Tools/u }).innerText()).toMatch(
    new RegExp(`^Tools\\s*${installations.length}$`, 'u'),
  );
  await page.getByRole('tab', { name: /^PATH/u }).click();
  await page.getByText('This PATH decides what wins.').waitFor();
  await page.locator('.footer', { hasText: `${installations.length} installations` }).waitFor();
  await page.keyboard.press('Control+w');
  await opened(page, 'python-service');
});

test('the dialog opens another flake', async () => {
  const { app, page } = launched;
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, example('web-product'));
  await page.keyboard.press('Control+o');
  await opened(page, 'web-product');
  await comparison(page);
  await page.getByLabel('Filter tools').fill('go');
  await page.locator('.row-line .tool-title', { hasText: /^Go$/u }).first().waitFor();
  await page.getByLabel('Filter tools').fill('');
});

test('a dismissed dialog changes nothing', async () => {
  const { app, page } = launched;
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
  });
  await page.keyboard.press('Control+o');
  await opened(page, 'web-product');
});

test.each(['folder', 'flake.nix'])('a dropped %s is opened', async (kind) => {
  const { page } = launched;
  const folder = example(kind === 'folder' ? 'rust-tool' : 'flake-parts');
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [kind === 'folder' ? folder : join(folder, 'flake.nix')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
  await page.getByText('Drop a project folder or its flake.nix').waitFor();
  await keepScreenshot(page, 'drop');
  await cdp.send('Input.dispatchDragEvent', { type: 'drop', x: 500, y: 400, data });
  await opened(page, kind === 'folder' ? 'rust-tool' : 'flake-parts');
  await comparison(page);
});

test('the native menu opens recent flakes, too', async () => {
  const { app, page } = launched;
  const folders = () =>
    app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.find(({ label }) => label === 'File')
        ?.submenu?.items.find(({ label }) => label === 'Open Recent')
        ?.submenu?.items.map(({ label }) => label),
    );
  await expect.poll(folders).toContain(example('web-product'));
  await app.evaluate(({ Menu }, folder) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File')?.submenu;
    const recent = file?.items.find(({ label }) => label === 'Open Recent')?.submenu;
    recent?.items.find(({ label }) => label === folder)?.click();
  }, example('web-product'));
  await expect.poll(() => page.getByRole('tab', { selected: true }).first().innerText()).toBe('web-product');
  // Once it is audited, it is the one that was opened last.
  await comparison(page);
  await page.keyboard.press('Control+w');
  await opened(page, 'flake-parts');
});

test('recent flakes are remembered, opened with a click, and can be forgotten', async () => {
  const { page } = launched;
  await page.locator('.switcher-button').click();
  const recents = page.locator('#recent-flakes');
  await expect
    .poll(() => recents.locator('.recent .switcher-name').allInnerTexts())
    .toEqual(['web-product', 'rust-tool', 'python-service']);
  await keepScreenshot(page, 'recents');
  await recents.getByRole('button', { name: /^Forget .*rust-tool$/u }).click();
  await expect.poll(() => recents.locator('.recent').count()).toBe(2);
  await recents.getByRole('button', { name: /^python-service/u }).click();
  await opened(page, 'python-service');
  await comparison(page);
});

test('the dev shell and the system can be chosen', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+4');
  await page.getByLabel('Dev shell').selectOption('ci');
  await page.getByText('devShells.x86_64-linux.ci').waitFor();
  await page.getByLabel('System').selectOption('aarch64-darwin');
  await page.getByText('devShells.aarch64-darwin.default').waitFor();
  await page.getByLabel('System').selectOption('x86_64-linux');
  await page.getByText('devShells.x86_64-linux.default').waitFor();
  // Where there are many, typing finds one.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('shell ci');
  await page.keyboard.press('Enter');
  await page.getByText('devShells.x86_64-linux.ci').waitFor();
  await page.keyboard.press('Control+2');
});

test('a second start hands its folder to the window that is open', async () => {
  const { app, page, userData } = launched;
  const [program = ''] = app.process().spawnargs;
  const second = spawn(program, ['--no-sandbox', root, example('rust-tool')], {
    env: { ...process.env, DISPLAY: process.env['DISPLAY'] ?? ':0', LOCKSTEP_USER_DATA: userData },
    stdio: 'ignore',
  });
  await new Promise((resolve) => second.on('exit', resolve));
  await opened(page, 'rust-tool');
  await comparison(page);
});

test('a flake that is edited is audited again by itself, and the window says what changed', async () => {
  const { app, page } = launched;
  const source = example('python-service');
  const text = readFileSync(join(source, 'flake.nix'), 'utf8');
  const folder = flakeFolder(text, readFileSync(join(source, 'flake.lock'), 'utf8'));
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await page.keyboard.press('Control+o');
  await page.locator('.row-line', { hasText: 'just' }).waitFor();
  writeFileSync(join(folder, 'flake.nix'), text.replace(/^\s*just$/mu, '                ripgrep'));
  await page.getByText(/^The comparison has changed/u).waitFor();
  await page.getByLabel('Filter tools').fill('ripgrep');
  await page.locator('.row-line', { hasText: 'ripgrep' }).waitFor();
  // Taken away while it is open, it is said so; what was compared stays, and goes on when it is back.
  renameSync(folder, `${folder}-away`);
  const banner = page.getByRole('alert', { name: 'The last audit failed' });
  await banner.waitFor();
  await page.locator('.row-line', { hasText: 'ripgrep' }).waitFor();
  renameSync(`${folder}-away`, folder);
  await banner.waitFor({ state: 'detached' });
});
