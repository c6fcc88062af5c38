import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp({ folder: example('machines'), size: [1180, 820] });
  await launched.page.locator('[role=treegrid], .row-line').first().waitFor({ timeout: 60_000 });
});
afterAll(() => launched.close());

test('a flake with configurations and no dev shell opens with the first, and the header offers the others', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+4');
  await page.locator('.target-facts', { hasText: 'nixosConfigurations.laptop' }).waitFor();
  const choice = page.getByLabel('Dev shell');
  expect(
    await choice.locator('optgroup').evaluateAll((groups) => groups.map((group) => group.getAttribute('label'))),
  ).toEqual(['NixOS']);
  await choice.selectOption('nixosConfigurations.server');
  await page.locator('.target-facts', { hasText: 'nixosConfigurations.server' }).waitFor({ timeout: 30_000 });
  const rows = await page.locator('.table tbody tr').allInnerTexts();
  expect(rows.find((row) => row.startsWith('nginx'))?.replace(/\s+/gu, ' ')).toBe(
    'nginx 1.26.2 exact nixpkgs services.nginx.enable hosts/server.nix:5:3',
  );
  await expect.poll(() => page.getByText('5 of 5 resolved').count()).toBe(1);
  await keepScreenshot(page, 'target-configuration');
});

test('what the flake offers is listed, and an entry of it is a way to compare with it', async () => {
  const { page } = launched;
  await page.locator('.output-entries').getByRole('button', { name: 'laptop' }).click();
  await page.locator('.target-facts', { hasText: 'nixosConfigurations.laptop' }).waitFor({ timeout: 30_000 });
  await expect.poll(() => page.getByText('11 of 11 resolved').count()).toBe(1);
  expect(await violations(page)).toEqual([]);
});
