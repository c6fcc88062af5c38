import type { Command } from 'commander';
import type { AuditProgress } from '../../core/model/audit';
import type { PathContextId, Snapshot } from '../../core/model/snapshot';
import { plainJson } from '../../core/report/plain';
import { HOST_SPECS, openHost } from '../../node/host-spec';
import type { SnapshotOptions } from '../../node/probe-host';
import { takeSnapshot } from '../../node/snapshot';
import type { CliIo } from '../io';
import { formOf } from '../output-form';
import { pathContextOption } from '../path-context';
import { progressLine } from '../progress';

interface SnapshotFlags {
  readonly json?: true;
  readonly host: string;
  readonly cache: boolean;
  readonly verify?: true;
  readonly run: boolean;
  readonly packages?: true;
  readonly pathContext?: PathContextId;
  readonly redact: boolean;
  readonly color: boolean;
}

/** Wide enough for every path, where nobody sees the end of the line. */
const PIPE_WIDTH = 240;

/** Verifying is a test of Lockstep itself: it may take its time. In milliseconds. */
const VERIFY_DEADLINES = { each: 10_000, total: 300_000 };

export function register(program: Command, io: CliIo): void {
  program
    .command('snapshot')
    .description('List every copy of every tool on this machine, or another one.')
    .option('--json', 'print the snapshot as JSON')
    .option('--host <spec>', `what to read: ${HOST_SPECS}`, 'local')
    .option('--no-cache', 'read everything afresh, and leave the cache alone')
    .option('--no-run', 'run no program: what no file tells stays unknown')
    .addOption(pathContextOption())
    .option('--packages', 'list the global packages of npm, pip, cargo, gem, go, apt and others, too')
    .option(
      '--verify',
      'run every program, and compare what it says with what its files say; the exit code is 1 where they disagree',
    )
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .action((flags: SnapshotFlags) => snapshot(flags, io));
}

async function snapshot(flags: SnapshotFlags, io: CliIo): Promise<void> {
  const host = await openHost(flags.host, io.cwd, io.env, flags.verify === true);
  const progress = progressLine(io);
  const options: SnapshotOptions = {
    host,
    now: io.now(),
    // The project's version files are only meant for the machine that it is on.
    folder: host.source === 'local' ? io.cwd : undefined,
    onProgress: progress.show,
    cache: flags.cache ? undefined : false,
    run: flags.run,
    packages: flags.packages,
    pathContext: flags.pathContext,
  };
  const form = formOf<Snapshot>({ redact: flags.redact, isText: flags.json !== true }, io);
  const shown: Snapshot =
    flags.verify === true
      ? await form.make(await verified(options, progress.show), io.env)
      : await takeSnapshot({ ...options, form });
  progress.clear();
  host.close?.();
  if (flags.json === true) {
    io.stdout.write(plainJson(shown));
  } else {
    await write(shown, flags, io);
  }
  io.setExitCode(shown.verification?.some(({ outcome }) => outcome === 'disagrees') === true ? 1 : 0);
}

/** What files tell and what programs say, side by side: always read afresh. */
async function verified(options: SnapshotOptions, show: (progress: AuditProgress) => void): Promise<Snapshot> {
  const { probeHost } = await import('../../node/probe-host');
  const { verifyCopies } = await import('../../core/probe');
  const { snapshot, probe } = await probeHost(options);
  const verification = await verifyCopies(probe.copies, probe.context, {
    deadlines: VERIFY_DEADLINES,
    clock: () => performance.now(),
    onRun: ({ copy }, done, total) => show({ phase: 'snapshot', message: copy.path, done, total }),
  });
  return { ...snapshot, verification };
}

async function write({ verification, ...snapshot }: Snapshot, { color }: SnapshotFlags, io: CliIo) {
  const { catalog } = await import('../../core/catalog');
  const { layoutSnapshot, layoutVerification } = await import('../snapshot-layout');
  const { paint, wantsColour } = await import('../terminal');
  const width = io.stdout.columns ?? PIPE_WIDTH;
  const lines = [
    ...layoutSnapshot(snapshot, catalog, width),
    ...(verification === undefined ? [] : layoutVerification(verification, width)),
  ];
  io.stdout.write(paint(lines, wantsColour(io, color)));
}
