import type { Command } from 'commander';
import { renderFixScript } from '../../core/report/fix-script';
import { auditFolder } from '../audit-folder';
import type { CliIo } from '../io';
import { reportFor } from '../report-outputs';

interface FixFlags {
  readonly system?: string;
  readonly shell?: string;
  readonly prefer?: string;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('fix')
    .description('Print a script of the commands that would bring this machine in step. It is never run.')
    .argument('[folder]', "the flake's folder, or its flake.nix", '.')
    .option('--system <system>', 'read the flake for this system')
    .option('--shell <name>', 'compare with this dev shell')
    .option('--prefer <manager>', 'put the commands of this manager first, such as brew or mise')
    .action((folder: string, flags: FixFlags) => fix(folder, flags, io));
}

async function fix(folder: string, flags: FixFlags, io: CliIo): Promise<void> {
  const audit = await auditFolder(folder, flags, io);
  io.stdout.write(renderFixScript(reportFor(audit, io, false), flags.prefer));
  io.setExitCode(audit.summary.inStep ? 0 : 1);
}
