import { arch } from 'node:os';
import type { Command } from 'commander';
import type { Target } from '../../core/model/target';
import { plainJson } from '../../core/report/plain';
import { localHost } from '../../node/local-host';
import { type TakeTargetOptions, takeTarget } from '../../node/take-target';
import { collect } from '../collect';
import { type Evaluator, evaluatorOption, isNixAsked } from '../evaluator';
import { parseFlakeWord } from '../flake-word';
import type { CliIo } from '../io';
import { formOf } from '../output-form';
import { progressLine } from '../progress';
import { reportTime } from '../report-time';

interface TargetFlags {
  readonly json?: true;
  readonly system?: string;
  readonly shell?: string;
  readonly output?: readonly string[];
  readonly outputs?: true;
  readonly allSystems?: true;
  readonly evaluator: Evaluator;
  readonly redact: boolean;
  readonly color: boolean;
  readonly cache: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('target')
    .description("Show what a project's flake declares: inputs, dev shells, packages with versions, variables.")
    .argument(
      '[folder]',
      "the flake's folder, or its flake.nix; an output may follow, as in .#nixosConfigurations.laptop",
      '.',
    )
    .option('--json', 'print as JSON')
    .option('--system <system>', 'read it for this system, such as aarch64-darwin; left out: this machine')
    .option('--shell <name>', 'show only this dev shell, or this output, such as nixosConfigurations.laptop')
    .option('--output <name>', 'the same; may be given several times', collect)
    .addOption(evaluatorOption())
    .option('--outputs', 'list all that the flake offers, as `nix flake show` does')
    .option('--all-systems', 'look into the outputs of every system, not only of the one that is read')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .option('--no-cache', 'read everything afresh, and leave the cache alone')
    .action((folder: string, flags: TargetFlags) => target(folder, flags, io));
}

async function target(folder: string, flags: TargetFlags, io: CliIo): Promise<void> {
  const progress = progressLine(io);
  const word = parseFlakeWord(folder, io.cwd);
  const asked = [flags.output ?? [], flags.shell ?? [], word.output ?? []].flat();
  const isText = flags.json !== true;
  let read: Target;
  try {
    const options = {
      host: localHost(io.env),
      folder: word.folder,
      system: flags.system ?? thisSystem(),
      outputs: asked,
      allSystems: flags.allSystems,
      now: reportTime(io),
      onProgress: progress.show,
      cache: flags.cache ? undefined : (false as const),
      form: formOf<Target>({ redact: flags.redact, isText }, io),
    };
    const asksNix = await isNixAsked(flags.evaluator, undefined, io);
    read = await (asksNix ? takeAsking(options, io) : takeTarget(options));
  } finally {
    progress.clear();
  }
  const shown = asked.length === 0 ? read : withShells(read, asked);
  io.stdout.write(isText ? await textOf(shown, flags, io) : plainJson(shown));
  io.setExitCode(Object.values(shown.shells).some((shell) => shell.problem !== undefined) ? 2 : 0);
}

async function textOf(shown: Target, { outputs, color }: TargetFlags, io: CliIo): Promise<string> {
  const { paint, wantsColour } = await import('../terminal');
  const lines =
    outputs === true
      ? (await import('../output-text')).layoutOutputs(shown)
      : (await import('../target-text')).layoutTarget(shown);
  return paint(lines, wantsColour(io, color));
}

/** With the real Nix, which few ask for: its code is loaded only then. */
async function takeAsking(options: TakeTargetOptions, { env }: CliIo): Promise<Target> {
  const { loadIndex } = await import('../../node/nixpkgs-index');
  const { readTargetWithNix } = await import('../../node/target-nix');
  const { form, host } = options;
  const read = await readTargetWithNix({ ...options, index: loadIndex(), env });
  return form === undefined ? read : form.make(read, host.env);
}

/** The target with those shells and outputs only that were asked for. */
function withShells(target: Target, asked: readonly string[]): Target {
  // What is no dev shell is there because it was asked for.
  const shown = Object.entries(target.shells).filter(
    ([name, { kind, output }]) => kind !== undefined || asked.includes(name) || asked.includes(output),
  );
  return { ...target, shells: Object.fromEntries(shown) };
}

/** Nix's word for this machine. Windows has no Nix of its own: there it is the Linux of WSL. */
function thisSystem(): string {
  const cpu = arch() === 'arm64' ? 'aarch64' : arch() === 'x64' ? 'x86_64' : arch();
  return `${cpu}-${process.platform === 'darwin' ? 'darwin' : 'linux'}`;
}
