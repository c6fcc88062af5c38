import { Backtracker } from './backtrack';
import type { Instruction, Program } from './program';
import { hasByte } from './syntax';

/** Start and end of the whole and of each group, -1 where a group took no part. */
export type Captures = Int32Array;

export interface MatchOptions {
  /** Where to start. */
  readonly from: number;
  /** Only matches that begin right there. */
  readonly anchored: boolean;
  /** Only matches that end at the end of the text. */
  readonly whole: boolean;
  /** Only matches with at least one byte. */
  readonly notEmpty: boolean;
  /** Told how much work was done, so that it can be stopped. */
  readonly spend: (steps: number) => void;
}

interface Thread {
  readonly pc: number;
  readonly captures: Captures;
}

/** Finds matches of one expression in one text as libstdc++ does, which Nix uses, for a POSIX grammar. */
export class Matcher {
  private tries = true;

  constructor(
    private readonly program: Program,
    private readonly text: string,
  ) {}

  /** First by trying one way after the other; where that takes too long, in {@link findMatch}'s way. */
  find(options: MatchOptions): Captures | undefined {
    const { graph, groups } = this.program;
    if (this.tries && graph !== undefined) {
      const backtracker = new Backtracker(graph, groups, this.text, options);
      const found = backtracker.run();
      options.spend(backtracker.steps >> 3);
      if (found !== null) {
        return found;
      }
      this.tries = false;
    }
    return findMatch(this.program, this.text, options);
  }
}

/**
 * Finds the leftmost match, the longest of those, and of equally long ones the one that a backtracking matcher would
 * try first. All alternatives are followed at the same time (Thompson, Pike), so that the time goes by the length of
 * the text times that of the expression, whatever they are.
 *
 * It differs from libstdc++ where that is not POSIX, which shows in contrived expressions only: libstdc++ takes what a
 * `?`, `*` or `{}` matched first even when matching less of it would let the rest match more (`(a?)(ab)?` finds `a` in
 * `ab`), and a repeated group that matched nothing after it had matched something is empty there, not absent (`()**`).
 */
export function findMatch(program: Program, text: string, options: MatchOptions): Captures | undefined {
  return new Machine(program, text, options).run();
}

class Machine {
  /** For each instruction, without and with an empty round behind it: the position at which it was last entered. */
  private readonly entered: Int32Array;
  private best: Captures | undefined;

  constructor(
    private readonly program: Program,
    private readonly text: string,
    private readonly options: MatchOptions,
  ) {
    this.entered = new Int32Array(program.code.length * 2).fill(-1);
  }

  run(): Captures | undefined {
    const { text, options } = this;
    let threads: Thread[] = [];
    for (let at = options.from; at <= text.length; at++) {
      const next: Thread[] = [];
      if (at > options.from) {
        this.advance(threads, at, next);
      }
      if (this.best === undefined && (at === options.from || !options.anchored)) {
        const captures = new Int32Array((this.program.groups + 1) * 2).fill(-1);
        captures[0] = at;
        this.enter(0, at, captures, false, next);
      }
      threads = next;
      options.spend(threads.length + 1);
      if (threads.length === 0 && (this.best !== undefined || options.anchored)) {
        break;
      }
    }
    return this.best;
  }

  /** Moves each thread over the byte before `at`. */
  private advance(threads: readonly Thread[], at: number, next: Thread[]): void {
    const byte = this.text.charCodeAt(at - 1);
    for (const { pc, captures } of threads) {
      const instruction = this.program.code[pc] as Extract<Instruction, { op: 'byte' }>;
      // Once there is a match, only threads that did not begin later can still beat it.
      if (hasByte(instruction.set, byte) && (this.best === undefined || captures[0]! <= this.best[0]!)) {
        this.enter(instruction.next, at, captures, false, next);
      }
    }
  }

  /** Follows a thread to the bytes that it waits for, preferred ways first. Own stack: expressions can be deep. */
  private enter(start: number, at: number, from: Captures, again: boolean, out: Thread[]): void {
    const stack: { pc: number; captures: Captures; again: boolean }[] = [{ pc: start, captures: from, again }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { pc, captures } = top;
      const instruction = this.program.code[pc]!;
      const { again } = top;
      const key = pc * 2 + (again ? 1 : 0);
      if (this.entered[key] === at) {
        continue;
      }
      this.entered[key] = at;
      switch (instruction.op) {
        case 'byte':
          out.push({ pc, captures });
          break;
        case 'match':
          this.accept(captures, at);
          break;
        case 'save': {
          const saved = captures.slice();
          saved[instruction.slot] = at;
          stack.push({ pc: instruction.next, captures: saved, again });
          break;
        }
        case 'start':
        case 'end':
          if (at === (instruction.op === 'start' ? 0 : this.text.length)) {
            stack.push({ pc: instruction.next, captures, again });
          }
          break;
        case 'split':
          stack.push({ pc: instruction.other, captures, again });
          if (instruction.next !== instruction.other) {
            stack.push({ pc: instruction.next, captures, again });
          }
          break;
        case 'loop':
          // The body may be gone through once without a byte, as in libstdc++, which shows in the groups: what
          // happens in it is kept apart from what happened before.
          stack.push({ pc: instruction.other, captures, again });
          stack.push({ pc: instruction.next, captures, again: true });
          break;
      }
    }
  }

  private accept(captures: Captures, at: number): void {
    const { options, best } = this;
    if ((options.whole && at !== this.text.length) || (options.notEmpty && at === captures[0])) {
      return;
    }
    if (best === undefined || captures[0]! < best[0]! || (captures[0] === best[0] && at > best[1]!)) {
      const found = captures.slice();
      found[1] = at;
      this.best = found;
    }
  }
}
