import { glob } from '../../host/glob';
import { capture } from '../shell/run';
import { createScope, exportedTexts } from '../shell/scope';
import type { World } from '../shell/world';
import type { ShellStart } from '../startup';
import { runNuFile } from './run';

/**
 * The environment of Nushell after its files, which login and interactive shells read. Source: nushell.sh,
 * "Configuration", "Stages of Nushell startup".
 */
export function runNushell(world: World, start: ShellStart): Map<string, string> {
  const { host } = world;
  const scope = createScope(world, { ...start, dialect: 'sh', capture });
  const usual = host.os === 'darwin' ? `${host.home}/Library/Application Support` : `${host.home}/.config`;
  const config = `${start.env.get('XDG_CONFIG_HOME') || usual}/nushell`;
  const files = [
    `${config}/env.nu`,
    `${config}/config.nu`,
    ...glob(host, `${host.home}/.local/share/nushell/vendor/autoload/*.nu`),
    ...glob(host, `${config}/autoload/*.nu`),
    ...(start.login ? [`${config}/login.nu`] : []),
  ];
  for (const path of start.interactive || start.login ? files : []) {
    if (host.fs.stat(path).ok) {
      runNuFile(scope, path);
    }
  }
  return exportedTexts(scope);
}
