import type { Installation, OperatingSystem } from '../model/snapshot';
import type { Copy, ReadCopy } from './copy';
import { programsOf } from './path-scan';

/**
 * Tells which copy of each tool a shell would start and what it hides, and gives the installations in their order: by
 * tool, then as on PATH, those off PATH last.
 */
export function rankCopies(copies: readonly ReadCopy[], os: OperatingSystem): readonly Installation[] {
  const byTool = new Map<string, ReadCopy[]>();
  for (const read of copies) {
    const group = byTool.get(read.copy.tool.id);
    if (group === undefined) {
      byTool.set(read.copy.tool.id, [read]);
    } else {
      group.push(read);
    }
  }
  return [...byTool.keys()].sort().flatMap((id) => rankTool(byTool.get(id)!, os));
}

function rankTool(copies: readonly ReadCopy[], os: OperatingSystem): readonly Installation[] {
  const first = new Map<string, { readonly index: number; readonly path: string; readonly copy: Copy }>();
  for (const { copy } of copies) {
    for (const { name, index, path } of copy.names) {
      const known = first.get(name);
      if (index >= 0 && (known === undefined || index < known.index)) {
        first.set(name, { index, path, copy });
      }
    }
  }
  const winner = winnerOf(first, copies[0]!.copy, os);
  return [...copies].sort(inPathOrder).map((read) => toInstallation(read, winner, first));
}

/** The copy that a shell starts: the one behind the tool's first name that PATH has. */
function winnerOf(
  first: ReadonlyMap<string, { readonly index: number; readonly copy: Copy }>,
  { tool }: Copy,
  os: OperatingSystem,
): Copy | undefined {
  const plain = programsOf(tool, os).find((name) => first.has(name));
  return (plain === undefined ? [...first.values()].sort((a, b) => a.index - b.index)[0] : first.get(plain))?.copy;
}

/**
 * Which copy of each tool is started where PATH has other folders.
 *
 * @param copies those of one tool
 * @param place the position of the folder of a program on that PATH; undefined where it is not on it
 */
export function winnerOn(
  copies: readonly ReadCopy[],
  os: OperatingSystem,
  place: (path: string) => number | undefined,
): ReadCopy | undefined {
  const first = new Map<string, { readonly index: number; readonly copy: Copy }>();
  for (const { copy } of copies) {
    for (const { name, path } of copy.names) {
      const index = place(path);
      const known = first.get(name);
      if (index !== undefined && (known === undefined || index < known.index)) {
        first.set(name, { index, copy });
      }
    }
  }
  const winner = copies[0] === undefined ? undefined : winnerOf(first, copies[0].copy, os);
  return copies.find(({ copy }) => copy === winner);
}

function inPathOrder({ copy: one }: ReadCopy, { copy: other }: ReadCopy): number {
  const place = (copy: Copy) => (copy.index < 0 ? Number.MAX_SAFE_INTEGER : copy.index);
  return place(one) - place(other) || (one.path < other.path ? -1 : 1);
}

function toInstallation(
  { copy, version, manager, package: name, architecture, evidence }: ReadCopy,
  winner: Copy | undefined,
  first: ReadonlyMap<string, { readonly path: string; readonly copy: Copy }>,
): Installation {
  const active = copy === winner;
  const onPath = copy.index >= 0;
  // By the name that it is shown under: a JDK's `java` is hidden, though nothing may hide its `javac`.
  const starts = onPath && !active ? first.get(copy.program) : undefined;
  const shadowedBy = starts?.copy === copy ? undefined : starts?.path;
  return {
    tool: copy.tool.id,
    ...(version === undefined ? {} : { version }),
    path: copy.path,
    realPath: copy.realPath,
    manager,
    ...(name === undefined ? {} : { package: name }),
    active,
    onPath,
    ...(shadowedBy === undefined ? {} : { shadowedBy }),
    ...(copy.shim?.leadsTo === undefined ? {} : { leadsTo: copy.shim.leadsTo }),
    ...(architecture === undefined ? {} : { architecture }),
    evidence,
  };
}
