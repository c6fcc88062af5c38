import type { Target } from '../model/target';
import type { Exporter } from './exporter';
import { plain } from './plain';
import { type ReportRow, repositoryPath } from './report';
import { statusOrder } from './status';

/**
 * Workflow commands of GitHub Actions: print them in a job, and each difference is an annotation at its place in the
 * flake. The step summary is the Markdown report: `--output markdown=$GITHUB_STEP_SUMMARY`.
 */
export const githubExporter: Exporter = {
  id: 'github',
  title: 'GitHub annotations',
  purpose: 'Annotations at the flake, printed in a GitHub Actions job.',
  extension: 'txt',
  mime: 'text/plain',
  render: ({ title, summary, rows, audit }) =>
    `${[
      // A step shows ten warnings and ten errors: what needs doing comes first.
      ...[...rows]
        .sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status))
        .flatMap((row) => annotation(row, audit.target.flake)),
      `::${summary.inStep ? 'notice' : 'warning'} title=${property(`Lockstep: ${title}`)}::${data(summary.headline)}`,
    ].join('\n')}\n`,
};

function annotation({ status, title, reason, row }: ReportRow, flake: Target['flake']): readonly string[] {
  if (status === 'match' || status === 'extra') {
    return [];
  }
  const level = status === 'unknown' ? 'notice' : status === 'missing' || row.drift === 'major' ? 'error' : 'warning';
  const position = row.expected?.position;
  const place =
    position === undefined
      ? ''
      : `file=${property(repositoryPath(position.file, flake))},line=${position.line},col=${position.column},`;
  const fix = row.fixes[0] === undefined ? '' : ` Fix: ${row.fixes[0].command}`;
  return [`::${level} ${place}title=${property(title)}::${data(`${reason}${fix}`)}`];
}

/** The runner's own escapes (actions/toolkit, command.ts): a line break could begin another command. */
function data(text: string): string {
  return plain(text).replace(/%/g, '%25');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
