import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ComparedPins } from '../../core/model/pins';
import { type Problem, ProblemError } from '../../core/model/problem';
import type { Snapshot } from '../../core/model/snapshot';
import type { Target } from '../../core/model/target';
import { comparedPins } from '../../core/pins/findings';
import { layoutPins } from '../../core/pins/text-list';
import { plainJson } from '../../core/report/plain';
import { localHost } from '../../node/local-host';
import { readPins } from '../../node/pins';
import { statOf } from '../../node/stat';
import type { CliIo, ExitCode } from '../io';
import { forOutput } from '../output-form';
import { writeProblem } from '../redaction';
import { paint, wantsColour } from '../terminal';

interface PinsFlags {
  readonly json?: true;
  readonly flake: boolean;
  readonly machine?: true;
  readonly system?: string;
  readonly shell?: string;
  readonly redact: boolean;
  readonly color: boolean;
}

/** Wide enough for every line, where nobody sees its end. */
const PIPE_WIDTH = 200;

/** Problems after which the answer may be incomplete: "none contradict" would promise too much. */
const INCOMPLETE = new Set([
  'pin-file-broken',
  'pin-file-unreadable',
  'pin-file-encoding',
  'pin-file-outside',
  'pin-too-many',
]);

export function register(program: Command, io: CliIo): void {
  program
    .command('pins')
    .description('List the versions that a project declares outside its flake, and those that contradict.')
    .argument('[folder]', 'the project folder', '.')
    .option('--json', 'print as JSON')
    .option('--no-flake', 'compare the pins with each other only')
    .option('--machine', 'compare with what this machine runs, too')
    .option('--system <system>', 'read the flake for this system, such as aarch64-darwin')
    .option('--shell <name>', 'compare with this dev shell')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .action((folder: string, flags: PinsFlags) => pins(folder, flags, io));
}

async function pins(folder: string, flags: PinsFlags, io: CliIo): Promise<void> {
  const root = resolve(io.cwd, folder);
  const declared = readPins(root);
  const { target, problem } = flags.flake ? await targetOf(root, flags, io) : {};
  const snapshot = flags.machine === true ? await snapshotOf(root, io) : undefined;
  const whole = comparedPins(declared, { target, shell: flags.shell, snapshot });
  const told = problem === undefined ? whole : { ...whole, flakeProblem: problem };
  const found = await forOutput(told, { redact: flags.redact, isText: flags.json !== true }, io);
  if (flags.json === true) {
    io.stdout.write(plainJson(found));
  } else {
    const lines = layoutPins(found, io.stdout.columns ?? PIPE_WIDTH);
    io.stdout.write(paint(lines, wantsColour(io, flags.color)));
  }
  for (const trouble of problem === undefined ? whole.problems : [problem, ...whole.problems]) {
    writeProblem(trouble, flags.redact, io);
  }
  io.setExitCode(exitCodeOf(found, problem));
}

/** Loaded when it is asked for: pins alone are quickly told. */
async function snapshotOf(folder: string, io: CliIo): Promise<Snapshot> {
  const { takeSnapshot } = await import('../../node/snapshot');
  return takeSnapshot({ host: localHost(io.env), now: io.now(), folder });
}

/** The flake's target where there is a flake; what is wrong with it does not stop the pins from being compared. */
async function targetOf(
  folder: string,
  { system, shell }: PinsFlags,
  io: CliIo,
): Promise<{ readonly target?: Target; readonly problem?: Problem }> {
  try {
    if (statOf(join(folder, 'flake.nix')) === undefined) {
      return {};
    }
    const { arch, os } = localHost(io.env);
    const asked = system ?? `${arch}-${os === 'windows' ? 'linux' : os}`;
    const { loadIndex } = await import('../../node/nixpkgs-index');
    const { readTarget } = await import('../../node/target');
    const outputs = shell === undefined ? undefined : [shell];
    const target = await readTarget({ folder, system: asked, index: loadIndex(), outputs });
    return { target };
  } catch (error) {
    if (error instanceof ProblemError) {
      return { problem: error.problem };
    }
    throw error;
  }
}

function exitCodeOf({ problems, contradictions }: ComparedPins, flakeProblem: Problem | undefined): ExitCode {
  if (contradictions.length > 0 || problems.some(({ code }) => code === 'pin-impossible')) {
    return 1;
  }
  return flakeProblem !== undefined || problems.some(({ code }) => INCOMPLETE.has(code)) ? 2 : 0;
}
