import { type Graph, graphOf } from './graph';
import { type ByteSet, type Node, type Pattern, RegexError } from './syntax';

/** One instruction of the machine in match.ts; `next` and `other` are instruction numbers, `next` is preferred. */
export type Instruction =
  | { readonly op: 'byte'; readonly set: ByteSet; next: number }
  | { readonly op: 'split'; next: number; other: number }
  /** The end of a loop's body: goes round again (`next`) or on (`other`). */
  | { readonly op: 'loop'; next: number; other: number }
  | { readonly op: 'save'; readonly slot: number; next: number }
  | { readonly op: 'start'; next: number }
  | { readonly op: 'end'; next: number }
  | { readonly op: 'match' };

export interface Program {
  readonly code: readonly Instruction[];
  readonly groups: number;
  /** The same for trying one way after the other; undefined when it is too large for that. */
  readonly graph: Graph | undefined;
}

const MAX_INSTRUCTIONS = 20_000;

/** Compiles an expression; the first instruction is number 0. */
export function compileRegex(pattern: Pattern): Program {
  const { node, groups } = pattern;
  const code: Instruction[] = [];
  const emit = (instruction: Instruction): number => {
    if (code.length >= MAX_INSTRUCTIONS) {
      throw new RegexError('the expression is too large');
    }
    return code.push(instruction) - 1;
  };
  // Pieces are laid out one after the other: what follows a piece starts where it ended.
  const add = (item: Node): void => {
    switch (item.kind) {
      case 'set':
        emit({ op: 'byte', set: item.set, next: code.length + 1 });
        break;
      case 'start':
      case 'end':
        emit({ op: item.kind, next: code.length + 1 });
        break;
      case 'sequence':
        item.items.forEach(add);
        break;
      case 'group':
        emit({ op: 'save', slot: item.index * 2, next: code.length + 1 });
        add(item.item);
        emit({ op: 'save', slot: item.index * 2 + 1, next: code.length + 1 });
        break;
      case 'either':
        addEither(item.options);
        break;
      case 'repeat':
        addRepeat(item.item, item.min, item.max);
        break;
    }
  };
  const jump = (): { next: number; other: number } & Instruction => {
    const split = { op: 'split', next: code.length + 1, other: code.length + 1 } as const;
    const instruction = { ...split };
    emit(instruction);
    return instruction;
  };
  const addEither = (options: readonly Node[]): void => {
    const ends: { next: number; other: number }[] = [];
    options.forEach((option, i) => {
      const last = i === options.length - 1;
      const split = last ? undefined : jump();
      add(option);
      if (!last) {
        ends.push(jump());
      }
      if (split !== undefined) {
        split.other = code.length;
      }
    });
    for (const end of ends) {
      end.next = code.length;
      end.other = code.length;
    }
  };
  const addRepeat = (item: Node, min: number, max: number): void => {
    for (let i = 0; i < min; i++) {
      add(item);
    }
    if (max === Number.POSITIVE_INFINITY) {
      const loop = { op: 'loop' as const, next: code.length + 1, other: 0 };
      const start = emit(loop);
      add(item);
      const back = jump();
      back.next = start;
      back.other = start;
      loop.other = code.length;
      return;
    }
    const skips: { other: number }[] = [];
    for (let i = min; i < max; i++) {
      skips.push(jump());
      add(item);
    }
    for (const skip of skips) {
      skip.other = code.length;
    }
  };
  add(node);
  emit({ op: 'match' });
  return { code, groups, graph: graphOf(pattern) };
}
