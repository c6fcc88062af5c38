import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { assetOf } from './asset-path';

/** The window's own address. Nothing else is ever loaded. */
export const appOrigin = 'app://lockstep';

/** `style-src 'unsafe-inline'` is for positions that the grid and the charts write into `style`; scripts are files. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** A printed page brings its own style, and nothing else. */
const pageHeaders = {
  ...headers,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
};

/** Pages that the main process has made itself, by id: reports that are being printed. */
export type Pages = Map<string, string>;

/** Another host than the window's, so that a page has no part in the window's origin. */
const pageOrigin = 'app://page';

export function pageUrl(id: string): string {
  return `${pageOrigin}/${id}`;
}

/** Before the application is ready: lets `app:` addresses behave like `https:` ones. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built window from its folder, and nothing from anywhere else.
 *
 * @param folder the folder with `index.html`
 * @param pages served beside it, under a host of their own, to windows without scripts
 */
export function setupAppProtocol(folder: string, pages: Pages): void {
  const root = realpathSync(folder);
  protocol.handle('app', async (request) => {
    const page = request.url.startsWith(`${pageOrigin}/`)
      ? pages.get(request.url.slice(pageOrigin.length + 1))
      : undefined;
    if (page !== undefined) {
      return new Response(page, { headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' } });
    }
    const asset = request.method === 'GET' ? assetOf(request.url, root) : undefined;
    if (asset === undefined) {
      console.error(`refused: ${request.method} ${request.url}`);
      return new Response('There is no such page.', { status: 404, headers });
    }
    return new Response(await readFile(asset.path), { headers: { ...headers, 'content-type': asset.type } });
  });
}
