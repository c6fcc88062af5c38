import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { comparison, example, launchApp } from './support/launch-app';

const userData = mkdtempSync(join(tmpdir(), 'lockstep-memory-'));

afterAll(() => rmSync(userData, { recursive: true, force: true }));

test('theme, window, last flake and history are there after a restart', async () => {
  const first = await launchApp({ folder: example('rust-tool'), userData });
  await comparison(first.page);
  await first.page.keyboard.press('Control+,');
  await first.page.getByLabel('Dark').check();
  await expect.poll(() => first.page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true);
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ width: 900, height: 640 }),
  );
  await first.close();

  const second = await launchApp({ userData });
  try {
    await second.page.locator('.switcher-button', { hasText: 'rust-tool' }).waitFor();
    await comparison(second.page);
    expect(await second.page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true);
    const size = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(size).toMatchObject({ width: 900, height: 640 });

    const { page } = second;
    await page.keyboard.press('Control+6');
    const rows = page.locator('.history tbody tr');
    await expect.poll(() => rows.count()).toBe(2);
    await rows.last().getByRole('rowheader').getByRole('button').click();
    await page.getByText(/^Audit of/u).waitFor();
    await page.getByRole('treegrid').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText(/^Audit of/u).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+6');
    await page
      .getByRole('button', { name: /^Remove the audit/u })
      .last()
      .click();
    await expect.poll(() => rows.count()).toBe(1);
  } finally {
    await second.close();
  }
});

test('settings that are broken are set aside, and the window says so', async () => {
  const launched = await launchApp({ folder: example('rust-tool'), settings: '{ "theme": ' });
  try {
    await launched.page.getByText(/settings could not be read and were set aside/u).waitFor();
    await comparison(launched.page);
    expect(readdirSync(launched.userData).some((name) => name.startsWith('settings.json.broken-'))).toBe(true);
  } finally {
    await launched.close();
  }
});
