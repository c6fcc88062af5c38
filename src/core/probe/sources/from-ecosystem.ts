import { packageNames } from '../../catalog/package-names';
import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { isPackageOf } from '../layout';
import { parseObject } from '../shims/node-shims';
import { silentFile } from './from-files';
import { fromPythonPackage } from './from-python-package';
import { fromComposer, fromRecords } from './from-records';
import { isNodePackageOf, nodePackageOf } from './node-package';
import { versionInPackage } from './version-text';

/** What the language's own package manager wrote down when it installed the program. */
export function fromEcosystem(copy: Copy, context: ProbeContext): Answer {
  let problem: Answer = ABSENT;
  for (const read of [
    fromNodePackage,
    fromPythonPackage,
    fromCargo,
    fromConda,
    fromChocolatey,
    fromRecords,
    fromComposer,
  ]) {
    const answer = read(copy, context);
    if (answer.status === 'found') {
      return answer;
    }
    problem = answer.status === 'failed' ? answer : problem;
  }
  return problem;
}

/** package.json of the npm package that the program is inside of, or that a stand-in starts. */
function fromNodePackage(copy: Copy, context: ProbeContext): Answer {
  const { subject, tool, program } = copy;
  const { paths } = context;
  const names = [...packageNames(tool, 'npm'), program];
  const beside =
    context.host.os === 'windows' ? names.map((name) => paths.join(paths.dirname(subject), 'node_modules', name)) : [];
  const known = nodePackageOf(copy, context);
  for (const folder of known === undefined ? beside : [known]) {
    const path = paths.join(folder, 'package.json');
    const text = context.readText(path);
    const manifest = text.ok ? parseObject(text.value) : undefined;
    const version = typeof manifest?.['version'] === 'string' ? versionInPackage(tool, manifest['version']) : undefined;
    const name = String(manifest?.['name']);
    if (version !== undefined && isNodePackageOf(tool, name)) {
      return found(version, 'file', path, `${String(manifest?.['name'])} ${version}`);
    }
    const silence = text.ok && manifest === undefined ? silentFile(path, text.value, context) : ABSENT;
    if (silence.status === 'failed') {
      return silence;
    }
  }
  return ABSENT;
}

/** `.crates2.json` beside the `bin` folder: `"ripgrep 14.1.0 (registry+…)": { "bins": ["rg"] }`. */
function fromCargo({ subject, program }: Copy, context: ProbeContext): Answer {
  const { paths } = context;
  const path = paths.join(paths.dirname(paths.dirname(subject)), '.crates2.json');
  const text = context.readText(path);
  const installs = text.ok ? parseObject(text.value)?.['installs'] : undefined;
  if (typeof installs !== 'object' || installs === null) {
    return ABSENT;
  }
  for (const [key, value] of Object.entries(installs as Readonly<Record<string, { bins?: unknown }>>)) {
    const bins: unknown = value?.bins;
    const [name, version] = key.split(' ');
    if (
      Array.isArray(bins) &&
      bins.some((bin) => bin === program || bin === `${program}.exe`) &&
      version !== undefined
    ) {
      return found(version, 'package-database', path, `${name} ${version}`);
    }
  }
  return ABSENT;
}

/** `conda-meta/<name>-<version>-<build>.json` of the environment that holds the program. */
function fromConda({ subject, tool }: Copy, context: ProbeContext): Answer {
  const { paths } = context;
  const folder = paths.dirname(subject);
  // On Windows programs lie in the environment itself, in `Scripts`, or in `Library\\bin`.
  const library = paths.dirname(folder);
  const isLibrary = paths.basename(library) === 'Library';
  for (const prefix of [library, folder, ...(isLibrary ? [paths.dirname(library)] : [])]) {
    const records = paths.join(prefix, 'conda-meta');
    const listed = context.readDir(records);
    for (const entry of listed.ok ? listed.value : []) {
      const parts = /^(.+)-([^-]+)-[^-]+\.json$/.exec(entry.name);
      // Compilers are named with what they make programs for: `gcc_impl_linux-64`.
      const name = parts?.[1]?.replace(/(?:_impl)?_(?:linux|osx|win)-\w+$/, '');
      if (parts !== null && isPackageOf(tool, name!)) {
        return found(parts[2]!, 'package-database', paths.join(records, entry.name));
      }
    }
  }
  return ABSENT;
}

/** `lib\<id>\<id>.nuspec`, which Chocolatey keeps beside what it unpacked (NuGet's manifest). */
function fromChocolatey({ subject, tool }: Copy, context: ProbeContext): Answer {
  const inside = /^(.*[\\/]chocolatey[\\/]lib[\\/]([^\\/]+))[\\/]/i.exec(subject);
  if (inside === null || !isPackageOf(tool, inside[2]!.replace(/\.(?:portable|install)$/, ''))) {
    return ABSENT;
  }
  const path = context.paths.join(inside[1]!, `${inside[2]}.nuspec`);
  const text = context.readText(path);
  const version = text.ok ? versionInPackage(tool, /<version>([^<]+)<\/version>/.exec(text.value)?.[1]) : undefined;
  return version === undefined ? ABSENT : found(version, 'package-database', path, `${inside[2]} ${version}`);
}
