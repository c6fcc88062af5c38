import { homedir } from 'node:os';
import type { Host } from '../core/host/host';
import { pathRulesOf } from '../core/host/paths';
import type { OperatingSystem } from '../core/model/snapshot';
import { emptyFolders } from './empty-folder';
import { localFileSystem } from './local-file-system';
import { isMangled, rawVariable } from './raw-names';

const SYSTEMS: Readonly<Record<string, OperatingSystem>> = { darwin: 'darwin', win32: 'windows' };
const MACHINES: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
  ia32: 'i686',
  arm: 'armv7l',
  ppc64: 'powerpc64le',
  loong64: 'loongarch64',
};

/** This machine's word for its processor, as Nix says it. */
export function nixArch(arch: string): string {
  return MACHINES[arch] ?? arch;
}

/**
 * This machine.
 *
 * @param env the environment whose PATH is read; the process's own, or a login shell's
 */
export function localHost(env: Readonly<Record<string, string | undefined>> = process.env): Host {
  const os = SYSTEMS[process.platform] ?? 'linux';
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) {
      known[name] = value;
    }
  }
  const told = known['PATH'] ?? known['Path'] ?? '';
  // Names that are no UTF-8 are told by the kernel alone, and only of this process.
  const path = isMangled(told) && told === process.env['PATH'] ? (rawVariable('PATH') ?? told) : told;
  const home = known['HOME'] ?? known['USERPROFILE'] ?? homedir();
  // No version file of a project is in sight of what runs there.
  const cwd = os === 'windows' ? (known['SystemRoot'] ?? 'C:\\') : '/';
  return {
    source: 'local',
    os,
    arch: nixArch(process.arch),
    env: known,
    home,
    pathEntries: path === '' ? [] : path.split(pathRulesOf(os).delimiter),
    fs: localFileSystem,
    // What starts programs is loaded with the first of them: files alone tell most machines.
    run: async (request) => {
      const { runEnvironment, runProgram } = await import('./host-run');
      const { work, home: empty } = emptyFolders(cwd);
      const given =
        request.ownEnvironment === true ? {} : runEnvironment(known, request.ownHome === true ? undefined : empty);
      return runProgram(request, given, work);
    },
    ...(os === 'windows'
      ? {
          registry: async (key) =>
            (await import('./windows-registry')).readRegistry(key, known['SystemRoot'] ?? 'C:\\Windows', known),
        }
      : {}),
  };
}
