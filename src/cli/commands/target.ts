import { arch } from 'node:os';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { ProblemError } from '../../core/model/problem';
import type { Target } from '../../core/model/target';
import { plainJson } from '../../core/report/plain';
import { loadIndex } from '../../node/nixpkgs-index';
import { findNix } from '../../node/real-nix';
import { readTarget } from '../../node/target';
import { readTargetWithNix } from '../../node/target-nix';
import type { CliIo } from '../io';
import { progressLine } from '../progress';
import { layoutTarget } from '../target-text';
import { paint, wantsColour } from '../terminal';

interface TargetFlags {
  readonly json?: true;
  readonly system?: string;
  readonly shell?: string;
  readonly evaluator: Evaluator;
  readonly color: boolean;
}

/** `auto`: Nix where it is installed. Nix runs only when it is asked for. */
type Evaluator = 'lockstep' | 'nix' | 'auto';

export function register(program: Command, io: CliIo): void {
  program
    .command('target')
    .description("Show what a project's flake declares: inputs, dev shells, packages with versions, variables.")
    .argument('[folder]', "the flake's folder, or its flake.nix", '.')
    .option('--json', 'print as JSON')
    .option('--system <system>', 'read it for this system, such as aarch64-darwin; left out: this machine')
    .option('--shell <name>', 'show only this dev shell')
    .addOption(
      new Option(
        '--evaluator <which>',
        'who evaluates: Lockstep, or the Nix on this machine (nothing is built or fetched)',
      )
        .choices(['lockstep', 'nix', 'auto'])
        .default('lockstep'),
    )
    .option('--no-color', 'no colour')
    .action((folder: string, flags: TargetFlags) => target(folder, flags, io));
}

async function target(folder: string, flags: TargetFlags, io: CliIo): Promise<void> {
  const progress = progressLine(io);
  let read: Target;
  try {
    const options = {
      folder: resolve(io.cwd, folder),
      system: flags.system ?? thisSystem(),
      index: loadIndex(),
      onProgress: progress.show,
      env: io.env,
    };
    const asksNix = flags.evaluator === 'nix' || (flags.evaluator === 'auto' && findNix(io.env) !== undefined);
    read = asksNix ? await readTargetWithNix(options) : await readTarget(options);
  } finally {
    progress.clear();
  }
  const shown = flags.shell === undefined ? read : withShell(read, flags.shell);
  io.stdout.write(flags.json === true ? plainJson(shown) : paint(layoutTarget(shown), wantsColour(io, flags.color)));
  io.setExitCode(Object.values(shown.shells).some((shell) => shell.problem !== undefined) ? 2 : 0);
}

/** The target with one shell only. */
function withShell(target: Target, name: string): Target {
  const shell = Object.hasOwn(target.shells, name) ? target.shells[name] : undefined;
  if (shell === undefined) {
    throw new ProblemError({
      code: 'shell-not-found',
      message: `This flake has no dev shell \`${name}\` for ${target.system}.`,
      hint: `It has ${Object.keys(target.shells).join(', ')}.`,
    });
  }
  return { ...target, shells: { [name]: shell } };
}

/** Nix's word for this machine. Windows has no Nix of its own: there it is the Linux of WSL. */
function thisSystem(): string {
  const cpu = arch() === 'arm64' ? 'aarch64' : arch() === 'x64' ? 'x86_64' : arch();
  return `${cpu}-${process.platform === 'darwin' ? 'darwin' : 'linux'}`;
}
