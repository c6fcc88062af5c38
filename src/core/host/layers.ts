import { type ReadAt, readTar, type TarEntry } from './tar';
import { readSparse } from './tar-sparse';
import { newFolder, type TreeEntry, type TreeFolder, type TreeNode } from './tree-file-system';

const MAX_LINKS = 40;
/** Entries of all layers together, with the folders that they bring; no image comes near. */
export const MAX_ENTRIES = 4_000_000;

/** What came of stacking layers: the tree, or why there is none. */
export type Stacked =
  | { readonly outcome: 'whole'; readonly root: TreeFolder }
  | { readonly outcome: 'too-many' }
  /** The layer ends in the middle of an entry, or is no archive. */
  | { readonly outcome: 'cut'; readonly layer: number };

/**
 * The file tree that an image's layers make, one on top of the other (OCI image specification, "Image Layer Filesystem
 * Changeset"): `.wh.NAME` takes a name of the layers below away, `.wh..wh..opq` everything in its folder.
 *
 * @param layers from the lowest to the highest
 */
export function stackLayers(layers: readonly ReadAt[]): Stacked {
  const root = newFolder();
  const budget = { left: MAX_ENTRIES };
  for (const [layer, readAt] of layers.entries()) {
    const own: Own = { entries: new Set(), budget };
    const entries = readTar(readAt);
    let next = entries.next();
    for (; next.done !== true; next = entries.next()) {
      if (--budget.left < 0) {
        return { outcome: 'too-many' };
      }
      apply(root, next.value, readAt, own);
    }
    if (next.value === 'cut') {
      return { outcome: 'cut', layer };
    }
  }
  return { outcome: 'whole', root };
}

/**
 * The tree of an image of Windows, whose layers have the drive below `Files` and the registry beside it (hcsshim,
 * `internal/wclayer`): with the drive as `C:`, and names in which case does not count.
 */
export function windowsRoot(root: TreeFolder): TreeFolder {
  const drive = root.children.get('Files')?.node;
  const top = newFolder();
  const folded = newFolder();
  top.children.set('c:', { name: 'C:', node: folded });
  const pending = drive?.kind === 'directory' ? [{ from: drive, to: folded }] : [];
  // In the order of the layers: what a later one spells otherwise is laid over what is there.
  for (const { from, to } of pending) {
    for (const { name, node } of from.children.values()) {
      const key = name.toLowerCase();
      if (node.kind !== 'directory') {
        to.children.set(key, { name, node: withoutDevice(node) });
        continue;
      }
      const known = to.children.get(key)?.node;
      const folder = known?.kind === 'directory' ? known : newFolder(node.mode);
      if (folder !== known) {
        to.children.set(key, { name, node: folder });
      }
      pending.push({ from: node, to: folder });
    }
  }
  return top;
}

/** Links of Windows begin with the name of the device: `\\\\?\\C:\\x`, `\\??\\C:\\x`. */
function withoutDevice(node: TreeNode): TreeNode {
  return node.kind === 'link' ? { kind: 'link', target: node.target.replace(/^\\[\\?]\?\\(?=[A-Za-z]:)/, '') } : node;
}

interface Own {
  /** What the layer itself put somewhere: its own whiteouts do not concern that. A file may have a name of a layer below, too. */
  readonly entries: Set<TreeEntry>;
  /** Nodes that may still be made: a name of 8 KiB can ask for 4,000 folders. */
  readonly budget: { left: number };
}

function apply(root: TreeFolder, entry: TarEntry, readAt: ReadAt, own: Own): void {
  const names = entry.name.split('/').filter((name) => name !== '' && name !== '.');
  const name = names.pop();
  if (name === undefined || name === '..' || names.includes('..')) {
    return;
  }
  const folder = folderAt(root, names, name.startsWith('.wh.') ? undefined : own);
  if (folder === undefined) {
    return;
  }
  if (name === '.wh..wh..opq') {
    takeAwayBelow(folder, own.entries);
    return;
  }
  if (name.startsWith('.wh.')) {
    const hidden = folder.children.get(name.slice(4));
    if (hidden !== undefined) {
      takeAway(folder, name.slice(4), hidden, own.entries);
    }
    return;
  }
  const known = folder.children.get(name);
  if (entry.kind === 'directory' && known?.node.kind === 'directory') {
    known.node.mode = entry.mode;
    own.entries.add(known);
    return;
  }
  const node = toNode(root, entry, readAt);
  if (node !== undefined) {
    put(folder, name, node, own);
  }
}

function put(folder: TreeFolder, name: string, node: TreeNode, own: Own): void {
  const entry = { name, node };
  folder.children.set(name, entry);
  own.entries.add(entry);
}

/** Whiteouts may stand before or after what their layer puts there, and only concern the layers below. */
function takeAwayBelow(top: TreeFolder, own: ReadonlySet<TreeEntry>): void {
  const pending = [top];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const [key, entry] of folder.children) {
      if (!own.has(entry)) {
        folder.children.delete(key);
      } else if (entry.node.kind === 'directory') {
        pending.push(entry.node);
      }
    }
  }
}

function takeAway(folder: TreeFolder, key: string, entry: TreeEntry, own: ReadonlySet<TreeEntry>): void {
  if (!own.has(entry)) {
    folder.children.delete(key);
  } else if (entry.node.kind === 'directory') {
    takeAwayBelow(entry.node, own);
  }
}

function toNode(root: TreeFolder, entry: TarEntry, readAt: ReadAt): TreeNode | undefined {
  const { kind, mode, size, offset, modifiedAt, pieces } = entry;
  switch (kind) {
    case 'directory':
      return newFolder(mode);
    case 'link':
      return { kind: 'link', target: entry.target };
    case 'special':
      return { kind: 'special' };
    case 'hard-link': {
      const names = entry.target.split('/').filter((name) => name !== '' && name !== '.');
      const last = names.pop();
      const node = last === undefined ? undefined : folderAt(root, names)?.children.get(last)?.node;
      // Folders have no second name: one inside of itself would never end.
      return node?.kind === 'directory' ? undefined : node;
    }
    case 'file': {
      const read = (from: number, length: number) =>
        length <= 0
          ? new Uint8Array(0)
          : pieces === undefined
            ? readAt(offset + from, length)
            : readSparse(readAt, pieces, from, length);
      return {
        kind: 'file',
        size,
        mode,
        modifiedAt,
        read: (from, limit) => ({
          ok: true,
          value: read(from, Math.min(limit, size - from)),
        }),
      };
    }
  }
}

/**
 * The folder that names lead to; links on the way are followed inside the tree, as those do who unpack.
 *
 * @param own where folders that are not there are to be made
 */
function folderAt(root: TreeFolder, names: readonly string[], own?: Own): TreeFolder | undefined {
  const folders = [root];
  const pending = [...names].reverse();
  let links = 0;
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const folder = folders.at(-1)!;
    if (name === '..') {
      if (folders.length > 1) {
        folders.pop();
      }
      continue;
    }
    const entry = folder.children.get(name);
    const node = entry?.node;
    if (node?.kind === 'directory') {
      // What lies in it is the layer's, and stays whatever the layer says of the folder below.
      own?.entries.add(entry!);
      folders.push(node);
    } else if (node?.kind === 'link' && ++links <= MAX_LINKS) {
      if (node.target.startsWith('/')) {
        folders.length = 1;
      }
      pending.push(
        ...node.target
          .split('/')
          .filter((part) => part !== '' && part !== '.')
          .reverse(),
      );
    } else if (own !== undefined && --own.budget.left >= 0) {
      const made = newFolder();
      put(folder, name, made, own);
      folders.push(made);
    } else {
      return undefined;
    }
  }
  return folders.at(-1);
}
