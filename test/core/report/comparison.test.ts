import { parse as parseCsv } from 'csv-parse/sync';
import { XMLValidator } from 'fast-xml-parser';
import { HtmlValidate } from 'html-validate';
import MarkdownIt from 'markdown-it';
import { Parser as TapParser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../src/core/diff/matrix';
import { comparisonFormats } from '../../../src/core/report/comparison/formats';

const nasty = ['=1+1', '<img src=x onerror=alert(1)>', '\u001b[31mred', 'a\u202eb', '| x |', '::error::', '# SKIP'];

const matrix: Matrix = {
  schema: 'lockstep.comparison/1',
  columns: [
    { label: 'before', kind: 'target', note: 'default, x86_64-linux' },
    { label: 'after <b>', kind: 'target', note: 'default, x86_64-linux' },
  ],
  rows: [
    {
      tool: 'node',
      title: 'Node.js',
      category: 'languages',
      change: 'newer',
      size: 'major',
      cells: [{ version: '20.1.0' }, { version: '22.1.0' }],
    },
    {
      tool: 'go',
      title: 'Go',
      category: 'languages',
      change: 'same',
      cells: [{ version: '1.22' }, { version: '1.22' }],
    },
    { tool: 'zig', title: 'Zig', category: 'languages', change: 'unknown', cells: [{}, { version: '0.13' }] },
    ...nasty.map((text) => ({
      tool: text,
      title: text,
      category: text,
      change: 'added' as const,
      cells: [null, { version: text }],
    })),
  ],
  summary: {
    newer: 1,
    older: 0,
    added: nasty.length,
    removed: 0,
    differs: 0,
    unknown: 1,
    same: 1,
    headline: '1 of 10 the same',
    highlights: ['A major version newer: Node.js 20.1.0 → 22.1.0.', ...nasty],
  },
};

function render(id: string, of: Matrix = matrix): string {
  const format = comparisonFormats.find((one) => one.id === id);
  return format?.render({ matrix: of, generatedAt: '2026-11-22T21:00:00Z', generator: 'Lockstep 0.1.0' }) ?? '';
}

test.each(comparisonFormats.map(({ id }) => id))('%s: the same bytes, and nothing in it acts', (id) => {
  const text = render(id);
  expect(text).toBe(render(id, structuredClone(matrix)));
  expect(text.endsWith('\n')).toBe(true);
  expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e]/u);
  expect(render(id, { ...matrix, rows: [], summary: { ...matrix.summary, headline: '0 of 0 the same' } })).not.toBe('');
});

test('what goes furthest comes first', () => {
  const newer = (title: string, size: 'major' | 'minor' | 'patch') => ({
    tool: title,
    title,
    category: 'languages',
    change: 'newer' as const,
    size,
    cells: [{ version: '1' }, { version: '2' }],
  });
  const of = { ...matrix, rows: [newer('Small', 'patch'), newer('Middle', 'minor'), newer('Large', 'major')] };
  for (const id of ['markdown', 'html']) {
    const text = render(id, of);
    expect(text.indexOf('Large')).toBeLessThan(text.indexOf('Middle'));
    expect(text.indexOf('Middle')).toBeLessThan(text.indexOf('Small'));
  }
});

describe('each by a parser of others', () => {
  test('CSV', () => {
    const records = parseCsv<Record<string, string>>(render('csv'), { columns: true });
    expect(records[0]).toMatchObject({ change: 'newer', size: 'major', before: '20.1.0', 'after <b>': '22.1.0' });
    expect(records.flatMap((record) => Object.values(record)).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  });

  test('JUnit', () => {
    expect(XMLValidator.validate(render('junit'))).toBe(true);
    expect(render('junit')).toContain('<skipped message="? in before, 0.13 in after &lt;b&gt;."/>');
  });

  test('TAP', async () => {
    const results = await new Promise((resolve) => {
      new TapParser((found) => resolve(found)).end(render('tap'));
    });
    expect(results).toMatchObject({ count: 10, pass: 2, fail: 8, skip: 1 });
  });

  test('Markdown', () => {
    const html = new MarkdownIt({ html: true }).render(render('markdown'));
    expect(html).not.toMatch(/<img/);
    expect(html.match(/<tr>/g)).toHaveLength(2 + 10);
  });

  test('HTML', async () => {
    const checked = await new HtmlValidate({
      root: true,
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off' },
    }).validateString(render('html'));
    expect(checked.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  });

  test('JSON', () => {
    expect(JSON.parse(render('json'))).toEqual(matrix);
  });
});
