import type { Line, Style } from '../core/report/text-layout';
import type { CliIo } from './io';

/** Orange and blue, as in the window; what is in step stays quiet. 256 colours, which every terminal of today has. */
const CODES: Readonly<Record<Style, string>> = {
  drift: '38;5;208',
  missing: '38;5;75',
  shadowed: '38;5;179',
  unknown: '2',
  match: '2',
  extra: '2',
  strong: '1',
  faint: '2',
  none: '',
};

/** Whether standard output takes colour: https://no-color.org, FORCE_COLOR, a dumb terminal, a pipe. */
export function wantsColour({ env, stdout }: CliIo, isAllowed: boolean): boolean {
  if (!isAllowed || (env['NO_COLOR'] ?? '') !== '') {
    return false;
  }
  const force = env['FORCE_COLOR'];
  if (force !== undefined) {
    return force !== '0' && force !== 'false';
  }
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
}

/** Lines as text, each ended by a newline. */
export function paint(lines: readonly Line[], isColoured: boolean): string {
  return lines
    .map((line) => {
      const text = line.map((span) => (isColoured ? colour(span.text, CODES[span.style]) : span.text)).join('');
      return `${text.trimEnd()}\n`;
    })
    .join('');
}

function colour(text: string, code: string): string {
  return code === '' || text.trim() === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
}
