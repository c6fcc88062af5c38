import type { Command } from 'commander';
import { plain, plainJson } from '../../core/report/plain';
import type { Line } from '../../core/report/text-layout';
import { displayWidth, padTo } from '../../core/report/text-width';
import { type Check, examine } from '../../node/doctor';
import { localHost } from '../../node/local-host';
import type { CliIo } from '../io';
import { forOutput } from '../output-form';
import { paint, wantsColour } from '../terminal';

interface DoctorFlags {
  readonly json?: true;
  readonly redact: boolean;
  readonly color: boolean;
}

const MARKS: Readonly<Record<Check['status'], string>> = { ok: '✓', note: '!', problem: '✗' };

export function register(program: Command, io: CliIo): void {
  program
    .command('doctor')
    .description('Tell what Lockstep can read and use on this machine.')
    .option('--json', 'print as JSON')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .action((flags: DoctorFlags) => doctor(flags, io));
}

async function doctor(flags: DoctorFlags, io: CliIo): Promise<void> {
  const isText = flags.json !== true;
  const examined = { schema: 'lockstep.doctor/1', checks: await examine(localHost(io.env), io.now()) };
  const document = await forOutput(examined, { redact: flags.redact, isText }, io);
  const { checks } = document;
  if (!isText) {
    io.stdout.write(plainJson(document));
  } else {
    io.stdout.write(paint(layout(checks), wantsColour(io, flags.color)));
  }
  io.setExitCode(checks.some(({ status }) => status === 'problem') ? 2 : 0);
}

function layout(checks: readonly Check[]): readonly Line[] {
  const width = Math.max(...checks.map(({ title }) => displayWidth(title)));
  return checks.flatMap(({ status, title, text, hint }): Line[] => [
    [
      { text: `${MARKS[status]} ${padTo(title, width)}  `, style: status === 'ok' ? 'none' : 'drift' },
      { text: plain(text), style: 'none' },
    ],
    ...(hint === undefined ? [] : [[{ text: `  ${' '.repeat(width)}  ${plain(hint)}`, style: 'faint' as const }]]),
  ]);
}
