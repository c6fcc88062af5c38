import type { Verified } from '../model/snapshot';
import type { ProbeContext } from './context';
import type { ReadCopy } from './copy';
import type { RunDeadlines } from './run-copies';
import { fromRun } from './sources/from-run';

export interface VerifyOptions {
  readonly deadlines: RunDeadlines;
  /** Milliseconds from a steady clock. */
  readonly clock: () => number;
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly onRun?: ((copy: ReadCopy, done: number, total: number) => void) | undefined;
}

/** Programs asked at a time: few, since their answers decide and a crowded machine makes them late. */
const POOL = 3;

/** Runs the program of every copy and compares what it says with what was read. Sorted by tool and path. */
export async function verifyCopies(
  copies: readonly ReadCopy[],
  context: ProbeContext,
  { deadlines, clock, signal, onRun }: VerifyOptions,
): Promise<readonly Verified[]> {
  const end = clock() + deadlines.total;
  const results: Verified[] = [];
  let next = 0;
  const worker = async () => {
    for (let slot = next++; slot < copies.length; slot = next++) {
      const read = copies[slot]!;
      onRun?.(read, slot, copies.length);
      const last = Math.min(clock() + deadlines.each, end);
      const left = () => last - clock();
      results[slot] =
        signal?.aborted === true || left() <= 0
          ? { ...baseOf(read), outcome: 'not-asked', reason: 'the time for asking programs was over' }
          : await verifyCopy(read, context, left);
    }
  };
  await Promise.all(Array.from({ length: Math.min(POOL, copies.length) }, worker));
  return results.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

function orderOf({ tool, path }: Verified): string {
  return `${tool}\0${path}`;
}

function baseOf({ copy, version, evidence }: ReadCopy): Pick<Verified, 'tool' | 'path' | 'files'> {
  const isFromFiles = version !== undefined && !evidence.some(({ kind }) => kind === 'command');
  return { tool: copy.tool.id, path: copy.path, ...(isFromFiles ? { files: version } : {}) };
}

async function verifyCopy(read: ReadCopy, context: ProbeContext, left: () => number): Promise<Verified> {
  const base = baseOf(read);
  const { shim } = read.copy;
  if (shim !== undefined && shim.leadsTo === undefined) {
    return { ...base, outcome: 'not-asked', reason: shim.reason ?? 'it is a stand-in that might install something' };
  }
  const answer = await fromRun(read.copy, context, left);
  if (answer.status === 'skipped') {
    const reason =
      base.files === undefined ? answer.reason : `it is not known how to ask ${read.copy.path} for its version`;
    return { ...base, outcome: 'not-asked', reason };
  }
  if (answer.status !== 'found') {
    const reason = answer.status === 'absent' ? 'the program told nothing' : answer.reason;
    return { ...base, outcome: 'no-answer', reason };
  }
  const { version: program, evidence } = answer.reading;
  const told = { ...base, program, ...(evidence.detail === undefined ? {} : { detail: evidence.detail }) };
  if (base.files === undefined) {
    return { ...told, outcome: 'program-only' };
  }
  return { ...told, outcome: isSameVersion(base.files, program) ? 'agrees' : 'disagrees' };
}

/**
 * Whether two spellings are one version: one may leave out the end (`1.18` of `1.18.4`, a build's name), but never
 * contradict.
 */
function isSameVersion(one: string, other: string): boolean {
  const [short, long] = [normal(one), normal(other)].sort((a, b) => a.length - b.length) as [string, string];
  return long === short || (long.startsWith(short) && /^[.+~_-]/.test(long.slice(short.length)));
}

function normal(version: string): string {
  return version
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .replace(/(?<=\d)[-._~]?(?:(a)lpha|(b)eta|(rc)|(a)|(b))[-.]?(?=\d)/, '$1$2$3$4$5')
    .replace(/(?<![\w])0+(?=\d)/g, '')
    .replace(/(?:\.0)+$/, '');
}
