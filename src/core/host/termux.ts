import type { Host } from './host';

/** Where Termux keeps everything on Android, which has no folders for everybody (termux.dev, "Differences from Linux"). */
export const TERMUX = '/data/data/com.termux/files';

/** What stands for `/` and `/usr` there; undefined on a host without Termux. */
export function termuxPrefix({ fs, os }: Pick<Host, 'fs' | 'os'>): string | undefined {
  return os === 'linux' && fs.stat(`${TERMUX}/usr/bin`).ok ? `${TERMUX}/usr` : undefined;
}
