/** A place in a text file; `line` and `column` count from 1, `column` in bytes as Nix counts. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Something that went wrong, for a person: what, where, and what to do next. Every error that crosses a border
 * (process, window, command line) has this shape.
 */
export interface Problem {
  /** Stable, kebab-case: `flake-not-found`, `syntax-error`, `lock-broken` … */
  readonly code: string;
  /** One sentence that names the cause. */
  readonly message: string;
  /** What the user can do next, one sentence. */
  readonly hint?: string;
  readonly position?: Position;
  /** More lines for those who look: source line with a caret, a trace, suggestions. */
  readonly detail?: string;
}

/** The detail of a problem without the sentence that is shown already. */
export function detailBelowMessage({ detail, message }: Problem): string | undefined {
  if (detail === undefined) {
    return undefined;
  }
  const lines = detail.split('\n');
  const rest = lines[0] === `error: ${message}` || lines[0] === 'error:' ? lines.slice(1) : lines;
  return rest.join('\n');
}

/** Carries a {@link Problem} through code that throws. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
