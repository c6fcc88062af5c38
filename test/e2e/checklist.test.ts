import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../cli/fake-io';
import { example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-checklist-'));
const project = join(folder, 'service');
const bin = join(folder, 'bin');
const data = join(folder, 'data');
const userData = join(folder, 'user');
let launched: LaunchedApp;

async function launch(): Promise<LaunchedApp> {
  const app = await launchApp({
    folder: project,
    userData,
    size: [1180, 820],
    env: { LOCKSTEP_DATA: data, PATH: `${bin}:${process.env['PATH']}` },
  });
  // The second start opens the view that the first one ended with.
  await app.page.locator('.stage .step, [role=treegrid]').first().waitFor({ timeout: 60_000 });
  await app.page.keyboard.press('Control+7');
  await app.page.locator('.step').first().waitFor();
  return app;
}

beforeAll(async () => {
  cpSync(example('python-service'), project, { recursive: true });
  cpSync(join(project, 'flake.nix'), join(bin, 'keep'), { recursive: true });
  cpSync(join(project, 'flake.nix'), join(userData, 'keep'), { recursive: true });
  writeFileSync(
    join(userData, 'settings.json'),
    JSON.stringify({ reportFolder: join(userData, 'reports'), name: 'Ada' }),
  );
  launched = await launch();
});

afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

const step = (id: string) => launched.page.locator(`[data-step="${id}"]`);

test('the steps are there, in sections, the first one that is open tells how', async () => {
  const { page } = launched;
  const titles = async () => {
    const texts = await page.locator('.checklist .page-section h2').allInnerTexts();
    return texts.map((title) => title.replace(/ \d.*$/u, ''));
  };
  await expect.poll(titles).toEqual(['First', 'Tools', 'Variables', 'At the end']);
  await expect.poll(() => page.locator('.step-body').count()).toBe(1);
  await keepScreenshot(page, 'checklist');
});

test('ticks, skips and notes say who, and last', async () => {
  const { page } = launched;
  await step('hook').getByRole('checkbox').click();
  await expect.poll(() => step('hook').innerText()).toMatch(/Ada/u);
  await step('tool:ruff').locator('.step-toggle').click();
  await step('tool:ruff').getByLabel('Note').fill('ruff is in the container');
  await step('tool:ruff').getByRole('button', { name: 'Skip' }).click();
  await expect.poll(() => step('tool:ruff').innerText()).toMatch(/skipped by Ada/u);
  await step('tool:uv').locator('.step-toggle').click();
  await step('tool:uv').getByLabel('Note').fill('ask IT for the mirror');
  await page.keyboard.press('Enter');
  await step('tool:uv').getByText('ask IT for the mirror').waitFor();
  await keepScreenshot(page, 'checklist-notes');
  await launched.close();
  launched = await launch();
  expect(await step('hook').innerText()).toMatch(/Ada/u);
  expect(await step('tool:uv').innerText()).toMatch(/1 note/u);
});

test('the command line has the same ticks and notes', async () => {
  const { stdout } = await runCli(['checklist', project, '--json'], {
    env: { ...process.env, LOCKSTEP_DATA: data },
  });
  const items: { id: string; state: string; notes: { text: string; by: string }[] }[] = JSON.parse(stdout).items;
  expect(items.find(({ id }) => id === 'hook')?.state).toBe('done');
  expect(items.find(({ id }) => id === 'tool:uv')?.notes).toMatchObject([{ text: 'ask IT for the mirror', by: 'Ada' }]);
});

test('a step ticks itself off when the machine changes, and survives a flake that asks for another version', async () => {
  const { page } = launched;
  expect(await step('tool:just').getAttribute('class')).toContain('is-open');
  const asked = /Have just (\S+)/u.exec(await step('tool:just').innerText())?.[1];
  const program = join(bin, 'just');
  writeFileSync(program, `#!/bin/sh\necho "just ${asked}"\n`);
  chmodSync(program, 0o755);
  await expect.poll(() => step('tool:just').getAttribute('class'), { timeout: 20_000 }).toContain('is-done');
  expect(await step('tool:just').innerText()).toMatch(/Ada/u);
  await keepScreenshot(page, 'checklist-ticked');
});

test('exports: Markdown tasks, the body of an issue, a PDF', async () => {
  const { app, page, reports } = launched;
  const files = () => readdirSync(reports).filter((name) => !name.endsWith('.tmp'));
  await page.getByRole('button', { name: 'Markdown' }).click();
  await expect.poll(files).toHaveLength(1);
  await page.getByRole('button', { name: 'PDF' }).click();
  await expect.poll(files, { timeout: 20_000 }).toHaveLength(2);
  const [markdown = '', pdf = ''] = files()
    .sort()
    .reverse()
    .sort((a) => (a.endsWith('.md') ? -1 : 1));
  expect(readFileSync(join(reports, markdown), 'utf8')).toContain('ask IT for the mirror');
  const bytes = readFileSync(join(reports, pdf)).toString('latin1');
  expect(bytes).toContain('/Outlines');
  await page.getByRole('button', { name: 'Copy as issue' }).click();
  await page.getByText(/^Checklist copied/u).waitFor();
  const text = await app.evaluate(({ clipboard }) => (clipboard as unknown as { readText(): string }).readText());
  expect(text).toMatch(/^- \[x\]/mu);
  expect(text).toContain('<details>');
});
