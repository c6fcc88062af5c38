import type { Command } from 'commander';
import type { Audit } from '../../core/model/audit';
import { identityOfEnvironment, redact } from '../../core/redact';
import { renderFixScript } from '../../core/report/fix-script';
import { plain } from '../../core/report/plain';
import { HOST_SPECS } from '../../node/host-spec';
import { auditFolder } from '../audit-folder';
import { type Evaluator, evaluatorOption } from '../evaluator';
import type { CliIo } from '../io';
import { reportFor } from '../report-outputs';

interface FixFlags {
  readonly system?: string;
  readonly shell?: string;
  readonly prefer?: string;
  readonly host?: string;
  readonly evaluator?: Evaluator;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('fix')
    .description(
      'Print a script of the commands that would bring this machine, or another host, in step. It is never run.',
    )
    .argument('[folder]', "the flake's folder, or its flake.nix", '.')
    .option('--system <system>', 'read the flake for this system')
    .option('--shell <name>', 'compare with this dev shell')
    .option('--host <spec>', `for another host: ${HOST_SPECS}`)
    .addOption(evaluatorOption())
    .option('--prefer <manager>', 'put the commands of this manager first, such as brew or mise')
    .action((folder: string, flags: FixFlags) => fix(folder, flags, io));
}

async function fix(folder: string, flags: FixFlags, io: CliIo): Promise<void> {
  const audit = await auditFolder(folder, flags, io);
  const managers = new Set(audit.rows.flatMap(({ fixes }) => fixes.map(({ manager }) => manager)));
  if (flags.prefer !== undefined && !managers.has(flags.prefer)) {
    const others = [...managers].sort().join(', ') || 'nothing';
    io.stderr.write(`note: no command here is of ${plain(flags.prefer)}; they are of ${others}\n`);
  }
  io.stdout.write(renderFixScript(reportFor(withoutSecrets(audit, io), io, false), flags.prefer));
  io.setExitCode(audit.summary.inStep ? 0 : 1);
}

/** What a path of this machine may hold: without it a command would not work. */
const OF_PATHS: ReadonlySet<string> = new Set(['home path', 'user name', 'host name']);

/**
 * What the script says is redacted. Its commands keep this machine's paths, since they have to work; one with a secret in
 * it has to be completed by its reader.
 */
function withoutSecrets(audit: Audit, io: CliIo): Audit {
  const { document } = redact(audit, identityOfEnvironment(io.env));
  const rows = document.rows.map((row, index) => ({
    ...row,
    fixes: row.fixes.map((fix, at) => {
      const command = audit.rows[index]?.fixes[at]?.command ?? fix.command;
      const isSafe = redact({ command }).removed.every(({ kind }) => OF_PATHS.has(kind));
      return isSafe ? { ...fix, command } : fix;
    }),
  }));
  return { ...document, rows };
}
