import type { ByteSet, Node, Pattern } from './syntax';

/** One state of the backtracking matcher; others are told by their numbers. */
type State =
  | { readonly op: 'byte'; readonly set: ByteSet; readonly next: number }
  | { readonly op: 'start' | 'end'; readonly next: number }
  | { readonly op: 'begin' | 'finish'; readonly group: number; readonly next: number }
  | { readonly op: 'either'; readonly first: number; readonly second: number }
  /** Once more if that is possible, or on. */
  | { readonly op: 'repeat'; more: number; readonly next: number }
  | { readonly op: 'accept' };

export interface Graph {
  readonly states: readonly State[];
  readonly first: number;
}

const MAX_STATES = 20_000;

/** The states of an expression as libstdc++ lays them out; undefined when there are too many. */
export function graphOf({ node }: Pattern): Graph | undefined {
  const states: State[] = [{ op: 'accept' }];
  const add = (state: State): number => states.push(state) - 1;
  /** The state that an item begins with, when what follows it is known. */
  const build = (item: Node, next: number): number => {
    if (states.length > MAX_STATES) {
      return next;
    }
    switch (item.kind) {
      case 'set':
        return add({ op: 'byte', set: item.set, next });
      case 'start':
      case 'end':
        return add({ op: item.kind, next });
      case 'sequence':
        return item.items.reduceRight((after, part) => build(part, after), next);
      case 'group': {
        const finish = add({ op: 'finish', group: item.index, next });
        return add({ op: 'begin', group: item.index, next: build(item.item, finish) });
      }
      case 'either':
        return item.options
          .map((option) => build(option, next))
          .reduce((first, second) => add({ op: 'either', first, second }));
      case 'repeat':
        return repeat(item.item, item.min, item.max, next);
    }
  };
  const repeat = (item: Node, min: number, max: number, next: number): number => {
    let entry = next;
    let copies = min;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = { op: 'repeat', more: next, next } as const;
      const again: { more: number } & typeof loop = { ...loop };
      entry = add(again);
      again.more = build(item, entry);
      if (min === 1) {
        // `+` goes through the very states that it repeats.
        return again.more;
      }
    } else {
      for (let i = min; i < max; i++) {
        entry = add({ op: 'repeat', more: build(item, entry), next });
      }
    }
    for (; copies > 0; copies--) {
      entry = build(item, entry);
    }
    return entry;
  };
  const first = build(node, 0);
  return states.length > MAX_STATES ? undefined : { states, first };
}
