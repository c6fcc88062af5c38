import { NixError } from './errors';
import type { EvaluatorOptions, Limits } from './options';
import type { Pos } from './source';
import { Opaque } from './value';

/** Steps between two looks at the clock, and looks at the clock between two looks at the memory. */
const STEPS_A_LOOK = 4096;
const LOOKS_A_MEMORY_LOOK = 16;
/** After so many bytes of lists and strings the memory is looked at as well. */
const CHARGE_A_LOOK = 32 * 1024 * 1024;
const BYTES_A_SLOT = 8;
/** Bytes of a text of which few are kept. */
const LONG_TEXT = 1 << 20;

/** Counts what an evaluation uses up and stops it when that is too much. */
export class Meter {
  /** How many levels deep the work is; see {@link enter}. */
  depth = 0;
  private left = STEPS_A_LOOK;
  private spent = 0;
  private looks = 0;
  private charged = 0;
  /** Where the work was when it was last looked at: for work that does not know where it stands. */
  protected place: Pos | undefined;
  private allowed: number;
  private deadline: number;
  /** Whether time has run out before. */
  outOfTime = false;
  /** Whether there is any list of which some elements may be there or not. */
  undecided = false;
  /** How many decisions that nobody knows are being looked at from both sides. */
  guesses = 0;
  /** Lists whose elements are known and their order is not, and why. */
  private unordered: WeakMap<object, Opaque> | undefined;

  constructor(
    private readonly bounds: Limits,
    private readonly senses: Pick<EvaluatorOptions, 'clock' | 'memory'>,
  ) {
    this.allowed = bounds.time;
    this.deadline = this.nextDeadline();
  }

  /** Counts anew, for another evaluation. */
  protected reset(bounds: Limits, senses: Pick<EvaluatorOptions, 'clock' | 'memory'>): void {
    Object.assign(this, new Meter(bounds, senses));
  }

  /** Why the order of a list is not known; undefined where it is, or where there is nothing to order. */
  orderOf(list: readonly unknown[]): Opaque | undefined {
    return list.length < 2 ? undefined : this.unordered?.get(list);
  }

  /** Notes that the order of a list is not known. */
  disorder<T extends object>(list: T, cause: Opaque): T {
    this.unordered ??= new WeakMap();
    const reason = 'the order of the list is not known: ';
    const known = cause.reason.startsWith(reason);
    this.unordered.set(list, known ? cause : new Opaque(reason + cause.reason, cause.pos));
    return list;
  }

  /** A list that was made of others, element by element: in no known order when one of them is. */
  orderedAs<T extends object>(list: T, ...sources: readonly (readonly unknown[])[]): T {
    const cause = this.unordered && sources.map((source) => this.orderOf(source)).find((found) => found !== undefined);
    return cause === undefined ? list : this.disorder(list, cause);
  }

  /** Starts counting fuel and time anew, for so many milliseconds. */
  restartClock(time = this.bounds.time): void {
    this.left = STEPS_A_LOOK;
    this.spent = 0;
    this.allowed = time;
    this.deadline = this.nextDeadline();
  }

  /** One level deeper: a call within a call, a list within a list. Whoever catches an error sets the depth back. */
  enter(pos: Pos | undefined): void {
    if (this.depth > this.bounds.depth) {
      throw new NixError('limit', 'stack overflow; max-call-depth exceeded', pos ?? this.place);
    }
    this.depth++;
  }

  leave(): void {
    this.depth--;
  }

  /** One step of work. Called for every function call and every element that is walked over. */
  step(pos: Pos | undefined): void {
    if (--this.left <= 0) {
      this.look(pos);
    }
  }

  /** Many steps at once, for work that goes by the length of its input. */
  steps(count: number, pos: Pos | undefined): void {
    this.left -= count;
    if (this.left <= 0) {
      this.look(pos);
    }
  }

  /** Before a list of this length is made. */
  chargeList(length: number, pos: Pos | undefined): void {
    if (length > this.bounds.listLength) {
      throw new NixError('limit', `a list of ${length} elements is too long`, pos);
    }
    if (length > 64) {
      this.charge(length * BYTES_A_SLOT, pos);
      this.steps(length >> 4, pos);
    }
  }

  /**
   * After a string was put together. Joining shares memory, until somebody looks at the whole: of a long one that counts
   * as if it were now.
   */
  chargeString(text: string, pos: Pos | undefined): void {
    const { length } = text;
    if (length > 1024) {
      if (length > this.bounds.stringLength) {
        throw new NixError('limit', `a string of ${length} bytes is too long`, pos);
      }
      this.charge(length > LONG_TEXT ? length : 64, pos);
    }
  }

  /** Before the whole of a text is looked at, as a name or to be compared: that joins what it was put together of. */
  chargeWhole(text: string, pos: Pos | undefined): void {
    if (text.length > LONG_TEXT) {
      this.charge(text.length, pos);
    }
  }

  /** After so many bytes of one text were written. */
  checkWritten(length: number, pos: Pos | undefined): void {
    if (length > this.bounds.stringLength) {
      throw new NixError('limit', `a string of more than ${this.bounds.stringLength} bytes is too long`, pos);
    }
  }

  /** Before so many bytes are used. */
  charge(bytes: number, pos: Pos | undefined): void {
    this.charged += bytes;
    if (this.charged > CHARGE_A_LOOK) {
      this.lookAtMemory(pos, bytes);
      this.lookAtClock(pos);
    }
  }

  /** Whether somebody wants to know of {@link compareFunctions}. */
  get watchesFunctions(): boolean {
    return false;
  }

  /** Functions were compared, on their own or within something that is identical to itself. */
  compareFunctions(_pos: Pos | undefined): void {}

  private look(at: Pos | undefined): void {
    const pos = at ?? this.place;
    this.place = pos;
    this.spent += STEPS_A_LOOK - this.left;
    this.left = STEPS_A_LOOK;
    if (this.spent > this.bounds.fuel) {
      throw new NixError('limit', `the evaluation takes more than ${this.bounds.fuel} steps`, pos);
    }
    this.lookAtClock(pos);
    if (++this.looks % LOOKS_A_MEMORY_LOOK === 0) {
      this.lookAtMemory(pos);
    }
  }

  private lookAtClock(pos: Pos | undefined): void {
    if (this.senses.clock !== undefined && this.senses.clock() > this.deadline) {
      this.outOfTime = true;
      throw new NixError('limit', `the evaluation takes longer than ${(this.allowed / 1000).toFixed(1)} s`, pos);
    }
  }

  /** @param wanted bytes that will be used at once */
  private lookAtMemory(at: Pos | undefined, wanted = 0): void {
    const pos = at ?? this.place;
    this.place = pos;
    const allowed = this.bounds.memory - wanted;
    const used = this.senses.memory?.(allowed);
    if (used !== undefined && used > allowed) {
      // Whoever goes on with something else is looked at again at once.
      throw new NixError('limit', `the evaluation needs more than ${this.bounds.memory >> 20} MB of memory`, pos);
    }
    this.charged = 0;
  }

  private nextDeadline(): number {
    return this.senses.clock === undefined ? Number.POSITIVE_INFINITY : this.senses.clock() + this.allowed;
  }
}
