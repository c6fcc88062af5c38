import type { ProbeContext } from '../context';
import { findUp, programIn, type ShimFollower } from './shim';

/** Programs for which rustup puts a proxy beside itself. */
const PROXIES: ReadonlySet<string> = new Set([
  'cargo',
  'cargo-clippy',
  'cargo-fmt',
  'cargo-miri',
  'clippy-driver',
  'rls',
  'rust-analyzer',
  'rust-gdb',
  'rust-gdbgui',
  'rust-lldb',
  'rustc',
  'rustdoc',
  'rustfmt',
]);

/**
 * Follows a rustup proxy to the toolchain that is chosen here: `RUSTUP_TOOLCHAIN`, an override for the folder,
 * `rust-toolchain.toml` or `rust-toolchain` above it, the default (the rustup book, "Overrides").
 */
export const followRustup: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  const folder = paths.dirname(path);
  if (
    !PROXIES.has(program) ||
    (!/(?:^|[\\/])rustup(?:-init)?(?:\.exe)?$/.test(realPath) && !hasRustup(context, folder))
  ) {
    return undefined;
  }
  const home = host.env['RUSTUP_HOME'] ?? paths.join(host.home, '.rustup');
  const settingsPath = paths.join(home, 'settings.toml');
  const settings = context.readText(settingsPath);
  const toolchains = context.readDir(paths.join(home, 'toolchains'));
  if (!settings.ok || !toolchains.ok) {
    return hasRustup(context, folder)
      ? { manager: 'rustup', source: settingsPath, reason: `rustup has no toolchain (${settingsPath} cannot be read)` }
      : undefined;
  }
  const chosen = chooseToolchain(settings.value, settingsPath, context);
  if (chosen === undefined) {
    return { manager: 'rustup', source: settingsPath, reason: 'rustup has no default toolchain' };
  }
  const names = toolchains.value.map(({ name }) => name);
  const name =
    names.find((known) => known === chosen.name) ?? names.find((known) => known.startsWith(`${chosen.name}-`));
  const target =
    name === undefined ? undefined : programIn(context, paths.join(home, 'toolchains', name, 'bin'), program);
  return target === undefined
    ? {
        manager: 'rustup',
        source: chosen.source,
        reason:
          name === undefined
            ? `rustup selects the toolchain ${chosen.name} (${chosen.source}), which is not installed`
            : `the rustup toolchain ${name} has no ${program}`,
      }
    : { manager: 'rustup', leadsTo: target, source: chosen.source, detail: chosen.name };
};

function hasRustup(context: ProbeContext, folder: string): boolean {
  return programIn(context, folder, 'rustup') !== undefined;
}

function chooseToolchain(
  settings: string,
  settingsPath: string,
  context: ProbeContext,
): { readonly name: string; readonly source: string } | undefined {
  const set = context.host.env['RUSTUP_TOOLCHAIN'];
  if (set !== undefined && set !== '') {
    return { name: set, source: '$RUSTUP_TOOLCHAIN' };
  }
  const override = folderOverride(settings, context);
  if (override !== undefined) {
    return { name: override, source: settingsPath };
  }
  const file = findUp(context, ['rust-toolchain', 'rust-toolchain.toml']);
  const channel =
    file === undefined ? undefined : (/^\s*channel\s*=\s*"([^"]+)"/m.exec(file.text)?.[1] ?? bareChannel(file.text));
  if (file !== undefined && channel !== undefined) {
    return { name: channel, source: file.path };
  }
  const standard = /^default_toolchain\s*=\s*"([^"]+)"/m.exec(settings)?.[1];
  return standard === undefined ? undefined : { name: standard, source: settingsPath };
}

/** The old form of `rust-toolchain`: nothing but a toolchain's name. */
function bareChannel(text: string): string | undefined {
  const line = text.trim();
  return /^[\w.-]+$/.test(line) ? line : undefined;
}

/** The longest folder of `[overrides]` that holds the probe's folder; Windows' begin with `\\\\?\\`. */
function folderOverride(settings: string, { folder, paths }: ProbeContext): string | undefined {
  const section = /^\[overrides\]\n((?:[^[].*\n?)*)/m.exec(settings)?.[1];
  if (folder === undefined || section === undefined) {
    return undefined;
  }
  const here = `${paths.key(folder)}${paths.separator}`;
  return [...section.matchAll(/^\s*["'](?:\\{2,4}\?\\{1,2})?(.+?)["']\s*=\s*"([^"]+)"/gm)]
    .filter(([, where]) => here.startsWith(`${paths.key(where!)}${paths.separator}`))
    .sort((one, other) => other[1]!.length - one[1]!.length)
    .map(([, , name]) => name!)[0];
}
