import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for what Lockstep keeps for a user outside of the app: `LOCKSTEP_DATA` where it is set, else where the
 * system has it (XDG base directories, `Library/Application Support`, `%LOCALAPPDATA%`).
 */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const asked = env['LOCKSTEP_DATA'];
  if (asked !== undefined && asked !== '') {
    return asked;
  }
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'lockstep');
    case 'win32':
      return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'lockstep', 'Data');
    default:
      return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'lockstep');
  }
}
