/*
 * One shape for what JSON, YAML and TOML hold, with the place of every value. YAML aliases make it a graph, never a
 * larger tree: readers that walk it look at named keys only.
 */

interface DocScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, where it is no string: `3.10`. */
  readonly raw: string;
  readonly offset: number;
  readonly end: number;
}

export interface DocEntry {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: DocNode;
}

export interface DocMap {
  readonly kind: 'map';
  readonly entries: readonly DocEntry[];
  readonly offset: number;
  readonly end: number;
}

export interface DocList {
  readonly kind: 'list';
  /** GitLab's `!reference [job, key]`: what stands elsewhere in the pipeline. */
  readonly isReference?: true;
  readonly items: readonly DocNode[];
  readonly offset: number;
  readonly end: number;
}

export type DocNode = DocScalar | DocMap | DocList;

/** Why a document could not be read, and where. */
interface DocError {
  readonly reason: string;
  readonly offset: number;
}

/** `root` may be there beside errors: what a tolerant parser could still read. */
export interface ParsedDocument {
  readonly root?: DocNode;
  readonly errors: readonly DocError[];
}

/** The same document with every place so many characters further on. */
export function movedBy(distance: number, root: DocNode): DocNode {
  const moved = new Map<DocNode, DocNode>();
  const move = (node: DocNode): DocNode => {
    const known = moved.get(node);
    if (known !== undefined) {
      return known;
    }
    const place = { offset: node.offset + distance, end: node.end + distance };
    const made: DocNode =
      node.kind === 'scalar'
        ? { ...node, ...place }
        : node.kind === 'list'
          ? { ...node, ...place, items: node.items.map(move) }
          : {
              ...node,
              ...place,
              entries: node.entries.map(({ key, keyOffset, value }) => ({
                key,
                keyOffset: keyOffset + distance,
                value: move(value),
              })),
            };
    moved.set(node, made);
    return made;
  };
  return move(root);
}

/** The entry of a map; the last one where a key is repeated. Undefined for everything else. */
export function entryOf(node: DocNode | undefined, key: string): DocEntry | undefined {
  return node?.kind === 'map' ? node.entries.filter((entry) => entry.key === key).at(-1) : undefined;
}

/** The value at a path of keys. */
export function valueAt(node: DocNode | undefined, ...keys: readonly string[]): DocNode | undefined {
  return keys.reduce<DocNode | undefined>((at, key) => entryOf(at, key)?.value, node);
}

/** The entries of a map, none for everything else. */
export function entriesOf(node: DocNode | undefined): readonly DocEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a list; a single value counts as a list of one, an absent one as none. */
export function itemsOf(node: DocNode | undefined): readonly DocNode[] {
  return node === undefined ? [] : node.kind === 'list' ? node.items : [node];
}

/** No name, version or image is longer; scripts are, and are not read. */
const LONGEST_TEXT = 1_000;

/** A scalar as text, numbers as written. Undefined for null, maps, lists and long texts. */
export function textOf(node: DocNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) {
    return undefined;
  }
  const text = typeof node.value === 'string' ? node.value : node.raw;
  return text.length > LONGEST_TEXT ? undefined : text;
}

/** The text at a path of keys. */
export function textAt(node: DocNode | undefined, ...keys: readonly string[]): string | undefined {
  return textOf(valueAt(node, ...keys));
}
