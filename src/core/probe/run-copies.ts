import type { ProbeContext } from './context';
import type { ReadCopy } from './copy';
import { installationKey, isPlainName } from './merge-copies';
import { argvOf, fromRun } from './sources/from-run';

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
  /** Is told which programs have not answered yet, whenever that changes. */
  readonly onAsking?: ((asking: readonly ReadCopy[]) => void) | undefined;
  /** Is told what a program that was asked makes of its copy. */
  readonly onAnswer?: ((answered: ReadCopy) => void) | undefined;
}

/** Asks programs while others are still read. */
export interface RunQueue {
  /** Takes a copy whose files told no version; of one installation's programs only the first is asked. */
  add(read: ReadCopy): void;
  /** Gives the copies with what their programs told; what was added and is not among them is left out. */
  settle(copies: readonly ReadCopy[]): Promise<readonly ReadCopy[]>;
}

/** A queue that asks a few at a time, until the time for all of them, from the first on, is over. */
export function createRunQueue(context: ProbeContext, options: RunOptions): RunQueue {
  const { deadlines, clock, onAsking, onAnswer } = options;
  /** By tool and real program, which several paths may lead to. */
  const answers = new Map<string, Promise<ReadCopy>>();
  /** By installation: what its first program told. */
  const first = new Map<string, Promise<ReadCopy>>();
  const waiting: (() => void)[] = [];
  const asking = new Set<ReadCopy>();
  let end: number | undefined;

  const ask = async (read: ReadCopy): Promise<ReadCopy> => {
    if (asking.size >= POOL) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    asking.add(read);
    try {
      onAsking?.([...asking]);
      end ??= clock() + deadlines.total;
      const last = Math.min(clock() + deadlines.each, end);
      const answered = await askOne(read, context, () => last - clock(), options);
      onAnswer?.(answered);
      return answered;
    } finally {
      asking.delete(read);
      onAsking?.([...asking]);
      waiting.shift()?.();
    }
  };
  const start = (read: ReadCopy) => {
    const key = `${read.copy.tool.id}\0${read.copy.subject}`;
    const known = answers.get(key) ?? ask(read);
    answers.set(key, known);
    return known;
  };
  /** What another program of the installation told holds for a name without a version, too. */
  const settleOne = async (read: ReadCopy): Promise<ReadCopy> => {
    const other = isPlainName(read.copy) ? await first.get(installationKey(read.copy, context)) : undefined;
    const told = other?.version === undefined ? await start(read) : other;
    return told.copy === read.copy ? told : withAnswer(read, told);
  };
  return {
    add(read) {
      const place = installationKey(read.copy, context);
      if (needsRun(read) && !first.has(place)) {
        first.set(place, start(read));
      }
    },
    settle: (copies) => Promise.all(copies.map((read) => (needsRun(read) ? settleOne(read) : read))),
  };
}

/** What another name of the program told. */
function withAnswer(read: ReadCopy, { version, evidence, problems }: ReadCopy): ReadCopy {
  const told = evidence.filter(({ kind }) => kind === 'command');
  return { ...read, problems, ...(version === undefined ? {} : { version, evidence: [...read.evidence, ...told] }) };
}

/** Whether its files told no version and there is a program to ask. */
export function needsRun({ version, copy }: ReadCopy): boolean {
  return version === undefined && (copy.shim === undefined || copy.shim.leadsTo !== undefined);
}

async function askOne(
  read: ReadCopy,
  context: ProbeContext,
  left: () => number,
  { memory, signal }: RunOptions,
): Promise<ReadCopy> {
  const key = memory === undefined ? undefined : keyOf(read, context);
  const known = key === undefined ? undefined : memory?.get(key);
  if (known !== undefined) {
    const evidence = {
      kind: 'command' as const,
      source: argvOf(read.copy, context).join(' '),
      ...detail(known.detail),
    };
    return { ...read, version: known.version, evidence: [...read.evidence, evidence] };
  }
  if (signal?.aborted === true || left() <= 0) {
    const reason = `the time for asking programs was over before ${read.copy.path} was asked`;
    return { ...read, problems: [...read.problems, { status: 'skipped', code: 'out-of-time', reason }] };
  }
  const answer = await fromRun(read.copy, context, left);
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

/** The file that is run, and what changes when it is replaced. */
function keyOf({ copy }: ReadCopy, context: ProbeContext): string | undefined {
  const stat = context.host.fs.stat(copy.subject);
  return stat.ok
    ? [copy.tool.id, copy.subject, stat.value.size, Math.floor(stat.value.modifiedAt), copy.program].join('|')
    : undefined;
}
