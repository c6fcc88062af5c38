import { ProblemError } from '../../model/problem';

/** The error for an index file that is not one, or damaged. */
export function brokenIndex(detail: string): ProblemError {
  return new ProblemError({
    code: 'index-broken',
    message: 'The nixpkgs version index cannot be read.',
    hint: 'Install Lockstep again, or run "lockstep index update" for a fresh index.',
    detail,
  });
}
