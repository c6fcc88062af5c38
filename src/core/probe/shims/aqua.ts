import { glob } from '../../host/glob';
import type { ProbeContext } from '../context';
import { byNumbers } from './env-family';
import { findUp, type ShimFollower } from './shim';

const CONFIGURATIONS = ['aqua.yaml', 'aqua.yml', '.aqua.yaml', '.aqua.yml', 'aqua/aqua.yaml', 'aqua/aqua.yml'] as const;

/** Folders between `pkgs` and a program: type, host, owner, repository, version, archive, and what the archive holds. */
const DEPTHS = [3, 4, 5, 6, 7, 8, 9] as const;

/**
 * Follows a link of aqua, which leads to `aqua-proxy` whatever it is called: to what lies unpacked under that name in
 * `pkgs`, in the version that `aqua.yaml` of the folder or above it asks for, or that `AQUA_GLOBAL_CONFIG` does, else the
 * newest (aquaproj.github.io, "Configuration").
 */
export const followAqua: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  if (!/(?:^|[\\/])aqua-proxy(?:\.exe)?$/.test(realPath)) {
    return undefined;
  }
  const root = paths.dirname(paths.dirname(path));
  const file = host.os === 'windows' ? `${program}.exe` : program;
  const found = DEPTHS.flatMap((depth) => glob(host, paths.join(root, 'pkgs', ...Array(depth).fill('*'), file)))
    .filter((one) => isFile(one, context))
    .sort(byNumbers)
    .reverse();
  for (const { path: source, text } of configurations(context)) {
    const asked = found.find((one) => isAskedFor(paths.slashed(one), text));
    if (asked !== undefined) {
      return { manager: 'aqua', leadsTo: asked, source };
    }
  }
  const newest = found[0];
  return newest === undefined
    ? { manager: 'aqua', source: root, reason: `aqua would download ${program} when it is first used` }
    : { manager: 'aqua', leadsTo: newest, source: root };
};

function isFile(path: string, { host }: ProbeContext): boolean {
  const stat = host.fs.stat(path);
  return stat.ok && stat.value.kind === 'file';
}

function configurations(context: ProbeContext): readonly { readonly path: string; readonly text: string }[] {
  const { host, paths } = context;
  const own = findUp(context, CONFIGURATIONS);
  const others = (host.env['AQUA_GLOBAL_CONFIG'] ?? '').split(paths.delimiter).filter(paths.isAbsolute);
  return [
    ...(own === undefined ? [] : [own]),
    ...others.flatMap((path) => {
      const text = context.readText(path);
      return text.ok ? [{ path, text: text.value }] : [];
    }),
  ];
}

/** Whether a line such as `- name: cli/cli@v2.44.1` asks for what lies below `cli/cli/v2.44.1`. */
function isAskedFor(path: string, configuration: string): boolean {
  return [...configuration.matchAll(/\bname:\s*["']?([\w./-]+)@([\w.+-]+)/g)].some(([, name, version]) =>
    path.includes(`/${name}/${version}/`),
  );
}
