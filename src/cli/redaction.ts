import type { Problem } from '../core/model/problem';
import { identityOfEnvironment, redact } from '../core/redact';
import { formatProblem } from './format-problem';
import type { CliIo } from './io';

/** Tells of a problem on standard error: redacted as well, where that is a log. */
export function writeProblem(problem: Problem, isAsked: boolean, io: CliIo): void {
  const isForEyes = io.stderr.isTTY === true;
  const told = isAsked && !isForEyes ? redact(problem, identityOfEnvironment(io.env)).document : problem;
  io.stderr.write(formatProblem(told));
}
