import { glob } from '../../host/glob';
import type { ProbeContext } from '../context';
import { byNumbers } from './env-family';
import { programIn, type ShimFollower } from './shim';

const COMMAND_LINE_TOOLS = '/Library/Developer/CommandLineTools';
const XCODE_DEVELOPER = '/Applications/Xcode.app/Contents/Developer';

/** Programs of /usr/bin on macOS that start the one of the selected developer folder (xcode-select(1)). */
const DEVELOPER_PROGRAMS: ReadonlySet<string> = new Set(
  (
    'ar as bison c++ c89 c99 cc clang clang++ clangd cpp ctags flex g++ gcc git git-shell gm4 gnumake ld lex lldb ' +
    'llvm-cov m4 make nm objdump otool pip3 python3 size strings strip svn swift swiftc xcodebuild xcrun yacc'
  ).split(' '),
);

/**
 * Follows what macOS keeps in /usr/bin: developer programs to Xcode or the command line tools, `java` and its like to
 * the newest JDK. Without a target these open a dialog when run, so they are never run.
 */
export const followMacos: ShimFollower = ({ program, path }, context) => {
  if (context.host.os !== 'darwin' || context.paths.dirname(path) !== '/usr/bin') {
    return undefined;
  }
  if (DEVELOPER_PROGRAMS.has(program)) {
    const selected = context.host.fs.readLink('/var/db/xcode_select_link');
    const folders = [...(selected.ok ? [selected.value] : []), XCODE_DEVELOPER, COMMAND_LINE_TOOLS];
    for (const folder of folders) {
      const target =
        programIn(context, `${folder}/usr/bin`, program) ??
        programIn(context, `${folder}/Toolchains/XcodeDefault.xctoolchain/usr/bin`, program);
      if (target !== undefined) {
        return { manager: 'macos', leadsTo: target, source: selected.ok ? '/var/db/xcode_select_link' : folder };
      }
    }
    const installed = folders.find((folder) => context.host.fs.stat(`${folder}/usr/bin`).ok);
    return {
      manager: 'macos',
      source: path,
      reason:
        installed === undefined
          ? 'neither Xcode nor the command line tools are installed'
          : `${installed} has no ${program}`,
    };
  }
  return /^java[a-z]*$|^j(?:ar|shell|link|deps)$|^keytool$/.test(program)
    ? followJava(program, path, context)
    : undefined;
};

function followJava(program: string, path: string, context: ProbeContext): ReturnType<ShimFollower> {
  const home = context.host.env['JAVA_HOME'];
  const homes = [
    ...(home === undefined ? [] : [home]),
    ...[...glob(context.host, '/Library/Java/JavaVirtualMachines/*/Contents/Home')].slice().sort(byNumbers).reverse(),
  ];
  for (const folder of homes) {
    const target = programIn(context, `${folder}/bin`, program);
    if (target !== undefined) {
      return { manager: 'macos', leadsTo: target, source: folder === home ? '$JAVA_HOME' : folder };
    }
  }
  return { manager: 'macos', source: path, reason: 'no Java is installed' };
}

/** Follows a shim of Scoop, or of GHCup on Windows, which has the same: `<name>.shim` beside it names the program. */
export const followScoop: ShimFollower = ({ program, path }, context) => {
  const { paths } = context;
  const folder = paths.dirname(path);
  const manager = /\/(?:(scoop)\/shims|(ghcup)\/bin)$/i
    .exec(paths.slashed(folder))
    ?.slice(1)
    .find((name) => name !== undefined)
    ?.toLowerCase();
  if (manager === undefined || context.host.os !== 'windows') {
    return undefined;
  }
  const source = paths.join(folder, `${program}.shim`);
  const text = context.readText(source);
  const target = text.ok ? /^path\s*=\s*"?([^"\r\n]+)"?/m.exec(text.value)?.[1]?.trim() : undefined;
  if (target === undefined) {
    return undefined;
  }
  return context.host.fs.stat(target).ok
    ? { manager, leadsTo: target, source }
    : { manager, source, reason: `the shim leads to ${target}, which is not there` };
};

/** Follows a Chocolatey shim to the program of the same name inside `lib`. */
export const followChocolatey: ShimFollower = ({ program, path }, context) => {
  const { paths, host } = context;
  const folder = paths.dirname(path);
  if (!/\/chocolatey\/bin$/i.test(paths.slashed(folder)) || program === 'choco') {
    return undefined;
  }
  const lib = paths.join(paths.dirname(folder), 'lib');
  for (const pattern of [
    `*\\tools\\${program}.exe`,
    `*\\tools\\*\\${program}.exe`,
    `*\\tools\\*\\bin\\${program}.exe`,
    `*\\tools\\*\\*\\bin\\${program}.exe`,
  ]) {
    const target = glob(host, paths.join(lib, pattern)).at(-1);
    if (target !== undefined) {
      return { manager: 'chocolatey', leadsTo: target, source: lib };
    }
  }
  return undefined;
};

/** What `apps.<name>.command` of a snap's snap.yaml starts. */
function snapCommand(name: string, program: string, yaml: string, { host }: ProbeContext): string | undefined {
  const apps = /^apps:[ \t]*\n((?:[ \t]+.*\n?|\n)*)/m.exec(yaml)?.[1] ?? '';
  const app = program.startsWith(`${name}.`) ? program.slice(name.length + 1) : program;
  const lines = apps.split('\n');
  const at = lines.findIndex((line) => line.trim() === `${app}:`);
  const rest = at < 0 ? [] : lines.slice(at + 1);
  const end = rest.findIndex((line) => /^ {0,2}\S/.test(line));
  const block = end < 0 ? rest : rest.slice(0, end);
  const command = block
    .map((line) => /^\s+command:\s*['"]?([^'"]+)/.exec(line)?.[1])
    .find((found) => found !== undefined);
  // What stands before another program of the snap prepares for it: `electron-launch $SNAP/usr/share/code/bin/code`.
  const [first, ...others] = command?.trim().split(/\s+/) ?? [];
  return [...others.filter((word) => word.startsWith('$SNAP/')), first]
    .filter((word) => word !== undefined && !word.includes('..'))
    .map((word) => `/snap/${name}/current/${word!.replace(/^\$SNAP\//, '')}`)
    .find((path) => {
      const stat = host.fs.stat(path);
      return stat.ok && stat.value.kind === 'file';
    });
}

/** Follows a program of a snap to its revision that is current. */
export const followSnap: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths } = context;
  if (!/\/snap\/bin\/[^/]+$/.test(path) && realPath !== '/usr/bin/snap') {
    return undefined;
  }
  const name = paths.basename(path).replace(/\..*/, '');
  if (name === 'snap') {
    return undefined;
  }
  const source = `/snap/${name}/current/meta/snap.yaml`;
  const text = context.readText(source);
  const version = text.ok ? /^version:\s*['"]?([^'"\s]+)/m.exec(text.value)?.[1] : undefined;
  const target =
    programIn(context, `/snap/${name}/current/bin`, program) ??
    programIn(context, `/snap/${name}/current/usr/bin`, program) ??
    snapCommand(name, program, text.ok ? text.value : '', context);
  return {
    manager: 'snap',
    source,
    ...(target === undefined ? {} : { leadsTo: target }),
    ...(version === undefined ? {} : { version: version.replace(/^v/, '') }),
    ...(target === undefined && version === undefined ? { reason: `the snap ${name} is not mounted` } : {}),
  };
};

/** Follows a trampoline of `pixi global`: the environment that exposes the program, of its own name at best. */
export const followPixi: ShimFollower = ({ program, path }, context) => {
  const { paths, host } = context;
  const root = paths.dirname(paths.dirname(path));
  if (!/\/\.pixi\/bin$/.test(paths.slashed(paths.dirname(path))) || program === 'pixi') {
    return undefined;
  }
  const environments = [paths.join(root, 'envs', program), ...glob(host, paths.join(root, 'envs', '*'))];
  for (const environment of environments) {
    const target = programIn(context, paths.join(environment, 'bin'), program);
    if (target !== undefined) {
      return { manager: 'pixi', leadsTo: target, source: environment };
    }
  }
  return { manager: 'pixi', source: path, reason: `no environment of pixi has ${program}` };
};

/** Follows Debian's PostgreSQL wrapper (pg_wrapper(1)) to the newest server or client version. */
export const followPgWrapper: ShimFollower = ({ program, realPath }, context) => {
  if (realPath !== '/usr/share/postgresql-common/pg_wrapper') {
    return undefined;
  }
  const folder = '/usr/lib/postgresql';
  const listed = context.readDir(folder);
  const versions = (listed.ok ? listed.value.map(({ name }) => name) : []).sort(byNumbers).reverse();
  for (const version of versions) {
    const target = programIn(context, `${folder}/${version}/bin`, program);
    if (target !== undefined) {
      return { manager: 'dpkg', leadsTo: target, source: folder };
    }
  }
  return { manager: 'dpkg', source: folder, reason: `no PostgreSQL version below ${folder} has ${program}` };
};

/**
 * Follows `python` of `%LOCALAPPDATA%\\Microsoft\\WindowsApps`: it starts the Python of the Microsoft Store, whose own
 * folder lies beside it, or, without one, offers to install it.
 */
export const followStorePython: ShimFollower = ({ program, path }, context) => {
  const { paths } = context;
  const folder = paths.dirname(path);
  if (!/^python[\d.]*$/.test(program) || !/\/Microsoft\/WindowsApps$/i.test(paths.slashed(folder))) {
    return undefined;
  }
  const homes = [...glob(context.host, paths.join(folder, 'PythonSoftwareFoundation.Python.*'))].sort(byNumbers);
  const number = /\d+\.\d+/.exec(program)?.[0];
  const home = homes.filter((name) => number === undefined || name.includes(`.Python.${number}_`)).at(-1);
  const version = /\.Python\.(\d+\.\d+)_/.exec(home ?? '')?.[1];
  return home === undefined || version === undefined
    ? {
        manager: 'microsoft-store',
        source: path,
        reason: `${path} only offers to install Python from the Microsoft Store`,
      }
    : { manager: 'microsoft-store', version, source: home };
};

/**
 * Follows the launcher of Windows, `py`: the version that `PY_PYTHON` or py.ini asks for, or the newest that python.org's
 * installers put for the user or for everybody (PEP 397).
 */
export const followPyLauncher: ShimFollower = ({ program, path }, context) => {
  const { host, paths } = context;
  if (host.os !== 'windows' || program !== 'py') {
    return undefined;
  }
  const settings = [host.env['LOCALAPPDATA'], paths.dirname(path)]
    .filter((folder) => folder !== undefined)
    .map((folder) => ({ source: paths.join(folder, 'py.ini'), text: context.readText(paths.join(folder, 'py.ini')) }))
    .find(({ text }) => text.ok && /^\s*python\s*=/m.test(text.value));
  const set = host.env['PY_PYTHON'];
  const asked =
    set ?? (settings?.text.ok === true ? /^\s*python\s*=\s*(\S+)/m.exec(settings.text.value)?.[1] : undefined);
  const digits = /^\d+(?:\.\d+)?/.exec(asked ?? '')?.[0].replace('.', '') ?? '';
  const homes = ['%LOCALAPPDATA%\\Programs\\Python\\Python*', '%ProgramFiles%\\Python*', 'C:\\Python*']
    .flatMap((place) => glob(host, place))
    .filter((home) => paths.basename(home).toLowerCase().startsWith(`python${digits}`))
    .sort((one, other) => byNumbers(paths.basename(one), paths.basename(other)));
  const source = set !== undefined ? '$PY_PYTHON' : (settings?.source ?? path);
  const target = homes.flatMap((home) => programIn(context, home, 'python') ?? []).at(-1);
  return target === undefined
    ? {
        manager: 'py-launcher',
        source,
        reason: `the launcher ${path} finds no Python${asked === undefined ? '' : ` ${asked}`}`,
      }
    : { manager: 'py-launcher', leadsTo: target, source };
};
