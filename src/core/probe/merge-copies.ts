import type { ProbeContext } from './context';
import type { Copy, ReadCopy } from './copy';
import { programRank } from './find-copies';

/**
 * Makes one copy of the programs of one installation: those of one tool that lie in one folder and do not contradict
 * each other in version or owner (`java` and `javac` of a JDK, `psql` and `pg_dump`, `perl` and `perl5.36.0`).
 */
export function mergeCopies(copies: readonly ReadCopy[], context: ProbeContext): readonly ReadCopy[] {
  const groups = new Map<string, ReadCopy[]>();
  for (const read of copies) {
    const folder = installationKey(read.copy, context);
    const group = groups.get(folder) ?? [];
    groups.set(folder, group);
    const at = group.findIndex((other) => belongTogether(read, other));
    if (at < 0) {
      group.push(read);
    } else {
      group[at] = unite(group[at]!, read);
    }
  }
  return [...groups.values()].flat();
}

/** Equal for copies of one tool that may be one installation: they lie in one folder. */
export function installationKey({ tool, subject, shim, path }: Copy, { paths }: ProbeContext): string {
  const isBundled = (tool.places.darwin ?? []).some((one) => one.endsWith('.app'));
  const place = (isBundled ? bundleOf(subject) : undefined) ?? sdksOf(subject) ?? paths.dirname(subject);
  return `${tool.id}\0${shim === undefined ? '' : paths.dirname(path)}\0${place}`;
}

/** The application of macOS that a path is or lies in; `code` on PATH is a part of Visual Studio Code.app. */
function bundleOf(path: string): string | undefined {
  return /^.*?\.app(?=\/|$)/.exec(path)?.[0];
}

/** The folder of .NET that an SDK is a part of: `dotnet/sdk/8.0.404/dotnet.dll`, which `dotnet/dotnet` starts. */
function sdksOf(path: string): string | undefined {
  return /^(.*)[\\/]sdk[\\/]\d[^\\/]*[\\/]dotnet\.dll$/.exec(path)?.[1];
}

function belongTogether(one: ReadCopy, other: ReadCopy): boolean {
  const isBundle = one.copy.subject.endsWith('.app') || other.copy.subject.endsWith('.app');
  if (one.manager !== other.manager && !isBundle) {
    return false;
  }
  if (isBundle) {
    return one.version === undefined || other.version === undefined || one.version === other.version;
  }
  if (one.version !== undefined && other.version !== undefined) {
    return one.version === other.version;
  }
  // A name with a version (`python3.12`) stands for that version only.
  const open = [one, other].filter(({ version }) => version === undefined);
  return open.every(({ copy }) => isPlainName(copy)) && one.package === other.package;
}

/** A name of the catalog, without a version at its end. */
export function isPlainName(copy: Copy): boolean {
  return programRank(copy) < copy.tool.programs.length;
}

/** The better name stands for both; what either knows is kept. */
function unite(one: ReadCopy, other: ReadCopy): ReadCopy {
  const [best, rest] = isBetter(other.copy, one.copy) ? [other, one] : [one, other];
  const teller = best.version === undefined ? rest : best;
  return {
    ...best,
    ...(teller.version === undefined ? {} : { version: teller.version, evidence: teller.evidence }),
    copy: { ...best.copy, names: [...best.copy.names, ...rest.copy.names] },
  };
}

function isBetter(one: Copy, other: Copy): boolean {
  const isOnPath = (copy: Copy) => copy.index >= 0;
  if (isOnPath(one) !== isOnPath(other)) {
    return isOnPath(one);
  }
  const ranks = programRank(one) - programRank(other) || one.index - other.index;
  return ranks === 0 ? one.path < other.path : ranks < 0;
}
