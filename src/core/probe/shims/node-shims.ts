import type { ProbeContext } from '../context';
import { readObject } from '../packages/package-source';
import { byNumbers } from './env-family';
import { type FoundProgram, findUp, programIn, type ShimFollower } from './shim';

/**
 * Follows a Volta shim: the project's `volta` key in package.json, or the user's platform file
 * (`tools/user/platform.json`); other programs belong to a package that Volta installed, as
 * `tools/user/bins/<program>.json` says.
 */
export const followVolta: ShimFollower = (seen, context) => {
  const { paths } = context;
  const { program } = seen;
  const root = program.startsWith('volta') ? undefined : voltaHome(seen, context);
  if (root === undefined) {
    return undefined;
  }
  const image = paths.join(root, 'tools', 'image');
  const chosen = voltaPlatform(root, context);
  const bin = paths.join(root, 'tools', 'user', 'bins', `${program}.json`);
  const owner = readObject(context, bin)?.['package'];
  const node = chosen?.versions['node'];
  const own = chosen?.versions[program === 'npx' ? 'npm' : program];
  const candidates = [
    own === undefined ? undefined : paths.join(image, program, own, 'bin'),
    node === undefined ? undefined : paths.join(image, 'node', node, 'bin'),
    node === undefined ? undefined : paths.join(image, 'node', node),
    ...[typeof owner === 'string' ? owner : program].flatMap((name) => {
      const home = paths.join(image, 'packages', ...name.split('/'));
      // On Windows npm puts programs into the prefix itself.
      return [paths.join(home, 'bin'), home];
    }),
  ];
  for (const candidate of candidates) {
    const target = candidate === undefined ? undefined : programIn(context, candidate, program);
    if (target !== undefined) {
      const isOfPackage = paths.slashed(target).includes('/image/packages/');
      return { manager: 'volta', leadsTo: target, source: isOfPackage ? bin : (chosen?.source ?? image) };
    }
  }
  return { manager: 'volta', source: chosen?.source ?? image, reason: `Volta has no version selected for ${program}` };
};

/** Where Volta keeps what a stand-in of its would start; undefined when the program is none. */
function voltaHome({ path, realPath }: FoundProgram, context: ProbeContext): string | undefined {
  const { paths, host } = context;
  const folder = paths.dirname(path);
  if (/\/\.?volta\/bin$/i.test(context.homes.usualPath(folder)) || /(?:^|\/)volta-shim$/.test(realPath)) {
    return paths.dirname(folder);
  }
  // Windows' installer puts copies of the stand-in beside Volta, into a folder for everybody.
  const local = host.env['LOCALAPPDATA'];
  return host.os === 'windows' && programIn(context, folder, 'volta-shim') !== undefined
    ? (host.env['VOLTA_HOME'] ?? (local === undefined ? undefined : paths.join(local, 'Volta')))
    : undefined;
}

function voltaPlatform(
  root: string,
  context: ProbeContext,
): { readonly versions: Readonly<Record<string, string>>; readonly source: string } | undefined {
  const project = findUp(context, ['package.json']);
  const pinned = project === undefined ? undefined : parseObject(project.text)?.['volta'];
  if (project !== undefined && isObject(pinned)) {
    return { versions: strings(pinned), source: project.path };
  }
  const source = context.paths.join(root, 'tools', 'user', 'platform.json');
  const text = context.readText(source);
  const platform = text.ok ? parseObject(text.value) : undefined;
  if (platform === undefined) {
    return undefined;
  }
  const node = platform['node'];
  const nested = isObject(node) ? { node: node['runtime'], npm: node['npm'] } : {};
  return { versions: strings({ ...platform, ...nested }), source };
}

/**
 * Follows a Corepack stand-in for yarn or pnpm: the project's `packageManager`, or the version that Corepack used last.
 * Running one could download, so only files are read.
 */
export const followCorepack: ShimFollower = ({ program, realPath }, context) => {
  const { host, paths } = context;
  if (!/[\\/]node_modules[\\/]corepack[\\/]dist[\\/]/.test(realPath) || program === 'corepack') {
    return undefined;
  }
  const name = program.startsWith('pnp') ? 'pnpm' : program.startsWith('yarn') ? 'yarn' : program;
  const project = findUp(context, ['package.json']);
  const declared = project === undefined ? undefined : parseObject(project.text)?.['packageManager'];
  const pinned =
    typeof declared === 'string' && declared.startsWith(`${name}@`)
      ? /^\d[^+]*/.exec(declared.slice(name.length + 1))?.[0]
      : undefined;
  if (project !== undefined && pinned !== undefined) {
    return { manager: 'corepack', version: pinned, source: project.path, detail: String(declared) };
  }
  const home =
    host.env['COREPACK_HOME'] ??
    paths.join(host.env['XDG_CACHE_HOME'] ?? paths.join(host.home, '.cache'), 'node', 'corepack');
  const lastPath = paths.join(home, 'lastKnownGood.json');
  const last = context.readText(lastPath);
  const version = last.ok ? parseObject(last.value)?.[name] : undefined;
  if (typeof version === 'string') {
    return { manager: 'corepack', version: version.replace(/\+.*/, ''), source: lastPath };
  }
  const kept = context.readDir(paths.join(home, 'v1', name));
  const newest = kept.ok
    ? kept.value
        .map((entry) => entry.name)
        .sort(byNumbers)
        .at(-1)
    : undefined;
  return newest === undefined
    ? { manager: 'corepack', source: realPath, reason: `Corepack would download ${name} when it is first used` }
    : { manager: 'corepack', version: newest, source: paths.join(home, 'v1', name, newest) };
};

/** A JSON object, or undefined. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
