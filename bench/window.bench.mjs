import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { ensureElectronRuntime } from '../scripts/electron-runtime.mjs';
import { compileApp } from '../scripts/lib/compile-app.mjs';
import { openDisplay } from '../scripts/lib/display.mjs';
import { inMilliseconds, median, sideBySide } from './lib/measure.mjs';

/** The window: its start against an empty one of the same Electron; scrolling and filtering 10,000 rows. */

const root = fileURLToPath(new URL('..', import.meta.url));
const rows = 10_000;

/** Times that the list is scrolled, down and up in turn; the first time, nothing was ever scrolled. */
const runs = 10;

/** The whole comparison: while it is being made, its rows are there already. */
const COMPARISON = 'body:not(:has(section[aria-label="Audit in progress"])) .row-line';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ executablePath: string, env: Record<string, string>, empty: string }} Setting */

/** @returns {Promise<import('./lib/measure.mjs').Row[]>} */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const display = await openDisplay();
  const { executablePath } = await ensureElectronRuntime();
  // As `npm start` does.
  await compileApp(executablePath);
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "version": "0.0.0", "main": "main.cjs" }');
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 820 }).loadURL('data:text/html,<p>empty'));
app.on('window-all-closed', () => app.quit());`,
  );
  const env = /** @type {Record<string, string>} */ ({ ...display.env, LOCKSTEP_USER_DATA: join(folder, 'data') });
  const setting = { executablePath, env, empty: folder };
  try {
    return [...(await start(setting)), ...(await enormous(setting))];
  } finally {
    display.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Setting} setting
 * @param {string[]} words
 * @param {string} selector what has to be in sight
 * @param {(page: Page, app: import('playwright-core').ElectronApplication) => Promise<void>} [work]
 */
async function launch({ executablePath, env }, words, selector, work) {
  const begin = performance.now();
  const app = await _electron.launch({ executablePath, args: ['--no-sandbox', ...words], env });
  const page = await app.firstWindow();
  await page.waitForSelector(selector);
  const milliseconds = performance.now() - begin;
  await work?.(page, app);
  await app.close();
  return milliseconds;
}

/**
 * The first start of a project reads the machine and the flake; the next ones find that nothing has changed since.
 *
 * @param {Setting} setting
 */
async function start(setting) {
  const words = [root, join(root, 'examples', 'python-service')];
  const rows = [];
  let launches = 0;
  for (const [which, cache] of /** @type {const} */ ([
    ['a first time', () => `cache-${launches}`],
    ['a second time', () => 'cache'],
  ])) {
    const { a, b, ratio } = await sideBySide(
      () => {
        launches += 1;
        const env = { ...setting.env, XDG_CACHE_HOME: join(setting.empty, cache()) };
        return launch({ ...setting, env }, words, COMPARISON);
      },
      () => launch(setting, [setting.empty], 'p'),
      5,
    );
    rows.push({
      what: `window: start to the first full comparison, ${which}`,
      against: 'an empty window of the same Electron',
      ratio,
      goal: 'at most 1.5',
      met: ratio <= 1.5,
      detail: `${inMilliseconds(a)} against ${inMilliseconds(b)}, through Playwright`,
    });
  }
  return rows;
}

/** @param {Setting} setting */
async function enormous(setting) {
  const two = await scrolled(setting, fill);
  const six = await scrolled(setting, fillSix);
  return [...rowsOf(`${rows} rows`, two), ...rowsOf(`${rows} rows and 6 columns`, six)];
}

/**
 * @typedef {object} Scrolled
 * @property {{ frames: number[], blank: number }[]} scrolls milliseconds between frames, and in how many of them a part
 *   of the list had no lines
 * @property {number[]} filters milliseconds
 */

/**
 * @param {Setting} setting
 * @param {(page: Page, app: import('playwright-core').ElectronApplication) => Promise<void>} prepare
 * @returns {Promise<Scrolled>}
 */
async function scrolled(setting, prepare) {
  /** @type {Scrolled} */
  const result = { scrolls: [], filters: [] };
  await launch(setting, [root, join(root, 'examples', 'python-service')], '.row-line', async (page, app) => {
    await prepare(page, app);
    for (let run = 0; run < runs; run += 1) {
      result.scrolls.push(
        /** @type {Scrolled['scrolls'][number]} */ (await page.evaluate(scrolling(run % 2 === 0 ? 120 : -120))),
      );
    }
    result.filters = /** @type {number[]} */ (await page.evaluate(filtering));
  });
  return result;
}

/**
 * @param {string} what
 * @param {Scrolled} measured
 */
function rowsOf(what, { scrolls, filters }) {
  const frames = scrolls.flatMap((scroll) => scroll.frames);
  // A display of 60 Hz gives a frame each 16.7 ms; one that takes more than half of the next was dropped.
  const dropped = scrolls.map((scroll) => scroll.frames.filter((frame) => frame > 25).length);
  const blank = scrolls.reduce((sum, scroll) => sum + scroll.blank, 0);
  return [
    {
      what: `window: scroll ${what}, median frame`,
      against: 'a display of 60 Hz',
      ratio: median(frames) / (1000 / 60),
      goal: 'no dropped frame',
      met: dropped.every((count) => count === 0) && blank === 0,
      detail: `of ${frames.length} frames in ${runs} runs ${dropped.join(' + ')} dropped, ${blank} with a blank part; drawn without a graphics card`,
    },
    {
      what: `window: filter ${what}, median key`,
      against: '50 ms',
      ratio: median(filters) / 50,
      goal: 'at most 1',
      met: median(filters) <= 50,
      detail: filters.map(inMilliseconds).join(', '),
    },
  ];
}

/**
 * Shows the present audit with its rows repeated under other names.
 *
 * @param {Page} page
 * @param {import('playwright-core').ElectronApplication} app
 */
async function fill(page, app) {
  const { value: run } = /** @type {{ value: { id: number, audit: { rows: { title: string, tool: string }[] } } }} */ (
    await page.evaluate('window.lockstep.getRun()')
  );
  const base = run.audit.rows;
  const many = Array.from({ length: rows }, (_, index) => {
    const row = base[index % base.length];
    return { ...row, title: `${row?.title} ${index}`, tool: `${row?.tool}-${index}`, status: 'drift' };
  });
  await app.evaluate(
    ({ BrowserWindow }, text) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('lockstep:run', JSON.parse(text));
    },
    JSON.stringify({ ...run, id: run.id + 1, audit: { ...run.audit, rows: many } }),
  );
  await page.getByText(`${base[0]?.title} 0`, { exact: true }).first().waitFor();
  await page.waitForTimeout(1000);
}

/**
 * Drops six snapshots with 10,000 tools each, hardly two of the same version.
 *
 * @param {Page} page
 */
async function fillSix(page) {
  const { value: run } = /** @type {{ value: { audit: { snapshot: { host: object, installations: object[] } } } }} */ (
    await page.evaluate('window.lockstep.getRun()')
  );
  const { snapshot } = run.audit;
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-sides-'));
  const files = Array.from({ length: 6 }, (_, side) => {
    const installations = Array.from({ length: rows }, (_, index) => ({
      ...snapshot.installations[index % snapshot.installations.length],
      tool: `tool-${index}`,
      version: `${index % 7}.${(index * (side + 3)) % 11}.${side}`,
    }));
    const path = join(folder, `side-${side}.json`);
    writeFileSync(path, JSON.stringify({ ...snapshot, installations }));
    return path;
  });
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
  const isThere = `document.querySelectorAll('[data-column][draggable="true"]').length === 6
    && document.querySelector('.row-line') !== null && document.querySelector('.column-note .spin') === null`;
  while (!(await page.evaluate(isThere))) {
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(1500);
  rmSync(folder, { recursive: true, force: true });
}

/** @param {number} by pixels in each frame */
const scrolling = (by) => `new Promise((resolve) => {
  const grid = document.querySelector('[role=treegrid]');
  const [head, body] = grid.children;
  const height = grid.clientHeight - head.clientHeight;
  const frames = [];
  let last = 0;
  let blank = 0;
  requestAnimationFrame(function step(now) {
    if (last > 0) frames.push(now - last);
    last = now;
    grid.scrollTop += ${by};
    // What this frame will show; the first child may be the group's header, which stays.
    const lines = [...body.children].slice(1).map((line) => 32 * Number(line.id.slice('grid-line-'.length)));
    const from = Math.min(...lines);
    const to = Math.max(...lines) + 32;
    if (from > grid.scrollTop + 32 || to < grid.scrollTop + height) blank += 1;
    if (frames.length < 125) requestAnimationFrame(step); else resolve({ frames: frames.slice(5), blank });
  });
})`;

const filtering = `(async () => {
  const input = document.getElementById('compare-search');
  const type = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const count = () => document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount');
  const times = [];
  for (const word of ['p', 'py', 'pyt', '', '9', '99', '999', '']) {
    const before = count();
    const begin = performance.now();
    type.call(input, word);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (count() === before && performance.now() - begin < 2000) {
      await new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
    }
    times.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return times;
})()`;
