import type { PinContext, PinDraft } from '../context';
import { type DocEntry, type DocNode, entryOf, textOf } from '../format/document';

/** What a pin is beside its place and constraint. */
export type PinFacts = Pick<PinDraft, 'tool' | 'rule' | 'source' | 'declaredBy' | 'scope' | 'group'>;

/** A pin whose constraint is a scalar of a document; nothing for what is no text. */
export function pinEntry(context: PinContext, entry: DocEntry | undefined, facts: PinFacts): void {
  if (entry !== undefined) {
    pinValue(context, entry.value, facts, entry.keyOffset);
  }
}

/** A pin at a path of keys below a node. */
export function pinAt(context: PinContext, node: DocNode | undefined, key: string, facts: PinFacts): void {
  pinEntry(context, entryOf(node, key), facts);
}

/**
 * A pin whose constraint is this scalar.
 *
 * @param from where the declaration starts, for the excerpt
 */
export function pinValue(context: PinContext, node: DocNode | undefined, facts: PinFacts, from?: number): void {
  const constraint = textOf(node);
  if (node !== undefined && constraint !== undefined) {
    context.pin({
      ...facts,
      constraint,
      offset: node.offset,
      end: node.end,
      ...(from === undefined || from > node.offset ? {} : { from }),
    });
  }
}
