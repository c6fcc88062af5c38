import { Composer, type CST, isAlias, isMap, isPair, isScalar, isSeq, type Node, Parser } from 'yaml';
import type { DocEntry, DocNode, ParsedDocument } from './document';

/** More aliases and merged entries than a pipeline has; a file that passes it is refused. */
const MOST_NODES = 100_000;
/** Deeper than any pipeline. */
const MOST_DEPTH = 100;

/**
 * Reads one document of a YAML file. Aliases lead to the same node, merge keys (`<<`) are applied, tags are ignored
 * except for GitLab's `!reference`, which marks its list. What could be read beside an error is there too.
 *
 * @param which GitLab puts a header before the pipeline: there it is the last
 */
export function parseYaml(text: string, which: 'first' | 'last' = 'first'): ParsedDocument {
  const tokens = [...new Parser().parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    return { errors: [{ reason: `it is nested more than ${MOST_DEPTH} deep`, offset: deep }] };
  }
  const composer = new Composer({ merge: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const document = [...composer.compose(tokens)].at(which === 'first' ? 0 : -1);
  if (document === undefined) {
    return { errors: [] };
  }
  const errors = document.errors
    .slice(0, 1)
    .map((error) => ({ reason: `YAML error: ${error.message.replace(/\s+/g, ' ')}`, offset: error.pos[0] }));
  try {
    const root = new Converter(text).convert(document.contents as Node | null);
    return root === undefined ? { errors } : { root, errors };
  } catch (error) {
    if (error instanceof TooManyNodes) {
      return { errors: [{ reason: `it has more than ${MOST_NODES} values once its aliases are merged`, offset: 0 }] };
    }
    throw error;
  }
}

/**
 * Where the syntax tree passes the limit. The parser keeps a stack of its own, but what composes nodes recurses, and
 * running out of stack inside a regular expression ends the whole process: so depth is measured in between.
 */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) {
      return level[0]!.type === 'doc-end' ? 0 : level[0]!.offset;
    }
    level = level.flatMap(childrenOf);
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') {
    return token.value === undefined ? [] : [token.value];
  }
  if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection') {
    return [];
  }
  const children: CST.Token[] = [];
  for (const item of token.items) {
    for (const child of [item.key, item.value]) {
      if (child !== undefined && child !== null) {
        children.push(child);
      }
    }
  }
  return children;
}

class TooManyNodes extends Error {}

class Converter {
  readonly #text: string;
  /** As far as the document was read: an alias means the last one before it. */
  readonly #anchors = new Map<string, Node>();
  readonly #converted = new Map<Node, DocNode | undefined>();
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Undefined for an absent node, an unknown alias, and an alias inside the node that it names. */
  convert(node: Node | null | undefined): DocNode | undefined {
    if (node === null || node === undefined) {
      return undefined;
    }
    const known = this.#converted.get(node);
    if (known !== undefined || this.#converted.has(node)) {
      return known;
    }
    if (isAlias(node)) {
      this.#spend(1);
      return this.#converted.get(this.#anchors.get(node.source) ?? node);
    }
    this.#converted.set(node, undefined);
    if (node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node);
    }
    const made = this.#make(node);
    this.#converted.set(node, made);
    return made;
  }

  #make(node: Node): DocNode | undefined {
    this.#spend(1);
    const place = { offset: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
    if (isMap(node)) {
      return { kind: 'map', ...place, entries: this.#entries(node.items) };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(isPair(item) ? undefined : (item as Node)));
      const list = { kind: 'list', ...place, items: items.filter((item) => item !== undefined) } as const;
      return node.tag === '!reference' ? { ...list, isReference: true } : list;
    }
    if (!isScalar(node)) {
      return undefined;
    }
    const { value } = node;
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { kind: 'scalar', ...place, value: plain, raw: node.source ?? this.#text.slice(place.offset, place.end) };
  }

  /** A map's own keys win over merged ones, earlier merged maps over later ones (YAML 1.1, "Merge key"). */
  #entries(items: readonly { readonly key: unknown; readonly value: unknown }[]): readonly DocEntry[] {
    const merged: DocEntry[] = [];
    const own: DocEntry[] = [];
    for (const { key, value } of items) {
      const name = this.convert(key as Node | null);
      const made = this.convert(value as Node | null);
      if (name?.kind !== 'scalar') {
        continue;
      }
      if (name.raw === '<<') {
        const sources = made?.kind === 'list' ? made.items : made === undefined ? [] : [made];
        const entries = [...sources].reverse().map((source) => (source.kind === 'map' ? source.entries : []));
        merged.unshift(...entries.flat());
        this.#spend(merged.length);
      } else {
        const nothing: DocNode = { kind: 'scalar', value: null, raw: '', offset: name.end, end: name.end };
        own.push({ key: String(name.value ?? name.raw), keyOffset: name.offset, value: made ?? nothing });
      }
    }
    const kept = new Map([...merged, ...own].map((entry) => [entry.key, entry]));
    return merged.length === 0 ? own : [...kept.values()];
  }

  #spend(nodes: number): void {
    this.#count += nodes;
    if (this.#count > MOST_NODES) {
      throw new TooManyNodes();
    }
  }
}
