import type { RowStatus } from '../model/diff';
import { plain } from './plain';
import { placeText, type Report, type ReportRow } from './report';
import { statusLooks, statusOrder } from './status';
import { displayWidth, padTo, truncate, wrap } from './text-width';

/** What a piece of text is, for those who can show colour and weight. */
export type Style = RowStatus | 'strong' | 'faint' | 'none';

export interface Span {
  readonly text: string;
  readonly style: Style;
}

export type Line = readonly Span[];

export interface LayoutOptions {
  /** Cells; at least 40 are used. */
  readonly width: number;
  /** List what only the machine has, too. */
  readonly extras: boolean;
}

/**
 * The report as lines of text: the headline, a bar, one line a row (what needs doing first), notes. Where the width
 * allows, the reason stands beside its row; otherwise below it, where it says more than the row does.
 */
export function layoutText(report: Report, { width: asked, extras }: LayoutOptions): readonly Line[] {
  const width = Math.max(40, asked);
  const { summary } = report;
  const rows = [...report.rows].sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
  const shown = extras ? [...rows, ...report.extras] : rows;
  const lines: Line[] = [
    [strong(truncate(`${report.title} · ${plain(report.audit.shell)} · ${plain(report.audit.target.system)}`, width))],
    [{ text: summary.headline, style: headlineStyle(report) }],
    bar(report, Math.min(width, 60)),
    [],
    ...table(shown, width),
  ];
  if (!extras && summary.extra > 0) {
    const tools = summary.extra === 1 ? 'tool is' : 'tools are';
    const text = `${statusLooks.extra.glyph} ${summary.extra} more ${tools} installed that the flake does not ask for`;
    lines.push([], ...wrap(text, width).map((line) => [faint(line)]));
  }
  for (const { message, hint, position } of report.findings) {
    const place = position === undefined ? '' : ` (${placeText(position)})`;
    const text = plain(`note: ${message}${place}${hint === undefined ? '' : ` ${hint}`}`);
    lines.push([], ...wrap(text, width).map((line) => [faint(line)]));
  }
  return lines;
}

function headlineStyle({ summary }: Report): Style {
  return summary.inStep ? 'match' : 'drift';
}

/** One cell or more a status, so that none of them vanishes: `✓✓✓✓≠≠−`. */
function bar({ summary }: Report, width: number): Line {
  if (summary.total === 0) {
    return [];
  }
  const order: readonly RowStatus[] = ['match', 'drift', 'missing', 'shadowed', 'unknown'];
  const present = order.filter((status) => summary[status] > 0);
  const cells = Math.min(width, Math.max(summary.total, 24)) - present.length;
  return present.map((status) => ({
    text: statusLooks[status].glyph.repeat(1 + Math.round((summary[status] / summary.total) * cells)),
    style: status,
  }));
}

const GAP = '  ';
/** A narrower column of reasons would be a column of broken lines. */
const LEAST_REASON = 56;

function table(rows: readonly ReportRow[], width: number): readonly Line[] {
  if (rows.length === 0) {
    return [];
  }
  const column = (pick: (row: ReportRow) => string, head: string, most: number): number =>
    Math.min(most, Math.max(displayWidth(head), ...rows.map((row) => displayWidth(pick(row)))));
  const status = column((row) => statusText(row), 'status', 18);
  const actual = column((row) => row.actual, 'machine', Math.floor(width / 6));
  const expected = column((row) => row.expected, 'flake', Math.floor(width / 5));
  const taken = status + actual + expected + 3 * GAP.length;
  const title = column((row) => row.title, 'tool', Math.max(8, Math.min(32, width - taken)));
  const rest = width - taken - title - GAP.length;
  const withReason = rest >= LEAST_REASON;
  const head = [
    padTo('status', status),
    padTo('tool', title),
    padTo('machine', actual),
    withReason ? padTo('flake', expected) : 'flake',
  ];
  return [
    [faint([...head, ...(withReason ? ['why'] : [])].join(GAP))],
    ...rows.flatMap((row): readonly Line[] => {
      const line: Line = [
        { text: padTo(statusText(row), status), style: row.status },
        { text: GAP + padTo(row.title, title), style: row.status === 'match' ? 'none' : 'strong' },
        { text: GAP + padTo(row.actual === '' ? '–' : row.actual, actual), style: 'none' },
        { text: GAP + padTo(row.expected === '' ? '–' : row.expected, expected), style: 'none' },
      ];
      if (withReason) {
        const [first = '', ...more] = wrap(row.reason, rest);
        const indent = ' '.repeat(width - rest);
        return [[...line, faint(GAP + first)], ...more.map((text) => [faint(indent + text)])];
      }
      const indent = ' '.repeat(status + GAP.length);
      return saysMore(row)
        ? [line, ...wrap(row.reason, width - indent.length).map((text) => [faint(indent + text)])]
        : [line];
    }),
  ];
}

/** Whether a reason tells what the columns beside it do not: where the other copy is, what a policy says, why it is unknown. */
function saysMore({ status, reason, row: { drift, copies, accepted } }: ReportRow): boolean {
  const isPlain =
    status === 'match' || (status === 'drift' && drift !== 'other') || (status === 'missing' && copies.length === 0);
  return !isPlain || accepted !== undefined || /[.!?] /.test(reason);
}

/** `≠ drift major`: glyph, word, and how far where that is known. */
function statusText({ status, badge }: ReportRow): string {
  const { glyph, word } = statusLooks[status];
  return badge === '' ? `${glyph} ${word}` : `${glyph} ${word} ${badge}`;
}

function strong(text: string): Span {
  return { text, style: 'strong' };
}

function faint(text: string): Span {
  return { text, style: 'faint' };
}
