import type { Outcome } from './commands';
import { initText } from './init-texts';
import { listParts } from './run-parts';
import { getText, type Scope, whichProgram } from './scope';
import { hole, hostName, isUnknown, nameOfCall } from './world';

type Output = (scope: Scope, args: readonly string[], program: string) => string | undefined;

const SYSTEM_NAMES = { linux: 'Linux', darwin: 'Darwin', windows: 'MINGW64_NT-10.0' } as const;

/**
 * What a program prints that configuration files ask: known from the files of the host, not from running it. Undefined
 * where it is none of these.
 */
export function outputOf(scope: Scope, name: string, args: readonly string[]): Outcome | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const init = initText(scope, base, args, name);
  if (init !== undefined) {
    return init;
  }
  const output = OUTPUTS[base];
  if (output === undefined || !Object.hasOwn(OUTPUTS, base)) {
    return undefined;
  }
  const program = whichProgram(scope, name);
  // What every system has need not be found, since recordings leave it out.
  if (program === null && !EVERYWHERE.has(base)) {
    return { status: false, out: '' };
  }
  const out = args.some(isUnknown) ? undefined : output(scope, args, program ?? name);
  return out === undefined
    ? { status: undefined, out: hole(scope.world, `what ${nameOfCall(base, args)} prints`) }
    : { status: true, out };
}

const EVERYWHERE = new Set(
  'uname id whoami dirname basename readlink realpath cat hostname arch getconf date ls java_home systemd-path run-parts'.split(
    ' ',
  ),
);

const OUTPUTS: Readonly<Record<string, Output>> = {
  uname: ({ world: { host } }, args) => {
    const machine = host.os === 'darwin' && host.arch === 'aarch64' ? 'arm64' : host.arch;
    switch (args[0]) {
      case undefined:
      case '-s':
        return SYSTEM_NAMES[host.os];
      case '-m':
      case '-p':
        return machine;
      case '-o':
        return host.os === 'linux' ? 'GNU/Linux' : SYSTEM_NAMES[host.os];
      default:
        return undefined;
    }
  },
  arch: ({ world: { host } }) => (host.os === 'darwin' && host.arch === 'aarch64' ? 'arm64' : host.arch),
  id: (scope, args) => {
    switch (args.join(' ')) {
      case '-u':
      case '-ru':
        return getText(scope, 'UID');
      case '-un':
      case '-u -n':
        return getText(scope, 'USER');
      default:
        return undefined;
    }
  },
  hostname: ({ world }, args) => {
    const name = hostName(world);
    const isKnown = !isUnknown(name) && /^(?:-s|--short)?$/.test(args.join(' '));
    return isKnown ? (args.length > 0 ? name.replace(/\..*$/, '') : name) : undefined;
  },
  whoami: (scope) => getText(scope, 'USER'),
  dirname: (_scope, args) => {
    const [path = ''] = args.filter((word) => word !== '--');
    const end = path.replace(/\/+$/, '').lastIndexOf('/');
    return end < 0 ? '.' : end === 0 ? '/' : path.slice(0, end);
  },
  basename: (_scope, args) => {
    const [path = '', suffix = ''] = args;
    const name = path.replace(/\/+$/, '').split('/').pop() ?? '';
    return suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  },
  readlink: (scope, args) => {
    const path = args.at(-1) ?? '';
    return args.length > 1 ? realPath(scope, path) : linkOf(scope, path);
  },
  realpath: (scope, args) => realPath(scope, args.at(-1) ?? ''),
  cat: ({ world }, args) => {
    const read = args.length === 1 && args[0]!.startsWith('/') ? world.readText(args[0]!) : undefined;
    return read?.ok === true && !isUnknown(read.value) ? read.value : read?.ok === false ? '' : undefined;
  },
  ls: (scope, args) => namesIn(scope, args),
  'run-parts': ({ world }, args) => listParts(world, args),
  brew: (scope, args, program) => {
    const prefix = brewPrefix(scope, program);
    if (args[0] !== '--prefix' || prefix === undefined) {
      return args[0] === '--repository' ? prefix : undefined;
    }
    const [, formula] = args.filter((word) => word !== '--installed');
    return formula === undefined ? prefix : `${prefix}/opt/${formula}`;
  },
  java_home: ({ world: { host } }, args) => {
    const at = args.findIndex((word) => word === '-v' || word === '--version' || word.startsWith('-v'));
    const wanted = at < 0 ? '' : (/^-v(.+)/.exec(args[at]!)?.[1] ?? args[at + 1] ?? '');
    const folder = '/Library/Java/JavaVirtualMachines';
    const listed = host.fs.readDir(folder);
    const homes = (listed.ok ? listed.value : [])
      .map(({ name }) => name)
      .filter((name) => wanted === '' || new RegExp(`(?:^|\\D)${wanted.replace(/\D.*$/, '')}(?:\\D|$)`).test(name));
    return homes.length === 1 ? `${folder}/${homes[0]}/Contents/Home` : undefined;
  },
  go: (scope, args) => {
    const home = getText(scope, 'HOME') ?? '';
    switch (args.join(' ')) {
      case 'env GOPATH':
        return getText(scope, 'GOPATH') || `${home}/go`;
      case 'env GOBIN':
        return getText(scope, 'GOBIN') ?? '';
      default:
        return undefined;
    }
  },
  python3: (scope, args) =>
    args.join(' ') === '-m site --user-base' && scope.world.host.os === 'linux'
      ? `${getText(scope, 'HOME') ?? ''}/.local`
      : undefined,
  npm: (scope, args) => {
    const asks = /^(?:config get prefix|prefix (?:-g|--global)|get prefix)$/.test(args.join(' '));
    const rc = asks ? scope.world.readText(`${getText(scope, 'HOME') ?? ''}/.npmrc`) : undefined;
    const set = rc?.ok === true ? /^\s*prefix\s*=\s*(\S+)\s*$/m.exec(rc.value)?.[1] : undefined;
    return set?.replace(/^~|\$\{HOME\}/, getText(scope, 'HOME') ?? '');
  },
  yarn: (scope, args) =>
    args.join(' ') === 'global bin' && getText(scope, 'PREFIX') === undefined
      ? `${getText(scope, 'HOME') ?? ''}/.yarn/bin`
      : undefined,
  pyenv: (scope, args) => (args[0] === 'root' ? rootOf(scope, 'PYENV_ROOT', '.pyenv') : undefined),
  rbenv: (scope, args) => (args[0] === 'root' ? rootOf(scope, 'RBENV_ROOT', '.rbenv') : undefined),
  nodenv: (scope, args) => (args[0] === 'root' ? rootOf(scope, 'NODENV_ROOT', '.nodenv') : undefined),
  goenv: (scope, args) => (args[0] === 'root' ? rootOf(scope, 'GOENV_ROOT', '.goenv') : undefined),
  'systemd-path': (scope, args) =>
    args[0] === 'user-binaries' ? `${getText(scope, 'HOME') ?? ''}/.local/bin` : undefined,
  getconf: (_scope, args) => (args[0] === 'PATH' ? '/bin:/usr/bin' : undefined),
};

/** What `ls` lists of one folder, where every language sorts the names alike. */
function namesIn({ world, folder }: Scope, args: readonly string[]): string | undefined {
  const paths = args.filter((word) => !/^-1?$/.test(word));
  const [path = folder] = paths;
  if (paths.length > 1 || path.startsWith('-')) {
    return undefined;
  }
  const listed = world.host.fs.readDir(path.startsWith('/') ? path : `${folder}/${path}`);
  const names = listed.ok ? listed.value.map(({ name }) => name).filter((name) => !name.startsWith('.')) : [];
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const sorted = [...names].sort();
  const isClear = sorted.every((name, at) => at === 0 || bare(sorted[at - 1]!) < bare(name));
  return isClear ? sorted.map((name) => `${name}\n`).join('') : undefined;
}

function rootOf(scope: Scope, variable: string, folder: string): string {
  return getText(scope, variable) || `${getText(scope, 'HOME') ?? ''}/${folder}`;
}

function realPath({ world, folder }: Scope, path: string): string {
  const absolute = path.startsWith('/') ? path : `${folder}/${path}`;
  const real = world.host.fs.realPath(absolute);
  return real.ok ? real.value : absolute;
}

function linkOf({ world, folder }: Scope, path: string): string {
  const target = world.host.fs.readLink(path.startsWith('/') ? path : `${folder}/${path}`);
  return target.ok ? target.value : '';
}

/** Where a `brew` program belongs to. */
export function brewPrefix({ world: { host } }: Scope, program: string): string | undefined {
  const folder = /^(.+)\/bin\/brew$/.exec(program)?.[1];
  if (folder === undefined) {
    return undefined;
  }
  return folder === '/home/linuxbrew/.linuxbrew/Homebrew' || (folder === '/usr/local/Homebrew' && host.os === 'darwin')
    ? folder.replace(/\/Homebrew$/, '')
    : folder;
}
