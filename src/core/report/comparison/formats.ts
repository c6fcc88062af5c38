import type { Change, Matrix, MatrixRow } from '../../diff/matrix';
import { chatBlock } from '../chat-block';
import { csvText } from '../csv';
import { escapeXml } from '../junit';
import { code, escapeMarkdown, folded } from '../markdown';
import { plain, plainJson } from '../plain';
import { escapeTap } from '../tap';
import { cellText, changeLooks, changeText, layoutComparison, sortedRows } from './layout';
import { comparisonPage } from './page';

/** A comparison with what a document says of itself. */
export interface ComparisonReport {
  readonly matrix: Matrix;
  /** ISO 8601. */
  readonly generatedAt: string;
  /** `Lockstep 0.1.0`. */
  readonly generator: string;
}

/** One format of a comparison of anything with anything. Pure: the same comparison gives the same bytes. */
export interface ComparisonFormat {
  readonly id: string;
  readonly extension: string;
  readonly render: (report: ComparisonReport) => string;
}

/** As the text of an audit. */
const TEXT_WIDTH = 80;

/** Every format of a comparison; `pdf` is its page, printed. */
export const comparisonFormats: readonly ComparisonFormat[] = [
  { id: 'html', extension: 'html', render: (report) => comparisonPage(report).html },
  { id: 'markdown', extension: 'md', render: markdown },
  { id: 'text', extension: 'txt', render: text },
  { id: 'json', extension: 'json', render: ({ matrix }) => plainJson(matrix) },
  { id: 'csv', extension: 'csv', render: csv },
  { id: 'junit', extension: 'xml', render: junit },
  { id: 'tap', extension: 'tap', render: tap },
];

/** A row in one sentence: `20.11.1 in a, 22.3.0 in b.` */
function sentence(row: MatrixRow, { columns }: Matrix): string {
  return `${columns.map(({ label }, index) => `${cellText(row, index)} in ${plain(label)}`).join(', ')}.`;
}

function markdown({ matrix, generator, generatedAt }: ComparisonReport): string {
  const rows = sortedRows(matrix.rows);
  const open = rows.filter(({ change }) => change !== 'same');
  const same = rows.filter(({ change }) => change === 'same');
  const table = (members: readonly MatrixRow[]) =>
    [
      `| Change | Tool | ${matrix.columns.map(({ label }) => escapeMarkdown(plain(label))).join(' | ')} |`,
      `| --- | --- |${' --- |'.repeat(matrix.columns.length)}`,
      ...members.map(
        (row) =>
          `| ${changeText(row)} | **${escapeMarkdown(plain(row.title))}** | ${matrix.columns.map((_, index) => code(cellText(row, index))).join(' | ')} |`,
      ),
    ].join('\n');
  const blocks = [
    `## ${matrix.columns.map(({ label }) => escapeMarkdown(plain(label))).join(' → ')}: ${matrix.summary.headline}`,
    matrix.columns
      .map(({ label, note }) => `- **${escapeMarkdown(plain(label))}**: ${escapeMarkdown(plain(note))}`)
      .join('\n'),
    matrix.summary.highlights.map((highlight) => `- ${escapeMarkdown(plain(highlight))}`).join('\n'),
    open.length === 0 ? '' : table(open),
    same.length === 0 ? '' : folded(`${changeLooks.same.glyph} ${same.length} the same`, table(same)),
    `<sub>${escapeMarkdown(generator)}, ${generatedAt}</sub>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function text({ matrix, generator, generatedAt }: ComparisonReport): string {
  const lines = layoutComparison(matrix, { width: TEXT_WIDTH, all: false });
  const body = lines.map((line) =>
    line
      .map((span) => span.text)
      .join('')
      .trimEnd(),
  );
  return chatBlock(`${body.join('\n')}\n\n${generator}, ${generatedAt}\n`);
}

function csv({ matrix }: ComparisonReport): string {
  return csvText([
    ['change', 'size', 'tool', 'title', 'category', ...matrix.columns.map(({ label }) => label)],
    ...matrix.rows.map((row) => [
      row.change,
      row.size ?? '',
      row.tool,
      row.title,
      row.category,
      ...row.cells.map((cell) => (cell === null ? '' : (cell.version ?? '?'))),
    ]),
  ]);
}

const FAILS: ReadonlySet<Change> = new Set(['newer', 'older', 'added', 'removed', 'differs']);

function junit({ matrix, generatedAt }: ComparisonReport): string {
  const name = escapeXml(`lockstep: ${matrix.columns.map(({ label }) => label).join(' → ')}`);
  const failures = matrix.rows.filter(({ change }) => FAILS.has(change)).length;
  const counts = `tests="${matrix.rows.length}" failures="${failures}" errors="0"`;
  const cases = matrix.rows.map((row) => {
    const head = `    <testcase classname="${escapeXml(`lockstep.${row.category}.${row.tool}`)}" name="${escapeXml(row.title)}" time="0"`;
    const why = escapeXml(sentence(row, matrix));
    if (row.change === 'unknown') {
      return `${head}>\n      <skipped message="${why}"/>\n    </testcase>`;
    }
    return FAILS.has(row.change)
      ? `${head}>\n      <failure type="${row.change}" message="${why}">${why}</failure>\n    </testcase>`
      : `${head}/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${counts} time="0">`,
    `  <testsuite name="${name}" ${counts} skipped="${matrix.summary.unknown}" time="0" timestamp="${generatedAt.replace(/Z$/, '')}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function tap({ matrix }: ComparisonReport): string {
  const { rows } = matrix;
  const lines = rows.flatMap((row, index) => {
    const name = `${index + 1} - ${escapeTap(row.title)}`;
    if (row.change === 'unknown') {
      return [`ok ${name} # SKIP ${escapeTap(sentence(row, matrix))}`];
    }
    return FAILS.has(row.change)
      ? [
          `not ok ${name}`,
          '  ---',
          `  message: ${JSON.stringify(sentence(row, matrix))}`,
          `  change: ${row.change}`,
          '  ...',
        ]
      : [`ok ${name}`];
  });
  const plan = `1..${rows.length}${rows.length === 0 ? ' # SKIP there is nothing to compare' : ''}`;
  return `${['TAP version 14', plan, ...lines, `# ${matrix.summary.headline}`].join('\n')}\n`;
}
