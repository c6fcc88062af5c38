import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditSchema } from '../../src/ipc/audit-schema';
import { comparison, example, keepScreenshot, type LaunchedApp, launchApp } from './support/launch-app';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service') });
  await comparison(launched.page);
});

afterAll(() => launched.close());

/** The text of the next file that appears among the reports. */
async function nextReport(act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const before = new Set(readdirSync(launched.reports));
  await act();
  await expect
    .poll(() => readdirSync(launched.reports).filter((name) => !before.has(name) && !name.endsWith('.tmp')), {
      timeout: 15_000,
    })
    .toHaveLength(1);
  const [name = ''] = readdirSync(launched.reports).filter((file) => !before.has(file));
  return { name, text: readFileSync(join(launched.reports, name), 'utf8') };
}

test('one click writes the HTML report, which says what the window says', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+1');
  const headline = await page.locator('.headline').innerText();
  const { name, text } = await nextReport(() => page.getByRole('button', { name: /^Export HTML$/u }).click());
  expect(name).toMatch(/^lockstep-python-service-\d{4}-\d\d-\d\d\.html$/u);
  expect(text).toMatch(/^<!doctype html>/iu);
  expect(text).toContain(headline);
  expect(text).not.toMatch(/(?:src|href)="https?:/u);
  await page.getByText(`Saved ${name}`).waitFor();
  await keepScreenshot(page, 'exported');
});

test('one key does the same, and overwrites nothing', async () => {
  const { name } = await nextReport(() => launched.page.keyboard.press('Control+e'));
  expect(name).toMatch(/-2\.html$/u);
});

test('another format is one click away, and is the first from then on', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: /^JSON/u }).click();
  const preview = page.getByRole('region', { name: 'Preview of JSON' });
  await preview.locator('.preview-text').waitFor();
  const { text } = await nextReport(() => preview.getByRole('button', { name: 'Export' }).click());
  const audit = v.parse(auditSchema, JSON.parse(text));
  expect(audit.rows.some((row) => row.tool === 'python')).toBe(true);
  await page.getByRole('button', { name: 'Export JSON' }).waitFor();
  expect(await page.locator('.report-format').first().innerText()).toContain('JSON');
});

test('a PDF is printed, with text that can be read back', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: /^PDF/u }).click();
  const preview = page.getByRole('region', { name: 'Preview of PDF' });
  const { name } = await nextReport(() => preview.getByRole('button', { name: 'Export' }).click());
  expect(name).toMatch(/\.pdf$/u);
  const bytes = readFileSync(join(launched.reports, name));
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(bytes.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length).toBeGreaterThan(1);
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  expect((await document.getOutline()).map(({ title }: { title: string }) => title)).toContain('Comparison');
  const words = await (await document.getPage(1)).getTextContent();
  expect(words.items.map((item) => ('str' in item ? item.str : '')).join(' ')).toContain('python-service');
  // A printed window is gone when it is done.
  expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await page.getByRole('button', { name: /^JSON/u }).click();
  const json = page.getByRole('region', { name: 'Preview of JSON' });
  await nextReport(() => json.getByRole('button', { name: 'Export' }).click());
});

test('CSV has the rows that the filter of the comparison shows, or all of them', async () => {
  const { page } = launched;
  const rowsOf = (text: string) => parseCsv<Record<string, string>>(text, { columns: true });
  await page.keyboard.press('Control+2');
  await page.locator('#compare-search').fill('git');
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: /^CSV/u }).click();
  const preview = page.getByRole('region', { name: 'Preview of CSV' });
  const choice = preview.getByLabel(/^Only the \d+ of \d+ rows/u);
  await choice.waitFor();
  await keepScreenshot(page, 'reports-filtered');
  const [part, all] =
    /(\d+) of (\d+)/u.exec((await preview.locator('.preview-filter').innerText()) ?? '')?.slice(1) ?? [];
  const filtered = rowsOf((await nextReport(() => preview.getByRole('button', { name: 'Export' }).click())).text);
  expect(filtered).toHaveLength(Number(part));
  expect(filtered.map((row) => row['tool'])).toContain('git');
  await choice.uncheck();
  const whole = rowsOf((await nextReport(() => preview.getByRole('button', { name: 'Export' }).click())).text);
  expect(whole).toHaveLength(Number(all));
  await page.keyboard.press('Control+2');
  await page.locator('#compare-search').fill('');
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: /^JSON/u }).click();
  const json = page.getByRole('region', { name: 'Preview of JSON' });
  await nextReport(() => json.getByRole('button', { name: 'Export' }).click());
});

test('reports are redacted, the preview says what is taken out, and it can be switched off', async () => {
  const { page } = launched;
  await page.keyboard.press('Control+5');
  const name = hostname();
  const redacted = await nextReport(() => page.keyboard.press('Control+e'));
  expect(JSON.parse(redacted.text).snapshot.host.name).not.toBe(name);
  await page.getByText(/^Redaction replaces/u).click();
  expect(await page.locator('.redactions').innerText()).toContain(name);
  await page.getByLabel(/^Redact/u).uncheck();
  await page.getByText(/^Redaction is off/u).waitFor();
  const open = await nextReport(() => page.keyboard.press('Control+e'));
  expect(JSON.parse(open.text).snapshot.host.name).toBe(name);
  await page.getByLabel(/^Redact/u).check();
});

test('copying puts Markdown and HTML on the clipboard together', async () => {
  const { app, page } = launched;
  await page.keyboard.press('Control+Shift+C');
  await page.getByText(/^Report copied/u).waitFor();
  const [text, html] = await app.evaluate(async ({ clipboard }) => {
    const earlier = clipboard as unknown as { readText(): string; readHTML(): string };
    return [await earlier.readText(), earlier.readHTML()];
  });
  expect(text).toContain('python-service');
  expect(text).toContain('|');
  expect(html).toContain('<');
});

test('beside a preview, what is copied is what it shows', async () => {
  const { app, page } = launched;
  await page.keyboard.press('Control+5');
  await page.getByRole('button', { name: /^CSV/u }).click();
  await page.getByRole('region', { name: 'Preview of CSV' }).getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied as CSV').waitFor();
  const text = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(text).toMatch(/^status,tool,title,/u);
  expect(text.startsWith((await page.locator('.preview-text').innerText()).slice(0, 500))).toBe(true);
});

test('“Save as…” asks, and remembers the place', async () => {
  const { app, page, reports } = launched;
  const path = join(reports, 'chosen.json');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await page.keyboard.press('Control+5');
  const { name } = await nextReport(() => page.getByRole('button', { name: 'Save as…' }).click());
  expect(name).toBe('chosen.json');
});

test('a place that cannot be written to is named, and the window goes on', async () => {
  const blocked = join(launched.reports, 'a-file');
  writeFileSync(blocked, '');
  const second = await launchApp({ folder: example('python-service'), settings: { reportFolder: join(blocked, 'x') } });
  try {
    await comparison(second.page);
    await second.page.keyboard.press('Control+e');
    await second.page.getByText(/could not be written to .*a-file/u).waitFor();
    expect(existsSync(join(blocked, 'x'))).toBe(false);
    await second.page.keyboard.press('Control+1');
    await second.page.locator('.headline').waitFor();
  } finally {
    await second.close();
  }
});
