import { glob } from '../../host/glob';
import type { ProbeContext } from '../context';
import { byNumbers } from './env-family';
import { findUp, programIn, type ShimFollower } from './shim';

/** Bytes: Bazelisk has six to ten millions, Bazel itself, with what it unpacks, several times as many. */
const [SMALLEST, LARGEST] = [1_000_000, 16_000_000];

/**
 * Follows `bazel` where it is Bazelisk under another name: `USE_BAZEL_VERSION`, `.bazeliskrc`, `.bazelversion` in the
 * folder or above it choose what it has downloaded; what is asked for by no number it looks up online. Source:
 * github.com/bazelbuild/bazelisk, README.md, "How does Bazelisk know which Bazel version to run?", "Where does Bazelisk
 * store the downloaded versions of Bazel?".
 */
export const followBazelisk: ShimFollower = (found, context) => {
  if (found.program !== 'bazel' || !isBazelisk(found.realPath, found.size, context)) {
    return undefined;
  }
  const { version, source } = choice(context);
  const told = { manager: 'bazelisk', source } as const;
  const downloaded = downloads(context).filter((one) => fits(one.version, version));
  const newest = downloaded.sort((one, other) => byNumbers(one.version, other.version)).at(-1);
  if (newest !== undefined) {
    return { ...told, leadsTo: newest.path, version: newest.version, detail: version };
  }
  return /^\d+\.\d+\.\d+\w*$/.test(version)
    ? { ...told, reason: `Bazelisk selects Bazel ${version} (${source}), which is not downloaded yet` }
    : { ...told, isElsewhere: true, reason: `Bazelisk selects Bazel ${version}, which it looks up online` };
};

function isBazelisk(realPath: string, size: number, { host }: ProbeContext): boolean {
  if (/[\\/]bazelisk[^\\/]*$/i.test(realPath) || /[\\/]@bazel[\\/]bazelisk[\\/]/.test(realPath)) {
    return true;
  }
  const head = size > SMALLEST && size < LARGEST ? host.fs.readFile(realPath, 2) : undefined;
  return head?.ok === true && !(head.value[0] === 0x23 && head.value[1] === 0x21);
}

function choice(context: ProbeContext): { readonly version: string; readonly source: string } {
  const set = context.host.env['USE_BAZEL_VERSION'];
  if (set !== undefined && set !== '') {
    return { version: set, source: '$USE_BAZEL_VERSION' };
  }
  const settings = findUp(context, ['.bazeliskrc']);
  const inSettings = /^\s*USE_BAZEL_VERSION\s*=\s*(\S+)/m.exec(settings?.text ?? '')?.[1];
  if (settings !== undefined && inSettings !== undefined) {
    return { version: inSettings, source: settings.path };
  }
  const file = findUp(context, ['.bazelversion']);
  const version = file?.text.split('\n')[0]?.trim() ?? '';
  return file === undefined || version === ''
    ? { version: 'latest', source: '.bazelversion' }
    : { version, source: file.path };
}

function fits(version: string, wanted: string): boolean {
  if (/^latest(?:-\d+)?$/.test(wanted)) {
    return true;
  }
  return version === wanted || (/^\d+\.(?:x|\*)$/.test(wanted) && version.startsWith(`${wanted.split('.')[0]}.`));
}

/** `downloads/metadata/bazelbuild/bazel-7.1.0-linux-x86_64` has the hash in its text; older ones have a folder of that name. */
function downloads(context: ProbeContext): { readonly version: string; readonly path: string }[] {
  const { host, paths } = context;
  const cache = {
    linux: host.env['XDG_CACHE_HOME'] ?? paths.join(host.home, '.cache'),
    darwin: paths.join(host.home, 'Library/Caches'),
    windows: host.env['LOCALAPPDATA'] ?? paths.join(host.home, 'AppData', 'Local'),
  }[host.os];
  const home = paths.join(host.env['BAZELISK_HOME'] ?? paths.join(cache, 'bazelisk'), 'downloads');
  const named = [
    ...glob(host, paths.join(home, 'metadata', 'bazelbuild', 'bazel-*')),
    ...glob(host, paths.join(home, 'bazelbuild', 'bazel-*')),
  ];
  return named.flatMap((place) => {
    const version = /^bazel-(\d+\.\d+\.\d+\w*)-/.exec(paths.basename(place))?.[1];
    const hash = context.readText(place);
    const folder = hash.ok ? paths.join(home, 'sha256', hash.value.trim()) : place;
    const isSafe = !hash.ok || /^[0-9a-f]{64}$/.test(hash.value.trim());
    const path = version !== undefined && isSafe ? programIn(context, paths.join(folder, 'bin'), 'bazel') : undefined;
    return version === undefined || path === undefined ? [] : [{ version, path }];
  });
}
