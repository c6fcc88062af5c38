import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/axe';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';
import { settled } from './support/settled';

/** A home whose ~/.bashrc puts a Node.js of nvm in front, which the desktop knows nothing of. */
function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-home-'));
  const bin = join(folder, '.nvm', 'versions', 'node', 'v20.11.0', 'bin');
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(folder, '.nvm', 'alias'), { recursive: true });
  for (const program of ['node', 'npm']) {
    writeFileSync(join(bin, program), '#!/bin/sh\n', { mode: 0o755 });
  }
  writeFileSync(join(folder, '.nvm', 'nvm.sh'), '# nvm\n');
  writeFileSync(join(folder, '.nvm', 'alias', 'default'), '20\n');
  writeFileSync(join(folder, '.profile'), 'export PATH="$HOME/none:$PATH"\n. "$HOME/.bashrc"\n');
  writeFileSync(
    join(folder, '.bashrc'),
    'export JAVA_HOME=/opt/gone\n[ -n "$PS1" ] || return\nexport NVM_DIR="$HOME/.nvm"\n[ -s "$NVM_DIR/nvm.sh" ] && . "$NVM_DIR/nvm.sh"\n',
  );
  return folder;
}

let launched: LaunchedApp;
let folder = '';

beforeAll(async () => {
  folder = home();
  // As the desktop launches it: without a terminal's variables, with a short PATH.
  launched = await launchApp({
    folder: example('python-service'),
    size: [1360, 860],
    env: {
      HOME: folder,
      SHELL: '/bin/bash',
      PATH: '/usr/bin:/bin',
      XDG_CURRENT_DESKTOP: 'GNOME',
      TERM: '',
      SHLVL: '',
      TERM_PROGRAM: '',
    },
  });
  await comparison(launched.page);
});

afterAll(() => launched.close());

const pathOf = (page: Page) => page.locator('.path-list li .path:not(.path-source)').allInnerTexts();

test('launched from the desktop, the PATH of the terminal decides, and the view says so', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+3');
  await page.getByRole('tab', { name: /PATH/u }).click();
  expect((await pathOf(page))[0]).toBe(join(folder, '.nvm/versions/node/v20.11.0/bin'));
  expect(await page.locator('.path-list li').first().innerText()).toContain(`${join(folder, '.bashrc')}:4`);
  await page.getByText('This PATH decides what wins.').waitFor();
  expect(await page.locator('.context-choice', { hasText: 'Terminal' }).locator('input').isChecked()).toBe(true);
  await keepScreenshot(page, 'path-terminal');
  const differences = page.getByRole('region', { name: 'Not the same everywhere' });
  const row = differences.getByRole('row', { name: /Node\.js/u });
  expect(await row.innerText()).toContain('20.11.0');
});

test('another context is one click away, and may decide from then on', async () => {
  const { page } = launched;
  await page.locator('.context-choice', { hasText: 'This process' }).click();
  expect(await pathOf(page)).toEqual(['/usr/bin', '/bin']);
  await keepScreenshot(page, 'path-process');
  await page.getByRole('button', { name: 'Let this PATH decide' }).click();
  await page.getByText('This PATH decides what wins.').waitFor();
  await page.keyboard.press('Control+Comma');
  expect(await page.getByRole('radio', { name: /This process/u }).isChecked()).toBe(true);
  await page.getByRole('radio', { name: /Automatic/u }).check();
  await page.getByText('Now: Terminal.').waitFor();
  await page.getByRole('combobox', { name: /Time for one program/u }).selectOption('5 s');
  await keepScreenshot(page, 'settings-machine');
});

test('findings lead the environment, with what to do', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+3');
  await page.getByRole('tab', { name: /Environment/u }).click();
  const findings = page.locator('.findings');
  await findings.getByText('JAVA_HOME is /opt/gone, which is not there.').waitFor();
  expect(await findings.innerText()).toMatch(/node is 20\.11\.0 \(nvm\) in your terminal/u);
  await keepScreenshot(page, 'environment-findings');
});

test('the choices survive a restart', async () => {
  const settings = await launched.page.evaluate('window.lockstep.getSettings()');
  expect(settings).toMatchObject({ ok: true, value: { pathContext: 'auto', deadlineEach: 5000, askNix: false } });
});

const sizes = { small: [680, 640], large: [1760, 1060] } as const;

test.each(
  Object.keys(sizes).flatMap((size) =>
    (['dark', 'light'] as const).map((scheme) => [size as keyof typeof sizes, scheme] as const),
  ),
)('PATH, environment and settings have no violation of WCAG: %s, %s', async (size, scheme) => {
  const { app, page } = launched;
  const [width, height] = sizes[size];
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setSize(w, h), [
    width,
    height,
  ] as const);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.keyboard.press('Control+3');
  for (const tab of ['PATH', 'Environment']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`, 'u') }).click();
    await settled(page);
    await keepScreenshot(page, `machine-${tab.toLowerCase()}-${scheme}-${size}`);
    expect(await violations(page)).toEqual([]);
  }
  await page.keyboard.press('Control+Comma');
  await settled(page);
  await keepScreenshot(page, `settings-machine-${scheme}-${size}`);
  expect(await violations(page)).toEqual([]);
});
