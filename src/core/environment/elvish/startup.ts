import { capture } from '../shell/run';
import { createScope, exportedTexts } from '../shell/scope';
import type { World } from '../shell/world';
import type { ShellStart } from '../startup';
import { runElvishFile } from './run';

/** The environment of Elvish after its `rc.elv`, which only terminals read. Source: elv.sh, "Command" (RC file). */
export function runElvish(world: World, start: ShellStart): Map<string, string> {
  const { host } = world;
  const scope = createScope(world, { ...start, dialect: 'sh', capture });
  const config = start.env.get('XDG_CONFIG_HOME') || `${host.home}/.config`;
  const rc = [`${config}/elvish/rc.elv`, `${host.home}/.elvish/rc.elv`].find((path) => host.fs.stat(path).ok);
  if (start.interactive && rc !== undefined) {
    runElvishFile(scope, rc);
  }
  return exportedTexts(scope);
}
