import { quoteText } from '../diff/fixes/quote';
import type { Fix } from '../model/diff';
import type { OperatingSystem } from '../model/snapshot';
import { plain } from './plain';
import { isWhole, remediesOf } from './remedies';
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
  const { os } = report.audit.snapshot.host;
  const isWindows = os === 'windows';
  const head = [
    ...(isWindows ? [] : ['#!/bin/sh']),
    ...comment(`${report.title}: ${report.summary.headline}`),
    ...comment(
      `Written by ${report.generator}, ${report.generatedAt}. Read it before you run it: each command says what else it changes.`,
    ),
    ...(isWindows ? [] : ['set -eu']),
  ];
  const { whole } = remediesOf(report);
  const blocks = open.map((row) => block(row, order(row.row.fixes, prefer), whole !== undefined, os));
  const all =
    whole === undefined
      ? []
      : [
          [
            ...comment(`${whole.title}.${whole.risk === undefined ? '' : ` ${whole.risk}`}`),
            `# ${plain(whole.command)}`,
          ],
        ];
  const none = open.length === 0 ? [comment('Nothing to do: this machine is in step.')] : [];
  return `${[head, ...all, ...blocks, ...none].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function block(row: ReportRow, fixes: readonly Fix[], hasWhole: boolean, os: OperatingSystem): readonly string[] {
  const { glyph, label } = statusLooks[row.status];
  const own = fixes.filter((fix) => !isWhole(fix));
  return [
    ...comment(`${glyph} ${label}: ${row.title}. ${row.reason}`),
    ...(own.length === 0
      ? comment(
          `No command is known for this machine${hasWhole ? '; the command for everything at once has it.' : '.'}`,
        )
      : []),
    ...own.flatMap((fix, index) => [
      ...comment(`${index === 0 ? '' : 'Or: '}${fix.title}.${fix.risk === undefined ? '' : ` ${fix.risk}`}`),
      // What a script sets for itself is gone with it: such a line is for the reader's own files.
      index === 0 && fix.manager !== 'path' && fix.manager !== 'shell' ? runnable(fix, os) : `# ${plain(fix.command)}`,
    ]),
  ];
}

/** Where the functions of a manager are that is none of the programs. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  nvm: `"\${NVM_DIR:-$HOME/.nvm}/nvm.sh"`,
  sdkman: `"\${SDKMAN_DIR:-$HOME/.sdkman}/bin/sdkman-init.sh"`,
};

/** A command as a script can run it: nvm and SDKMAN are functions of an interactive shell, which a script has to load. */
function runnable({ manager, command }: Fix, os: OperatingSystem): string {
  const line = plain(command);
  const functions = os === 'windows' || !Object.hasOwn(FUNCTIONS, manager) ? undefined : FUNCTIONS[manager];
  const loaded = functions === undefined ? undefined : quoteText(`. ${functions} && ${line}`, os);
  return loaded === undefined ? line : `bash -c ${loaded}`;
}

function order(fixes: readonly Fix[], prefer: string | undefined): readonly Fix[] {
  return prefer === undefined
    ? fixes
    : [...fixes.filter(({ manager }) => manager === prefer), ...fixes.filter(({ manager }) => manager !== prefer)];
}

function comment(text: string): readonly string[] {
  return wrap(plain(text), WIDTH).map((line) => `# ${line}`);
}
