import { join } from 'node:path';
import type { Command } from 'commander';
import { findStep } from '../../core/checklist/find-step';
import { changeStep, observe } from '../../core/checklist/progress';
import { checklistOfReport, checklistSteps } from '../../core/checklist/steps';
import type { ChecklistChange, ChecklistProgress } from '../../core/model/checklist';
import { ProblemError } from '../../core/model/problem';
import { checklistExporter } from '../../core/report/checklist-markdown';
import { layoutChecklist } from '../../core/report/checklist-text';
import { plainJson } from '../../core/report/plain';
import { accountName, openChecklists } from '../../node/checklist-store';
import { dataFolder } from '../../node/data-folder';
import { auditFolder } from '../audit-folder';
import { type Evaluator, evaluatorOption } from '../evaluator';
import type { CliIo } from '../io';
import { collect, parseOutputs, reportFor, reportTime, writeOutputs } from '../report-outputs';
import { paint, wantsColour } from '../terminal';

interface ChecklistFlags {
  readonly markdown?: true;
  readonly json?: true;
  readonly output?: readonly string[];
  readonly done?: readonly string[];
  readonly skip?: readonly string[];
  readonly reopen?: readonly string[];
  readonly on?: readonly string[];
  readonly note?: string;
  readonly by?: string;
  readonly system?: string;
  readonly shell?: string;
  readonly evaluator?: Evaluator;
  readonly all?: true;
  readonly redact: boolean;
  readonly color: boolean;
}

const PIPE_WIDTH = 100;

export function register(program: Command, io: CliIo): void {
  program
    .command('checklist')
    .description('The steps from this machine to what the flake asks for. What Lockstep sees done ticks itself off.')
    .argument('[folder]', "the flake's folder, or its flake.nix", '.')
    .option(
      '--done <step>',
      'tick a step that only you can see: its number or name; may be given several times',
      collect,
    )
    .option('--skip <step>', 'decide against a step; --note says why', collect)
    .option('--reopen <step>', 'take back what was ticked or skipped by hand', collect)
    .option('--on <step>', 'the step that --note is about, when it is neither ticked nor skipped', collect)
    .option('--note <text>', 'keep a note with the steps that are named')
    .option('--by <name>', 'who does this (default: your account)')
    .option('--json', 'print the checklist as JSON')
    .option('--markdown', 'print Markdown tasks, such as for an issue')
    .option('-o, --output <format=path>', 'write checklist, checklist-issue, checklist-html or checklist-pdf', collect)
    .option('--system <system>', 'read the flake for this system')
    .option('--shell <name>', 'compare with this dev shell')
    .addOption(evaluatorOption())
    .option('--all', 'show commands of steps that are done, too')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      `
Ticks and notes are kept for each flake and shell, and shared with the app:
  lockstep checklist --done hook --by Ada
  lockstep checklist --skip docker --note "podman will do"
  lockstep checklist --on node --note "the mirror is slow, be patient"
  lockstep checklist --output checklist-issue=issue.md && gh issue create --title "Set up" --body-file issue.md`,
    )
    .action((folder: string, flags: ChecklistFlags) => checklist(folder, flags, io));
}

async function checklist(folder: string, flags: ChecklistFlags, io: CliIo): Promise<void> {
  const changes = changesOf(flags);
  const outputs = parseOutputs(flags.output ?? [], flags.json === true || flags.markdown === true, io);
  const audit = await auditFolder(folder, flags, io);
  const store = openChecklists(join(dataFolder(io.env), 'checklists'), (message) => io.stderr.write(`${message}\n`));
  const doer = { by: flags.by?.trim() || accountName(io.env), at: `${reportTime(io).toISOString().slice(0, 19)}Z` };
  const report = reportFor(audit, io, false);
  const steps = checklistSteps(report);
  const change = (before: ChecklistProgress): ChecklistProgress => {
    const { items } = checklistOfReport({ ...report, progress: before });
    return changes.reduce(
      (progress, [word, what]) => changeStep(progress, findStep(items, word), what, doer),
      observe(before, steps, doer),
    );
  };
  const progress = remember(
    () => store.update(audit.target.flake.path, audit.shell, change),
    () => store.read(audit.target.flake.path, audit.shell),
    changes.length > 0,
    io,
  );
  const written = () => reportFor(audit, io, flags.redact, progress);
  if (outputs.length > 0) {
    await writeOutputs(outputs, written(), io);
  }
  if (flags.json === true) {
    io.stdout.write(plainJson(checklistOfReport(written())));
  } else if (flags.markdown === true) {
    io.stdout.write(checklistExporter.render(written()));
  } else if (outputs.length === 0) {
    const lines = layoutChecklist(flags.redact && io.stdout.isTTY !== true ? written() : { ...report, progress }, {
      width: io.stdout.columns ?? PIPE_WIDTH,
      all: flags.all === true,
    });
    io.stdout.write(paint(lines, wantsColour(io, flags.color)));
  }
  const { items } = checklistOfReport({ ...report, progress });
  const isOpen = items.some(({ state, optional }) => (state === 'open' || state === 'claimed') && optional !== true);
  io.setExitCode(isOpen ? 1 : 0);
}

/**
 * @throws ProblemError `note-homeless` for a note without a step
 */
function changesOf({ done = [], skip = [], reopen = [], on = [], note }: ChecklistFlags): readonly Change[] {
  if (note !== undefined && done.length + skip.length + reopen.length + on.length === 0) {
    throw new ProblemError({
      code: 'note-homeless',
      message: 'The note belongs to no step.',
      hint: 'Name one: --on node --note "…".',
    });
  }
  const reason = note === undefined ? {} : { reason: note };
  const withNote = note === undefined ? [] : [...done, ...reopen, ...on];
  return [
    ...done.map((step): Change => [step, { kind: 'done' }]),
    ...skip.map((step): Change => [step, { kind: 'skip', ...reason }]),
    ...reopen.map((step): Change => [step, { kind: 'reopen' }]),
    ...withNote.map((step): Change => [step, { kind: 'note', text: note ?? '' }]),
  ];
}

type Change = readonly [step: string, what: ChecklistChange];

/** A disk that is full or read-only is no reason not to show a checklist; it is one when something was to be kept. */
function remember(
  update: () => ChecklistProgress,
  read: () => ChecklistProgress,
  isAsked: boolean,
  io: CliIo,
): ChecklistProgress {
  try {
    return update();
  } catch (error) {
    if (isAsked) {
      throw error;
    }
    io.stderr.write(`note: what was seen now could not be kept: ${error instanceof Error ? error.message : error}\n`);
    return read();
  }
}
