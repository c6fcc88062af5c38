import type { Exporter } from './exporter';
import { plain } from './plain';
import type { ReportRow } from './report';

type Column = readonly [name: string, value: (row: ReportRow) => string];

const columns: readonly Column[] = [
  ['status', ({ status }) => status],
  ['tool', ({ row }) => row.tool],
  ['title', ({ title }) => title],
  ['category', ({ categoryTitle }) => categoryTitle],
  ['drift', ({ row }) => row.drift ?? ''],
  ['expected_version', ({ row }) => row.expected?.version ?? ''],
  ['certainty', ({ row }) => row.expected?.certainty ?? ''],
  ['attribute', ({ row }) => row.expected?.attribute ?? ''],
  ['asked_at', ({ place }) => place],
  ['actual_version', ({ row }) => row.actual?.version ?? ''],
  ['path', ({ row }) => row.actual?.path ?? ''],
  ['real_path', ({ row }) => row.actual?.realPath ?? ''],
  ['manager', ({ row }) => row.actual?.manager ?? ''],
  ['copies', ({ row }) => String(row.copies.length)],
  ['reason', ({ reason }) => reason],
  ['fix', ({ row }) => row.fixes[0]?.command ?? ''],
];

/** Every row and column (RFC 4180: CRLF, quotes doubled). */
export const csvExporter: Exporter = {
  id: 'csv',
  title: 'CSV',
  purpose: 'Every row and column, for a spreadsheet.',
  extension: 'csv',
  mime: 'text/csv',
  render: ({ rows, extras }) => {
    const lines = [
      columns.map(([name]) => name),
      ...[...rows, ...extras].map((row) => columns.map(([, value]) => value(row))),
    ];
    return csvText(lines);
  },
};

/** Records as RFC 4180 has them. */
export function csvText(records: readonly (readonly string[])[]): string {
  return records.map((record) => `${record.map(cell).join(',')}\r\n`).join('');
}

/**
 * One cell. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, also after blanks or quotes
 * and in full-width form: an apostrophe before it makes it text (OWASP's advice on CSV injection). Line breaks and tabs
 * become blanks.
 */
function cell(text: string): string {
  const line = plain(text);
  const harmless = /^[\s"']*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
  return /[",;]|^\s|\s$/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}
