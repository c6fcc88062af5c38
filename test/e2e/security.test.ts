import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparison, example, type LaunchedApp, launchApp, root } from './support/launch-app';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp({ folder: example('python-service') });
  await comparison(launched.page);
});

afterAll(() => launched.close());

const inPage = <T>(code: string) => launched.page.evaluate(code) as Promise<T>;

test('the page has no Node, and no more of Electron than one function a method', async () => {
  expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(
    Array(4).fill('undefined'),
  );
  const kinds = await inPage<string[]>(
    'Object.entries(window.lockstep).flatMap(([name, value]) => name === "on" ? Object.values(value) : [value]).map((value) => typeof value)',
  );
  expect(new Set(kinds)).toEqual(new Set(['function']));
  expect(
    await inPage(
      'Object.isFrozen(window.lockstep) || (() => { try { window.lockstep.getRun = 1; } catch {} return typeof window.lockstep.getRun; })() !== "number"',
    ),
  ).toBe(true);
});

test('the window is isolated and sandboxed', async () => {
  const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(preferences['webSecurity']).not.toBe(false);
});

test('the page comes with a content policy that begins with nothing', async () => {
  const policy = await inPage<string>(
    'fetch("app://lockstep/index.html").then((r) => r.headers.get("content-security-policy"), (e) => "refused: " + e)',
  );
  // connect-src is 'none' too, so that not even the page itself can be fetched by a script.
  expect(policy).toMatch(/^refused/u);
  const header = await launched.app.evaluate(async ({ net }) => {
    const response = await net.fetch('app://lockstep/index.html');
    return response.headers.get('content-security-policy');
  });
  expect(header).toMatch(/^default-src 'none';/u);
  expect(header).toContain("script-src 'self'");
  expect(header).not.toContain('unsafe-eval');
});

test('scripts that are not files of the application do not run', async () => {
  expect(
    await inPage(`new Promise((resolve) => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      setTimeout(() => resolve(window.injected), 50);
    })`),
  ).toBeUndefined();
});

test.each(['https://example.org/', 'file:///etc/passwd', 'http://127.0.0.1:9/', 'app://elsewhere/'])(
  'navigation to %s is refused',
  async (url) => {
    await inPage(`location.href = ${JSON.stringify(url)}`).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(launched.page.url()).toMatch(/^app:\/\/lockstep\//u);
    // Not through a locator: Playwright would wait for the end of a navigation that never began.
    expect(await inPage('document.querySelector("[role=treegrid]") !== null')).toBe(true);
  },
);

test('no other window opens', async () => {
  expect(await inPage('window.open("https://example.org/") === null')).toBe(true);
  await inPage(
    `(() => { const a = document.createElement('a'); a.href = 'https://example.org/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove(); })()`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(launched.errors()).toContain('refused: new window');
});

test('a webview is no page within the page', async () => {
  expect(
    await inPage(`(() => {
      const view = document.createElement('webview');
      view.src = 'app://lockstep/index.html';
      document.body.append(view);
      const kind = typeof view.getURL;
      view.remove();
      return kind;
    })()`),
  ).toBe('undefined');
});

test('nothing is downloaded', async () => {
  await launched.app.evaluate(({ session }) => {
    session.defaultSession.once('will-download', (event) => {
      (globalThis as { wasRefused?: boolean }).wasRefused = event.defaultPrevented;
    });
  });
  await inPage(
    `(() => { const a = document.createElement('a'); a.href = 'data:text/plain,x'; a.download = 'x'; document.body.append(a); a.click(); a.remove(); })()`,
  );
  await expect.poll(() => launched.app.evaluate(() => (globalThis as { wasRefused?: boolean }).wasRefused)).toBe(true);
});

test('nothing is fetched from elsewhere', async () => {
  expect(await inPage('fetch("https://example.org/").then(() => "came", () => "refused")')).toBe('refused');
  expect(
    await inPage(`new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('came');
      image.onerror = () => resolve('refused');
      image.src = 'https://example.org/a.png';
    })`),
  ).toBe('refused');
  const fromMain = await launched.app.evaluate(async ({ session }) => {
    return session.defaultSession.fetch('https://example.org/').then(
      () => 'came',
      () => 'refused',
    );
  });
  expect(fromMain).toBe('refused');
});

test('permissions are denied', async () => {
  expect(await inPage('Notification.requestPermission()')).toBe('denied');
  expect(await inPage('navigator.permissions.query({ name: "geolocation" }).then((p) => p.state)')).toBe('denied');
});

test.each([
  'app://lockstep/..%2f..%2fpackage.json',
  'app://lockstep/%2e%2e/main/index.cjs',
  'app://lockstep/assets/..%2f..%2fmain%2findex.cjs',
  'app://elsewhere/index.html',
])('%s is not served', async (url) => {
  const status = await launched.app.evaluate(
    ({ net }, address) =>
      net.fetch(address).then(
        (response) => response.status,
        () => 0,
      ),
    url,
  );
  expect([0, 404]).toContain(status);
});

test.each([
  ['startAudit', '{ folder: 1 }'],
  ['startAudit', '{ folder: "/", also: true }'],
  ['startAudit', 'undefined'],
  ['changeSettings', '{ reportFolder: "/etc" }'],
  ['exportReport', '{ format: "html", redact: 0, ask: false }'],
  ['openHistory', '{ id: "../settings" }'],
])('%s with %s is refused, aloud', async (method, args) => {
  const outcome = await inPage(`window.lockstep.${method}(${args})`);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'ipc-refused' } });
  expect(launched.errors()).toContain(`refused: ${method}`);
});

test.each(['/etc/passwd', '../../package.json', '../../../../../../../../etc/passwd'])(
  'the source of %s is not read: it is outside the flake',
  async (file) => {
    expect(await inPage(`window.lockstep.readSource({ file: ${JSON.stringify(file)} })`)).toMatchObject({ ok: false });
  },
);

test('only what the audit names is shown in the file manager', async () => {
  expect(await inPage('window.lockstep.revealFile({ path: "/etc/passwd" })')).toMatchObject({
    ok: false,
    problem: { code: 'refused' },
  });
});

test('a frame is nobody: it has no access', async () => {
  expect(
    await inPage(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>';
      frame.onload = () => resolve(frame.contentWindow.lockstep === undefined);
      document.body.append(frame);
    })`),
  ).toBe(true);
});

test('a call from another window is refused', async () => {
  const preload = join(root, 'out', 'preload', 'index.cjs');
  const outcome = await launched.app.evaluate(async ({ BrowserWindow }, script) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true } });
    await other.loadURL('app://lockstep/index.html');
    const result: unknown = await other.webContents.executeJavaScript('window.lockstep.getSettings()');
    other.destroy();
    return result;
  }, preload);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'ipc-refused' } });
});
