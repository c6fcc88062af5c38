import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { openDisplay } from './lib/display.mjs';
import { root, say } from './lib/run.mjs';
import { ensureBuild, ensureDependencies } from './lib/set-up.mjs';

/**
 * `node scripts/screenshots.mjs`: the README's pictures, of the real window auditing this machine against an example,
 * and the icon as PNG from its SVG. Writes `resources/screenshots/` and `resources/icons/`.
 */

/** A picture in a README must load at once. */
const limit = 300 * 1024;

/** @typedef {import('playwright-core').Page} Page */

/** @type {{ name: string, scheme: 'dark' | 'light', key: string, act?: (page: Page) => Promise<void> }[]} */
const pictures = [
  { name: 'compare-dark', scheme: 'dark', key: '2' },
  { name: 'compare-light', scheme: 'light', key: '2' },
  { name: 'overview-light', scheme: 'light', key: '1' },
  { name: 'overview-dark', scheme: 'dark', key: '1' },
  { name: 'machine-dark', scheme: 'dark', key: '3' },
  { name: 'target-light', scheme: 'light', key: '4' },
  { name: 'reports-light', scheme: 'light', key: '5' },
  {
    name: 'palette-dark',
    scheme: 'dark',
    key: '2',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('Type a command, a tool or a flake').waitFor();
      await page.keyboard.type('post');
    },
  },
];

/**
 * @param {Page} page
 * @param {string} folder
 */
async function takePictures(page, folder) {
  await page.getByRole('treegrid').waitFor({ timeout: 60_000 });
  for (const { name, scheme, key, act } of pictures) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.keyboard.press(`Control+${key}`);
    await act?.(page);
    await page.waitForTimeout(900);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    await page.keyboard.press('Escape');
    const { size } = statSync(path);
    if (size > limit) {
      throw new Error(`${path} has ${size} bytes: more than ${limit}`);
    }
    say(`${name}.png, ${Math.round(size / 1024)} KB`);
  }
}

/**
 * @param {Page} page
 * @param {string} folder
 */
async function drawIcon(page, folder) {
  const svg = readFileSync(join(folder, 'lockstep.svg'), 'utf8');
  const source = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  const png = /** @type {string} */ (
    await page.evaluate(`new Promise((resolve, reject) => {
      const image = new Image();
      image.onerror = reject;
      image.onload = () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 512, height: 512 });
        canvas.getContext('2d').drawImage(image, 0, 0, 512, 512);
        resolve(canvas.toDataURL('image/png'));
      };
      image.src = ${JSON.stringify(source)};
    })`)
  );
  writeFileSync(join(folder, 'lockstep.png'), Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'));
}

await ensureDependencies();
await ensureBuild();
const display = await openDisplay();
const { executablePath } = await ensureElectronRuntime();
const work = mkdtempSync(join(tmpdir(), 'lockstep-'));
// A short path, for the picture's sake.
const project = join(tmpdir(), 'projects', 'web-product');
rmSync(project, { recursive: true, force: true });
cpSync(join(root, 'examples', 'web-product'), project, { recursive: true });
writeFileSync(join(work, 'window.json'), JSON.stringify({ width: 1360, height: 850, maximized: false }));
const folder = join(root, 'resources', 'screenshots');
mkdirSync(folder, { recursive: true });
const app = await _electron.launch({
  executablePath,
  args: ['--no-sandbox', root, project],
  env: { ...display.env, LOCKSTEP_USER_DATA: work },
});
try {
  const page = await app.firstWindow();
  await takePictures(page, folder);
  await drawIcon(page, join(root, 'resources', 'icons'));
} finally {
  await app.close();
  display.close();
  rmSync(work, { recursive: true, force: true });
  rmSync(project, { recursive: true, force: true });
}
