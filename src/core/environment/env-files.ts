import { glob } from '../host/glob';
import type { Host } from '../host/host';
import { doubt, type World } from './shell/world';

/** An environment that is being put together; each value may be built on those before it. */
export type Environment = Map<string, string>;

/** Longest value. */
const MAX_VALUE = 65_536;

/** Sets a variable, and remembers who put new entries on PATH. */
export function setVariable(env: Environment, name: string, value: string, world: World, source: string): void {
  const known = new Set((env.get('PATH') ?? '').split(':'));
  env.set(name, value.slice(0, MAX_VALUE));
  if (name === 'PATH') {
    for (const entry of value.split(':')) {
      if (!known.has(entry)) {
        world.origins.set(entry, source);
      }
    }
  }
}

function linesOf(world: World, path: string): readonly string[] {
  const read = world.readText(path);
  if (!read.ok) {
    if (read.code === 'special' || read.code === 'denied') {
      doubt(world, path, `${path} is not read: it is ${read.code === 'special' ? 'no regular file' : 'not readable'}`);
    }
    return [];
  }
  world.sources.add(path);
  return read.value.split(/\r?\n/);
}

/** pam_env's /etc/environment: `NAME=value`, maybe in quotes, nothing expanded; `#` begins a comment. */
export function readPamEnvironment(env: Environment, world: World): void {
  for (const file of ['/etc/environment', '/etc/default/locale', '/etc/locale.conf']) {
    for (const [index, line] of linesOf(world, file).entries()) {
      const parts = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(["']?)(.*?)\2\s*$/.exec(line);
      if (parts !== null && (file === '/etc/environment' || /^(?:LANG|LANGUAGE|LC_\w+)$/.test(parts[1]!))) {
        setVariable(env, parts[1]!, parts[3]!, world, `${file}:${index + 1}`);
      }
    }
  }
}

/** pam_env.conf(5): `NAME [DEFAULT=value] [OVERRIDE=value]` with `${NAME}` and `@{HOME}`; ~/.pam_environment, where PAM is told to read it. */
export function readPamConfiguration(env: Environment, world: World): void {
  const own = `${world.host.home}/.pam_environment`;
  const files = ['/etc/security/pam_env.conf', ...(world.host.fs.stat(own).ok && readsUserFile(world) ? [own] : [])];
  for (const file of files) {
    for (const [index, line] of linesOf(world, file).entries()) {
      const source = `${file}:${index + 1}`;
      const [, name = '', rest = ''] = /^\s*([A-Za-z_]\w*)\s+((?:DEFAULT|OVERRIDE)=.*)$/.exec(line) ?? [];
      if (name !== '') {
        const value = (kind: string) => new RegExp(`${kind}=("([^"]*)"|\\S*)`).exec(rest);
        const [override, fallback] = [value('OVERRIDE'), value('DEFAULT')];
        const chosen = [override, fallback].map((found) => expandPam(found?.[2] ?? found?.[1] ?? '', env, world));
        setVariable(env, name, chosen[0] || chosen[1] || '', world, source);
        continue;
      }
      const plain = file === own ? /^\s*([A-Za-z_]\w*)=(["']?)(.*?)\2\s*$/.exec(line) : null;
      if (plain !== null) {
        setVariable(env, plain[1]!, expandPam(plain[3]!, env, world), world, source);
      }
    }
  }
}

function expandPam(text: string, env: Environment, { host }: World): string {
  return text.replace(/[$@]\{(\w+)\}/g, (_, name: string) => (name === 'HOME' ? host.home : (env.get(name) ?? '')));
}

/** Since Linux-PAM 1.5 the user's file counts only where a service asks for it. */
function readsUserFile(world: World): boolean {
  return ['login', 'sshd', 'gdm-password', 'lightdm', 'sddm', 'common-session', 'system-login'].some((service) => {
    const read = world.readText(`/etc/pam.d/${service}`);
    return read.ok && /^[^#\n]*pam_env\.so[^\n]*user_readenv=1/m.test(read.value);
  });
}

/** environment.d(5): files of the user manager, by name across its folders; `$NAME`, `${NAME:-…}` and `${NAME:+…}`. */
export function readEnvironmentD(env: Environment, world: World): void {
  const { host } = world;
  const byName = new Map<string, string>();
  for (const folder of ['/usr/lib', '/usr/local/lib', '/run', '/etc', `${host.home}/.config`]) {
    for (const path of glob(host, `${folder}/environment.d/*.conf`)) {
      byName.set(path.slice(path.lastIndexOf('/') + 1), path);
    }
  }
  for (const name of [...byName.keys()].sort()) {
    const path = byName.get(name)!;
    for (const [index, line] of linesOf(world, path).entries()) {
      const [, variable, , value = ''] = /^\s*([A-Za-z_]\w*)=(["']?)(.*?)\2\s*$/.exec(line) ?? [];
      if (variable !== undefined) {
        setVariable(env, variable, expandSystemd(value, env), world, `${path}:${index + 1}`);
      }
    }
  }
}

function expandSystemd(text: string, env: Environment): string {
  return text.replace(
    /\$\{(\w+)(?::([-+])([^}]*))?\}|\$(\w+)/g,
    (_, name: string | undefined, sign: string | undefined, word: string | undefined, bare: string | undefined) => {
      const value = env.get(name ?? bare ?? '') ?? '';
      if (sign === '+') {
        return value === '' ? '' : expandSystemd(word ?? '', env);
      }
      return value === '' && sign === '-' ? expandSystemd(word ?? '', env) : value;
    },
  );
}

/** PATH that login(1) and su(1) start with: /etc/login.defs. */
export function loginPath(world: World, isRoot: boolean): readonly [path: string, source: string] | undefined {
  const name = isRoot ? 'ENV_SUPATH' : 'ENV_PATH';
  for (const [index, line] of linesOf(world, '/etc/login.defs').entries()) {
    const [, key, value] = /^\s*(\w+)\s+(?:PATH=)?(\S+)/.exec(line) ?? [];
    if (key === name && value !== undefined) {
      return [value, `/etc/login.defs:${index + 1}`];
    }
  }
  return undefined;
}

/** The number of the user whose files these are; the usual one where nothing tells it. */
export function userId(world: World): string {
  const { host } = world;
  const usual = /^(?:\/var)?\/root$/.test(host.home) ? '0' : host.os === 'darwin' ? '501' : '1000';
  return accountOf(host, world).id ?? usual;
}

/** Number, shell and name of the person whose home it is, from /etc/passwd. */
export function accountOf(
  host: Host,
  world: World,
): { readonly name?: string; readonly id?: string; readonly shell?: string } {
  const read = host.os === 'windows' ? undefined : world.readText('/etc/passwd');
  for (const line of read?.ok === true ? read.value.split('\n') : []) {
    const [name, , id, , , home, shell] = line.split(':');
    if (home === host.home && name !== undefined && id !== undefined) {
      return { name, id, ...(shell === undefined || shell === '' ? {} : { shell: shell.trim() }) };
    }
  }
  return {};
}
