import type { Evidence } from '../model/evidence';
import type { Answer } from './answer';
import type { ProbeContext } from './context';
import type { Copy, ReadCopy } from './copy';
import { isIdle } from './shims';
import { fromAppBundle } from './sources/from-app-bundle';
import { fromAppleTools } from './sources/from-apple-tools';
import { executableOf, fromBinary } from './sources/from-binary';
import { fromCheckout } from './sources/from-checkout';
import { fromDatabase, ownerOf } from './sources/from-database';
import { fromEcosystem } from './sources/from-ecosystem';
import { fromFiles } from './sources/from-files';
import { fromLayout } from './sources/from-layout';
import { fromReceipt } from './sources/from-receipt';
import { fromFlatpak, fromUnpacked } from './sources/from-records';
import { fromRustToolchain } from './sources/from-rust-toolchain';

/**
 * Reads one copy from files alone. Sources are asked in this order until one knows the version: the place, the package
 * database, the tool's own files, the records of its ecosystem, the program's headers.
 */
export function readCopy(copy: Copy, context: ProbeContext): ReadCopy {
  const evidence: Evidence[] = [];
  const problems: ReadCopy['problems'][number][] = [];
  const { shim } = copy;
  if (shim !== undefined) {
    evidence.push({
      kind: shim.source.startsWith('$') ? 'environment' : 'file',
      source: shim.source,
      ...detailOf(shim),
    });
    if (isIdle(shim) || shim.isElsewhere === true) {
      const reason = shim.reason ?? `${copy.path} leads nowhere`;
      problems.push(
        shim.isElsewhere === true
          ? { status: 'skipped', code: 'shim-leads-elsewhere', reason }
          : { status: 'failed', code: 'shim-leads-nowhere', reason },
      );
      return { copy, manager: shim.manager, evidence, problems };
    }
  }
  const owner = ownerOf(copy, context);
  const executable = executableOf(copy, context);
  const sources: readonly (() => Answer)[] = [
    ...(isNamedByMaker(copy) ? [() => fromFiles(copy, context)] : []),
    () => fromLayout(copy, context),
    () => fromDatabase(copy, owner),
    () => fromRustToolchain(copy, context),
    () => fromFiles(copy, context),
    () => fromEcosystem(copy, context),
    () => fromAppBundle(copy, context),
    () => fromFlatpak(copy, context),
    () => fromUnpacked(copy, context),
    () => fromReceipt(copy, context),
    () => fromCheckout(copy, context),
    () => fromBinary(copy, executable, context),
    () => fromAppleTools(copy, context),
  ];
  let version: string | undefined;
  for (const source of sources) {
    const answer = source();
    if (answer.status === 'found') {
      version = answer.reading.version;
      evidence.push(answer.reading.evidence);
      break;
    }
    if (answer.status !== 'absent') {
      problems.push(answer);
    }
  }
  const manager = managerOf(copy, owner?.manager, context, evidence);
  if (owner !== undefined && owner.manager === manager && !evidence.some(({ source }) => source === owner.source)) {
    evidence.push({
      kind: 'package-database',
      source: owner.source,
      detail: `${owner.package} ${owner.packageVersion}`,
    });
  }
  const name = owner?.manager === manager ? owner.package : copy.layout?.package;
  return {
    copy,
    manager,
    evidence,
    problems,
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { package: name }),
    ...(executable?.architecture === undefined ? {} : { architecture: executable.architecture }),
  };
}

/** SDKMAN and Scoop name JDKs by what their makers count: GraalVM 22.3.5 is Java 17.0.10, as its own file says. */
function isNamedByMaker({ tool, layout }: Copy): boolean {
  return tool.versionScheme === 'jdk' && (layout?.manager === 'sdkman' || layout?.manager === 'scoop');
}

function detailOf({ detail }: { readonly detail?: string }): { readonly detail?: string } {
  return detail === undefined ? {} : { detail };
}

/** Managers whose own folders Debian and its like ship in packages, too. */
const IN_PACKAGES: ReadonlySet<string> = new Set(['npm', 'gem', 'android-sdk', 'composer']);

function managerOf(
  { shim, layout, subject }: Copy,
  owner: string | undefined,
  context: ProbeContext,
  evidence: readonly Evidence[],
): string {
  const { host } = context;
  if (shim !== undefined && shim.manager !== 'macos' && shim.manager !== 'wrapper') {
    return shim.manager;
  }
  if (owner !== undefined && (layout === undefined || IN_PACKAGES.has(layout.manager))) {
    return owner;
  }
  if (layout !== undefined) {
    return layout.manager;
  }
  const installer = evidence.map(({ source }) => pythonInstaller(source, context)).find((one) => one !== undefined);
  if (installer !== undefined) {
    return installer;
  }
  return host.os === 'darwin' && /^\/(?:usr\/)?(?:s?bin|libexec)\/|^\/System\//.test(subject) ? 'macos' : 'manual';
}

/** Who made a record of Python's: it says so in `INSTALLER` (PEP 376). */
function pythonInstaller(record: string, { paths, readText }: ProbeContext): string | undefined {
  if (!record.endsWith('.dist-info')) {
    return undefined;
  }
  const text = readText(paths.join(record, 'INSTALLER'));
  const name = text.ok ? text.value.trim() : '';
  return /^[a-z][a-z0-9-]{1,20}$/.test(name) ? name : 'pip';
}
