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
 */
export function setupAppProtocol(folder: string): void {
  const root = realpathSync(folder);
  protocol.handle('app', async (request) => {
    const asset = request.method === 'GET' ? assetOf(request.url, root) : undefined;
    if (asset === undefined) {
      console.error(`refused: ${request.method} ${request.url}`);
      return new Response('There is no such page.', { status: 404, headers });
    }
    return new Response(await readFile(asset.path), { headers: { ...headers, 'content-type': asset.type } });
  });
}
