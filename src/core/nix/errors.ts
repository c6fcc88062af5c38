import { type Problem, ProblemError } from '../model/problem';
import type { Pos } from './source';
import type { Opaque } from './value';

/**
 * What went wrong:
 * - `throw`, `assert`: what `builtins.tryEval` catches;
 * - `abort`, `type`, `eval`, `undefined-variable`, `missing-attribute`, `missing-argument`, `infinite-recursion`: as in Nix;
 * - `parse`: the text is not Nix;
 * - `limit`: fuel, depth, memory or time ran out;
 * - `io`: a file is absent or refused;
 * - `opaque`: the program's way depends on a value that cannot be known (see {@link Opaque}).
 */
export type NixErrorKind =
  | 'throw'
  | 'assert'
  | 'abort'
  | 'type'
  | 'eval'
  | 'undefined-variable'
  | 'missing-attribute'
  | 'missing-argument'
  | 'infinite-recursion'
  | 'parse'
  | 'limit'
  | 'io'
  | 'opaque';

/**
 * One line of a trace. `call`: a function is called, which Nix leaves out of a short trace; `builtin`: a builtin is,
 * whose place is not told twice; `context`: from `builtins.addErrorContext`, which every trace shows.
 */
export interface TraceFrame {
  readonly message: string;
  readonly pos: Pos | undefined;
  readonly kind?: 'call' | 'builtin' | 'context' | undefined;
}

/** Frames that an error keeps: those of all calls that Nix allows within each other. */
const FRAMES_KEPT = 40_000;
/** Frames that are printed: so many from either end. */
const FRAMES_SHOWN = 100;
/** How much a short trace tells: a frame counts, and so does its place (Nix's error.cc). */
const SHORT_TRACE = 4;
/** Repeated frames that are printed all the same. */
const REPEATS_SHOWN = 5;
const LINE_SHOWN = 2_000;
/** A program can throw texts of any length, and have names of any. */
const MESSAGE_LENGTH = 1 << 20;
/** What crosses a border of a message and of its detail: a program can throw texts of any length. */
const MESSAGE_KEPT = 4_000;
const DETAIL_KEPT = 60_000;

/** Every failure of parsing or evaluating. Nothing else leaves the evaluator. */
export class NixError extends Error {
  /** Innermost first. */
  readonly trace: TraceFrame[] = [];
  /** Near names for a misspelt one; worked out when the error is shown. */
  suggest: (() => readonly string[]) | undefined;
  /** The host's stack was too small: with a deeper one the evaluation may succeed. */
  overflow = false;
  /** Whether a builtin has failed by it: then that one's place is told, or none. */
  inBuiltin = false;
  /** The unknown value, for kind `opaque`. */
  opaque: Opaque | undefined;

  constructor(
    readonly kind: NixErrorKind,
    message: string,
    public pos?: Pos | undefined,
  ) {
    super(shortened(message, MESSAGE_LENGTH));
    this.name = 'NixError';
  }

  /** Adds an outer frame; gives the error itself, to be thrown again. */
  within(message: string, pos: Pos | undefined, kind?: TraceFrame['kind']): this {
    this.inBuiltin ||= kind === 'builtin';
    if (this.trace.length < FRAMES_KEPT) {
      this.trace.push({ message, pos: pos?.derived === true ? undefined : pos, kind });
    }
    return this;
  }

  /** The same error for another one who meets it: what is added from then on is not told to others. */
  again(): NixError {
    const error = new NixError(this.kind, this.message, this.pos);
    error.trace.push(...this.trace);
    error.suggest = this.suggest;
    error.inBuiltin = this.inBuiltin;
    error.opaque = this.opaque;
    return error;
  }

  /** As Nix prints it; `short` as without `--show-trace`. See {@link formatNixError}. */
  format(options: { readonly short?: boolean } = {}): string {
    return formatNixError(this, options.short ?? false)
      .split('\n')
      .map(withoutBlanks)
      .join('\n');
  }

  /** `Did you mean one of x or y?`, or nothing. */
  suggestion(): string | undefined {
    const names = this.suggest?.() ?? [];
    if (names.length === 0) {
      return undefined;
    }
    if (names.length === 1) {
      return `Did you mean ${names[0]}?`;
    }
    return `Did you mean one of ${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}?`;
  }

  /**
   * For people and borders: code `nix-<kind>`, sentence, position, source line with caret and trace as detail.
   *
   * @param hides whether places in a file are left out, which the reader of the trace cannot open
   */
  toProblem(hides: (file: string) => boolean = () => false): Problem {
    const hint = this.suggestion();
    const places = [this.pos, ...this.trace.map((frame) => frame.pos)];
    const place = places.find((pos) => pos !== undefined && !hides(pos.file));
    return {
      code: `nix-${this.kind}`,
      message: shortened(this.message, MESSAGE_KEPT),
      ...(hint === undefined ? {} : { hint }),
      ...(place === undefined ? {} : { position: place.toPosition() }),
      detail: shortened(formatNixError(this, false, hides), DETAIL_KEPT),
    };
  }

  toProblemError(): ProblemError {
    return new ProblemError(this.toProblem(), { cause: this });
  }
}

/** The error as Nix 2.3x prints it: trace from the outside in, then `error:` with the source lines around the place. */
function formatNixError(error: NixError, short: boolean, hides?: (file: string) => boolean): string {
  const isHidden = (pos: Pos | undefined) => pos !== undefined && hides?.(pos.file) === true;
  const frames = [...error.trace].reverse().filter(({ kind, pos }) => !(short && kind === 'call') && !isHidden(pos));
  const lines =
    frames.length > 0
      ? ['error:', ...traceLines(frames, short), `       error: ${indentRest(error.message)}`]
      : [`error: ${indentRest(error.message)}`];
  const builtin = error.trace.find((frame) => frame.kind === 'builtin');
  if (!isHidden(error.pos) && (builtin === undefined || !samePlace(builtin.pos, error.pos))) {
    lines.push(...placeLines(error.pos, 7));
  }
  const suggestion = error.suggestion();
  if (suggestion !== undefined) {
    lines.push(`       ${suggestion}`);
  }
  return lines.join('\n');
}

function samePlace(left: Pos | undefined, right: Pos | undefined): boolean {
  return left?.offset === right?.offset && left?.source === right?.source;
}

/** The frames, outermost first. A frame that was there before is told once; when there are many such, as their number. */
function traceLines(frames: readonly TraceFrame[], short: boolean): string[] {
  /** Frames, and notes between them; made into lines when it is known which ones are shown. */
  const blocks: (TraceFrame | string)[] = [];
  const seen = new SeenFrames();
  let repeats: TraceFrame[] = [];
  let told = 0;
  let truncated = false;
  const tellRepeats = (): void => {
    if (repeats.length > REPEATS_SHOWN) {
      blocks.push(`(${repeats.length} duplicate frames omitted)`);
    } else {
      blocks.push(...repeats);
      told += repeats.filter(({ pos }) => pos !== undefined).length;
    }
    repeats = [];
  };
  for (const frame of frames) {
    truncated ||= short && told >= SHORT_TRACE;
    if (truncated && frame.kind !== 'context') {
      continue;
    }
    if (!seen.add(frame)) {
      repeats.push(frame);
      continue;
    }
    tellRepeats();
    told += frame.pos === undefined ? 1 : 2;
    blocks.push(frame);
  }
  tellRepeats();
  if (truncated) {
    blocks.push("(stack trace truncated; use '--show-trace' to show the full, detailed trace)");
  }
  const omitted = blocks.length - 2 * FRAMES_SHOWN;
  if (omitted > 0) {
    blocks.splice(FRAMES_SHOWN, omitted, `(${omitted} frames omitted)`);
  }
  return blocks.flatMap((block) => (typeof block === 'string' ? [`       ${block}`, ''] : frameLines(block)));
}

/** Frames by message and place. */
class SeenFrames {
  private readonly places = new Map<string, Map<unknown, Set<number | undefined>>>();

  /** Whether the frame was not there before. */
  add({ message, pos }: TraceFrame): boolean {
    let sources = this.places.get(message);
    if (sources === undefined) {
      sources = new Map();
      this.places.set(message, sources);
    }
    let offsets = sources.get(pos?.source);
    if (offsets === undefined) {
      offsets = new Set();
      sources.set(pos?.source, offsets);
    }
    const { size } = offsets;
    return offsets.add(pos?.offset).size > size;
  }
}

function frameLines({ message, pos }: TraceFrame): string[] {
  return message === '' ? [] : [`       … ${indentRest(message)}`, ...placeLines(pos, 9), ''];
}

/**
 * Whether the host's stack ended: in a call, or in compiling a regular expression, which V8 calls an error of its syntax.
 * None is used here: compiling one needs stack, and there is none left.
 */
export function isStackOverflow(error: unknown): boolean {
  return (
    (error instanceof RangeError && error.message.includes('call stack')) ||
    (error instanceof SyntaxError && error.message.endsWith(': Stack overflow'))
  );
}

/** A line without the blanks at its end. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) {
    end--;
  }
  return line.slice(0, end);
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function indentRest(message: string): string {
  return message.replaceAll('\n', '\n       ');
}

/** The place, so many columns in, then the line with its neighbours and a caret behind a margin. */
export function placeLines(pos: Pos | undefined, indent: number, margin = ' '.repeat(8)): string[] {
  if (pos === undefined) {
    return [];
  }
  const { source, line, column } = pos;
  const lines = [`${' '.repeat(indent)}at ${pos}:`];
  if (source.text === '') {
    return lines;
  }
  for (let n = line - 1; n <= line + 1; n++) {
    const text = n < 1 ? undefined : source.line(n);
    if (text !== undefined) {
      const shown = text.length > LINE_SHOWN ? `${text.slice(0, LINE_SHOWN)}…` : text;
      lines.push(`${margin}${String(n).padStart(5)}| ${shown}`.trimEnd());
      if (n === line && column <= LINE_SHOWN) {
        lines.push(`${margin}     | ${' '.repeat(column - 1)}^`);
      }
    }
  }
  return lines;
}
