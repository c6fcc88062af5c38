import { glob } from '../../host/glob';
import { userId } from '../env-files';
import { pathHelper } from '../path-helper';
import { capture } from '../shell/run';
import { createScope, setValue } from '../shell/scope';
import { doubt, type World } from '../shell/world';
import type { ShellStart } from '../startup';
import { runFishFile, setUserPaths } from './run';

/** The environment of fish after its files: universal variables, `conf.d` of all folders by name, `config.fish`. */
export function runFish(world: World, start: ShellStart): Map<string, string> {
  const { host } = world;
  const config = `${start.env.get('XDG_CONFIG_HOME') || `${host.home}/.config`}/fish`;
  const scope = createScope(world, { ...start, dialect: 'sh', capture });
  if (host.os === 'darwin' && start.login) {
    scope.file = '/usr/libexec/path_helper';
    setValue(scope, 'PATH', pathHelper(host, start.env.get('PATH') ?? ''), true);
  }
  if (!scope.vars.has('UID')) {
    scope.vars.set('UID', { value: userId(world), exported: false });
  }
  const byName = new Map<string, string>();
  for (const folder of [
    '/usr/share/fish/vendor_conf.d',
    '/usr/local/share/fish/vendor_conf.d',
    '/etc/fish/conf.d',
    `${config}/conf.d`,
  ]) {
    for (const path of glob(host, `${folder}/*.fish`)) {
      byName.set(path.slice(path.lastIndexOf('/') + 1), path);
    }
  }
  readUniversal(scope, `${config}/fish_variables`);
  for (const name of [...byName.keys()].sort()) {
    runFishFile(scope, byName.get(name)!);
  }
  for (const path of ['/etc/fish/config.fish', `${config}/config.fish`]) {
    if (host.fs.stat(path).ok) {
      runFishFile(scope, path);
    }
  }
  const env = new Map<string, string>();
  for (const [name, { value, exported }] of scope.vars) {
    if (exported) {
      env.set(name, typeof value === 'string' ? value : value.join(name.endsWith('PATH') ? ':' : ' '));
    }
  }
  return env;
}

type Scope = ReturnType<typeof createScope>;

/** `SETUVAR [--export] name:value`, with `\x1e` between items and `\xNN` for odd characters. */
function readUniversal(scope: Scope, path: string): void {
  const read = scope.world.readText(path);
  if (!read.ok) {
    if (read.code !== 'not-found' && read.code !== 'not-a-directory') {
      doubt(scope.world, path, `${path} is not read (${read.code})`);
    }
    return;
  }
  scope.world.sources.add(path);
  scope.file = path;
  for (const [index, line] of read.value.split('\n').entries()) {
    const [, flags = '', name, value = ''] = /^SET(?:UVAR)?((?: --\w+)*) (\w+):(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      continue;
    }
    scope.line = index + 1;
    const items = value.split('\\x1e').map(unescapeItem);
    if (name === 'PATH') {
      setValue(scope, 'PATH', items.join(':'), true);
    } else if (name === 'fish_user_paths') {
      setUserPaths(scope, items);
    } else {
      setValue(scope, name, items.length > 1 ? items : items[0]!, flags.includes('--export'));
    }
  }
}

function unescapeItem(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})|\\(.)/g, (_, code: string | undefined, plain: string | undefined) =>
    code === undefined ? (plain ?? '') : code === '00' ? '' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
