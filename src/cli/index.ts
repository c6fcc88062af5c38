import { Command } from 'commander';
import { version } from '../../package.json';
import { ProblemError } from '../core/model/problem';
import type { CliIo } from './io';

type Register = (program: Command, io: CliIo) => void;

/** Every command, loaded only when it is asked for (or for `--help`, which lists them all). */
const commands: Readonly<Record<string, () => Promise<{ register: Register }>>> = {
  audit: () => import('./commands/audit'),
  snapshot: () => import('./commands/snapshot'),
  target: () => import('./commands/target'),
  diff: () => import('./commands/diff'),
  fix: () => import('./commands/fix'),
  checklist: () => import('./commands/checklist'),
  export: () => import('./commands/export'),
  pins: () => import('./commands/pins'),
  index: () => import('./commands/nixpkgs-index'),
  doctor: () => import('./commands/doctor'),
  nix: () => import('./commands/nix'),
};

const OF_ARGUMENTS: ReadonlySet<string> = new Set(['nix', 'index']);

/**
 * Runs the command line.
 *
 * @param argv the words after `lockstep`
 */
export async function main(argv: readonly string[], io: CliIo): Promise<void> {
  const [word = ''] = argv;
  const named = Object.hasOwn(commands, word) ? commands[word] : undefined;
  const program = new Command('lockstep')
    .description("Compares this machine's toolchains with what a project's Nix flake declares.")
    .version(version)
    .showHelpAfterError(`next: See lockstep ${named === undefined ? '' : `${word} `}--help.`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  const every = /^(?:-V|--version)$/.test(word) ? [] : Object.values(commands);
  const loaders = named === undefined ? every : [named];
  for (const { register } of await Promise.all(loaders.map((load) => load()))) {
    register(program, io);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof ProblemError) {
      const { writeProblem } = await import('./redaction');
      // What `nix` and `index` say of is what they were given.
      writeProblem(error.problem, !OF_ARGUMENTS.has(word) && !argv.includes('--no-redact'), io);
      io.setExitCode(2);
    } else if (isCommanderExit(error)) {
      io.setExitCode(error.exitCode === 0 ? 0 : 2);
    } else {
      throw error;
    }
  }
}

function isCommanderExit(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
}
