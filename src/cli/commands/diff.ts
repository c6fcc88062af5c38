import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../../package.json';
import { catalog } from '../../core/catalog';
import type { Column } from '../../core/diff/columns';
import { type Change, changes, compareColumns, type Matrix } from '../../core/diff/matrix';
import { ProblemError } from '../../core/model/problem';
import { nearWords } from '../../core/near-words';
import { identityOfEnvironment, redact } from '../../core/redact';
import { type ComparisonReport, comparisonFormats } from '../../core/report/comparison/formats';
import { layoutComparison } from '../../core/report/comparison/layout';
import { comparisonPage } from '../../core/report/comparison/page';
import { plainJson } from '../../core/report/plain';
import { readDocument } from '../../core/report/read-document';
import { writeOutput } from '../../node/output-file';
import { printPdf } from '../../node/print-pdf';
import { documentColumn, readSide } from '../../node/side';
import type { CliIo } from '../io';
import { forOutput } from '../output-form';
import { collect, refuseTwice, reportTime } from '../report-outputs';
import { stdinText } from '../stdin-text';
import { paint, wantsColour } from '../terminal';

interface DiffFlags {
  readonly json?: true;
  readonly output?: readonly string[];
  readonly failOn?: string;
  readonly all?: true;
  readonly system?: string;
  readonly shell?: string;
  readonly redact: boolean;
  readonly color: boolean;
}

const PIPE_WIDTH = 200;
const STDIN = 'standard input';
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['md', 'markdown'],
  ['txt', 'text'],
  ['xml', 'junit'],
]);
const FORMATS = [...comparisonFormats.map(({ id }) => id), 'pdf'];

export function register(program: Command, io: CliIo): void {
  program
    .command('diff')
    .description('Set snapshots, targets, audits, images and flakes (also flake.nix@REVISION) side by side.')
    .argument(
      '<sides...>',
      'two or more: files that lockstep wrote, image:FILE.tar, rootfs:DIR, flakes, "here" for this machine, - for standard input',
    )
    .option('--json', 'print the comparison as JSON')
    .option('-o, --output <format=path>', `write it as ${FORMATS.join(', ')}; - is standard output`, collect)
    .option('--fail-on <changes>', 'what makes the exit code 1 (default: newer,older,added,removed,differs)')
    .option('--all', 'list what is the same, too')
    .option('--system <system>', 'read flakes for this system')
    .option('--shell <name>', 'compare this dev shell of flakes')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      `
What would this lock update change for the team?
  lockstep diff flake.nix@HEAD .
  lockstep diff flake.nix@v1.0 flake.nix@main --output markdown=-
Laptop, image and target side by side:
  lockstep diff here image:app.tar .
Another machine and this one:
  ssh build lockstep snapshot --json | lockstep diff - here`,
    )
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
  const outputs = (flags.output ?? []).map(parseOutput);
  refuseTwice(outputs, flags.json === true, io);
  if (sides.filter((side) => side === '-').length > 1) {
    throw new ProblemError({
      code: 'side-twice',
      message: 'Standard input can be one side only.',
      hint: 'Save the others to files.',
    });
  }
  const fails = parseFailOn(flags.failOn);
  const columns: Column[] = [];
  for (const side of sides) {
    if (side === '-') {
      columns.push(documentColumn(readDocument(await stdinText(io), STDIN), STDIN, flags.shell));
      continue;
    }
    const column = await readSide(side, {
      cwd: io.cwd,
      env: io.env,
      now: reportTime(io),
      system: flags.system,
      shell: flags.shell,
    });
    // A dot says nothing to whoever reads the report.
    columns.push(/^[./\\]+$/.test(column.label) ? { ...column, label: basename(resolve(io.cwd, side)) } : column);
  }
  const matrix = compareColumns(withOwnLabels(columns, sides), catalog);
  await write(outputs, matrix, flags, io);
  if (flags.json !== true && !outputs.some(({ path }) => path === '-')) {
    const shown = await forOutput(matrix, { redact: flags.redact, isText: true }, io);
    const lines = layoutComparison(shown, { width: io.stdout.columns ?? PIPE_WIDTH, all: flags.all === true });
    io.stdout.write(paint(lines, wantsColour(io, flags.color)));
  }
  io.setExitCode(matrix.rows.some(({ change }) => fails.has(change)) ? 1 : 0);
}

/** Files of one name in two folders are called as they were given; what was given twice is counted. */
function withOwnLabels(columns: readonly Column[], sides: readonly string[]): readonly Column[] {
  const isOwn = ({ label }: Column) => columns.filter((other) => other.label === label).length === 1;
  const named = columns.map((column, index) => (isOwn(column) ? column : { ...column, label: sides[index] ?? '' }));
  return named.map((column, index) => {
    const before = named.slice(0, index).filter(({ label }) => label === column.label).length;
    return before === 0 ? column : { ...column, label: `${column.label} (${before + 1})` };
  });
}

interface Output {
  readonly format: string;
  readonly path: string;
}

/**
 * @throws ProblemError `format-unknown`, `output-incomplete`
 */
function parseOutput(spec: string): Output {
  const [, named, place] = /^([\w-]+)=(.*)$/s.exec(spec) ?? [];
  const extension = /\.(\w+)$/.exec(spec)?.[1]?.toLowerCase();
  const word = named ?? comparisonFormats.find((one) => one.extension === extension)?.id ?? extension ?? spec;
  const format = ALIASES.get(word.toLowerCase()) ?? word.toLowerCase();
  const path = named === undefined ? spec : (place ?? '');
  if (!FORMATS.includes(format)) {
    const near = nearWords(format, FORMATS);
    throw new ProblemError({
      code: 'format-unknown',
      message: `There is no format "${format}" of a comparison.`,
      hint: `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}It can be ${FORMATS.join(', ')}.`,
    });
  }
  if (path === '' || (path === '-' && format === 'pdf')) {
    throw new ProblemError({
      code: 'output-incomplete',
      message: path === '' ? `--output ${spec} names no file.` : 'A PDF goes to a file, not to standard output.',
      hint: `Write --output ${format}=comparison.${format}.`,
    });
  }
  return { format, path };
}

/**
 * @throws ProblemError `fail-on-unknown`
 */
function parseFailOn(text = 'newer,older,added,removed,differs'): ReadonlySet<Change> {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const known = [...changes.filter((change) => change !== 'same'), 'any', 'never'];
  return new Set(
    words.flatMap((word): readonly Change[] => {
      const change = changes.find((one) => one === word && one !== 'same');
      if (change !== undefined) {
        return [change];
      }
      if (word === 'any') {
        return changes.filter((one) => one !== 'same');
      }
      if (word === 'never') {
        return [];
      }
      const near = nearWords(word, known);
      throw new ProblemError({
        code: 'fail-on-unknown',
        message: `fail-on does not know "${word}".`,
        hint: `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}It takes ${known.join(', ')}, with commas between.`,
      });
    }),
  );
}

async function write(outputs: readonly Output[], matrix: Matrix, flags: DiffFlags, io: CliIo): Promise<void> {
  const document = flags.redact ? redact(matrix, identityOfEnvironment(io.env)).document : matrix;
  const time = reportTime(io);
  const report: ComparisonReport = {
    matrix: document,
    generatedAt: `${time.toISOString().slice(0, 19)}Z`,
    generator: `Lockstep ${version}`,
  };
  const textOf = (id: string) => comparisonFormats.find((format) => format.id === id)?.render(report) ?? '';
  for (const { format, path } of outputs.filter((one) => one.path !== '-')) {
    const content =
      format === 'pdf'
        ? await printPdf(comparisonPage(report, false), { creator: report.generator, time }, io.env)
        : textOf(format);
    writeOutput(resolve(io.cwd, path), content);
    io.stderr.write(`wrote ${path}\n`);
  }
  for (const { format } of outputs.filter((one) => one.path === '-')) {
    io.stdout.write(textOf(format));
  }
  if (flags.json === true) {
    io.stdout.write(plainJson(document));
  }
}
