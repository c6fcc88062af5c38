import type { DirectoryEntry, FileKind, FileStat, FsErrorCode, FsResult, HostFileSystem } from './host';
import type { PathRules } from './paths';

/** A file of a tree that is held in memory; content is fetched when it is read. */
interface TreeFile {
  readonly kind: 'file';
  readonly size: number;
  readonly mode: number;
  readonly modifiedAt: number;
  readonly read: (offset: number, limit: number) => FsResult<Uint8Array>;
}

interface TreeLink {
  readonly kind: 'link';
  readonly target: string;
}

/** A FIFO, socket or device (`special`), or what the recording was not allowed to see (`denied`). */
interface TreeOther {
  readonly kind: 'special' | 'denied';
}

export interface TreeFolder {
  readonly kind: 'directory';
  /** An image's later layers may change it. */
  mode: number;
  /** By name, folded where case does not count. */
  readonly children: Map<string, TreeEntry>;
}

/** A node under its name, in the spelling that it was given. */
export interface TreeEntry {
  readonly name: string;
  readonly node: TreeNode;
}

export type TreeNode = TreeFile | TreeLink | TreeOther | TreeFolder;

const MAX_LINKS = 40;

/** An empty folder that everybody may read. */
export function newFolder(mode = 0o755): TreeFolder {
  return { kind: 'directory', mode, children: new Map() };
}

/**
 * Puts a node into a tree, making the folders above it; what stood there is replaced.
 *
 * @param segments the path's names from the root
 * @param nameKey folds a name where case does not count
 */
export function insertNode(
  root: TreeFolder,
  segments: readonly string[],
  node: TreeNode,
  nameKey: (name: string) => string = (name) => name,
): void {
  let folder = root;
  for (const segment of segments.slice(0, -1)) {
    const next = folder.children.get(nameKey(segment))?.node;
    if (next?.kind === 'directory') {
      folder = next;
    } else {
      const made = newFolder();
      folder.children.set(nameKey(segment), { name: segment, node: made });
      folder = made;
    }
  }
  const last = segments.at(-1);
  if (last !== undefined) {
    folder.children.set(nameKey(last), { name: last, node });
  }
}

type Resolved = { readonly ok: true; readonly node: TreeNode; readonly path: string } | FailedLookup;
interface FailedLookup {
  readonly ok: false;
  readonly code: FsErrorCode;
}

/**
 * A read-only file system over a tree. Links are resolved inside the tree, absolute ones from its root: nothing leads
 * out of it.
 */
export function treeFileSystem(root: TreeFolder, paths: PathRules, foldCase: boolean): HostFileSystem {
  const fold = (name: string) => (foldCase ? name.toLowerCase() : name);

  function lookUp(path: string, followLast: boolean): Resolved {
    let links = 0;
    const pending = splitPath(path, paths).reverse();
    const walked: string[] = [];
    const folders: TreeFolder[] = [root];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '..') {
        if (folders.length > 1) {
          folders.pop();
          walked.pop();
        }
        continue;
      }
      const entry = folders.at(-1)!.children.get(fold(name));
      if (entry === undefined) {
        return { ok: false, code: 'not-found' };
      }
      const { node, name: spelled } = entry;
      if (node.kind === 'link' && (pending.length > 0 || followLast)) {
        if (++links > MAX_LINKS) {
          return { ok: false, code: 'loop' };
        }
        if (paths.isAbsolute(node.target)) {
          folders.length = 1;
          walked.length = 0;
        }
        pending.push(...splitPath(node.target, paths).reverse());
      } else if (pending.length === 0) {
        return { ok: true, node, path: assemble([...walked, spelled], paths) };
      } else if (node.kind === 'directory') {
        folders.push(node);
        walked.push(spelled);
      } else {
        return { ok: false, code: node.kind === 'denied' ? 'denied' : 'not-a-directory' };
      }
    }
    return { ok: true, node: folders.at(-1)!, path: assemble(walked, paths) };
  }

  const statOf = (path: string, follow: boolean): FsResult<FileStat> => {
    const found = lookUp(path, follow);
    return found.ok ? { ok: true, value: statNode(found.node) } : found;
  };

  return {
    readDir(path) {
      const found = lookUp(path, true);
      if (!found.ok) {
        return found;
      }
      if (found.node.kind !== 'directory') {
        return { ok: false, code: found.node.kind === 'denied' ? 'denied' : 'not-a-directory' };
      }
      return {
        ok: true,
        value: [...found.node.children.values()].map(
          ({ name, node }): DirectoryEntry => ({ name, kind: kindOf(node) }),
        ),
      };
    },
    readFile(path, limit, offset = 0) {
      const found = lookUp(path, true);
      if (!found.ok) {
        return found;
      }
      switch (found.node.kind) {
        case 'file':
          return found.node.read(offset, limit);
        case 'directory':
          return { ok: false, code: 'is-a-directory' };
        case 'denied':
          return { ok: false, code: 'denied' };
        default:
          return { ok: false, code: 'special' };
      }
    },
    stat: (path) => statOf(path, true),
    lstat: (path) => statOf(path, false),
    readLink(path) {
      const found = lookUp(path, false);
      if (!found.ok) {
        return found;
      }
      return found.node.kind === 'link' ? { ok: true, value: found.node.target } : { ok: false, code: 'io' };
    },
    realPath(path) {
      const found = lookUp(path, true);
      return found.ok ? { ok: true, value: found.path } : found;
    },
  };
}

function kindOf(node: TreeNode): FileKind {
  return node.kind === 'denied' ? 'file' : node.kind;
}

function statNode(node: TreeNode): FileStat {
  switch (node.kind) {
    case 'file':
      return { kind: 'file', size: node.size, modifiedAt: node.modifiedAt, mode: node.mode };
    case 'directory':
      return { kind: 'directory', size: 0, modifiedAt: 0, mode: node.mode };
    case 'link':
      return { kind: 'link', size: node.target.length, modifiedAt: 0, mode: 0o777 };
    case 'denied':
      return { kind: 'file', size: 0, modifiedAt: 0, mode: 0 };
    case 'special':
      return { kind: 'special', size: 0, modifiedAt: 0, mode: 0o600 };
  }
}

/** The names of a path from the root; on Windows the drive is the first. */
export function splitPath(path: string, paths: PathRules): string[] {
  return paths
    .slashed(path)
    .split('/')
    .filter((name) => name !== '' && name !== '.');
}

function assemble(names: readonly string[], paths: PathRules): string {
  const joined = names.join(paths.separator);
  if (paths.separator === '/') {
    return `/${joined}`;
  }
  return names.length === 1 ? `${joined}\\` : joined;
}
