import type { PinContext } from '../../context';
import { type DocEntry, type DocNode, entriesOf, itemsOf, movedBy, textOf, valueAt } from '../../format/document';
import { joinedSource, type SourceText } from '../../format/source-text';
import { parseYaml } from '../../format/yaml';

/** Files that a pipeline includes. Source: GitLab, "CI/CD YAML syntax reference", `include`: 150 by default. */
const MOST_FILES = 150;
/** References lead to references. Source: the same, `!reference` tags: 10 levels. */
const MOST_STEPS = 10;
/** More items than a pipeline has once its references are followed. */
const MOST_ITEMS = 5_000;
/** Jobs, their keys, and what these hold, such as variables: deeper than that nothing is laid over each other. */
const MERGED_DEPTH = 3;
/** `$[[ inputs.version ]]`. */
export const INPUT = /\$\[\[\s*inputs\.([\w-]+)\s*\]\]/g;
const FIRST_INPUT = new RegExp(INPUT.source);

/** A pipeline with the files of the project that it includes. */
export interface Pipeline {
  /** Places in it are those of the file that they stand in. */
  readonly context: PinContext;
  readonly root: DocNode | undefined;
  /** What `!reference` tags stand for, lists in lists made one. */
  items(node: DocNode | undefined): readonly DocNode[];
  /** What a `!reference` stands for; every other node is itself. */
  value(node: DocNode | undefined): DocNode | undefined;
  /** Jobs that `!reference` tags have led to. */
  readonly referenced: ReadonlySet<DocNode>;
  /** What `$[[ inputs.name ]]` stands for where it is written at this place. */
  input(name: string, offset: number): DocNode | undefined;
}

/** One file of it: where it starts in the whole, and what it is given. */
interface Part {
  readonly source: SourceText;
  readonly start: number;
  readonly inputs: ReadonlyMap<string, DocNode>;
}

/**
 * Reads a pipeline as GitLab does: what it includes is laid over each other in order, the including file over all of it.
 * Included files from elsewhere are not followed, which is said.
 */
export function readPipeline(context: PinContext): Pipeline {
  const parts: Part[] = [];
  const roots: (DocNode | undefined)[] = [];
  let length = 0;
  const add = (source: SourceText, given: ReadonlyMap<string, DocNode>) => {
    const start = length;
    length += source.text.length + 1;
    const within = context.within(source);
    const header = source.text.includes('$[[') ? parseYaml(source.text).root : undefined;
    const inputs = new Map(
      entriesOf(valueAt(header, 'spec', 'inputs')).flatMap(({ key, value }) => {
        const fallback = valueAt(value, 'default');
        const node = given.get(key) ?? (fallback === undefined ? undefined : movedBy(start, fallback));
        return node === undefined ? [] : [[key, node] as const];
      }),
    );
    const part = { source, start, inputs };
    parts.push(part);
    const parsed = within.document(parseYaml(source.text, 'last'));
    const root = parsed === undefined ? undefined : filledIn(movedBy(start, parsed), inputs);
    for (const item of itemsOf(valueAt(parsed, 'include'))) {
      for (const path of includedPaths(within, item)) {
        const isNew = parts.length < MOST_FILES && !parts.some((one) => one.source.path === path);
        const included = isNew ? within.open(path, (valueAt(item, 'local') ?? item).offset) : undefined;
        if (included !== undefined) {
          context.readsWith(path);
          const passed = entriesOf(valueAt(item, 'inputs'));
          add(included, new Map(passed.map(({ key, value }) => [key, movedBy(start, value)])));
        }
      }
    }
    roots.push(root);
  };
  add(context.source, new Map());
  const root = roots.reduce((below, above) => laidOver(below, above, 0), undefined);
  const [first, ...others] = parts.map(({ source }) => source);
  return {
    context: others.length === 0 ? context : context.within(joinedSource([first!, ...others])),
    root,
    ...referencesIn(root),
    input: (name, offset) =>
      parts
        .filter(({ start }) => start <= offset)
        .at(-1)
        ?.inputs.get(name),
  };
}

/** The same document with its inputs filled in; where one is all of a value, it stands where it is given. */
function filledIn(root: DocNode, inputs: ReadonlyMap<string, DocNode>): DocNode {
  if (inputs.size === 0) {
    return root;
  }
  const made = new Map<DocNode, DocNode>();
  const make = (node: DocNode): DocNode => {
    if (node.kind === 'list') {
      return { ...node, items: node.items.map(fill) };
    }
    if (node.kind === 'map') {
      return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: fill(entry.value) })) };
    }
    const text = textOf(node) ?? '';
    const [whole, name = ''] = FIRST_INPUT.exec(text) ?? [];
    return whole === undefined
      ? node
      : whole === text.trim()
        ? (inputs.get(name) ?? node)
        : { ...node, value: text.replace(INPUT, (one, inner: string) => textOf(inputs.get(inner)) ?? one) };
  };
  const fill = (node: DocNode): DocNode => {
    const value = made.get(node) ?? make(node);
    made.set(node, value);
    return value;
  };
  return fill(root);
}

/** `include: /ci/x.yml` or `local: …`, from the top of the repository; `*` stands for what is in its folder. */
function includedPaths(context: PinContext, item: DocNode): readonly string[] {
  const local = valueAt(item, 'local');
  const path = textOf(local) ?? (/^(?!\w+:\/\/)/.test(textOf(item) ?? '://') ? textOf(item) : undefined);
  const plain = path?.replace(/^\/+/, '');
  if (plain === undefined || plain.includes('$')) {
    const what = entriesOf(item).map((entry) => `${entry.key}: ${textOf(entry.value) ?? '…'}`);
    const reason =
      plain === undefined ? 'included files from elsewhere are not followed' : 'its name is known only when it runs';
    context.unresolved(`include ${textOf(item) ?? what.join(', ')}`, reason, item.offset);
    return [];
  }
  if (!plain.includes('*')) {
    return [plain];
  }
  const folder = plain.slice(0, plain.lastIndexOf('/') + 1);
  const [before = '', ...rest] = plain.slice(folder.length).split(/\*+/);
  const after = rest.at(-1) ?? '';
  if (folder.includes('*') || rest.length > 1) {
    context.unresolved(`include ${plain}`, 'folders that a pattern names are not searched', item.offset);
    return [];
  }
  return context
    .list(folder)
    .filter((name) => name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after))
    .map((name) => `${folder}${name}`);
}

/** A map laid over another as GitLab merges them; everything else replaces what is below. */
function laidOver(below: DocNode | undefined, above: DocNode | undefined, depth: number): DocNode | undefined {
  if (below?.kind !== 'map' || above?.kind !== 'map' || depth >= MERGED_DEPTH) {
    return above ?? below;
  }
  const entries = new Map<string, DocEntry>(below.entries.map((entry) => [entry.key, entry]));
  for (const entry of above.entries) {
    const other = entries.get(entry.key);
    const value = laidOver(other?.value, entry.value, depth + 1) ?? entry.value;
    entries.set(entry.key, { ...entry, value });
  }
  return { ...above, entries: [...entries.values()] };
}

/** Follows `!reference [job, key]` within a pipeline. */
function referencesIn(root: DocNode | undefined): Pick<Pipeline, 'items' | 'value' | 'referenced'> {
  const referenced = new Set<DocNode>();
  const value = (node: DocNode | undefined): DocNode | undefined => {
    let at = node;
    for (let step = 0; step <= MOST_STEPS && at?.kind === 'list' && at.isReference; step += 1) {
      const [job = '', ...keys] = at.items.map((item) => textOf(item) ?? '');
      const found = valueAt(root, job);
      if (found !== undefined) {
        referenced.add(found);
      }
      at = valueAt(found, ...keys);
    }
    return at?.kind === 'list' && at.isReference ? undefined : at;
  };
  const items = (node: DocNode | undefined): readonly DocNode[] => {
    const found: DocNode[] = [];
    let left = MOST_ITEMS;
    const add = (one: DocNode | undefined, depth: number) => {
      left -= 1;
      const at = left < 0 ? undefined : value(one);
      if (at?.kind === 'list') {
        for (const item of depth > MOST_STEPS ? [] : at.items) {
          if (left > 0) {
            add(item, depth + 1);
          }
        }
      } else if (at !== undefined) {
        found.push(at);
      }
    };
    add(node, 0);
    return found;
  };
  return { items, value, referenced };
}
