import type { Exporter } from './exporter';
import { plain } from './plain';
import type { Report, ReportGroup, ReportRow } from './report';
import { statusLooks } from './status';

/** A test case for each requirement, a suite for each category, as Jenkins, GitLab and others read them. */
export const junitExporter: Exporter = {
  id: 'junit',
  title: 'JUnit XML',
  purpose: 'Test results for Jenkins, GitLab and other CI.',
  extension: 'xml',
  mime: 'application/xml',
  render: (report) => renderJunit(report),
};

function renderJunit({ title, summary, groups, generatedAt }: Report): string {
  const failures = summary.drift + summary.missing + summary.shadowed;
  // The usual schemas know no `skipped` here: each suite counts its own.
  const counts = `tests="${summary.total}" failures="${failures}" errors="0" time="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(`lockstep: ${title}`)}" ${counts}>`,
    ...groups.map((group) => suite(group, generatedAt)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ title, rows, counts }: ReportGroup, generatedAt: string): string {
  const failures = counts.drift + counts.missing + counts.shadowed;
  const time = generatedAt.replace(/Z$/, '');
  return [
    `  <testsuite name="${escapeXml(title)}" tests="${rows.length}" failures="${failures}" errors="0" skipped="${counts.unknown}" time="0" timestamp="${time}">`,
    ...rows.map(testCase),
    '  </testsuite>',
  ].join('\n');
}

function testCase(row: ReportRow): string {
  const { status, reason, place, row: diffRow } = row;
  const name = testName(row);
  const head = `    <testcase classname="${escapeXml(`lockstep.${diffRow.category}.${diffRow.tool}`)}" name="${escapeXml(name)}" time="0"`;
  switch (status) {
    case 'match':
    case 'extra':
      return `${head}/>`;
    case 'unknown':
      return `${head}>\n      <skipped message="${escapeXml(reason)}"/>\n    </testcase>`;
    default: {
      const lines = [
        reason,
        ...(place === '' ? [] : [`asked for at ${place}`]),
        ...diffRow.fixes.map((fix) => `fix: ${fix.command}`),
      ];
      const body = lines.map((line) => escapeXml(line)).join('\n');
      return `${head}>\n      <failure type="${statusLooks[status].word}" message="${escapeXml(reason)}">${body}</failure>\n    </testcase>`;
    }
  }
}

/** What a test is called: the tool, and the version where one is known. */
export function testName({ title, expected }: ReportRow): string {
  return expected === '' || expected === '?' ? title : `${title} ${expected}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an element or a quoted attribute of XML 1.0, which has no place for control characters. */
export function escapeXml(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
