import type { Fix } from '../model/diff';
import { plain } from './plain';
import type { Report, ReportRow } from './report';
import { statusLooks } from './status';
import { wrap } from './text-width';

const WIDTH = 96;

/**
 * A script of the commands that would bring a machine in step, for reading and choosing: every difference with its
 * reason and each command with its risk. The first command of a difference is active, the others are comments; nothing
 * runs it but the reader.
 *
 * @param prefer a manager whose commands go first (`brew`, `nix`)
 */
export function renderFixScript(report: Report, prefer?: string): string {
  const open = report.rows.filter(({ status }) => status === 'drift' || status === 'missing' || status === 'shadowed');
  const isWindows = report.audit.snapshot.host.os === 'windows';
  const head = [
    ...(isWindows ? [] : ['#!/bin/sh']),
    ...comment(`${report.title}: ${report.summary.headline}`),
    ...comment(
      `Written by ${report.generator}, ${report.generatedAt}. Read it before you run it: each command says what else it changes.`,
    ),
    ...(isWindows ? [] : ['set -eu']),
  ];
  const develop = wholeShell(open);
  const blocks = open.map((row) => block(row, order(row.row.fixes, prefer), develop));
  const whole =
    develop === undefined
      ? []
      : [
          [
            ...comment('Everything at once, without touching the machine: the flake has its own shell.'),
            ...comment(plain(develop.command)),
          ],
        ];
  const none = open.length === 0 ? [comment('Nothing to do: this machine is in step.')] : [];
  return `${[head, ...whole, ...blocks, ...none].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The command that is the same for all rows: it is said once, at the top. */
function wholeShell(rows: readonly ReportRow[]): Fix | undefined {
  return rows.flatMap(({ row }) => row.fixes).find(({ command }) => command.startsWith('nix develop '));
}

function block(row: ReportRow, fixes: readonly Fix[], develop: Fix | undefined): readonly string[] {
  const { glyph, label } = statusLooks[row.status];
  const own = fixes.filter(({ command }) => command !== develop?.command);
  return [
    ...comment(`${glyph} ${label}: ${row.title}. ${row.reason}`),
    ...(own.length === 0
      ? comment(`No command is known for this machine${develop === undefined ? '.' : "; the flake's shell has it."}`)
      : []),
    ...own.flatMap(({ title, command, risk }, index) => [
      ...comment(`${index === 0 ? '' : 'Or: '}${title}.${risk === undefined ? '' : ` ${risk}`}`),
      index === 0 ? plain(command) : `# ${plain(command)}`,
    ]),
  ];
}

function order(fixes: readonly Fix[], prefer: string | undefined): readonly Fix[] {
  return prefer === undefined
    ? fixes
    : [...fixes.filter(({ manager }) => manager === prefer), ...fixes.filter(({ manager }) => manager !== prefer)];
}

function comment(text: string): readonly string[] {
  return wrap(plain(text), WIDTH).map((line) => `# ${line}`);
}
