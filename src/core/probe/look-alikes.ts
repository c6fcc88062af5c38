import type { Tool } from '../catalog';
import type { OperatingSystem } from '../model/snapshot';

/** Programs that answer to many names, each doing a little of what the tool of that name does. */
const MANY_IN_ONE = /\/(?:busybox|toybox)(?:\.static)?$/;

/** Tools that Windows itself brings; its other programs only have names like theirs: `find`, `tree`, `tar`, `bash`. */
const OF_WINDOWS: ReadonlySet<string> = new Set(['curl', 'ssh', 'wsl', 'winget']);

/** Tools of GNU and others in whose place macOS has programs of BSD's or its own, without a version. */
const NOT_OF_MACOS: ReadonlySet<string> = new Set(['coreutils', 'findutils', 'grep', 'gzip', 'netcat', 'sed', 'tar']);

/**
 * Whether a program is another one under the tool's name: an applet of BusyBox is no GNU sed, Windows' `find` no GNU
 * findutils.
 *
 * @param realPath with links resolved, with `/` between names
 */
export function isLookAlike({ id, programs }: Tool, realPath: string, os: OperatingSystem): boolean {
  if (os === 'windows') {
    return /^[A-Za-z]:\/Windows\//i.test(realPath) && !OF_WINDOWS.has(id);
  }
  if (os === 'darwin' && NOT_OF_MACOS.has(id)) {
    return /^\/(?:usr\/)?bin\//.test(realPath);
  }
  const many = MANY_IN_ONE.exec(realPath);
  return many !== null && !programs.some((program) => many[0].startsWith(`/${program}`));
}
