import type { Command } from 'commander';
import { catalog } from '../../core/catalog';
import type { Column } from '../../core/diff/columns';
import { compareColumns } from '../../core/diff/matrix';
import { ProblemError } from '../../core/model/problem';
import { layoutComparison } from '../../core/report/comparison-text';
import { plainJson } from '../../core/report/plain';
import { readSide } from '../../node/side';
import type { CliIo } from '../io';
import { paint, wantsColour } from '../terminal';

interface DiffFlags {
  readonly json?: true;
  readonly all?: true;
  readonly system?: string;
  readonly shell?: string;
  readonly color: boolean;
}

const PIPE_WIDTH = 200;

export function register(program: Command, io: CliIo): void {
  program
    .command('diff')
    .description('Set snapshots, targets, audits, images and flakes (also flake.nix@REVISION) side by side.')
    .argument('<sides...>', 'two or more files, images, root folders, flakes, or "here" for this machine')
    .option('--json', 'print the comparison as JSON')
    .option('--all', 'list what is the same, too')
    .option('--system <system>', 'read flakes for this system')
    .option('--shell <name>', 'compare this dev shell of flakes')
    .option('--no-color', 'no colour')
    .action((sides: readonly string[], flags: DiffFlags) => diff(sides, flags, io));
}

async function diff(sides: readonly string[], flags: DiffFlags, io: CliIo): Promise<void> {
  if (sides.length < 2) {
    throw new ProblemError({
      code: 'side-missing',
      message: `There is nothing to compare ${sides[0]} with.`,
      hint: `Give a second file or flake, such as: lockstep diff ${sides[0]} here`,
    });
  }
  const columns: Column[] = [];
  for (const side of sides) {
    columns.push(
      await readSide(side, { cwd: io.cwd, env: io.env, now: io.now(), system: flags.system, shell: flags.shell }),
    );
  }
  const matrix = compareColumns(columns, catalog);
  io.stdout.write(
    flags.json === true
      ? plainJson(matrix)
      : paint(
          layoutComparison(matrix, { width: io.stdout.columns ?? PIPE_WIDTH, all: flags.all === true }),
          wantsColour(io, flags.color),
        ),
  );
  io.setExitCode(matrix.summary.same === matrix.rows.length ? 0 : 1);
}
