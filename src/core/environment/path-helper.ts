import { glob } from '../host/glob';
import type { Host } from '../host/host';
import { readText } from '../host/text';

const LIMIT = 65_536;

/**
 * PATH as macOS' path_helper(8) gives it: /etc/paths, then the files of /etc/paths.d, then what was there before. A
 * Mac whose /etc/paths was not recorded has the usual five.
 */
export function pathHelper(host: Host, before: string): string {
  const listed = ['/etc/paths', ...glob(host, '/etc/paths.d/*')].flatMap((path) => {
    const text = readText(host.fs, path, LIMIT);
    return text.ok ? text.value.split('\n').filter((line) => line !== '') : [];
  });
  const usual = listed.length > 0 ? listed : ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
  return [...new Set([...usual, ...before.split(':').filter((entry) => entry !== '')])].join(':');
}
