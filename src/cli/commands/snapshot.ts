import type { Command } from 'commander';
import { catalog } from '../../core/catalog';
import type { PathContextId, Snapshot } from '../../core/model/snapshot';
import { type Verified, verifyCopies } from '../../core/probe';
import { plainJson } from '../../core/report/plain';
import { HOST_SPECS, openHost } from '../../node/host-spec';
import { probeHost } from '../../node/snapshot';
import type { CliIo } from '../io';
import { pathContextOption } from '../path-context';
import { progressLine } from '../progress';
import { layoutSnapshot, layoutVerification } from '../snapshot-layout';
import { paint, wantsColour } from '../terminal';

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
    .option('--no-cache', 'read everything afresh')
    .option('--no-run', 'run no program: what no file tells stays unknown')
    .addOption(pathContextOption())
    .option('--packages', 'list the global packages of npm, pip, cargo, gem, go, apt and others, too')
    .option('--verify', 'run every program, and compare what it says with what its files say')
    .option('--no-redact', 'leave names, addresses and secrets in what is written')
    .option('--no-color', 'no colour')
    .action((flags: SnapshotFlags) => snapshot(flags, io));
}

async function snapshot(flags: SnapshotFlags, io: CliIo): Promise<void> {
  const host = await openHost(flags.host, io.cwd, io.env);
  const progress = progressLine(io);
  const probed = await probeHost({
    host,
    now: io.now(),
    // The project's version files are only meant for the machine that it is on.
    folder: host.source === 'local' ? io.cwd : undefined,
    onProgress: progress.show,
    cache: flags.cache ? undefined : false,
    run: flags.run,
    packages: flags.packages,
    pathContext: flags.pathContext,
  });
  const verification =
    flags.verify === true
      ? await verifyCopies(probed.probe.copies, probed.probe.context, {
          deadlines: VERIFY_DEADLINES,
          clock: () => performance.now(),
          onRun: ({ copy }, done, total) => progress.show({ phase: 'snapshot', message: copy.path, done, total }),
        })
      : undefined;
  progress.clear();
  host.close?.();
  const whole: Snapshot & { readonly verification?: readonly Verified[] } =
    verification === undefined ? probed.snapshot : { ...probed.snapshot, verification };
  const isBare = !flags.redact || (flags.json !== true && io.stdout.isTTY === true);
  // Loaded when it is needed: a terminal shows everything.
  const shown = isBare
    ? whole
    : (await import('../redaction')).forOutput(whole, { redact: true, isText: flags.json !== true }, io);
  if (flags.json === true) {
    io.stdout.write(plainJson(shown));
  } else {
    const width = io.stdout.columns ?? PIPE_WIDTH;
    const lines = [
      ...layoutSnapshot(shown, catalog, width),
      ...(verification === undefined ? [] : layoutVerification(shown.verification ?? [], width)),
    ];
    io.stdout.write(paint(lines, wantsColour(io, flags.color)));
  }
  io.setExitCode(verification?.some(({ outcome }) => outcome === 'disagrees') === true ? 1 : 0);
}
