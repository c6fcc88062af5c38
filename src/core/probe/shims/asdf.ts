import type { ProbeContext } from '../context';
import { byNumbers } from './env-family';
import { findUp, nextOnPath, programIn, type ShimFollower } from './shim';

type PluginManager = 'asdf' | 'mise' | 'proto';

/** The files of a project that choose versions; the first of a folder counts. */
const VERSION_FILES: Readonly<Record<PluginManager, readonly string[]>> = {
  asdf: ['.tool-versions'],
  mise: ['mise.local.toml', 'mise.toml', '.mise.toml', '.tool-versions'],
  proto: ['.prototools'],
};

/** Where a plugin's installation may keep its programs. */
const PROGRAM_FOLDERS = ['bin', '.', 'go/bin', 'packages/bin', 'Contents/Home/bin', 'shims'] as const;

/**
 * Follows a shim of asdf, mise or proto: the plugins that have the program, the version that `.tool-versions` (or mise's
 * configuration, or `.prototools`) asks for in the folder, above it or at home, and the installation of it.
 */
export const followPluginManager: ShimFollower = ({ program, path }, context) => {
  const { paths } = context;
  const folder = paths.dirname(path);
  const where = /(?:^|\/)(\.?asdf|mise|rtx|\.proto)\/shims$/.exec(context.homes.usualPath(folder))?.[1];
  if (where === undefined) {
    return undefined;
  }
  const manager = where.includes('asdf') ? 'asdf' : where === '.proto' ? 'proto' : 'mise';
  const installs = paths.join(paths.dirname(folder), manager === 'proto' ? 'tools' : 'installs');
  const tried: string[] = [];
  for (const plugin of pluginsWith(program, installs, context)) {
    const chosen = chosenVersions(manager, plugin, context);
    for (const version of chosen?.versions ?? []) {
      const target =
        version === 'system'
          ? nextOnPath(context, program, folder)
          : version.startsWith('path:')
            ? programIn(context, paths.join(version.slice(5), 'bin'), program)
            : inInstallation(paths.join(installs, plugin), version, program, context);
      if (target !== undefined) {
        return { manager, leadsTo: target, source: chosen!.source, detail: `${plugin} ${version}` };
      }
      tried.push(`${plugin} ${version}`);
    }
  }
  const reason =
    tried.length === 0
      ? `${manager} has no version selected for ${program}`
      : `${manager} selects ${tried.join(', ')}, which is not installed`;
  return { manager, source: path, reason };
};

/** Plugins whose installations hold the program. */
function pluginsWith(program: string, installs: string, context: ProbeContext): readonly string[] {
  const { paths } = context;
  const plugins = context.readDir(installs);
  return (plugins.ok ? plugins.value : [])
    .map(({ name }) => name)
    .filter((plugin) => {
      const versions = context.readDir(paths.join(installs, plugin));
      return (
        versions.ok &&
        versions.value.some(({ name }) => inFolder(paths.join(installs, plugin, name), program, context) !== undefined)
      );
    });
}

function inFolder(folder: string, program: string, context: ProbeContext): string | undefined {
  for (const sub of PROGRAM_FOLDERS) {
    const path = programIn(context, context.paths.join(folder, sub), program);
    if (path !== undefined) {
      return path;
    }
  }
  return undefined;
}

function inInstallation(plugin: string, version: string, program: string, context: ProbeContext): string | undefined {
  const { paths } = context;
  const exact = inFolder(paths.join(plugin, version), program, context);
  if (exact !== undefined) {
    return exact;
  }
  const listed = context.readDir(plugin);
  const names = listed.ok ? listed.value.map(({ name }) => name) : [];
  const fits = names.filter((name) => version === 'latest' || name.startsWith(`${version}.`)).sort(byNumbers);
  const newest = fits.at(-1);
  return newest === undefined ? undefined : inFolder(paths.join(plugin, newest), program, context);
}

/** Names under which configuration files know a plugin. */
function aliases(plugin: string): readonly string[] {
  const pairs: Readonly<Record<string, string>> = { nodejs: 'node', node: 'nodejs', golang: 'go', go: 'golang' };
  const other = pairs[plugin];
  return other === undefined ? [plugin] : [plugin, other];
}

function chosenVersions(
  manager: PluginManager,
  plugin: string,
  context: ProbeContext,
): { readonly versions: readonly string[]; readonly source: string } | undefined {
  const { host, paths } = context;
  const variable = `${manager.toUpperCase()}_${plugin.toUpperCase().replace(/-/g, '_')}_VERSION`;
  const set = host.env[variable];
  if (set !== undefined && set !== '') {
    return { versions: set.split(/\s+/), source: `$${variable}` };
  }
  const home = [paths.join(host.home, manager === 'proto' ? '.prototools' : '.tool-versions')];
  if (manager === 'mise') {
    home.unshift(paths.join(host.env['XDG_CONFIG_HOME'] ?? paths.join(host.home, '.config'), 'mise', 'config.toml'));
  } else if (manager === 'proto') {
    home.push(paths.join(host.env['PROTO_HOME'] ?? paths.join(host.home, '.proto'), '.prototools'));
  }
  const local = findUp(context, VERSION_FILES[manager]);
  const files = [
    ...(local === undefined ? [] : [local]),
    ...home.flatMap((path) => {
      const text = context.readText(path);
      return text.ok ? [{ path, text: text.value }] : [];
    }),
  ];
  for (const { path, text } of files) {
    for (const name of aliases(plugin)) {
      const versions =
        manager === 'proto'
          ? protoTools(text, name)
          : path.endsWith('.toml')
            ? miseTools(text, name)
            : toolVersions(text, name);
      if (versions.length > 0) {
        return { versions, source: path };
      }
    }
  }
  return undefined;
}

function toolVersions(text: string, plugin: string): readonly string[] {
  for (const line of text.split('\n')) {
    const [name, ...versions] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (name === plugin) {
      return versions;
    }
  }
  return [];
}

/** `node = "20"`, `node = ["20", "22"]` or `node = { version = "20" }` below `[tools]`. */
function miseTools(text: string, name: string): readonly string[] {
  const section = /^\[tools\]\s*\n((?:(?!\[\w).*\n?)*)/m.exec(text)?.[1] ?? '';
  for (const line of section.split('\n')) {
    const [key, value] = splitOnce(line, '=');
    if (value !== undefined && key.trim().replace(/^["']|["']$/g, '') === name) {
      return [...value.matchAll(/["']([^"']+)["']/g)].map(([, version]) => version!);
    }
  }
  return [];
}

/** `node = "22"` before any table. A requirement (`~20.10`) is met by the newest that its numbers begin. */
function protoTools(text: string, name: string): readonly string[] {
  const top = text.split(/^\s*\[/m)[0]!;
  return top.split('\n').flatMap((line) => {
    const [key, value] = splitOnce(line, '=');
    const version = /["']([^"']+)["']/.exec(value ?? '')?.[1];
    return key.trim() === name && version !== undefined ? [version.replace(/^[~^=v\s]+/, '')] : [];
  });
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
