import type { Catalog } from '../catalog';
import type { SeenHost } from '../environment';
import type { Host } from '../host/host';
import type { EnvironmentVariable, Installation, PathEntry, ProbeFailure } from '../model/snapshot';
import type { Inflate } from './binary/rust-audit';
import { type ComparedContexts, compareContexts, keyOf, sightContexts, withOrigins } from './compare-contexts';
import { createContext, type ProbeContext } from './context';
import type { ReadCopy } from './copy';
import { openDatabases } from './databases';
import { readEnvironment } from './environment';
import { findCopies } from './find-copies';
import { mergeCopies } from './merge-copies';
import { indexPrograms, scanPath } from './path-scan';
import { rankCopies } from './rank-copies';
import { readCopy } from './read-copy';
import { createRunQueue, DEFAULT_DEADLINES, needsRun, type RunDeadlines, type RunMemory } from './run-copies';
import { gather, type ProbeSoFar } from './so-far';

export interface MachineProbe {
  readonly pathEntries: readonly PathEntry[];
  readonly installations: readonly Installation[];
  readonly environment: readonly EnvironmentVariable[];
  readonly failures: readonly ProbeFailure[];
  /** PATH in every context; absent where only one was looked at. */
  readonly compared?: ComparedContexts;
  /** The same installations as they were read, for checking them against the programs. */
  readonly copies: readonly ReadCopy[];
  readonly context: ProbeContext;
}

export interface MachineProbeOptions {
  readonly host: Host;
  /** The contexts that the host is seen in; absent: only its own PATH counts. */
  readonly seen?: Pick<SeenHost, 'chosen' | 'known' | 'derive'> | undefined;
  readonly catalog: Catalog;
  /** The folder for which shims are followed. */
  readonly folder?: string | undefined;
  /** Reads what compilers put into programs compressed; absent: that tells nothing. */
  readonly inflate?: Inflate | undefined;
  /** Milliseconds from a steady clock. */
  readonly clock: () => number;
  /** Lets others work between two steps; a probe reads files without waiting. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** False: nothing is run. */
  readonly run?: boolean | undefined;
  readonly deadlines?: RunDeadlines | undefined;
  readonly memory?: RunMemory | undefined;
  readonly signal?: { readonly aborted: boolean } | undefined;
  /** What is read right now. */
  readonly onProgress?: ((message: string, done: number, total: number) => void) | undefined;
  /** Told whenever more is known; what that is, is only worked out when it is asked for. */
  readonly onSoFar?: ((soFar: () => ProbeSoFar) => void) | undefined;
}

/** Copies read before others get a turn. */
const COPIES_A_STEP = 16;

/** Finds and reads every copy of every tool of the catalog. Never throws: what went wrong is in `failures`. */
export async function probeMachine(options: MachineProbeOptions): Promise<MachineProbe> {
  const { host, catalog, seen, onProgress, onSoFar } = options;
  const { folder, inflate } = options;
  const context = createContext(host, catalog, { folder, inflate, databases: openDatabases });
  onProgress?.('PATH', 0, 1);
  const programs = indexPrograms(catalog.tools, host.os);
  const scan = scanPath(context, programs);
  const folders = new Set(host.pathEntries.map((entry) => keyOf(context, entry)));
  const elsewhere = sightContexts(context, programs, seen?.known?.contexts ?? [], folders);
  let found = findCopies(context, [...scan.sightings, ...elsewhere], programs);
  const total = found.copies.length;
  const fromFiles: ReadCopy[] = [];
  let waitedFor: readonly ReadCopy[] = [];
  const tellWaiting = () => {
    if (waitedFor.length > 0) {
      const names = waitedFor.map(({ copy }) => copy.tool.title).join(', ');
      onProgress?.(`${names}: waiting for an answer`, fromFiles.length, total);
    }
  };
  const gathering = gather(context, host.os, (read) => options.run !== false && needsRun(read), copyFailures);
  gathering.expect(found.copies);
  const { soFar } = gathering;
  const queue =
    options.run === false
      ? undefined
      : createRunQueue(context, {
          deadlines: options.deadlines ?? DEFAULT_DEADLINES,
          clock: options.clock,
          memory: options.memory,
          signal: options.signal,
          onAsking: (asking) => {
            waitedFor = asking;
            tellWaiting();
          },
          onAnswer: (answered) => {
            gathering.answered(answered);
            onSoFar?.(soFar);
          },
        });
  // What PATH has comes first, so that the time for asking is not spent on what it has not. Then large programs: they are
  // most often those whose files tell nothing, and they take longest to answer.
  const isOff = ({ index }: (typeof found.copies)[number]) => Number(index < 0);
  const copiesBySize = [...found.copies].sort((one, other) => isOff(one) - isOff(other) || other.size - one.size);
  for (const [index, copy] of copiesBySize.entries()) {
    if (index % COPIES_A_STEP === 0) {
      await options.pause?.();
    }
    onProgress?.(copy.path, index, total);
    const read = readCopy(copy, context);
    fromFiles.push(read);
    gathering.read(read);
    onSoFar?.(soFar);
    queue?.add(read);
  }
  tellWaiting();
  // While programs that were asked answer.
  const contexts = await (await seen?.derive())?.settled;
  const late = contexts === undefined ? [] : sightContexts(context, programs, contexts, folders);
  if (late.length > 0) {
    // Other contexts have folders that nobody has looked into.
    found = findCopies(context, [...scan.sightings, ...elsewhere, ...late], programs);
    const known = new Map(fromFiles.splice(0).map((read) => [nameOf(read.copy), read]));
    for (const copy of found.copies) {
      const before = known.get(nameOf(copy));
      const read = before === undefined ? readCopy(copy, context) : { ...before, copy };
      fromFiles.push(read);
      gathering.read(read);
      queue?.add(read);
    }
  }
  gathering.settle();
  onSoFar?.(soFar);
  const merged = mergeCopies(fromFiles, context);
  const asked = queue === undefined ? merged : await queue.settle(merged);
  // What programs told may show that two of them are one installation.
  const copies = mergeCopies(asked, context);
  onProgress?.('done', total, total);
  const installations = rankCopies(copies, host.os);
  const chosen = contexts?.find(({ id }) => id === seen?.chosen);
  return {
    pathEntries: chosen === undefined ? scan.entries : withOrigins(scan.entries, chosen.origins),
    installations,
    ...(contexts === undefined ? {} : { compared: compareContexts(context, contexts, copies) }),
    environment: readEnvironment(context, installations),
    failures: [
      ...(host.notes ?? []),
      ...found.failures,
      ...databaseFailures(context),
      ...context.leftOut(),
      ...copies.flatMap(copyFailures),
    ].sort(byPlace),
    copies,
    context,
  };
}

function nameOf({ tool, path, subject }: ReadCopy['copy']): string {
  return `${tool.id}\0${path}\0${subject}`;
}

function databaseFailures(context: ProbeContext): readonly ProbeFailure[] {
  return context
    .databases()
    .flatMap(({ manager, problem }) =>
      problem === undefined
        ? []
        : [{ status: 'failed' as const, code: 'package-database-unreadable', reason: `${manager}: ${problem}` }],
    );
}

/** A copy without version says why; one with a version has no failures worth telling. */
function copyFailures({ copy, version, problems }: ReadCopy): readonly ProbeFailure[] {
  if (version !== undefined) {
    return [];
  }
  const base = { tool: copy.tool.id, path: copy.path };
  return problems.length > 0
    ? problems.map(({ status, code, reason }) => ({ status, ...base, code, reason }))
    : [{ status: 'skipped', ...base, code: 'no-version', reason: `no file tells the version of ${copy.path}` }];
}

function byPlace(one: ProbeFailure, other: ProbeFailure): number {
  const key = ({ tool = '', path = '', code }: ProbeFailure) => `${tool}\0${path}\0${code}`;
  return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
}
