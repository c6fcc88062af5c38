import { type Problem, ProblemError } from '../core/model/problem';

/** Any error as a {@link Problem}: those that nobody foresaw keep their message and stack. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    message: message === '' ? 'Something unexpected went wrong.' : message,
    hint: 'This is a defect of Lockstep: please report it with the details below.',
    ...(error instanceof Error && error.stack !== undefined ? { detail: error.stack } : {}),
  };
}
