import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildSchemas } from '../../../scripts/build-schemas';
import { ProblemError } from '../../../src/core/model/problem';
import { readDocument } from '../../../src/core/report/read-document';
import { audit, installation, row, snapshot, target, wants } from './builders';

function problemOf(text: string) {
  try {
    readDocument(text, 'file.json');
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.problem;
    }
    throw error;
  }
  throw new Error('was accepted');
}

describe('reading a document', () => {
  test.each([
    ['snapshot', snapshot([installation('node', '20.11.1')])],
    ['target', target([wants('nodejs_20', '20.11.1')])],
    ['audit', audit([row()])],
  ])('%s comes back as it was', (kind, document) => {
    expect(readDocument(JSON.stringify(document), 'file.json')).toEqual({ kind, document });
  });

  test('a target without a default shell', () => {
    const document = target([], { defaultShell: undefined });
    expect(readDocument(JSON.stringify(document), 'file.json').kind).toBe('target');
  });

  test('with a byte order mark', () => {
    expect(readDocument(`\uFEFF${JSON.stringify(snapshot([]))}`, 'file.json').kind).toBe('snapshot');
  });

  test('a snapshot in the first form', () => {
    const { host, takenAt } = snapshot([]);
    const first = {
      schema: 'lockstep.snapshot/1',
      takenAt,
      host,
      installations: [
        { tool: 'node', version: '20.1.0', path: '/usr/bin/node', manager: 'dpkg', active: true },
        {
          tool: 'node',
          version: '18.1.0',
          path: '/opt/node',
          realPath: '/opt/node18',
          manager: 'manual',
          active: false,
          shadowedBy: '/usr/bin/node',
          evidence: [{ kind: 'path', source: '/opt/node18' }],
        },
        { tool: 'go', path: '/opt/go', realPath: '/opt/go', manager: 'manual', active: false, evidence: [] },
      ],
    };
    const { document } = readDocument(JSON.stringify(first), 'file.json');
    expect(document).toMatchObject({
      pathEntries: [],
      environment: [],
      failures: [],
      installations: [
        { onPath: true, realPath: '/usr/bin/node', evidence: [] },
        { onPath: true, realPath: '/opt/node18', evidence: [{ kind: 'path', source: '/opt/node18' }] },
        { onPath: false },
      ],
    });
    expect(readDocument(JSON.stringify(audit([row()], { snapshot: first as never })), 'audit.json').kind).toBe('audit');
  });

  const good = JSON.stringify(snapshot([installation('node', '20.11.1')]));
  test.each([
    ['empty', '', 'document-truncated', 'file.json is empty.'],
    ['cut off', good.slice(0, -40), 'document-truncated', 'file.json stops in the middle'],
    ['not JSON', 'hello', 'document-not-json', 'file.json is not JSON.'],
    ['a list', '[]', 'document-unknown', 'its key "schema" is missing'],
    ['another document', '{"schema":"lockstep.lunch/1"}', 'document-unknown', 'is "lockstep.lunch/1"'],
    ['a later version', good.replace('snapshot/1', 'snapshot/2'), 'document-later', 'written by a later Lockstep'],
    [
      'a wrong type',
      good.replace('"active":true', '"active":"yes"'),
      'document-invalid',
      '"installations.0.active" is wrong',
    ],
    ['a missing key', good.replace('"pathEntries"', '"entries"'), 'document-invalid', '"pathEntries" is wrong'],
    ['a wrong word', good.replace('"os":"linux"', '"os":"plan9"'), 'document-invalid', '"host.os" is wrong'],
    ['a wrong time', good.replace('2026-11-22T20:00:00Z', 'yesterday'), 'document-invalid', '"takenAt" is wrong'],
    [
      'a name without end',
      good.replace('"tool":"node"', `"tool":"${'n'.repeat(5000)}"`),
      'document-invalid',
      '"installations.0.tool" is wrong',
    ],
  ])('%s is refused', (_, text, code, message) => {
    const problem = problemOf(text);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(message);
    expect(problem.hint).toBeTruthy();
  });

  test('a million rows are refused', () => {
    const one = JSON.stringify({ path: '/x', state: 'ok' });
    const text = good.replace(/"pathEntries":\[.*?\]/, `"pathEntries":[${Array(1_000_000).fill(one).join(',')}]`);
    expect(problemOf(text)).toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('pathEntries'),
    });
  });

  test('nesting without end is refused', () => {
    expect(problemOf('['.repeat(100_000)).code).toMatch(/^document-/);
  });

  test('keys of the prototype change nothing', () => {
    const text = JSON.stringify(target([])).replace('"shells":{', '"shells":{"__proto__":{"packages":[]},');
    const { document } = readDocument(text, 'file.json');
    expect(Object.getPrototypeOf((document as ReturnType<typeof target>).shells)).toBe(Object.prototype);
    expect(({} as { packages?: unknown }).packages).toBeUndefined();
  });
});

test('the published schemas are current', () => {
  for (const [name, text] of buildSchemas()) {
    expect(readFileSync(`schema/${name}`, 'utf8'), 'run: npx tsx scripts/build-schemas.ts').toBe(text);
  }
});
