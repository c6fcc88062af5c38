import type { Problem } from '../core/model/problem';

/**
 * A problem as text for a terminal: the place, the sentence, details, what to do next.
 *
 * @returns lines, each ended by a newline
 */
export function formatProblem(problem: Problem): string {
  const { position } = problem;
  const place = position === undefined ? '' : ` at ${position.file}:${position.line}:${position.column}`;
  const lines = [`error: ${problem.message}${place}`];
  if (problem.detail !== undefined) {
    lines.push(problem.detail);
  }
  if (problem.hint !== undefined) {
    lines.push(`next: ${problem.hint}`);
  }
  return `${lines.join('\n')}\n`;
}
