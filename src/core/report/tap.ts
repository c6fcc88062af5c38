import type { Exporter } from './exporter';
import { testName } from './junit';
import { plain } from './plain';
import type { ReportRow } from './report';
import { statusLooks } from './status';

/** The Test Anything Protocol, version 14 (testanything.org): a line for each requirement, details in YAML. */
export const tapExporter: Exporter = {
  id: 'tap',
  title: 'TAP',
  purpose: 'The Test Anything Protocol, for test harnesses.',
  extension: 'tap',
  mime: 'text/plain',
  render: ({ rows, summary }) =>
    `${[
      'TAP version 14',
      `1..${rows.length}${rows.length === 0 ? ' # SKIP the shell asks for no packages' : ''}`,
      ...rows.flatMap((row, index) => testPoint(row, index + 1)),
      `# ${summary.headline}`,
    ].join('\n')}\n`,
};

function testPoint(reportRow: ReportRow, number: number): readonly string[] {
  const { status, reason, place, row } = reportRow;
  const name = escapeTap(testName(reportRow));
  switch (status) {
    case 'match':
    case 'extra':
      return [`ok ${number} - ${name}`];
    case 'unknown':
      return [`ok ${number} - ${name} # SKIP ${escapeTap(reason)}`];
    default: {
      const details: Record<string, string> = { message: reason, severity: 'fail', status: statusLooks[status].word };
      if (place !== '') {
        details['at'] = place;
      }
      if (row.fixes[0] !== undefined) {
        details['fix'] = plain(row.fixes[0].command);
      }
      // A JSON string is a YAML string.
      const yaml = Object.entries(details).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
      return [`not ok ${number} - ${name}`, '  ---', ...yaml, '  ...'];
    }
  }
}

/** `#` begins a directive and `\` escapes, so both are escaped. */
export function escapeTap(text: string): string {
  return plain(text).replace(/[\\#]/g, '\\$&');
}
