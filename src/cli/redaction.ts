import type { Problem } from '../core/model/problem';
import { identityOfEnvironment, redact } from '../core/redact';
import { formatProblem } from './format-problem';
import type { CliIo } from './io';

/**
 * A document as it may be written: without names, addresses and secrets, unless that was refused, or it is text for the
 * eyes of whoever sits at this terminal.
 *
 * @param isText what a terminal shows; JSON is there to be passed on
 */
export function forOutput<Document extends object>(
  document: Document,
  { redact: isAsked, isText }: { readonly redact: boolean; readonly isText: boolean },
  io: CliIo,
): Document {
  const isForEyes = isText && io.stdout.isTTY === true;
  return isAsked && !isForEyes ? redact(document, identityOfEnvironment(io.env)).document : document;
}

/** Tells of a problem on standard error: redacted as well, where that is a log. */
export function writeProblem(problem: Problem, isAsked: boolean, io: CliIo): void {
  const isForEyes = io.stderr.isTTY === true;
  const told = isAsked && !isForEyes ? redact(problem, identityOfEnvironment(io.env)).document : problem;
  io.stderr.write(formatProblem(told));
}
