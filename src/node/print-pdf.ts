import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../core/model/problem';
import { finishPdf, MARGIN_TEXTS, PAGE_NUMBERS, type PdfFacts } from '../core/report/pdf';
import type { Printable } from '../core/report/printables';

/** Browsers that print without a window, by the names of their programs. */
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
  'brave-browser',
];

/** Where they are when they are not on PATH. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Milliseconds: a browser that was never started before takes a few seconds. */
const DEADLINE = 60_000;

/** What Electron does with a page that it is given: `argv` is the page and the file to write. */
const ELECTRON_SCRIPT = `const { app, BrowserWindow } = require('electron');
const { writeFileSync } = require('node:fs');
const [page, target] = process.argv.slice(-2);
app.disableHardwareAcceleration();
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, javascript: false } });
  await window.loadURL(page);
  const footer = '${PAGE_NUMBERS}';
  const options = {
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: Number.parseInt(process.versions.chrome, 10) < ${MARGIN_TEXTS},
    headerTemplate: '<span></span>',
    footerTemplate: footer,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  };
  writeFileSync(target, await window.webContents.printToPDF(options));
  app.exit(0);
}).catch((error) => { console.error(String(error)); app.exit(1); });
`;

interface Printer {
  readonly program: string;
  /** Words of the command line for a page (URL) and a file, in a folder that is thrown away. */
  readonly args: (page: string, target: string, folder: string) => readonly string[];
}

/**
 * A document as PDF: with page numbers, bookmarks and a title, tagged where the browser can, by a browser of this machine
 * or by Electron. The browser gets a profile of its own, and nothing from the network is asked for.
 *
 * @throws ProblemError `pdf-no-printer` where neither is there, `pdf-failed`
 */
export async function printPdf(
  document: Printable,
  facts: Pick<PdfFacts, 'creator' | 'time'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Uint8Array> {
  const printers = findPrinters(env);
  if (printers.length === 0) {
    throw new ProblemError({
      code: 'pdf-no-printer',
      message: 'There is neither a browser nor an Electron on this machine that could write a PDF.',
      hint: 'Install Chromium, Chrome or Edge, export it from the app, or write HTML and print that: --output html=report.html.',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-pdf-'));
  try {
    const page = join(folder, 'report.html');
    const target = join(folder, 'report.pdf');
    writeFileSync(page, document.html);
    const failures: string[] = [];
    for (const { program, args } of printers) {
      failures.push(`${program}: ${await run(program, args(pathToFileURL(page).href, target, folder), env)}`);
      if (existsSync(target)) {
        const { title, bookmarks } = document;
        return finishPdf(readFileSync(target), { title, bookmarks, language: 'en', ...facts });
      }
    }
    throw new ProblemError({
      code: 'pdf-failed',
      message: 'No browser of this machine could write the PDF.',
      hint: 'Write HTML and print that: --output html=report.html.',
      detail: failures.join('\n'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function findPrinters(env: Readonly<Record<string, string | undefined>>): readonly Printer[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  const browser = [...onPath, ...(PLACES[process.platform] ?? [])].find(isProgram);
  const electron = findElectron(env);
  return [
    ...(browser === undefined ? [] : [{ program: browser, args: browserArgs }]),
    ...(electron === undefined ? [] : [electronPrinter(electron, folders, env)]),
  ];
}

/** Electron cannot do without a display; where there is none, `xvfb-run` makes one that nobody sees. */
function electronPrinter(
  electron: string,
  folders: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Printer {
  const isBlind = process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
  const screen = isBlind ? folders.map((folder) => join(folder, 'xvfb-run')).find(isProgram) : undefined;
  return screen === undefined
    ? { program: electron, args: electronArgs }
    : { program: screen, args: (...words) => ['-a', electron, ...electronArgs(...words)] };
}

/**
 * Electron's program where its package is there and complete. The package itself is not loaded: when its program is
 * missing it would go and download it.
 */
function findElectron(env: Readonly<Record<string, string | undefined>>): string | undefined {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
    const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
    const paths = join(folder, 'path.txt');
    const places = [
      ...(override ? [join(override, name)] : []),
      ...(existsSync(paths) ? [join(folder, 'dist', readFileSync(paths, 'utf8').trim())] : []),
      // Where a checkout keeps the runtime of its tests, when the usual one could not be fetched.
      join(folder, '..', '..', '.cache', 'electron-runtime', name),
    ];
    return places.find(isProgram);
  } catch {
    return undefined;
  }
}

function browserArgs(page: string, target: string, folder: string): readonly string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    // A page of our own that loads nothing; root has no sandbox to offer.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'profile')}`,
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    '--export-tagged-pdf',
    `--print-to-pdf=${target}`,
    page,
  ];
}

function electronArgs(page: string, target: string, folder: string): readonly string[] {
  writeFileSync(join(folder, 'package.json'), '{ "name": "lockstep-pdf", "version": "1.0.0", "main": "print.cjs" }');
  writeFileSync(join(folder, 'print.cjs'), ELECTRON_SCRIPT);
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), folder, page, target];
}

/** @returns how it ended, for a message */
function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'ignore', env: { ...env }, timeout: DEADLINE, killSignal: 'SIGKILL' });
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(signal === null ? `exit ${code}` : `ended by ${signal}`));
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
