import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { DocNode, ParsedDocument } from './document';
import { nestedBeyond } from './nesting';

/** Deeper than any manifest. */
const MOST_DEPTH = 200;

/**
 * Reads JSON. What stands before and after an error is still read.
 *
 * @param comments true for JSON with comments and trailing commas (devcontainer.json)
 */
export function parseJson(text: string, comments: boolean): ParsedDocument {
  const deep = nestedBeyond(text, MOST_DEPTH, '"');
  if (deep !== undefined) {
    return { errors: [{ reason: `it is nested more than ${MOST_DEPTH} deep`, offset: deep }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: comments, disallowComments: !comments });
  return {
    ...(root === undefined ? {} : { root: fromJson(root, text) }),
    errors: errors.slice(0, 1).map((error) => ({
      reason: `JSON error: ${spaced(printParseErrorCode(error.error))}`,
      offset: error.offset,
    })),
  };
}

/** `InvalidCommentToken` → `invalid comment token`. */
function spaced(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();
}

function fromJson(node: Node, text: string): DocNode {
  const place = { offset: node.offset, end: node.offset + node.length };
  switch (node.type) {
    case 'object':
      return {
        kind: 'map',
        ...place,
        entries: (node.children ?? []).flatMap((property) => fromProperty(property, text)),
      };
    case 'array':
      return { kind: 'list', ...place, items: (node.children ?? []).map((item) => fromJson(item, text)) };
    default:
      return { kind: 'scalar', ...place, value: node.value ?? null, raw: text.slice(place.offset, place.end) };
  }
}

function fromProperty(property: Node, text: string) {
  const [key, value] = property.children ?? [];
  return key === undefined || value === undefined
    ? []
    : [{ key: String(key.value), keyOffset: key.offset, value: fromJson(value, text) }];
}
