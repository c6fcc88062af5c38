import { packageNames } from '../../catalog/package-names';
import { glob } from '../../host/glob';
import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { asObject, readObject } from '../packages/package-source';
import { byNumbers } from '../shims/env-family';
import { readHead } from './node-package';

const DISTRIBUTION = /^(.+?)-(\d[^-]*)(?:\.dist-info|\.egg-info|-.*\.egg-info)$/;

/** Where a Python for macOS has its programs: of python.org, of Apple's tools. */
const FRAMEWORK = /\/Python3?\.framework\/Versions\/[\d.]+\/bin\/[^/]+$/;
/** Homebrew's Python has its framework beside its programs. */
const FRAMEWORKS = 'Frameworks/Python.framework/Versions/*';

/** `<name>-<version>.dist-info` of the Python environment that the script belongs to. */
export function fromPythonPackage(copy: Copy, context: ProbeContext): Answer {
  const { subject, tool, layout } = copy;
  const isPythonPlace =
    /^python(?:@|$)/.test(layout?.package ?? '') ||
    FRAMEWORK.test(subject) ||
    layout?.manager === 'pipx' ||
    layout?.manager === 'conda' ||
    isInVirtualenv(subject, context);
  const script = readPythonScript(subject, context);
  const names = [
    ...packageNames(tool, 'pip'),
    ...(isPythonPlace || script !== undefined ? [tool.id] : []),
    ...(isPythonPlace && script?.imports !== undefined ? [script.imports] : []),
  ].map(pythonName);
  if (names.length === 0) {
    return ABSENT;
  }
  const { paths } = context;
  const initials = new Set(names.map((name) => name.charAt(0)));
  const prefix = paths.dirname(paths.dirname(subject));
  const libraries = [prefix, ...frameworksOf(prefix, context)].flatMap((root) => [
    paths.join(root, 'Lib'),
    ...pythonFolders(root, pythonVersionOf(copy, script?.interpreter, context), context),
  ]);
  for (const library of libraries) {
    for (const packages of ['site-packages', 'dist-packages']) {
      const listed = context.readDir(paths.join(library, packages));
      const records = (listed.ok ? listed.value : []).flatMap((entry) => {
        // There may be thousands, and the first letter rules out nearly all.
        const parts = initials.has(entry.name.charAt(0).toLowerCase()) ? DISTRIBUTION.exec(entry.name) : null;
        return parts === null ? [] : [{ entry, name: pythonName(parts[1]!), version: parts[2]! }];
      });
      // `ansible` brings `ansible-core`, which is what its programs are of: names stand in the order of their say.
      const record = names.flatMap((name) => records.filter((one) => one.name === name))[0];
      if (record !== undefined) {
        return found(record.version, 'file', paths.join(library, packages, record.entry.name));
      }
    }
  }
  return layout?.manager === 'pipx' ? fromPipxMetadata(copy, prefix, context) : ABSENT;
}

/** What pipx itself noted of an environment: its package, those that were injected, and the programs of each. */
function fromPipxMetadata({ subject }: Copy, folder: string, context: ProbeContext): Answer {
  const path = context.paths.join(folder, 'pipx_metadata.json');
  const metadata = readObject(context, path);
  const program = context.paths.basename(subject);
  const all = [metadata?.['main_package'], ...Object.values(asObject(metadata?.['injected_packages']) ?? {})];
  for (const one of all.map(asObject)) {
    const { apps, package: name, package_version: version } = one ?? {};
    if (Array.isArray(apps) && apps.includes(program) && typeof name === 'string' && typeof version === 'string') {
      return found(version, 'file', path, `${name} ${version}`);
    }
  }
  return ABSENT;
}

/** Which Python a program is of: `pip3.11`, `#!/usr/local/bin/python3.12`, `#!/usr/bin/python3` by what that leads to. */
function pythonVersionOf(
  { program }: Copy,
  interpreter: string | undefined,
  context: ProbeContext,
): string | undefined {
  const real = interpreter === undefined ? undefined : context.host.fs.realPath(interpreter);
  return [program, interpreter, real?.ok === true ? real.value : undefined]
    .map((name) => /(\d+\.\d+)$/.exec(name ?? '')?.[1])
    .find((version) => version !== undefined);
}

function frameworksOf(prefix: string, { host, paths }: ProbeContext): readonly string[] {
  return host.os === 'darwin' ? glob(host, paths.join(prefix, FRAMEWORKS)) : [];
}

/** Whether `pyvenv.cfg` lies above the folder of the program (PEP 405). */
function isInVirtualenv(path: string, { paths, host }: ProbeContext): boolean {
  const folder = paths.dirname(path);
  return (
    /^(?:bin|Scripts)$/i.test(paths.basename(folder)) &&
    host.fs.stat(paths.join(paths.dirname(folder), 'pyvenv.cfg')).ok
  );
}

const SCRIPT_HEAD = 2048;

/** A script of pip's making: its interpreter, and the package whose entry point it starts (`from pytest import main`). */
function readPythonScript(
  path: string,
  context: ProbeContext,
): { readonly interpreter: string; readonly imports?: string } | undefined {
  const head = readHead(path, context, SCRIPT_HEAD);
  const interpreter = /^#!\s*(\S*python[\d.]*)/.exec(head)?.[1];
  const imports = /^(?:from|import) (?!re\b|sys\b|os\b)(\w+)/m.exec(head)?.[1];
  return interpreter === undefined ? undefined : { interpreter, ...(imports === undefined ? {} : { imports }) };
}

/** `lib/python3.x` of a prefix: those of a version, else all, the newest first. */
function pythonFolders(prefix: string, wanted: string | undefined, context: ProbeContext): readonly string[] {
  const library = context.paths.join(prefix, 'lib');
  const listed = context.readDir(library);
  return (listed.ok ? listed.value : [])
    .map(({ name }) => name)
    .filter((name) => /^(?:python|pypy)\d/.test(name) && (wanted === undefined || name.endsWith(wanted)))
    .sort(byNumbers)
    .reverse()
    .map((name) => context.paths.join(library, name));
}

/** Names of Python packages are equal when case, `-`, `_` and `.` do not count (PEP 503). */
function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
