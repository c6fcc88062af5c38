import type { Command } from 'commander';
import { checklistExporter } from '../../core/report/checklist-markdown';
import { layoutChecklist } from '../../core/report/checklist-text';
import { auditFolder } from '../audit-folder';
import type { CliIo } from '../io';
import { reportFor } from '../report-outputs';
import { paint, wantsColour } from '../terminal';

interface ChecklistFlags {
  readonly markdown?: true;
  readonly system?: string;
  readonly shell?: string;
  readonly all?: true;
  readonly redact: boolean;
  readonly color: boolean;
}

const PIPE_WIDTH = 100;

export function register(program: Command, io: CliIo): void {
  program
    .command('checklist')
    .description('Print the steps from this machine to what the flake asks for, with what is done ticked off.')
    .argument('[folder]', "the flake's folder, or its flake.nix", '.')
    .option('--markdown', 'print Markdown tasks, such as for an issue')
    .option('--system <system>', 'read the flake for this system')
    .option('--shell <name>', 'compare with this dev shell')
    .option('--all', 'show commands of steps that are done, too')
    .option('--no-redact', 'leave names, addresses and secrets in the Markdown')
    .option('--no-color', 'no colour')
    .action((folder: string, flags: ChecklistFlags) => checklist(folder, flags, io));
}

async function checklist(folder: string, flags: ChecklistFlags, io: CliIo): Promise<void> {
  const audit = await auditFolder(folder, flags, io);
  if (flags.markdown === true) {
    io.stdout.write(checklistExporter.render(reportFor(audit, io, flags.redact)));
  } else {
    const lines = layoutChecklist(reportFor(audit, io, false), {
      width: io.stdout.columns ?? PIPE_WIDTH,
      all: flags.all === true,
    });
    io.stdout.write(paint(lines, wantsColour(io, flags.color)));
  }
  io.setExitCode(audit.summary.inStep ? 0 : 1);
}
