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

/** The address under which a page for printing is served. */
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
 * Serves the built window from its folder, and nothing from anywhere else. Not through `protocol.handle`: the objects of
 * fetch that it is given load all of Node's HTTP client while the window waits for its first file.
 *
 * @param folder the folder with `index.html`
 * @param pages served beside it, under a host of their own, to windows without scripts
 */
export function setupAppProtocol(folder: string, pages: Pages): void {
  const root = realpathSync(folder);
  protocol.registerBufferProtocol('app', ({ url, method }, respond) => {
    const page = url.startsWith(`${pageOrigin}/`) ? pages.get(url.slice(pageOrigin.length + 1)) : undefined;
    if (page !== undefined) {
      respond({ data: Buffer.from(page), mimeType: 'text/html', charset: 'utf-8', headers: pageHeaders });
      return;
    }
    const asset = method === 'GET' ? assetOf(url, root) : undefined;
    if (asset === undefined) {
      console.error(`refused: ${method} ${url}`);
      respond({ statusCode: 404, data: Buffer.from('There is no such page.'), mimeType: 'text/plain', headers });
      return;
    }
    readFile(asset.path).then(
      (data) => respond({ data, headers: { ...headers, 'content-type': asset.type } }),
      () =>
        respond({ statusCode: 404, data: Buffer.from('This file cannot be read.'), mimeType: 'text/plain', headers }),
    );
  });
}
