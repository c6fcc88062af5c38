import { type ReadAt, readTar, type TarEntry } from './tar';
import { newFolder, type TreeFolder, type TreeNode } from './tree-file-system';

const MAX_LINKS = 40;
/** Entries of all layers together; no image comes near. */
export const MAX_ENTRIES = 4_000_000;

/**
 * The file tree that an image's layers make, one on top of the other (OCI image specification, "Image Layer Filesystem
 * Changeset"): `.wh.NAME` takes a name of the layers below away, `.wh..wh..opq` everything in its folder.
 *
 * @param layers from the lowest to the highest
 * @returns the tree, and whether it was cut at {@link MAX_ENTRIES}
 */
export function stackLayers(layers: readonly ReadAt[]): { readonly root: TreeFolder; readonly isCut: boolean } {
  const root = newFolder();
  let left = MAX_ENTRIES;
  for (const readAt of layers) {
    /** What this layer itself put somewhere: its own whiteouts do not concern that. */
    const own = new Set<TreeNode>();
    for (const entry of readTar(readAt)) {
      if (--left < 0) {
        return { root, isCut: true };
      }
      apply(root, entry, readAt, own);
    }
  }
  return { root, isCut: false };
}

function apply(root: TreeFolder, entry: TarEntry, readAt: ReadAt, own: Set<TreeNode>): void {
  const names = entry.name.split('/').filter((name) => name !== '' && name !== '.');
  const name = names.pop();
  if (name === undefined || name === '..' || names.includes('..')) {
    return;
  }
  const folder = folderAt(root, names, name.startsWith('.wh.') ? 'find' : 'make');
  if (folder === undefined) {
    return;
  }
  if (name === '.wh..wh..opq') {
    for (const [key, { node }] of folder.children) {
      if (!own.has(node)) {
        folder.children.delete(key);
      }
    }
    return;
  }
  if (name.startsWith('.wh.')) {
    const hidden = folder.children.get(name.slice(4));
    if (hidden !== undefined && !own.has(hidden.node)) {
      folder.children.delete(name.slice(4));
    }
    return;
  }
  const known = folder.children.get(name)?.node;
  if (entry.kind === 'directory' && known?.kind === 'directory') {
    own.add(known);
    return;
  }
  const node = toNode(root, entry, readAt);
  if (node !== undefined) {
    folder.children.set(name, { name, node });
    own.add(node);
  }
}

function toNode(root: TreeFolder, entry: TarEntry, readAt: ReadAt): TreeNode | undefined {
  const { kind, mode, size, offset, modifiedAt } = entry;
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
      return last === undefined ? undefined : folderAt(root, names, 'find')?.children.get(last)?.node;
    }
    case 'file':
      return {
        kind: 'file',
        size,
        mode,
        modifiedAt,
        read: (from, limit) => ({
          ok: true,
          value: from >= size ? new Uint8Array(0) : readAt(offset + from, Math.min(limit, size - from)),
        }),
      };
  }
}

/**
 * The folder that names lead to; links on the way are followed inside the tree, as those do who unpack.
 *
 * @param missing `make` folders that are not there, or `find` nothing
 */
function folderAt(root: TreeFolder, names: readonly string[], missing: 'make' | 'find'): TreeFolder | undefined {
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
    const node = folder.children.get(name)?.node;
    if (node?.kind === 'directory') {
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
    } else if (missing === 'make') {
      const made = newFolder();
      folder.children.set(name, { name, node: made });
      folders.push(made);
    } else {
      return undefined;
    }
  }
  return folders.at(-1);
}
