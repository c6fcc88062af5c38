import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { DocEntry, DocList, DocMap, DocNode, ParsedDocument } from './document';
import { nestedBeyond } from './nesting';

/** A map that tables and dotted keys still add to. */
interface OpenMap {
  readonly kind: 'map';
  readonly entries: DocEntry[];
  readonly offset: number;
  readonly end: number;
}

interface OpenList {
  readonly kind: 'list';
  readonly items: DocNode[];
  readonly offset: number;
  readonly end: number;
}

/** More parts in one key than a person writes. */
const MOST_KEYS = 64;
/** Deeper than any manifest. */
const MOST_DEPTH = 100;

/** Reads TOML; an error leaves nothing, since TOML gives no place to go on from. */
export function parseToml(text: string): ParsedDocument {
  const deep = nestedBeyond(text, MOST_DEPTH, '"\'');
  if (deep !== undefined) {
    return { errors: [{ reason: `it is nested more than ${MOST_DEPTH} deep`, offset: deep }] };
  }
  try {
    const [table] = parseTOML(text).body;
    const root: OpenMap = { kind: 'map', entries: [], offset: 0, end: text.length };
    for (const node of table?.body ?? []) {
      if (node.type === 'TOMLKeyValue') {
        addKeyValue(root, node, text);
      } else {
        const place = enterTable(root, node);
        for (const pair of node.body) {
          addKeyValue(place, pair, text);
        }
      }
    }
    return { root, errors: [] };
  } catch (error) {
    if (error instanceof ParseError) {
      return { errors: [{ reason: `TOML error: ${error.message.replace(/\.$/, '')}`, offset: placeOf(error, text) }] };
    }
    throw error;
  }
}

/** What is not ended is noticed at the start of the next line: it stands on the line before. */
function placeOf({ index, message }: ParseError, text: string): number {
  return /^Un(?:terminated|specified)/.test(message) && text[index - 1] === '\n' ? index - 1 : index;
}

/** `resolvedKey` has the index of each array of tables in it: `['bin', 0]`. */
function enterTable(root: OpenMap, table: AST.TOMLTable): OpenMap {
  const [offset, end] = table.range;
  let place: OpenMap | OpenList = root;
  const keys = table.resolvedKey.slice(0, MOST_KEYS);
  for (const [index, key] of keys.entries()) {
    if (typeof key === 'number') {
      const items: DocNode[] = place.kind === 'list' ? place.items : [];
      items[key] ??= { kind: 'map', entries: [], offset, end };
      place = items[key] as OpenMap;
    } else {
      const kind = typeof keys[index + 1] === 'number' ? 'list' : 'map';
      place = openChild(place as OpenMap, key, offset, end, kind);
    }
  }
  return place as OpenMap;
}

function openChild(parent: OpenMap, key: string, offset: number, end: number, kind: 'map' | 'list') {
  const known = parent.entries.find((entry) => entry.key === key)?.value as OpenMap | OpenList | DocNode | undefined;
  if (known !== undefined && known.kind !== 'scalar') {
    return known as OpenMap | OpenList;
  }
  const made: OpenMap | OpenList =
    kind === 'map' ? { kind, entries: [], offset, end } : { kind, items: [], offset, end };
  parent.entries.push({ key, keyOffset: offset, value: made as DocMap | DocList });
  return made;
}

function addKeyValue(place: OpenMap, pair: AST.TOMLKeyValue, text: string): void {
  const keys = pair.key.keys.slice(0, MOST_KEYS);
  const [offset, end] = pair.range;
  let at = place;
  for (const key of keys.slice(0, -1)) {
    const child = openChild(at, keyName(key), offset, end, 'map');
    if (child.kind !== 'map') {
      return;
    }
    at = child;
  }
  const last = keys.at(-1);
  if (last !== undefined) {
    at.entries.push({ key: keyName(last), keyOffset: last.range[0], value: fromToml(pair.value, text) });
  }
}

function keyName(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function fromToml(node: AST.TOMLContentNode, text: string): DocNode {
  const [offset, end] = node.range;
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'list', offset, end, items: node.elements.map((element) => fromToml(element, text)) };
    case 'TOMLInlineTable': {
      const map: OpenMap = { kind: 'map', entries: [], offset, end };
      for (const pair of node.body) {
        addKeyValue(map, pair, text);
      }
      return map;
    }
    default: {
      const raw = text.slice(offset, end);
      const plain = node.kind === 'string' || node.kind === 'boolean' || node.kind === 'float' ? node.value : raw;
      return { kind: 'scalar', offset, end, value: plain, raw };
    }
  }
}
