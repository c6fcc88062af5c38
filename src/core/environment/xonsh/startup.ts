import { glob } from '../../host/glob';
import { capture } from '../shell/run';
import { createScope, exportedTexts } from '../shell/scope';
import type { World } from '../shell/world';
import type { ShellStart } from '../startup';
import { runXonshFile } from './run';

/**
 * The environment of xonsh after its files, which login and interactive shells read. Source: xonsh, "Run Control File"
 * (`$XONSHRC`, `$XONSHRC_DIR`).
 */
export function runXonsh(world: World, start: ShellStart): Map<string, string> {
  const { host } = world;
  const scope = createScope(world, { ...start, dialect: 'bash', capture });
  const config = start.env.get('XDG_CONFIG_HOME') || `${host.home}/.config`;
  const files = [
    '/etc/xonsh/xonshrc',
    `${config}/xonsh/rc.xsh`,
    `${host.home}/.xonshrc`,
    ...['/etc/xonsh/rc.d', `${config}/xonsh/rc.d`].flatMap((folder) => glob(host, `${folder}/*.xsh`)),
  ];
  for (const path of start.interactive || start.login ? files : []) {
    if (host.fs.stat(path).ok) {
      runXonshFile(scope, path);
    }
  }
  return exportedTexts(scope);
}
