import { resolve } from 'node:path';
import type { Command } from 'commander';
import { chooseShell } from '../../core/diff/diff';
import { summarize } from '../../core/diff/summary';
import { AUDIT_SCHEMA, type Audit } from '../../core/model/audit';
import { ProblemError } from '../../core/model/problem';
import { SNAPSHOT_SCHEMA, type Snapshot } from '../../core/model/snapshot';
import { TARGET_SCHEMA, type Target } from '../../core/model/target';
import { type LockstepDocument, readDocument } from '../../core/report/read-document';
import { readDocumentFile } from '../../node/document-file';
import type { CliIo } from '../io';
import { collect, type Output, parseOutputs, reportFor, showRedactions, writeOutputs } from '../report-outputs';
import { stdinText } from '../stdin-text';

interface ExportFlags {
  readonly output: readonly string[];
  readonly redact: boolean;
  readonly showRedacted?: true;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('export')
    .description(
      'Write reports from an audit that was saved as JSON, or a bill of materials from a snapshot or target.',
    )
    .argument('<audit.json>', 'the file, or - for standard input')
    .requiredOption('-o, --output <format=path>', 'write a report; may be given several times', collect)
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--show-redacted', 'tell on standard error what is taken out')
    .action((path: string, flags: ExportFlags) => exportAudit(path, flags, io));
}

async function exportAudit(path: string, flags: ExportFlags, io: CliIo): Promise<void> {
  const outputs = parseOutputs(flags.output, false, io);
  const { kind, document } =
    path === '-' ? readDocument(await stdinText(io), 'standard input') : readDocumentFile(resolve(io.cwd, path));
  const part = partOf(document, outputs);
  if (part === undefined) {
    throw new ProblemError({
      code: 'not-an-audit',
      message: `${path} is a ${kind}, not an audit.`,
      hint: `Write an audit with "lockstep audit --json > audit.json", or compare two files with "lockstep diff". A snapshot alone can be written as cyclonedx, a target as cyclonedx-target.`,
    });
  }
  if (flags.showRedacted === true) {
    showRedactions(part, io);
  }
  await writeOutputs(outputs, reportFor(part, io, flags.redact), io);
}

/** An audit as it is; a snapshot or a target as an audit of nothing, for the formats that look at that half alone. */
function partOf(document: LockstepDocument['document'], outputs: readonly Output[]): Audit | undefined {
  if (document.schema === AUDIT_SCHEMA) {
    return document;
  }
  const isSnapshot = document.schema === SNAPSHOT_SCHEMA;
  const only = isSnapshot ? 'cyclonedx' : 'cyclonedx-target';
  if (outputs.some(({ format }) => format.id !== only)) {
    return undefined;
  }
  const shell = isSnapshot ? 'default' : chooseShell(document, undefined);
  return {
    schema: AUDIT_SCHEMA,
    snapshot: isSnapshot ? document : NO_SNAPSHOT,
    target: isSnapshot ? NO_TARGET : document,
    shell,
    rows: [],
    summary: summarize([]),
    findings: [],
  };
}

const NO_SNAPSHOT: Snapshot = {
  schema: SNAPSHOT_SCHEMA,
  takenAt: '1970-01-01T00:00:00Z',
  host: { source: 'none', os: 'linux', arch: 'x86_64', system: 'x86_64-linux' },
  pathEntries: [],
  installations: [],
  environment: [],
  failures: [],
};

const NO_TARGET: Target = {
  schema: TARGET_SCHEMA,
  flake: { path: '', inputs: [], locked: false },
  system: '',
  systems: [],
  evaluator: 'lockstep',
  shells: {},
  defaultShell: undefined,
  findings: [],
};
