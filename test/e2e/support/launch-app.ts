import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { ensureElectronRuntime } from '../../../scripts/electron-runtime.mjs';
import { openDisplay } from '../../../scripts/lib/display.mjs';

export const root = resolve(import.meta.dirname, '../../..');

export const example = (name: string): string => join(root, 'examples', name);

export interface LaunchOptions {
  /** The flake to open; without it, what the application opens by itself. */
  readonly folder?: string;
  /** Content of the settings file before the start. */
  readonly settings?: unknown;
  readonly size?: readonly [width: number, height: number];
  readonly env?: Readonly<Record<string, string>>;
  /** The user data of an earlier start. */
  readonly userData?: string;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Where reports go. */
  readonly reports: string;
  /** What the main process has written to standard error. */
  readonly errors: () => string;
  readonly close: () => Promise<void>;
}

/** Starts the built application in a real Electron, with user data of its own. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  if (!existsSync(join(root, 'out', 'main', 'index.cjs'))) {
    throw new Error('the application is not built: run "npm run build" (or "npm test") first');
  }
  const display = await openDisplay();
  const executablePath = process.env['LOCKSTEP_TEST_ELECTRON'] ?? (await ensureElectronRuntime()).executablePath;
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'lockstep-e2e-'));
  const reports = join(userData, 'reports');
  mkdirSync(reports, { recursive: true });
  if (options.userData === undefined) {
    const settings = options.settings ?? { reportFolder: reports };
    writeFileSync(
      join(userData, 'settings.json'),
      typeof settings === 'string' ? settings : JSON.stringify({ reportFolder: reports, ...(settings as object) }),
    );
  }
  if (options.size !== undefined) {
    const [width, height] = options.size;
    writeFileSync(join(userData, 'window.json'), JSON.stringify({ width, height, maximized: false }));
  }
  const app = await _electron.launch({
    executablePath,
    args: ['--no-sandbox', root, ...(options.folder === undefined ? [] : [options.folder])],
    // As the system and the settings say, not as Playwright would have it.
    colorScheme: null,
    env: environment({ ...display.env, ...options.env, LOCKSTEP_USER_DATA: userData }),
  });
  let errors = '';
  app.process().stderr?.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    userData,
    reports,
    errors: () => errors,
    close: async () => {
      await app.close();
      display.close();
      if (options.userData === undefined) {
        rmSync(userData, { recursive: true, force: true });
      }
    },
  };
}

function environment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || name === 'ELECTRON_RUN_AS_NODE' ? [] : [[name, value]],
    ),
  );
}

/** Waits until an audit is done and its comparison is there. Throws with what the window shows instead. */
export async function comparison(page: Page): Promise<void> {
  try {
    await page.getByRole('treegrid').waitFor({ timeout: 60_000 });
    // The grid is there as soon as anything has been read; the bar goes when all of it has.
    await page.getByRole('progressbar').first().waitFor({ state: 'hidden', timeout: 60_000 });
  } catch (error) {
    throw new Error(`no comparison came; the window shows: ${await page.locator('body').innerText()}`, {
      cause: error,
    });
  }
}

/** Keeps a picture of the window, for people to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = join(root, 'artefacts', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The same of a window whose text is enlarged: the other one would show its corner only. */
export async function keepPictureOfWindow(app: ElectronApplication, name: string): Promise<void> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  const folder = join(root, 'artefacts', 'screenshots');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), Buffer.from(png, 'base64'));
}

/** A folder with a flake of the given text; the lock is that of the example with the plainest inputs, or none. */
export function flakeFolder(text: string | undefined, lock?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-flake-'));
  if (text !== undefined) {
    writeFileSync(join(folder, 'flake.nix'), text);
  }
  if (lock !== undefined) {
    writeFileSync(join(folder, 'flake.lock'), lock);
  }
  return folder;
}
