import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ProblemError } from '../../core/model/problem';
import { readDocument } from '../../core/report/read-document';
import { readDocumentFile } from '../../node/store-file';
import type { CliIo } from '../io';
import { collect, parseOutputs, reportFor, showRedactions, writeOutputs } from '../report-outputs';

interface ExportFlags {
  readonly output: readonly string[];
  readonly redact: boolean;
  readonly showRedacted?: true;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('export')
    .description('Write reports from an audit that was saved as JSON.')
    .argument('<audit.json>', 'the file, or - for standard input')
    .requiredOption('-o, --output <format=path>', 'write a report; may be given several times', collect)
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--show-redacted', 'tell on standard error what is taken out')
    .action((path: string, flags: ExportFlags) => exportAudit(path, flags, io));
}

async function exportAudit(path: string, flags: ExportFlags, io: CliIo): Promise<void> {
  const outputs = parseOutputs(flags.output, false);
  const { kind, document } =
    path === '-' ? readDocument(await io.readStdin(), 'standard input') : readDocumentFile(resolve(io.cwd, path));
  if (kind !== 'audit') {
    throw new ProblemError({
      code: 'not-an-audit',
      message: `${path} is a ${kind}, not an audit.`,
      hint: 'Write an audit with "lockstep audit --json > audit.json", or compare two files with "lockstep diff".',
    });
  }
  if (flags.showRedacted === true) {
    showRedactions(document, io);
  }
  await writeOutputs(outputs, reportFor(document, io, flags.redact), io);
}
