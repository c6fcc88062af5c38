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

export interface TraceFrame {
  readonly message: string;
  readonly pos: Pos | undefined;
}

const FRAMES_KEPT = 24;
const LINE_SHOWN = 200;

/** Every failure of parsing or evaluating. Nothing else leaves the evaluator. */
export class NixError extends Error {
  /** Innermost first; when there are many, the middle is counted and dropped. */
  readonly trace: TraceFrame[] = [];
  framesDropped = 0;
  /** Near names for a misspelt one; worked out when the error is shown. */
  suggest: (() => readonly string[]) | undefined;
  /** The host's stack was too small: with a deeper one the evaluation may succeed. */
  overflow = false;
  /** The unknown value, for kind `opaque`. */
  opaque: Opaque | undefined;

  constructor(
    readonly kind: NixErrorKind,
    message: string,
    public pos?: Pos | undefined,
  ) {
    super(message);
    this.name = 'NixError';
  }

  /** Adds an outer frame; gives the error itself, to be thrown again. */
  within(message: string, pos: Pos | undefined): this {
    if (this.trace.length >= FRAMES_KEPT) {
      this.trace.splice(FRAMES_KEPT / 2, 1);
      this.framesDropped++;
    }
    this.trace.push({ message, pos });
    return this;
  }

  /** As Nix prints it; see {@link formatNixError}. */
  format(): string {
    return formatNixError(this);
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

  /** For people and borders: code `nix-<kind>`, sentence, position, source line with caret and trace as detail. */
  toProblem(): Problem {
    const hint = this.suggestion();
    const place = this.pos ?? this.trace.find((frame) => frame.pos !== undefined)?.pos;
    return {
      code: `nix-${this.kind}`,
      message: this.message,
      ...(hint === undefined ? {} : { hint }),
      ...(place === undefined ? {} : { position: place.toPosition() }),
      detail: formatNixError(this),
    };
  }

  toProblemError(): ProblemError {
    return new ProblemError(this.toProblem(), { cause: this });
  }
}

/** The error as Nix 2.3x prints it: trace from the outside in, then `error:` with the source lines around the place. */
function formatNixError(error: NixError): string {
  const lines: string[] = ['error:'];
  if (error.trace.length > 0) {
    const frames = [...error.trace].reverse();
    const gap = frames.length - FRAMES_KEPT / 2;
    frames.forEach((frame, i) => {
      if (error.framesDropped > 0 && i === gap) {
        lines.push(`       (${error.framesDropped} frames omitted)`, '');
      }
      lines.push(`       … ${frame.message}`, ...snippet(frame.pos, 9), '');
    });
    lines.push(`       error: ${indentRest(error.message)}`);
  } else {
    lines[0] = `error: ${indentRest(error.message)}`;
  }
  lines.push(...snippet(error.pos, 7));
  const suggestion = error.suggestion();
  if (suggestion !== undefined) {
    lines.push(`       ${suggestion}`);
  }
  return lines.join('\n');
}

function indentRest(message: string): string {
  return message.replaceAll('\n', '\n       ');
}

/** The place, then the line with its neighbours and a caret; numbers in a column of five. */
function snippet(pos: Pos | undefined, indent: number): string[] {
  if (pos === undefined) {
    return [];
  }
  const { source, line, column } = pos;
  const lines = [`${' '.repeat(indent)}at ${pos}:`];
  for (let n = line - 1; n <= line + 1; n++) {
    const text = n < 1 ? undefined : source.line(n);
    if (text !== undefined) {
      const shown = text.length > LINE_SHOWN ? `${text.slice(0, LINE_SHOWN)}…` : text;
      lines.push(`        ${String(n).padStart(5)}| ${shown}`.trimEnd());
      if (n === line && column <= LINE_SHOWN) {
        lines.push(`             | ${' '.repeat(column - 1)}^`);
      }
    }
  }
  return lines;
}
