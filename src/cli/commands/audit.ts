import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PathContextId } from '../../core/model/snapshot';
import { createBaseline, writeBaseline } from '../../core/policy/baseline';
import { jsonExporter } from '../../core/report/json';
import { layoutText } from '../../core/report/text-layout';
import { policyOf } from '../../node/audit-policy';
import { HOST_SPECS } from '../../node/host-spec';
import { writeOutput } from '../../node/output-file';
import { auditFolder } from '../audit-folder';
import { type Evaluator, evaluatorOption } from '../evaluator';
import { parseFailOn } from '../fail-on';
import type { CliIo } from '../io';
import { pathContextOption } from '../path-context';
import { collect, parseOutputs, reportFor, reportTime, showRedactions, writeOutputs } from '../report-outputs';
import { paint, wantsColour } from '../terminal';

interface AuditFlags {
  readonly json?: true;
  readonly output?: readonly string[];
  readonly system?: string;
  readonly shell?: string;
  readonly host?: string;
  readonly evaluator?: Evaluator;
  readonly failOn?: string;
  readonly extras?: true;
  readonly policy: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly redact: boolean;
  readonly showRedacted?: true;
  readonly color: boolean;
  readonly cache: boolean;
  readonly pathContext?: PathContextId;
}

/** Wide enough for every reason, where nobody sees the end of the line. */
const PIPE_WIDTH = 200;

export function register(program: Command, io: CliIo): void {
  program
    .command('audit')
    .description('Compare this machine, or another host, with what a flake asks for.')
    .argument('[folder]', "the flake's folder, or its flake.nix", '.')
    .option('--json', 'print the audit as JSON')
    .option('-o, --output <format=path>', 'write a report; may be given several times, - is standard output', collect)
    .option('--system <system>', 'read the flake for this system, such as aarch64-darwin')
    .option('--shell <name>', 'compare with this dev shell, or with an output such as nixosConfigurations.laptop')
    .option('--host <spec>', `compare another host with it: ${HOST_SPECS}`)
    .addOption(evaluatorOption())
    .addOption(pathContextOption())
    .option('--fail-on <conditions>', 'what makes the exit code 1 (default: drift,missing,hidden)')
    .option('--baseline <file>', 'accept the differences that this file lists')
    .option('--write-baseline <file>', "write today's differences as a baseline")
    .option('--no-policy', 'leave lockstep.toml aside')
    .option('--extras', 'list what only this machine has, too')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--show-redacted', 'tell on standard error what is taken out of what is written')
    .option('--no-color', 'no colour')
    .option('--no-cache', 'read everything afresh, and leave the cache alone')
    .action((folder: string, flags: AuditFlags) => audit(folder, flags, io));
}

async function audit(folder: string, flags: AuditFlags, io: CliIo): Promise<void> {
  const outputs = parseOutputs(flags.output ?? [], flags.json === true, io);
  const asked = flags.failOn === undefined ? undefined : parseFailOn(flags.failOn);
  const result = await auditFolder(folder, flags, io, {
    cache: flags.cache ? undefined : false,
    pathContext: flags.pathContext,
    policy: flags.policy ? undefined : false,
    writesBaseline: flags.writeBaseline !== undefined,
    baseline: flags.baseline === undefined ? undefined : resolve(io.cwd, flags.baseline),
  });
  const exitCodeOf = asked ?? parseFailOn(flags.policy ? (await policyOf(result.target))?.failOn : undefined);
  if (flags.writeBaseline !== undefined) {
    const baseline = createBaseline(result.rows, reportTime(io).toISOString().slice(0, 10));
    writeOutput(resolve(io.cwd, flags.writeBaseline), writeBaseline(baseline));
    io.stderr.write(`wrote ${flags.writeBaseline}\n`);
  }

  if (flags.showRedacted === true) {
    showRedactions(result, io);
  }
  const isStdoutTaken = flags.json === true || outputs.some(({ path }) => path === '-');
  if (outputs.length > 0 || flags.json === true) {
    const report = reportFor(result, io, flags.redact);
    await writeOutputs(outputs, report, io);
    if (flags.json === true) {
      io.stdout.write(jsonExporter.render(report));
    }
  }
  if (!isStdoutTaken) {
    // What leaves the terminal, to a file or the log of CI, is read by others.
    const lines = layoutText(reportFor(result, io, flags.redact && io.stdout.isTTY !== true), {
      width: io.stdout.columns ?? PIPE_WIDTH,
      extras: flags.extras === true,
    });
    io.stdout.write(paint(lines, wantsColour(io, flags.color)));
    if (!result.summary.inStep && io.stdout.isTTY === true) {
      io.stderr.write('\nnext: "lockstep fix" prints the commands; "--output html=report.html" writes a report.\n');
    }
  }
  // What was just accepted is no drift, unless somebody asks what is.
  io.setExitCode(flags.writeBaseline !== undefined && asked === undefined ? 0 : exitCodeOf(result));
}
