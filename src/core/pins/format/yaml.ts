import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { DocEntry, DocNode, ParsedDocument } from './document';

/** More aliases and merged entries than a pipeline has; a file that passes it is refused. */
const MOST_NODES = 100_000;

/**
 * Reads one document of a YAML file. Aliases lead to the same node, merge keys (`<<`) are applied, tags are
 * ignored (GitLab's `!reference` stays a list). What could be read beside an error is there too.
 *
 * @param which GitLab puts a header before the pipeline: there it is the last
 */
export function parseYaml(text: string, which: 'first' | 'last' = 'first'): ParsedDocument {
  const documents = parseAllDocuments(text, {
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    stringKeys: false,
  });
  const document = 'empty' in documents ? undefined : documents.at(which === 'first' ? 0 : -1);
  if (document === undefined) {
    return { errors: [] };
  }
  const errors = document.errors
    .slice(0, 1)
    .map((error) => ({ reason: `YAML error: ${error.message.replace(/\s+/g, ' ')}`, offset: error.pos[0] }));
  try {
    const root = new Converter(document as Document, text).convert(document.contents as Node | null);
    return root === undefined ? { errors } : { root, errors };
  } catch (error) {
    if (error instanceof TooManyNodes) {
      return { errors: [{ reason: `it has more than ${MOST_NODES} values once its aliases are merged`, offset: 0 }] };
    }
    throw error;
  }
}

class TooManyNodes extends Error {}

class Converter {
  readonly #document: Document;
  readonly #text: string;
  readonly #converted = new Map<Node, DocNode | undefined>();
  #count = 0;

  constructor(document: Document, text: string) {
    this.#document = document;
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
    this.#converted.set(node, undefined);
    const made = isAlias(node) ? this.convert(node.resolve(this.#document)) : this.#make(node);
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
      return { kind: 'list', ...place, items: items.filter((item) => item !== undefined) };
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
