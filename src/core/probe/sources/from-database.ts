import { packageNames } from '../../catalog/package-names';
import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { isPackageOf } from '../layout';
import type { OwnedBy, PackageDatabase } from '../package-database';
import { versionInPackage } from './version-text';

/** The system package that owns the program, where there is one. */
export function ownerOf(copy: Copy, context: ProbeContext): OwnedBy | undefined {
  if (!isSystemPlace(copy.subject)) {
    return undefined;
  }
  for (const database of context.databases()) {
    const owner = database.ownerOf([copy.subject, copy.realPath, copy.path], guesses(copy));
    if (owner !== undefined) {
      return isPackageOf(copy.tool, owner.package) ? owner : (ownerOfLink(copy, database) ?? owner);
    }
  }
  return undefined;
}

/** A tool's package may own no more than a link to what another one brings: graphviz's `dot` leads into its library. */
function ownerOfLink(copy: Copy, database: PackageDatabase): OwnedBy | undefined {
  const owner = copy.path === copy.subject ? undefined : database.ownerOf([copy.path], guesses(copy), 'guesses');
  return owner !== undefined && isPackageOf(copy.tool, owner.package) ? owner : undefined;
}

/** The version of the owning package, where that package is the tool. */
export function fromDatabase({ tool, layout }: Copy, owner: OwnedBy | undefined): Answer {
  if (owner === undefined || layout?.manager === 'npm' || layout?.manager === 'corepack') {
    return ABSENT;
  }
  // A package may bring what has a version of its own: `google-cloud-cli` a kubectl, `nodejs` an npm.
  if (!isPackageOf(tool, owner.package)) {
    return ABSENT;
  }
  const version = versionInPackage(tool, owner.upstreamVersion);
  return version === undefined
    ? ABSENT
    : found(version, 'package-database', owner.source, `${owner.package} ${owner.packageVersion}`);
}

/** Places where system package managers put programs. */
export function isSystemPlace(path: string): boolean {
  return /^\/(?:usr\/(?!local\/)|data\/data\/com\.termux\/files\/usr\/|s?bin\/|lib|opt\/|var\/lib\/)/.test(path);
}

/** Managers of the packages that a system's database knows. */
const SYSTEM_SOURCES = ['apt', 'dnf', 'apk', 'pacman'] as const;

/** Package names that are likely to own the program, so that one look is enough. */
function guesses({ tool, program, subject }: Copy): readonly string[] {
  const number = /\d+(?:\.\d+)?/.exec(subject)?.[0] ?? '';
  const base = subject.slice(subject.lastIndexOf('/') + 1).replace(/^[a-z0-9_]+-linux-gnu-/, '');
  const versionless = base.replace(/[-.]?\d[\d.]*$/, '');
  const names = [
    ...SYSTEM_SOURCES.flatMap((source) => packageNames(tool, source)),
    ...(tool.vendorPackages?.split(' ') ?? []),
    base,
    program,
    versionless,
    `${base}-minimal`,
    `${program}-bin`,
    `${program}-utils`,
    `${program}-client`,
    `${base}-common`,
    // Node.js brings the programs of its first packages with it.
    ...(subject.includes('/node_modules/') ? ['nodejs', 'node', 'npm'] : []),
  ];
  return names.map((name) => name.replace('#', number));
}
