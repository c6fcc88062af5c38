import { Option } from 'commander';

/** `--path-context`: whose PATH decides what wins. */
export function pathContextOption(): Option {
  return new Option('--path-context <name>', 'whose PATH decides what wins (default: this process)').choices([
    'process',
    'login',
    'interactive',
    'desktop',
    'shell',
  ]);
}
