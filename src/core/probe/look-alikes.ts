import type { Tool } from '../catalog';
import type { Host, HostFileSystem } from '../host/host';
import { pathRulesOf } from '../host/paths';
import { decodeLatin1 } from '../host/text';
import { own } from '../own';
import type { PackageDatabase } from './package-database';

/** Programs that answer to many names, each doing a little of what the tool of that name does. */
const MANY_IN_ONE = /\/(?:busybox|toybox)(?:\.static)?$/;

/** Tools that Windows itself brings; its other programs only have names like theirs: `find`, `tree`, `tar`, `bash`. */
const OF_WINDOWS: ReadonlySet<string> = new Set(['curl', 'ssh', 'wsl', 'winget']);

/** Tools of GNU and others in whose place macOS has programs of BSD's or its own, without a version. */
const NOT_OF_MACOS: ReadonlySet<string> = new Set(
  'coreutils diffutils ed findutils grep gzip man netcat patch procps sed tar util-linux'.split(' '),
);

/** Tools in whose place another puts a link: what it leads to tells. */
const REPLACEMENTS: Readonly<Record<string, RegExp>> = {
  mysql: /\/mariadb(?:-client)?$/,
  mysqld: /\/mariadbd$/,
  exa: /\/eza$/,
  // Homebrew's GNU tools have a `g` before their names: this one is `du`.
  gdu: /\/Cellar\/coreutils\//,
  parallel: /\/Cellar\/moreutils\//,
  sapling: /\/games\/sl$|\/Cellar\/sl\//,
  task: /\/Cellar\/task\//,
  zed: /\/sbin\/zed$/,
  perl: /\/(?:perl6|raku|rakudo)[^/]*$/,
  yum: /\/dnf[\d.-]*$/,
  // Siegfried, which tells formats of files.
  salesforce: /\/siegfried\/|\/go\/bin\/sf$/,
  // SWC's bundler.
  spack: /\/@swc\/cli\//,
  ksh: /\/(?:mksh|lksh|oksh|pdksh)(?:-static)?$/,
  vim: /\/(?:nvim|vim\.mg|elvis|nvi)$/,
};

/** What another program of a tool's name is written in, and the tool never is. */
const OTHER_SCRIPTS: Readonly<Record<string, RegExp>> = {
  // The preloader of Rails.
  spring: /^#!.*ruby/,
  // The client of OpenStack's Swift.
  swift: /^#!.*python/,
};

/** Packages of distributions that bring another program of a tool's name. */
const OTHER_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  angular: ['ng-cjk', 'ng-latin', 'ng-common'],
  atac: ['atac'],
  bat: ['bacula-console-qt'],
  bombardier: ['bombardier'],
  cocogitto: ['cog'],
  detox: ['detox'],
  'dioxus-cli': ['dx'],
  elm: ['elm-me+'],
  graphite: ['genometools'],
  node: ['node', 'ax25-node'],
  op: ['op'],
  parallel: ['moreutils', 'moreutils-parallel'],
  popeye: ['popeye'],
  rio: ['rio'],
  rush: ['rush'],
  salesforce: ['siegfried'],
  sapling: ['sl'],
  sass: ['ruby-sass'],
  spin: ['spin'],
  spring: ['ruby-spring'],
  task: ['taskwarrior', 'task', 'task2', 'task3'],
  tea: ['tea'],
  tealdeer: ['tldr', 'tldr-py'],
  yarn: ['cmdtest'],
  zed: ['zfs-zed', 'zfs', 'zfs-utils'],
};
/** Other distributions have the tool itself under that name. */
const ONLY_IN_DEBIAN: ReadonlySet<string> = new Set(['atac', 'bombardier', 'node', 'op', 'rio', 'tea']);

/** Packages of npm with a program of the name of a tool that is at npm, too. */
export const OTHER_NODE_PACKAGES: Readonly<Record<string, readonly string[]>> = { nushell: ['@antfu/ni'] };

/** Whether the system's packages say that a program is another one than the tool of its name, by its real path and path. */
export function isOfOtherPackage(
  { id }: Tool,
  paths: readonly string[],
  databases: () => readonly PackageDatabase[],
): boolean {
  const others = own(OTHER_PACKAGES, id);
  return (
    others !== undefined &&
    databases()
      .filter(({ manager }) => manager === 'dpkg' || !ONLY_IN_DEBIAN.has(id))
      .some((database) => others.includes(database.ownerOf(paths, others, 'guesses')?.package ?? ''))
  );
}

/**
 * Whether a program is another one under the tool's name: an applet of BusyBox is no GNU sed, Windows' `find` no GNU
 * findutils, MariaDB's `mysql` no MySQL.
 *
 * @param path with links resolved
 */
export function isLookAlike({ id, programs }: Tool, path: string, host: Host): boolean {
  const { os } = host;
  const realPath = pathRulesOf(os).slashed(path);
  if (own(OTHER_SCRIPTS, id)?.test(firstLine(path, host)) === true) {
    return true;
  }
  if (REPLACEMENTS[id]?.test(realPath) === true) {
    return true;
  }
  if (id === 'yq' || id === 'yq-go') {
    return isPythonYq(path, realPath, host) !== (id === 'yq');
  }
  if (id === 'b2' || id === 'boost-build') {
    return isBoostB2(path, host) !== (id === 'boost-build');
  }
  if (os === 'windows') {
    // Python's launcher lies there, too.
    return /^[A-Za-z]:\/Windows\/(?!py\.exe$)/i.test(realPath) && !OF_WINDOWS.has(id);
  }
  if (os === 'darwin' && NOT_OF_MACOS.has(id)) {
    return /^\/(?:usr\/)?bin\//.test(realPath);
  }
  const many = MANY_IN_ONE.exec(realPath);
  return many !== null && !programs.some((program) => many[0].startsWith(`/${program}`));
}

function firstLine(path: string, { fs }: Host): string {
  const head = fs.readFile(path, 128);
  return head.ok ? (decodeLatin1(head.value).split('\n')[0] ?? '') : '';
}

/** Two tools have the name yq: one is a script in Python (maybe wrapped by Nix), one a program in Go. */
function isPythonYq(path: string, realPath: string, { fs }: Host): boolean {
  if (
    /\/(?:\.?venvs?|pipx|pyenv|site-packages|Scripts|Cellar\/python-yq)\/|-(?:python3[\d.]*-)?yq-[0-3]\.[\d.]+\//i.test(
      realPath,
    )
  ) {
    return true;
  }
  return isScript(path, fs);
}

/** Bytes: Boost's build tool has one or two millions, and what packs Backblaze's with its Python ten times as many. */
const LARGEST_B2 = 6_000_000;

/** Two tools have the name b2: Boost's builder is a small program, Backblaze's client a script or a large one. */
function isBoostB2(path: string, { fs }: Host): boolean {
  const stat = fs.stat(path);
  return stat.ok && stat.value.size < LARGEST_B2 && !isScript(path, fs);
}

/** Whether a file begins with `#!`. */
function isScript(path: string, fs: HostFileSystem): boolean {
  const head = fs.readFile(path, 2);
  return head.ok && head.value[0] === 0x23 && head.value[1] === 0x21;
}
