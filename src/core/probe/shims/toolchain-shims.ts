import { glob } from '../../host/glob';
import type { ProbeContext } from '../context';
import { asObject, readObject } from '../packages/package-source';
import { byNumbers } from './env-family';
import { findUp, nextOnPath, programIn, type Shim, type ShimFollower } from './shim';

/**
 * Follows `julia` of juliaup to the version of its channel: `JULIAUP_CHANNEL`, an override for the folder, the default of
 * `juliaup.json` (JuliaLang/juliaup, `config_file.rs`).
 */
export const followJuliaup: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  const isLauncher = /(?:^|[\\/])julia(?:up)?launcher(?:\.exe)?$/.test(realPath);
  if (program !== 'julia' || !(isLauncher || programIn(context, paths.dirname(path), 'juliaup') !== undefined)) {
    return undefined;
  }
  const depot = host.env['JULIAUP_DEPOT_PATH'] ?? host.env['JULIA_DEPOT_PATH']?.split(paths.delimiter)[0];
  const home = paths.join(depot ?? paths.join(host.home, '.julia'), 'juliaup');
  const source = paths.join(home, 'juliaup.json');
  const config = readObject(context, source);
  const set = host.env['JULIAUP_CHANNEL'];
  const channel = set ?? juliaOverride(config?.['Overrides'], context) ?? config?.['Default'];
  const installed = asObject(asObject(config?.['InstalledChannels'])?.[String(channel)]);
  const known = asObject(asObject(config?.['InstalledVersions'])?.[String(installed?.['Version'])]);
  const place = known?.['Path'] ?? installed?.['Path'];
  const command = installed?.['Command'];
  const target =
    typeof place === 'string'
      ? programIn(context, paths.join(home, place.replace(/\//g, paths.separator), 'bin'), program)
      : typeof command === 'string' && host.fs.stat(command).ok
        ? command
        : undefined;
  return leading('juliaup', target, set === undefined ? source : '$JULIAUP_CHANNEL', String(channel), program);
};

function juliaOverride(overrides: unknown, { folder, paths }: ProbeContext): unknown {
  const here = folder === undefined ? '' : `${paths.key(folder)}${paths.separator}`;
  return (Array.isArray(overrides) ? overrides : [])
    .map(asObject)
    .filter((one) => typeof one?.['Path'] === 'string')
    .filter((one) => here.startsWith(`${paths.key(String(one?.['Path']))}${paths.separator}`))
    .sort((one, other) => String(other?.['Path']).length - String(one?.['Path']).length)[0]?.['Channel'];
}

/**
 * Follows a proxy of elan, which has rustup's ways: `ELAN_TOOLCHAIN`, an override for the folder, `lean-toolchain` above
 * it, the default (leanprover/elan). `leanprover/lean4:v4.6.0` lies in `leanprover--lean4---v4.6.0`.
 */
export const followElan: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  const isProxy = /(?:^|[\\/])elan(?:-init)?(?:\.exe)?$/.test(realPath);
  if (!/^l(?:ean|eanc|ake|eanmake|eanpkg|eanchecker)$/.test(program) || !(isProxy || besideIt('elan', path, context))) {
    return undefined;
  }
  const home = host.env['ELAN_HOME'] ?? paths.join(host.home, '.elan');
  const settingsPath = paths.join(home, 'settings.toml');
  const settings = context.readText(settingsPath);
  const text = settings.ok ? settings.value : '';
  const set = host.env['ELAN_TOOLCHAIN'];
  const file = findUp(context, ['lean-toolchain']);
  const chosen = set ?? file?.text.trim() ?? /^default_toolchain\s*=\s*"([^"]+)"/m.exec(text)?.[1] ?? '';
  const source = set !== undefined ? '$ELAN_TOOLCHAIN' : (file?.path ?? settingsPath);
  const folderName = chosen.replace(/\//g, '--').replace(/:/g, '---');
  const toolchains = paths.join(home, 'toolchains');
  const listed = context.readDir(toolchains);
  const names = (listed.ok ? listed.value.map(({ name }) => name) : []).sort(byNumbers).reverse();
  const name = names.find((one) => one === folderName) ?? names.find((one) => one.endsWith(`---${chosen}`));
  // `stable` is a link that elan resolves on the network; what it brought last is there.
  const kept = name ?? (/(?:^|:)stable$/.test(chosen) ? names.find((one) => /---v[\d.]+$/.test(one)) : undefined);
  const target =
    kept === undefined || chosen === '' ? undefined : programIn(context, paths.join(toolchains, kept, 'bin'), program);
  return leading('elan', target, source, chosen, program);
};

/** Follows a proxy of choosenim: `~/.choosenim/current` holds the folder of the chosen toolchain. */
export const followChoosenim: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  const folder = paths.dirname(path);
  if (!/^nim/.test(program) || paths.slashed(realPath).includes('/toolchains/')) {
    return undefined;
  }
  if (!/\/\.nimble\/bin$/.test(context.homes.usualPath(folder))) {
    return undefined;
  }
  const source = paths.join(host.env['CHOOSENIM_DIR'] ?? paths.join(host.home, '.choosenim'), 'current');
  const current = context.readText(source);
  const place = current.ok ? current.value.trim() : '';
  // Without it, Nim was put there by other means.
  const target = paths.isAbsolute(place) ? programIn(context, paths.join(place, 'bin'), program) : undefined;
  return target === undefined ? undefined : leading('choosenim', target, source, paths.basename(place), program);
};

/** Follows a proxy of Swiftly: `.swift-version` above the folder, or what `config.json` says is in use. */
export const followSwiftly: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  if (program === 'swiftly' || !/(?:^|\/)swiftly$/.test(realPath)) {
    return undefined;
  }
  const homes = [
    host.env['SWIFTLY_HOME_DIR'],
    paths.dirname(paths.dirname(path)),
    paths.join(host.home, '.swiftly'),
    paths.join(host.home, '.local/share/swiftly'),
  ].filter((home) => home !== undefined);
  const file = findUp(context, ['.swift-version']);
  const configs = homes.map((home) => paths.join(home, 'config.json'));
  const source = configs.find((one) => readObject(context, one) !== undefined) ?? configs[0]!;
  const used = readObject(context, source)?.['inUse'];
  const version = file?.text.trim() ?? (typeof used === 'string' ? used : '');
  const folders = [
    ...[host.env['SWIFTLY_TOOLCHAINS_DIR'], ...homes.map((home) => paths.join(home, 'toolchains'))].flatMap((place) =>
      place === undefined ? [] : [paths.join(place, version, 'usr/bin')],
    ),
    paths.join(host.home, `Library/Developer/Toolchains/swift-${version}-RELEASE.xctoolchain/usr/bin`),
  ];
  const target = version === '' ? undefined : firstWith(folders, program, context);
  return leading('swiftly', target, file?.path ?? source, version, program);
};

/**
 * Follows `python` of Rye: the project's version or the default of `config.toml` where it serves as everybody's Python,
 * else what PATH has behind it (rye.astral.sh, "Shims").
 */
export const followRye: ShimFollower = ({ program, path }, context) => {
  const { paths } = context;
  const folder = paths.dirname(path);
  if (program === 'rye' || !/\/\.rye\/shims$/.test(context.homes.usualPath(folder))) {
    return undefined;
  }
  const home = paths.dirname(folder);
  const source = paths.join(home, 'config.toml');
  const config = context.readText(source);
  const text = config.ok ? config.value : '';
  const file = findUp(context, ['.python-version']);
  const wanted = file?.text.trim() ?? /^\s*toolchain\s*=\s*"([^"]+)"/m.exec(text)?.[1];
  if (file === undefined && !/^\s*global-python\s*=\s*true\b/m.test(text)) {
    return leading('rye', nextOnPath(context, program, folder), source, 'system', program);
  }
  const version = wanted?.replace(/^(?!\w+@)/, 'cpython@') ?? '';
  const fitting = [...glob(context.host, paths.join(home, 'py', `${version}*`))].sort(byNumbers).reverse();
  const folders = fitting.flatMap((one) => [paths.join(one, 'bin'), one, paths.join(one, 'install', 'bin')]);
  const target = wanted === undefined ? undefined : firstWith(folders, program, context);
  return leading('rye', target, file?.path ?? source, wanted ?? 'no version', program);
};

/** Follows `nvim` of Bob: the version that its file `used` names. */
export const followBob: ShimFollower = ({ program, path }, context) => {
  const { paths } = context;
  const folder = paths.dirname(path);
  if (program !== 'nvim' || paths.basename(folder) !== 'nvim-bin') {
    return undefined;
  }
  const home = paths.dirname(folder);
  const source = paths.join(home, 'used');
  const used = context.readText(source);
  const version = used.ok ? used.value.trim() : '';
  const places = glob(context.host, paths.join(home, version, 'nvim-*', 'bin'));
  const folders = [paths.join(home, version, 'bin'), ...places];
  return leading('bob', version === '' ? undefined : firstWith(folders, program, context), source, version, program);
};

/** What tenv stands for, and where it keeps each: `~/.tenv/Terraform/1.7.4/terraform`. */
const OF_TENV: Readonly<Record<string, { readonly folder: string; readonly file: string }>> = {
  terraform: { folder: 'Terraform', file: '.terraform-version' },
  tofu: { folder: 'OpenTofu', file: '.opentofu-version' },
  terragrunt: { folder: 'Terragrunt', file: '.terragrunt-version' },
  atmos: { folder: 'Atmos', file: '.atmos-version' },
};

/** Follows a proxy of tenv: the variable, the version file of the folder or above it, what was chosen for everywhere. */
export const followTenv: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths, host } = context;
  const own = Object.hasOwn(OF_TENV, program) ? OF_TENV[program] : undefined;
  if (own === undefined || !(besideIt('tenv', path, context) || besideIt('tenv', realPath, context))) {
    return undefined;
  }
  const home = paths.join(host.env['TENV_ROOT'] ?? paths.join(host.home, '.tenv'), own.folder);
  const variable = `TFENV_${own.folder.toUpperCase()}_VERSION`;
  const set = host.env[variable];
  const file = findUp(context, [own.file]);
  const everywhere = context.readText(paths.join(home, 'version'));
  const version = (set ?? file?.text ?? (everywhere.ok ? everywhere.value : '')).trim();
  const source = set !== undefined ? `$${variable}` : (file?.path ?? paths.join(home, 'version'));
  const target = /^v?\d/.test(version)
    ? programIn(context, paths.join(home, version.replace(/^v/, '')), program)
    : newestIn(home, program, context);
  return leading('tenv', target, source, version === '' ? 'no version' : version, program);
};

function newestIn(home: string, program: string, context: ProbeContext): string | undefined {
  const folders = [...glob(context.host, context.paths.join(home, '*'))].sort(byNumbers).reverse();
  return firstWith(folders, program, context);
}

function firstWith(folders: readonly string[], program: string, context: ProbeContext): string | undefined {
  return folders.map((folder) => programIn(context, folder, program)).find((target) => target !== undefined);
}

/** Whether a manager lies in the folder of a path, as it does beside stand-ins that are copies of it. */
function besideIt(manager: string, path: string, context: ProbeContext): boolean {
  return programIn(context, context.paths.dirname(path), manager) !== undefined;
}

function leading(manager: string, target: string | undefined, source: string, detail: string, program: string): Shim {
  return target === undefined
    ? { manager, source, reason: `${manager} selects ${detail} (${source}), which has no ${program}` }
    : { manager, leadsTo: target, source, detail };
}
