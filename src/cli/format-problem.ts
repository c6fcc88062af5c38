import { detailBelowMessage, type Problem } from '../core/model/problem';
import { plain, plainLines } from '../core/report/plain';

/** Lines of a trace that are shown: the outermost, and the innermost with the error itself. */
const FIRST_LINES = 6;
const LAST_LINES = 12;

/**
 * A problem as text for a terminal: the place, the sentence, details, what to do next. Texts of strangers cannot act on
 * the terminal; a trace without end is cut in its middle.
 *
 * @returns lines, each ended by a newline
 */
export function formatProblem(problem: Problem): string {
  const { message, position, hint } = problem;
  const detail = detailBelowMessage(problem);
  const place = position === undefined ? '' : `at ${position.file}:${position.line}:${position.column}`;
  const lines = [`error: ${plain(message)}`];
  // What Nix's own words come with has the place in it.
  if (place !== '' && detail?.includes(place) !== true) {
    lines.push(`       ${plain(place)}`);
  }
  if (detail !== undefined) {
    lines.push(...shortened(plainLines(detail).split('\n')));
  }
  if (hint !== undefined) {
    lines.push(`next: ${plain(hint)}`);
  }
  return `${lines.join('\n')}\n`;
}

function shortened(lines: readonly string[]): readonly string[] {
  const omitted = lines.length - FIRST_LINES - LAST_LINES;
  return omitted <= 1
    ? lines
    : [...lines.slice(0, FIRST_LINES), `       (${omitted} more lines)`, ...lines.slice(-LAST_LINES)];
}
