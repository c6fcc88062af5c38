import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparison, example, flakeFolder, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

let launched: LaunchedApp;

const lock = () => readFileSync(join(example('python-service'), 'flake.lock'), 'utf8');
const shell = (body: string) => `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
  inputs.flake-utils.url = "github:numtide/flake-utils";
  outputs = { self, nixpkgs, flake-utils }: ${body};
}
`;

beforeAll(async () => {
  launched = await launchApp({ folder: flakeFolder(undefined) });
});

afterAll(() => launched.close());

async function open(folder: string): Promise<void> {
  const { app, page } = launched;
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await page.keyboard.press('Control+o');
  await page.locator('.problem-folder', { hasText: folder }).waitFor({ timeout: 60_000 });
}

async function problem(): Promise<string> {
  const { page } = launched;
  await page.locator('.problem').waitFor({ timeout: 60_000 });
  return page.locator('.problem').innerText();
}

test('a folder without a flake: the cause, and one action', async () => {
  expect(await problem()).toMatch(/flake\.nix/u);
  await launched.page.getByRole('button', { name: 'Open another flake…' }).waitFor();
  await keepScreenshot(launched.page, 'failing-no-flake');
});

test('the machine can still be looked at', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+3');
  await page.getByRole('tab', { name: /^Tools/u }).waitFor({ timeout: 60_000 });
  expect(await page.locator('.installations tr').count()).toBeGreaterThan(10);
  expect(await page.getByRole('alert', { name: 'The last audit failed' }).innerText()).toMatch(/flake\.nix/u);
  await page.keyboard.press('Control+2');
});

test('a folder that does not exist', async () => {
  await open('/nowhere/at/all');
  expect(await problem()).toMatch(/\/nowhere\/at\/all/u);
});

test('a syntax error: file, line and column, and the code with what is wrong marked', async () => {
  await open(flakeFolder('{\n  outputs = { self }: {\n    a = 1\n  };\n}\n'));
  const { page } = launched;
  await page.locator('.code-spot').waitFor();
  expect(await problem()).toMatch(/flake\.nix:4:3/u);
  expect(await page.locator('.code-line.is-marked').innerText()).toMatch(/^4\s+\};/u);
  expect(await page.locator('.code-spot').innerText()).toBe('}');
  await keepScreenshot(page, 'failing-syntax');
});

test('the whole of what Nix would say is there, too, and can be copied', async () => {
  const { app, page } = launched;
  await page.getByText('Details', { exact: true }).click();
  await page.getByRole('button', { name: 'Copy the details' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/flake\.nix:4:3[\s\S]*\^/u);
});

test('no lock', async () => {
  await open(flakeFolder(shell('{ }')));
  expect(await problem()).toMatch(/flake\.lock|lock/u);
});

test('a broken lock', async () => {
  await open(flakeFolder(shell('{ }'), '{ "nodes": '));
  expect(await problem()).toMatch(/flake\.lock/u);
});

test('no dev shell: what there is instead', async () => {
  await open(flakeFolder(shell('{ formatter.x86_64-linux = 1; }'), lock()));
  expect(await problem()).toMatch(/dev ?shell/iu);
});

test('a shell that recurses for ever ends with a sentence', async () => {
  const { app, page } = launched;
  const folder = flakeFolder(shell('let f = x: f (x + 1); in { devShells.x86_64-linux.default = f 0; }'), lock());
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await page.keyboard.press('Control+o');
  const said = page.locator('.problem, .details', { hasText: /recurs|depth|steps|stack/iu });
  await said.first().waitFor({ timeout: 60_000 });
});

test('an unreadable flake', async () => {
  const folder = flakeFolder(shell('{ }'), lock());
  chmodSync(join(folder, 'flake.nix'), 0);
  await open(folder);
  expect((await problem()).length).toBeGreaterThan(20);
});

test('after all that the window works', async () => {
  const { app, page } = launched;
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, example('python-service'));
  await page
    .getByRole('button', { name: /^(?:Open another flake…|Audit again)$/u })
    .last()
    .waitFor();
  await page.keyboard.press('Control+o');
  await comparison(page);
});
