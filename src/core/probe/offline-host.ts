import { hiveRegistry } from '../environment/registry-hive';
import { glob } from '../host/glob';
import type { Host, HostFileSystem } from '../host/host';
import { pathRulesOf } from '../host/paths';
import { TERMUX, termuxPrefix } from '../host/termux';
import { readText } from '../host/text';
import type { OperatingSystem, ProbeFailure } from '../model/snapshot';
import { openBytes } from './binary/byte-reader';
import { readExecutable } from './binary/executable';

/** What somebody else knows of files that do not run: an image's configuration. */
export interface OfflineFacts {
  readonly os?: OperatingSystem;
  readonly arch?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Name or number of the user who would work there. */
  readonly user?: string;
}

const LIMIT = 262_144;
const LINUX_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Programs that every system has: their headers tell the processor. */
const ORDINARY_PROGRAMS = [
  '/bin/sh',
  '/usr/bin/env',
  '/bin/ls',
  '/bin/busybox',
  '/usr/bin/login',
  '/sbin/init',
  `${TERMUX}/usr/bin/dash`,
];

/**
 * A host over files alone: nothing is run. System, processor, home folder and PATH are taken from the files, as a login
 * would set them.
 *
 * @param source `rootfs:DIR`, `image:FILE`
 */
export function offlineHost(fs: HostFileSystem, source: string, facts: OfflineFacts = {}): Host {
  const os = facts.os ?? systemOf(fs);
  const arch = facts.arch ?? archOf(fs, os) ?? 'x86_64';
  const bare: Host = { source, os, arch, env: {}, home: '/', pathEntries: [], fs };
  const [home, ...others] = homesOf(bare, facts.user);
  const otherHomes = others.slice(0, MAX_HOMES);
  const env = { ...environmentOf({ ...bare, home }), ...facts.env };
  const told = facts.env?.['PATH'] ?? (os === 'windows' ? facts.env?.['Path'] : undefined);
  const path = told ?? env['PATH'] ?? env['Path'] ?? '';
  const assumed = told === undefined ? { assumedPath: true } : {};
  const pathEntries = path === '' ? [] : path.split(pathRulesOf(os).delimiter);
  const registry = os === 'windows' ? { registry: hiveRegistry(fs, home) } : {};
  const notes = others.length > MAX_HOMES ? { notes: [homesLeftOut(others.length - MAX_HOMES)] } : {};
  return { ...bare, home, otherHomes, env, pathEntries, ...assumed, ...registry, ...notes };
}

function homesLeftOut(count: number): ProbeFailure {
  return {
    status: 'skipped',
    code: 'too-many',
    reason: `the homes of ${count} more accounts than the ${MAX_HOMES + 1} that are read were not looked at`,
  };
}

function systemOf(fs: HostFileSystem): OperatingSystem {
  if (fs.stat('/System/Library/CoreServices').ok) {
    return 'darwin';
  }
  return fs.stat('C:\\Windows\\System32').ok ? 'windows' : 'linux';
}

function archOf(fs: HostFileSystem, os: OperatingSystem): string | undefined {
  const programs = os === 'windows' ? ['C:\\Windows\\System32\\cmd.exe'] : ORDINARY_PROGRAMS;
  for (const program of programs) {
    const architecture = readExecutable(openBytes(fs, program))?.architecture?.split(',') ?? [];
    if (architecture.length > 1) {
      // Apple's own programs are universal; Homebrew's place tells which machine this is.
      return fs.stat('/opt/homebrew').ok ? 'aarch64' : 'x86_64';
    }
    if (architecture[0] !== undefined) {
      return architecture[0];
    }
  }
  return os === 'darwin' && fs.stat('/opt/homebrew').ok ? 'aarch64' : undefined;
}

/** The home of the given user, else of the first person, else of root; then the others. */
function homesOf(host: Host, user: string | undefined): readonly [string, ...string[]] {
  const { fs, os } = host;
  if (os !== 'linux') {
    const pattern = os === 'darwin' ? '/Users/*' : 'C:\\Users\\*';
    const [first, ...others] = glob(host, pattern).filter(
      (path) => !/[\\/](?:Shared|Public|Default|All Users|Default User)$/.test(path) && isFolder(fs, path),
    );
    return [first ?? (os === 'darwin' ? '/var/root' : 'C:\\Users\\Default'), ...others];
  }
  const text = readText(fs, '/etc/passwd', LIMIT);
  const accounts = (text.ok ? text.value.split('\n') : []).map((line) => line.split(':'));
  const name = user?.split(':')[0];
  const chosen =
    name === undefined || name === ''
      ? accounts.find(([, , id, , , home]) => isPerson(Number(id)) && home !== undefined && isFolder(fs, home))
      : accounts.find((account) => account[0] === name || account[2] === name);
  const usual = termuxPrefix(host) === undefined ? '/root' : `${TERMUX}/home`;
  const home = chosen?.[5]?.startsWith('/') === true ? chosen[5] : usual;
  const others = ['/root', ...glob(host, '/home/*')].filter((path) => path !== home && isFolder(fs, path));
  return [home, ...others];
}

const MAX_HOMES = 63;

function isFolder(fs: HostFileSystem, path: string): boolean {
  const stat = fs.stat(path);
  return stat.ok && stat.value.kind === 'directory';
}

/** Numbers that login.defs(5) gives to people. */
function isPerson(id: number): boolean {
  return id >= 1000 && id < 60_000;
}

function environmentOf(host: Host): Readonly<Record<string, string>> {
  switch (host.os) {
    case 'windows':
      return windowsEnvironment(host);
    case 'darwin':
      return { HOME: host.home, PATH: darwinPath(host) };
    case 'linux': {
      const prefix = termuxPrefix(host);
      if (prefix !== undefined) {
        return { HOME: host.home, PREFIX: prefix, PATH: `${prefix}/bin` };
      }
      const own = readEnvironmentFile(host);
      return { HOME: host.home, ...own, PATH: linuxPath(host, own['PATH']) };
    }
  }
}

/** pam_env's file: `NAME=value`, maybe in quotes, nothing expanded. */
function readEnvironmentFile({ fs }: Host): Readonly<Record<string, string>> {
  const text = readText(fs, '/etc/environment', LIMIT);
  const pairs = (text.ok ? text.value.split('\n') : []).flatMap((line) => {
    const parts = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(["']?)(.*?)\2\s*$/.exec(line);
    return parts === null || parts[3]!.includes('$') ? [] : [[parts[1]!, parts[3]!] as const];
  });
  return Object.fromEntries(pairs);
}

/** What /etc/environment or /etc/profile set; NixOS and Guix have their programs elsewhere. */
function linuxPath(host: Host, own: string | undefined): string {
  const profiles = [
    `${host.home}/.nix-profile/bin`,
    '/nix/var/nix/profiles/default/bin',
    '/run/current-system/sw/bin',
    '/nix/var/nix/profiles/system/sw/bin',
    `${host.home}/.config/guix/current/bin`,
    `${host.home}/.guix-home/profile/bin`,
    `${host.home}/.guix-profile/bin`,
    '/run/current-system/profile/bin',
    '/run/current-system/profile/sbin',
  ].filter((folder) => host.fs.stat(folder).ok);
  const profile = readText(host.fs, '/etc/profile', LIMIT);
  const set = profile.ok ? /^\s*(?:export\s+)?PATH=(["']?)([^"'$\n]+)\1\s*$/m.exec(profile.value)?.[2] : undefined;
  const base = own ?? set ?? LINUX_PATH;
  return [...profiles, ...base.split(':').filter((folder) => !profiles.includes(folder))].join(':');
}

/** path_helper(8): /etc/paths, then every file of /etc/paths.d; Homebrew's shell setup goes in front. */
function darwinPath(host: Host): string {
  const files = ['/etc/paths', ...glob(host, '/etc/paths.d/*')];
  const listed = files.flatMap((path) => {
    const text = readText(host.fs, path, LIMIT);
    return text.ok ? text.value.split('\n').filter((line) => line.startsWith('/')) : [];
  });
  const base = listed.length > 0 ? listed : ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
  const brew = ['/opt/homebrew/bin', '/opt/homebrew/sbin'].filter((folder) => host.fs.stat(folder).ok);
  return [...new Set([...brew, ...base])].join(':');
}

/** The variables that Windows sets itself, and the usual folders; what the registry says counts in its contexts. */
function windowsEnvironment({ home, fs }: Host): Readonly<Record<string, string>> {
  return {
    USERPROFILE: home,
    APPDATA: `${home}\\AppData\\Roaming`,
    LOCALAPPDATA: `${home}\\AppData\\Local`,
    ProgramData: 'C:\\ProgramData',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    SystemRoot: 'C:\\Windows',
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    Path: [
      'C:\\Windows\\System32',
      'C:\\Windows',
      'C:\\Windows\\System32\\OpenSSH',
      `${home}\\AppData\\Local\\Microsoft\\WindowsApps`,
      `${home}\\scoop\\shims`,
      'C:\\ProgramData\\chocolatey\\bin',
      'C:\\Program Files\\nodejs',
      'C:\\Program Files\\Git\\cmd',
      'C:\\Program Files\\dotnet',
    ]
      .filter((folder) => fs.stat(folder).ok)
      .join(';'),
  };
}
