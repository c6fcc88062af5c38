import type { ProbeContext } from './context';
import type { ReadCopy } from './copy';
import { fromRun } from './sources/from-run';

/** How long programs may be asked, in milliseconds. */
export interface RunDeadlines {
  readonly each: number;
  readonly total: number;
}

export const DEFAULT_DEADLINES: RunDeadlines = { each: 2000, total: 4000 };

/** Programs asked at a time. */
const POOL = 4;

/** What was learnt by running, kept between probes. */
export interface RunMemory {
  /** The version that a program told when its file was the same. */
  get(key: string): { readonly version: string; readonly detail?: string } | undefined;
  set(key: string, value: { readonly version: string; readonly detail?: string }): void;
}

export interface RunOptions {
  readonly deadlines: RunDeadlines;
  /** Milliseconds from a steady clock. */
  readonly clock: () => number;
  readonly memory?: RunMemory | undefined;
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly onRun?: ((copy: ReadCopy) => void) | undefined;
}

/** Asks every copy whose files told no version, a few at a time, until the time for all of them is over. */
export async function runCopies(
  copies: readonly ReadCopy[],
  context: ProbeContext,
  options: RunOptions,
): Promise<readonly ReadCopy[]> {
  const end = options.clock() + options.deadlines.total;
  const results = [...copies];
  const open = results.flatMap((read, index) => (needsRun(read) ? [index] : []));
  let next = 0;
  const worker = async () => {
    for (let slot = open[next++]; slot !== undefined; slot = open[next++]) {
      const read = results[slot]!;
      options.onRun?.(read);
      results[slot] = await runOne(read, context, Math.min(options.deadlines.each, end - options.clock()), options);
    }
  };
  await Promise.all(Array.from({ length: Math.min(POOL, open.length) }, worker));
  return results;
}

function needsRun({ version, copy }: ReadCopy): boolean {
  return version === undefined && (copy.shim === undefined || copy.shim.leadsTo !== undefined);
}

async function runOne(
  read: ReadCopy,
  context: ProbeContext,
  deadline: number,
  { memory, signal }: RunOptions,
): Promise<ReadCopy> {
  const key = memory === undefined ? undefined : keyOf(read, context);
  const known = key === undefined ? undefined : memory?.get(key);
  if (known !== undefined) {
    const evidence = { kind: 'command' as const, source: commandOf(read), ...detail(known.detail) };
    return { ...read, version: known.version, evidence: [...read.evidence, evidence] };
  }
  if (signal?.aborted === true || deadline <= 0) {
    const reason = `the time for asking programs was over before ${read.copy.path} was asked`;
    return { ...read, problems: [...read.problems, { status: 'skipped', code: 'out-of-time', reason }] };
  }
  const answer = await fromRun(read.copy, context, deadline);
  if (answer.status === 'found') {
    const { version, evidence } = answer.reading;
    if (key !== undefined) {
      memory?.set(key, { version, ...detail(evidence.detail) });
    }
    return { ...read, version, evidence: [...read.evidence, evidence] };
  }
  return answer.status === 'absent' ? read : { ...read, problems: [...read.problems, answer] };
}

function detail(text: string | undefined): { readonly detail?: string } {
  return text === undefined ? {} : { detail: text };
}

function commandOf({ copy }: ReadCopy): string {
  return [copy.shim?.leadsTo ?? copy.path, ...(copy.tool.versionCommand?.args ?? [])].join(' ');
}

/** The file that is run, and what changes when it is replaced. */
function keyOf({ copy }: ReadCopy, context: ProbeContext): string | undefined {
  const stat = context.host.fs.stat(copy.subject);
  return stat.ok
    ? [copy.tool.id, copy.subject, stat.value.size, Math.floor(stat.value.modifiedAt), copy.program].join('|')
    : undefined;
}
