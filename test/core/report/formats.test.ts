import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse as parseCsv } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { HtmlValidate } from 'html-validate';
import MarkdownIt from 'markdown-it';
import { parse as parseHtml } from 'parse5';
import { Parser as TapParser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import type { Audit } from '../../../src/core/model/audit';
import { exporters, findExporter } from '../../../src/core/report';
import { renderClipboard } from '../../../src/core/report/html/clipboard';
import { printReport } from '../../../src/core/report/html/print-report';
import { plain } from '../../../src/core/report/plain';
import { displayWidth } from '../../../src/core/report/text-width';
import { actual, audit, installation, REVISION, row, snapshot, target, wants } from './builders';
import { everyStatus, reportOf } from './sample';

function render(id: string, of: Audit = everyStatus): string {
  return findExporter(id)?.render(reportOf(of)) as string;
}

/** Names that try to get out of every format. */
const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example","x")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '| a | b |',
  '`code` *bold* [link](http://evil.example) ![x](y)',
  '</details></script></style>]]>',
  'line\nbreak\r\n::error::injected',
  '\u001b[31mred\u001b[0m\u0007',
  'right\u202eto\u2066left',
  '%0A::error::x',
  '# SKIP nothing',
  '--- \n...',
  '\ud800 lone',
  '@everyone #1',
  '__proto__',
  'constructor',
  'toString',
];

const hostile: Audit = audit(
  nasty.flatMap((text, index) => [
    row({
      tool: `t${index}${text}`,
      title: text,
      category: text,
      status: (['drift', 'missing', 'unknown', 'shadowed', 'match', 'extra'] as const)[index % 6] as 'drift',
      reason: text,
      expected: {
        attribute: text,
        name: text,
        version: text,
        certainty: 'exact',
        reason: text,
        position: { file: text, line: 1, column: 1 },
      },
      actual: actual(text, { path: text, manager: text, evidence: [{ kind: 'file', source: text, detail: text }] }),
      copies: [actual(text, { path: text })],
      fixes: [{ manager: text, command: text, title: text, risk: text }],
    }),
  ]),
  {
    snapshot: snapshot(nasty.map((text) => installation(text, text, { path: text, package: text }))),
    target: target(nasty.map((text) => wants(text, text))),
    findings: nasty.map((text) => ({ code: 'x', message: text, hint: text })),
  },
);

/** Bytes that a terminal, a bidirectional algorithm or an XML parser would act on. */
const DANGEROUS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

describe.each(exporters.map((exporter) => [exporter.id, exporter] as const))('%s', (id, exporter) => {
  test('the same report gives the same bytes, ended by a line break', () => {
    const text = exporter.render(reportOf(everyStatus));
    expect(exporter.render(reportOf(structuredClone(everyStatus)))).toBe(text);
    expect(text.endsWith('\n')).toBe(true);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  test('nothing from a hostile machine acts', () => {
    expect(exporter.render(reportOf(hostile))).not.toMatch(DANGEROUS);
  });

  test('an empty audit', () => {
    expect(exporter.render(reportOf(audit([]))).length).toBeGreaterThan(id === 'csv' ? 50 : 10);
  });
});

describe('JSON', () => {
  test('has its keys in one order, whoever put the audit together', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, one]) => [key, turned(one)]),
            )
          : value;
    const saved: Audit = JSON.parse(JSON.stringify(everyStatus));
    expect(render('json', turned(saved) as Audit)).toBe(render('json', saved));
  });

  const schema = JSON.parse(readFileSync('schema/audit.schema.json', 'utf8'));
  const validate = addFormats.default(new Ajv2020({ strict: false })).compile(schema);

  test.each([
    ['every status', everyStatus],
    ['hostile', hostile],
  ])('follows the published schema: %s', (_, of) => {
    const parsed = JSON.parse(render('json', of));
    validate(parsed);
    expect(validate.errors ?? []).toEqual([]);
  });
});

describe('CSV', () => {
  const records = (of: Audit) => parseCsv<Record<string, string>>(render('csv', of), { columns: true });

  test('every row with every column', () => {
    const parsed = records(everyStatus);
    expect(parsed).toHaveLength(6);
    expect(parsed[1]).toMatchObject({
      status: 'drift',
      tool: 'python',
      drift: 'minor',
      expected_version: '3.12.4',
      actual_version: '3.11.7',
      asked_at: 'flake.nix:23:13',
      manager: 'pyenv',
      fix: 'nix develop /home/ada/work/python-service',
    });
  });

  test('no cell is a formula', () => {
    const cells = records(hostile).flatMap((record) => Object.values(record));
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    expect(cells).toContain(`'=HYPERLINK("http://evil.example","x")`);
  });
});

describe('JUnit', () => {
  test('is well-formed XML with the counts of the summary', () => {
    expect(XMLValidator.validate(render('junit', hostile))).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name.startsWith('test') }).parse(
      render('junit'),
    );
    const [suites] = testsuites;
    expect(suites).toMatchObject({ '@_tests': '5', '@_failures': '3', '@_errors': '0' });
    expect(suites.testsuite.map((suite: Record<string, string>) => suite['@_skipped'])).toEqual(['0', '0', '0', '1']);
    const cases = suites.testsuite.flatMap((suite: { testcase: object[] }) => suite.testcase);
    expect(cases).toHaveLength(5);
    expect(cases[1].failure).toMatchObject({
      '@_type': 'drift',
      '@_message': '3.11.7 is installed; the flake asks for 3.12.4: a minor version behind.',
    });
  });
});

/** Elements and attributes that the schemas of Jenkins, Surefire and GitLab have in common. */
const JUNIT: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
  testcase: ['classname', 'name', 'time'],
  failure: ['type', 'message'],
  skipped: ['message'],
};

test.each([
  ['every status', everyStatus],
  ['hostile', hostile],
  ['empty', audit([])],
])('JUnit has no element or attribute that a schema refuses: %s', (_, of) => {
  const seen: string[] = [];
  const visit = (nodes: readonly Record<string, unknown>[]): void => {
    for (const { ':@': attributes = {}, ...node } of nodes) {
      for (const [name, children] of Object.entries(node)) {
        if (!name.startsWith('#') && !name.startsWith('?')) {
          seen.push(...Object.keys(attributes as object).map((key) => `${name} ${key.slice(2)}`), name);
          visit(children as readonly Record<string, unknown>[]);
        }
      }
    }
  };
  visit(new XMLParser({ ignoreAttributes: false, preserveOrder: true }).parse(render('junit', of)));
  const known = Object.entries(JUNIT).flatMap(([name, keys]) => [name, ...keys.map((key) => `${name} ${key}`)]);
  expect(seen.length).toBeGreaterThan(0);
  expect([...new Set(seen)].filter((one) => !known.includes(one))).toEqual([]);
});

describe('TAP', () => {
  const parse = (of: Audit) =>
    new Promise<{ results: { ok: boolean; count: number; pass: number; fail: number; skip: number }; extra: string[] }>(
      (resolve) => {
        const extra: string[] = [];
        const parser = new TapParser((results) => resolve({ results, extra }));
        parser.on('extra', (text: string) => extra.push(text));
        parser.end(render('tap', of));
      },
    );

  test('a test point for each requirement', async () => {
    const { results } = await parse(everyStatus);
    expect(results).toMatchObject({ ok: false, count: 5, pass: 2, fail: 3, skip: 1 });
  });

  test('a hostile name is no directive', async () => {
    const { results, extra } = await parse(hostile);
    expect(extra).toEqual([]);
    expect(results.count).toBe(hostile.rows.filter(({ status }) => status !== 'extra').length);
    expect(results.skip).toBe(hostile.rows.filter(({ status }) => status === 'unknown').length);
  });
});

describe('SARIF', () => {
  const { $schema, id, ...draft7 } = sarifSchema as Record<string, unknown>;
  const validate = addFormats.default(new Ajv({ strict: false, unicodeRegExp: false })).compile(draft7);

  test.each([
    ['every status', everyStatus],
    ['hostile', hostile],
    ['empty', audit([])],
  ])('follows the official schema: %s', (_, of) => {
    validate(JSON.parse(render('sarif', of)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('places in the flake', () => {
    const { runs } = JSON.parse(render('sarif'));
    expect(runs[0].results).toHaveLength(4);
    expect(runs[0].results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'flake.nix', uriBaseId: '%SRCROOT%' },
      region: { startLine: 23, startColumn: 13 },
    });
  });
});

test('plain text is one block of a chat, which no name can end', () => {
  const named = audit([{ ...everyStatus.rows[0]!, title: 'a```@here' }]);
  const lines = render('text', named).trimEnd().split('\n');
  expect([lines[0], lines.at(-1)]).toEqual(['```', '```']);
  expect(lines.slice(1, -1).join('\n')).toContain("a'''@here");
  expect(lines.filter((line) => line.includes('```'))).toHaveLength(2);
});

test('code hosts name files from the top of the repository', () => {
  const { flake } = target([]);
  const of = { ...everyStatus, target: target([], { flake: { ...flake, directory: 'apps/größe' } }) };
  const { runs } = JSON.parse(render('sarif', of));
  expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
    uri: 'apps/gr%C3%B6%C3%9Fe/flake.nix',
    uriBaseId: '%SRCROOT%',
  });
  expect(render('github', of)).toContain('file=apps/größe/flake.nix,line=23,col=13');
});

describe('CycloneDX', () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  const machine = audit(everyStatus.rows, {
    snapshot: snapshot([
      installation('node', '20.11.1', {
        path: '/run/current-system/sw/bin/node',
        realPath: `/nix/store/${'a'.repeat(32)}-nodejs-20.11.1/bin/node`,
        manager: 'nix',
      }),
      installation('python', '3.11.2', { package: 'python3:amd64' }),
    ]),
    target: target([wants('nodejs_20', '20.11.1'), wants('ruff', '0.4.0 – 0.4.10', { certainty: 'range' })]),
  });

  test.each([
    ['cyclonedx', machine],
    ['cyclonedx', hostile],
    ['cyclonedx', audit([])],
    ['cyclonedx-target', machine],
    ['cyclonedx-target', hostile],
  ])('%s follows the official schema', async (id, of) => {
    expect(await validator.validate(render(id, of))).toBeNull();
  });

  test('package URLs and store paths', () => {
    const { components } = JSON.parse(render('cyclonedx', machine));
    expect(components[0]).toMatchObject({ name: 'node', purl: 'pkg:nix/nodejs@20.11.1' });
    expect(components[0].evidence.occurrences).toEqual([{ location: '/run/current-system/sw/bin/node' }]);
    expect(components[0].properties).toContainEqual({
      name: 'nix:store_path',
      value: `/nix/store/${'a'.repeat(32)}-nodejs-20.11.1`,
    });
    expect(components[1].purl).toBe('pkg:deb/debian/python3@3.11.2?distro=debian-12');
    const asked = JSON.parse(render('cyclonedx-target', machine)).components;
    expect(asked[0].purl).toBe(`pkg:nix/nixpkgs/nodejs_20@20.11.1?commit=${REVISION}`);
    expect(asked[1]).not.toHaveProperty('version');
  });
});

describe('GitHub', () => {
  test('annotations at their places', () => {
    expect(render('github')).toContain(
      '::warning file=flake.nix,line=23,col=13,title=Python::3.11.7 is installed; the flake asks for 3.12.4: a minor version behind.',
    );
  });

  test('every line is one of ours', () => {
    const lines = render('github', hostile).trimEnd().split('\n');
    const differences = hostile.rows.filter(({ status }) => status !== 'extra' && status !== 'match');
    expect(lines).toHaveLength(differences.length + 1);
    expect(
      lines.every((line) => /^::(?:error|warning|notice) (?:file=[^:]*?,line=1,col=1,)?title=[^:]*::/.test(line)),
    ).toBe(true);
  });
});

describe('Markdown', () => {
  const markdown = new MarkdownIt({ html: true, linkify: true });

  test('a table of what is open, matches folded away', () => {
    const text = render('markdown');
    expect(text).toContain('## python-service: 1 of 5 in step; 1 drift, 1 missing, 1 hidden, 1 unknown');
    const [open = '', folded = ''] = text.split('<details>');
    expect(open).toContain('**Python**');
    expect(open).not.toContain('Node.js');
    expect(folded).toContain('Node.js');
  });

  test('foreign text makes no markup, link, mention or table cell', () => {
    const html = markdown.render(render('markdown', hostile));
    expect(html).not.toMatch(/<(?:script|img|a|em)\b/);
    expect(html).not.toMatch(/(?:^|[\s>])@everyone/);
    for (const line of html.match(/<tr>[\s\S]*?<\/tr>/g) ?? []) {
      expect(line.match(/<t[dh]/g)?.length).toSatisfy((cells: number) => cells === 5 || cells === 2);
    }
  });
});

describe('checklist', () => {
  test('tasks in order, ticked where the machine has them', () => {
    const text = render('checklist');
    expect(text.match(/^### .*$/gm)).toEqual(['### First', '### Tools', '### At the end']);
    expect(text).toContain('- [x] **Have Node.js 20.11.1**');
    expect(text).toContain('- [ ] **Have Ruff 0.4.10**');
    expect(text).toContain('  uv tool install ruff==0.4.10');
  });
});

describe('HTML', () => {
  type Node = { nodeName: string; childNodes?: Node[]; attrs?: { name: string; value: string }[]; value?: string };
  const nodesOf = (text: string): Node[] => {
    const all: Node[] = [];
    const visit = (node: Node) => {
      all.push(node);
      node.childNodes?.forEach(visit);
    };
    visit(parseHtml(text) as unknown as Node);
    return all;
  };

  test('parses without an error', () => {
    const errors: string[] = [];
    parseHtml(render('html'), { onParseError: (error) => errors.push(error.code) });
    parseHtml(render('html', hostile), { onParseError: (error) => errors.push(error.code) });
    expect(errors).toEqual([]);
  });

  test.each([
    ['html', everyStatus],
    ['html', hostile],
    ['html', audit([])],
    ['checklist-html', everyStatus],
    ['checklist-html', hostile],
  ])('%s is valid HTML with names for everything', async (id, of) => {
    const report = await new HtmlValidate({
      root: true,
      extends: ['html-validate:standard', 'html-validate:a11y'],
      // How long a title or a line is, and where blanks stand, is not a matter of validity.
      rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'require-sri': 'off' },
    }).validateString(render(id, of));
    const messages = report.results.flatMap(({ messages: all }) => all);
    expect([...new Set(messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))].slice(0, 12)).toEqual([]);
  });

  test('foreign text adds no element and no handler', () => {
    const nodes = nodesOf(render('html', hostile));
    expect(nodes.filter(({ nodeName }) => nodeName === 'script')).toHaveLength(1);
    expect(nodes.filter(({ nodeName }) => ['img', 'iframe', 'a', 'link', 'object', 'form'].includes(nodeName))).toEqual(
      [],
    );
    const attributes = nodes.flatMap(({ attrs = [] }) => attrs);
    expect(attributes.filter(({ name }) => /^on|^style$|^src$|^href$/.test(name))).toEqual([]);
  });

  test('nothing is loaded, and only its own script and style may run', () => {
    const text = render('html');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]{43}=&#39;; script-src &#39;sha256-[\w+/]{43}=&#39;;/,
    );
    expect(text).not.toMatch(/url\((?!"#hatch"\))|@import|https?:\/\//);
  });

  test('of a name without end the head has its two ends, and all of it in its title; sentences break between clauses', () => {
    const shell = `begin-${'very-'.repeat(90)}end`;
    const [, head = ''] = /<p class="subject">(.*?)<\/p>/u.exec(render('html', { ...everyStatus, shell })) ?? [];
    expect(head).toContain(`<span title="${shell}">begin-very-`);
    expect(head.replace(/<[^>]*>/gu, '')).toMatch(/begin-[-very]{46}…[-very]{21}end/u);
    expect(render('html')).toContain('<span class="clause">1 drift,</span> ');
  });

  test('the numbers of the chart are there as a table', () => {
    const text = render('html');
    expect(text).toMatch(
      /<th scope="row">Languages and runtimes<\/th><td>1<\/td><td>1<\/td><td>0<\/td><td>0<\/td><td>0<\/td><td>2<\/td>/,
    );
  });
});

describe('what to do first', () => {
  const develop = { manager: 'nix', command: 'nix develop .', title: "Open the flake's shell, which brings go 1.22" };
  const lacking = (tool: string, title: string, fixes: { manager: string; command: string; title: string }[]) =>
    row({ tool, title, status: 'missing', copies: [], fixes: [develop, ...fixes], reason: 'Not found.' });
  const of = audit(
    [
      lacking('go', 'Go', [{ manager: 'apt', command: 'apt-get install golang-go', title: 'Install Go with apt' }]),
      lacking('air', 'Air', []),
      row({ status: 'drift', drift: 'minor', tool: 'jq', title: 'jq', fixes: [develop] }),
    ],
    { snapshot: snapshot([installation('nix', '2.18.1')]) },
  );

  test.each(['markdown', 'checklist', 'checklist-html'])('%s says once what brings everything', (id) => {
    const text = render(id, of);
    expect(text).toContain('nix develop .');
    expect(text).not.toContain('which brings go 1.22');
    expect(text).toMatch(/it brings all that the flake asks for/);
  });

  test('the page and Markdown begin with it, then the most pressing', () => {
    const page = render('html', of);
    const first = page.slice(page.indexOf('id="first"'), page.indexOf('id="compare"'));
    expect(first.match(/<code>([^<]*)<\/code>/g)).toEqual([
      '<code>nix develop .</code>',
      '<code>apt-get install golang-go</code>',
    ]);
    const markdown = render('markdown', of);
    expect(markdown.indexOf('<code>nix develop .</code>')).toBeLessThan(markdown.indexOf('| Status |'));
    expect(markdown.match(/^ *nix develop \.$/gm)).toHaveLength(1);
    expect(markdown).toContain('For 2 differences there is only the command for everything at once.');
  });

  test('nothing to do, nothing said', () => {
    expect(render('html', audit([row()]))).not.toContain('What to do first');
    expect(render('markdown', audit([row()]))).not.toContain('How to fix');
  });
});

describe('one tool asked for twice', () => {
  const twice = audit([
    row({ tool: 'go', title: 'Go', expected: { attribute: 'go', name: 'go', version: '1.21.6', certainty: 'exact' } }),
    row({
      tool: 'go',
      title: 'Go',
      expected: { attribute: 'go_1_21', name: 'go', version: '1.21.6', certainty: 'exact' },
    }),
    ...[10, 20].map((line) =>
      row({
        tool: 'jq',
        title: 'jq',
        expected: {
          attribute: 'jq',
          name: 'jq',
          version: '1',
          certainty: 'exact',
          position: { file: 'flake.nix', line, column: 3 },
        },
      }),
    ),
    row(),
  ]);

  test('is told apart by its attribute, or else by its place', () => {
    expect(reportOf(twice).rows.map(({ title }) => title)).toEqual([
      'Go (go)',
      'Go (go_1_21)',
      'jq (jq, flake.nix:10:3)',
      'jq (jq, flake.nix:20:3)',
      'Node.js',
    ]);
  });

  test('so that no two test cases have one name', () => {
    const names = [...render('junit', twice).matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map(String);
    expect(new Set(names).size).toBe(5);
  });
});

test('a command with backticks cannot close its block', () => {
  const fix = { manager: 'x', command: 'echo ```; echo <b>', title: 'X' };
  const text = render('markdown', audit([row({ status: 'missing', fixes: [fix] })]));
  expect(text).toContain('  ````sh\n  echo ```; echo <b>\n  ````');
});

describe('clipboard', () => {
  test('a table with its style on it, nothing that has to be clicked, and nothing that acts', () => {
    const text = renderClipboard(reportOf(everyStatus));
    expect(text).toContain('<b>Python</b>');
    expect(text).toContain('<code>nix develop /home/ada/work/python-service</code>');
    expect(text).not.toMatch(/<(?:style|script|details|html)/);
    const { rows } = reportOf(everyStatus);
    expect(text.match(/<tr><td/g)).toHaveLength(rows.filter(({ status }) => status !== 'match').length);
    for (const { title, status } of rows) {
      expect(text.includes(`<b>${title}</b>`)).toBe(status !== 'match');
    }
    const errors: string[] = [];
    parseHtml(`<!doctype html><title>x</title>${renderClipboard(reportOf(hostile))}`, {
      onParseError: (error) => errors.push(error.code),
    });
    expect(errors).toEqual([]);
    expect(renderClipboard(reportOf(hostile))).not.toMatch(/<(?:img|script)/);
  });
});

test('formats by name', () => {
  expect(findExporter('MD')?.id).toBe('markdown');
  expect(findExporter('nope')).toBeUndefined();
  expect(new Set(exporters.map(({ id }) => id)).size).toBe(exporters.length);
});

describe('thousands of rows', () => {
  const many = audit(
    [...Array(3_000).keys()].map((index) =>
      row({
        tool: `tool-${index}`,
        title: `Tool ${index}`,
        status: (['drift', 'missing', 'match'] as const)[index % 3] as 'drift',
        fixes: ['a', 'b', 'c'].map((manager) => ({
          manager,
          command: `${manager} install ${index}`,
          title: 'Install',
        })),
      }),
    ),
  );

  test.each(['markdown', 'checklist-issue'])('%s stays below what GitHub takes, and says what it leaves out', (id) => {
    const text = render(id, many);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… and \d+ more/);
  });

  test('paper has a bounded number of rows and commands, and says what it leaves out', () => {
    const page = printReport(reportOf(many)).html;
    expect(page.match(/<tr><td class="status/g)).toHaveLength(3_000);
    expect(page.match(/class="fix"/g)).toHaveLength(200);
    expect(page).toContain('… and 1800 more: the web page, and "lockstep fix", have them all.');
    const more = audit([...many.rows, ...many.rows].map((one, index) => ({ ...one, tool: `x${index}` })));
    const long = printReport(reportOf(more)).html;
    expect(long.match(/<tr><td class="status/g)).toHaveLength(5_000);
    expect(long).toContain('… and 1000 more: CSV and JSON have them all.');
  });

  test('the page keeps every row, and tells each in brief', () => {
    const text = render('html', many);
    expect(text.match(/class="row"/g)).toHaveLength(3_000);
    expect(text).toContain('a install 0');
    expect(text).not.toContain('b install 0');
  });
});

test.each(['junit', 'tap'])('%s: a version that is not known is no part of a name', (id) => {
  const unknown = row({ expected: { attribute: 'pnpm', name: 'pnpm', certainty: 'unknown' }, title: 'pnpm' });
  expect(render(id, audit([unknown]))).toMatch(/pnpm(?! \?)/);
  expect(render(id, audit([unknown]))).not.toContain('pnpm ?');
});

test('what stands in backticks is code, and a backtick alone is one', () => {
  const finding = { code: 'x', message: 'Input `<b>` is old.', hint: '`nix flake update` or a ` alone' };
  const of = audit([row({ status: 'missing', reason: 'Run `a | b`.' })], { findings: [finding] });
  const markdown = render('markdown', of);
  expect(markdown).toContain('Input <code>&lt;b&gt;</code> is old.');
  expect(markdown).toContain('<code>nix flake update</code> or a \\` alone');
  expect(markdown).toContain('Run <code>a \\| b</code>. |');
  expect(render('html', of)).toContain('Input <code>&lt;b&gt;</code> is old.');
  expect(printReport(reportOf(of)).html).toContain('<code>nix flake update</code> or a ` alone');
});

test('categories that nobody knows are one', () => {
  const of = audit(['a', 'b', 'languages'].map((category) => row({ tool: category, title: category, category })));
  expect(reportOf(of).groups.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['Libraries and others', 2],
    ['Languages and runtimes', 1],
  ]);
});

test('a pile of marks on one letter is cut, what languages write is kept', () => {
  expect(plain(`a${'\u0301'.repeat(500)}b`)).toBe(`a${'\u0301'.repeat(8)}…b`);
  expect(plain('นี้ จำ́ é')).toBe('นี้ จำ́ é');
});

describe('text', () => {
  const long = `/opt/${'folder/'.repeat(8)}bin/node`;
  const of = audit([
    row({
      tool: 'a',
      title: 'A',
      status: 'missing',
      copies: [],
      reason: 'Not found on this machine; the flake asks for 1.',
    }),
    row({
      tool: 'b',
      title: 'B',
      status: 'shadowed',
      reason: `20.11.1 is at ${long}, but a shell starts another.`,
      fixes: [
        { manager: 'nix', command: `nix develop /home/ada/${'deep/'.repeat(20)}`, title: "Open the flake's shell" },
      ],
    }),
    row({
      tool: 'c',
      title: 'C',
      status: 'drift',
      drift: 'minor',
      reason: '1 is installed; the flake asks for 2. lockstep.toml ignored this until 2026-01-01.',
    }),
  ]);
  const lines = render('text', of).split('\n');

  test('fits 80 columns, but for the command that is to be copied', () => {
    const wide = lines.filter((line) => displayWidth(line) > 80);
    expect(wide).toEqual([`  nix develop /home/ada/${'deep/'.repeat(20)}`]);
  });

  test('gives a reason below its row where it says more than the row, and breaks paths after folders', () => {
    const text = lines.join('\n');
    expect(text).not.toContain('Not found on this machine');
    expect(text.replace(/\s+/g, ' ')).toContain('ignored this until 2026-01-01.');
    const broken = lines.findIndex((line) => line.includes('20.11.1 is at'));
    expect(lines.slice(broken + 1, broken + 3).map((line) => line.trim())).toEqual([
      '/opt/folder/folder/folder/folder/folder/folder/folder/folder/bin/',
      'node, but a shell starts another.',
    ]);
  });
});
