import type { RowStatus } from '../model/diff';
import type { Position } from '../model/problem';
import type { Target } from '../model/target';
import type { Exporter } from './exporter';
import { plain, plainJson } from './plain';
import { isElsewhere, type Report, type ReportRow, repositoryPath } from './report';
import { statusLooks } from './status';

/** SARIF 2.1.0 (docs.oasis-open.org/sarif): each difference at the place in the flake that asks for it. */
export const sarifExporter: Exporter = {
  id: 'sarif',
  title: 'SARIF',
  purpose: 'Code scanning results with places in flake.nix.',
  extension: 'sarif',
  mime: 'application/sarif+json',
  render: (report) => plainJson(renderSarif(report)),
};

/** What a rule is: every status that is no match. */
const RULES = ['drift', 'missing', 'shadowed', 'unknown'] as const satisfies readonly RowStatus[];

function renderSarif(report: Report): object {
  const [, version = '0'] = report.generator.split(' ');
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Lockstep',
            semanticVersion: version,
            rules: RULES.map((status) => ({
              id: ruleId(status),
              name: statusLooks[status].label.replace(/ /g, ''),
              shortDescription: { text: statusLooks[status].meaning },
              defaultConfiguration: { level: status === 'unknown' ? 'note' : 'warning' },
            })),
          },
        },
        invocations: [{ executionSuccessful: true, endTimeUtc: report.generatedAt }],
        results: report.rows.flatMap((row) => result(row, report.audit.target.flake)),
      },
    ],
  };
}

function result(row: ReportRow, flake: Target['flake']): readonly object[] {
  const index = (RULES as readonly RowStatus[]).indexOf(row.status);
  const status = RULES[index];
  if (status === undefined) {
    return [];
  }
  const { expected, fixes, tool, drift } = row.row;
  const [fix] = fixes;
  const how = fix === undefined ? '' : ` Fix: ${plain(fix.command)}`;
  const isSerious = status === 'missing' || (status === 'drift' && drift === 'major');
  return [
    {
      ruleId: ruleId(status),
      ruleIndex: index,
      level: status === 'unknown' ? 'note' : isSerious ? 'error' : 'warning',
      message: { text: `${row.title}: ${row.reason}${how}` },
      locations: [location(expected?.position, flake)],
      partialFingerprints: { 'lockstepRequirement/v1': plain(`${tool}:${expected?.attribute ?? ''}`) },
    },
  ];
}

function location(position: Position | undefined, flake: Target['flake']): object {
  const inside = repositoryPath(position?.file ?? 'flake.nix', flake);
  const isRelative = !isElsewhere(inside);
  return {
    physicalLocation: {
      artifactLocation: {
        uri: plain(inside).split('/').map(encodeURIComponent).join('/'),
        ...(isRelative ? { uriBaseId: '%SRCROOT%' } : {}),
      },
      ...(position === undefined || position.line < 1
        ? {}
        : { region: { startLine: position.line, startColumn: Math.max(1, position.column) } }),
    },
  };
}

function ruleId(status: (typeof RULES)[number]): string {
  return `lockstep/${statusLooks[status].word}`;
}
