import { fileURLToPath } from 'node:url';
import type { Problem } from '../core/model/problem';
import type { EvalStringOptions, Evaluator, Lints } from '../core/nix';
import {
  decodeUtf8,
  encodeUtf8,
  isUtf8,
  NixError,
  Evaluator as NixEvaluator,
  Opaque,
  type Slot,
  toOctets,
} from '../core/nix';
import { autoCall, selectPath } from '../core/nix/auto-call';
import { coerce } from '../core/nix/coerce';
import { opaqueError } from '../core/nix/expect';
import { toJson } from '../core/nix/json';
import { toXml } from '../core/nix/xml';
import { heapForJob, runJob, serveJob } from './deep-stack';
import { heapMeter } from './heap';
import { folderIo } from './nix-eval-io';

/** One evaluation, as plain data. */
export interface NixEvalRequest {
  /** A file, or a text with its name in messages and the folder that its relative paths start from. */
  readonly program:
    | { readonly file: string }
    | { readonly text: string | Uint8Array; readonly name?: string; readonly basePath: string };
  readonly output: 'value' | 'json' | 'xml' | 'raw' | 'parse';
  readonly strict: boolean;
  readonly system: string;
  /** Arguments for functions on the way: expression or string. */
  readonly args: readonly { readonly name: string; readonly expr?: string; readonly text?: string }[];
  /** Attribute paths to evaluate; the whole when there is none. */
  readonly attributes: readonly string[];
  readonly searchPath: readonly { readonly prefix: string; readonly path: string }[];
  /** Where relative paths of the arguments start. */
  readonly basePath: string;
  /** Folders that may be read. */
  readonly roots: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly now: number;
  /** Whether an error shows only the beginning of its trace. */
  readonly shortTrace?: boolean;
  /** Whether XML has positions. */
  readonly location: boolean;
  /** No clock, environment, system or home. */
  readonly pure: boolean;
  readonly lints: Lints;
  /** Function calls within each other; Nix's own limit when it is absent. */
  readonly maxCallDepth?: number;
  /** Whether `builtins.traceVerbose` says something. */
  readonly traceVerbose: boolean;
  /** Whether `builtins.warn` is an error. */
  readonly abortOnWarn: boolean;
  /** Nix's experimental features that are switched on. */
  readonly features: readonly string[];
  /** Milliseconds of processor time, or on the wall when that is less. */
  readonly deadline: number;
  /** Bytes of heap. */
  readonly memory: number;
}

/** What is printed: text, or octets when it is no UTF-8. */
type NixOutput = string | Uint8Array;

export type NixEvalResult =
  | { readonly ok: true; readonly outputs: readonly NixOutput[]; readonly messages: readonly string[] }
  | { readonly ok: false; readonly text: string; readonly problem: Problem; readonly messages: readonly string[] };

/** How Nix begins what it says on the way. */
const MESSAGE = { trace: 'trace', warning: 'evaluation warning', notice: 'warning' } as const;

const JOB = 'nix-eval';

/**
 * Evaluates or parses a program. It is first tried right here; one that recurses more deeply than this thread's stack
 * allows is evaluated again in a thread with a deep one.
 */
export async function evaluateNix(request: NixEvalRequest): Promise<NixEvalResult> {
  const clock = startClock();
  const { result, overflowed } = attempt(request);
  if (!overflowed) {
    return result;
  }
  const taken = clock();
  const left = request.deadline - taken;
  if (left < taken) {
    // It would get no further than it got here.
    return result;
  }
  try {
    const given = { ...request, deadline: left, memory: heapForJob(request.memory) };
    return await runJob<NixEvalResult>(JOB, fileURLToPath(import.meta.url), given);
  } catch (error) {
    const text = `the evaluation ran out of memory or stack (${error instanceof Error ? error.message : error})`;
    return { ok: false, text: `error: ${text}`, problem: { code: 'nix-limit', message: text }, messages: [] };
  }
}

function attempt(request: NixEvalRequest): { readonly result: NixEvalResult; readonly overflowed: boolean } {
  const messages: string[] = [];
  try {
    const outputs = request.output === 'parse' ? [parse(request, messages)] : evaluate(request, messages);
    return { result: { ok: true, outputs, messages }, overflowed: false };
  } catch (error) {
    if (!(error instanceof NixError)) {
      throw error;
    }
    const result = {
      ok: false,
      text: error.format({ short: request.shortTrace ?? false }),
      problem: error.toProblem(),
      messages,
    } as const;
    return { result, overflowed: error.overflow };
  }
}

function evaluatorFor(request: NixEvalRequest, messages: string[]): Evaluator {
  return new NixEvaluator({
    io: folderIo(request.roots),
    limits: {
      memory: request.memory,
      time: request.deadline,
      ...(request.maxCallDepth === undefined ? {} : { depth: request.maxCallDepth }),
    },
    clock: startClock(),
    memory: heapMeter(),
    ...(request.pure ? {} : { system: request.system, time: request.now, getEnv: (name) => request.env[name] }),
    ...(request.pure || request.home === undefined ? {} : { home: request.home }),
    lints: request.lints,
    traceVerbose: request.traceVerbose,
    abortOnWarn: request.abortOnWarn,
    searchPath: request.searchPath,
    features: request.features,
    onTrace: (text, kind) => messages.push(shownMessage(text, kind)),
  });
}

function shownMessage(text: string, kind: keyof typeof MESSAGE): string {
  const start = text.startsWith('\n') ? `${MESSAGE[kind]}:` : `${MESSAGE[kind]}: `;
  // The lines of a warning stand below each other.
  return kind === 'warning' ? start + text.replaceAll('\n', `\n${' '.repeat(start.length)}`) : start + text;
}

function parse(request: NixEvalRequest, messages: string[]): NixOutput {
  const { program } = request;
  const evaluator = evaluatorFor(request, messages);
  return toOutput(
    'file' in program ? evaluator.showFile(program.file) : evaluator.showString(program.text, textOptions(program)),
  );
}

function toOutput(bytes: string): NixOutput {
  return isUtf8(bytes) ? decodeUtf8(bytes) : toOctets(bytes);
}

function evaluate(request: NixEvalRequest, messages: string[]): readonly NixOutput[] {
  const evaluator = evaluatorFor(request, messages);
  const { program } = request;
  const args = request.args.map(({ name, expr, text }): [string, Slot] => [
    encodeUtf8(name),
    expr === undefined ? encodeUtf8(text ?? '') : evaluator.evalString(expr, { basePath: request.basePath }),
  ]);
  const root =
    'file' in program ? evaluator.evalFile(program.file) : evaluator.evalString(program.text, textOptions(program));
  const attributes = request.attributes.length === 0 ? [''] : request.attributes;
  return attributes.map((path) => {
    const value = evaluator.guarded(() => {
      const selected = selectPath(evaluator, root, path, args);
      return args.length === 0 ? selected : autoCall(evaluator, selected, args);
    });
    return toOutput(evaluator.guarded(() => show(evaluator, value, request)));
  });
}

function show(evaluator: Evaluator, slot: Slot, request: NixEvalRequest): string {
  switch (request.output) {
    case 'json':
      return toJson(evaluator, slot);
    case 'xml':
      return toXml(evaluator, slot, request.location, request.strict);
    case 'raw':
      return rawText(evaluator, slot);
    default:
      return evaluator.print(request.strict ? evaluator.deepForce(slot) : evaluator.force(slot));
  }
}

/** What a value is where a text is needed. */
function rawText(evaluator: Evaluator, slot: Slot): string {
  const purpose = 'while generating the nix-instantiate output';
  const mode = { more: false, copy: true };
  const text = coerce(evaluator, evaluator.force(slot), mode, new Set(), undefined, purpose);
  if (text instanceof Opaque) {
    throw opaqueError(text, text.pos);
  }
  return text;
}

function textOptions(program: { readonly name?: string; readonly basePath: string }): EvalStringOptions {
  return { basePath: program.basePath, ...(program.name === undefined ? {} : { file: program.name }) };
}

/**
 * A clock that counts the less of time on the wall and processor time: a busy machine must not make a program fail, nor
 * must the garbage collector's own threads.
 */
function startClock(): () => number {
  const wall = performance.now();
  const processor = processorMilliseconds();
  return () => Math.min(performance.now() - wall, processorMilliseconds() - processor);
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

serveJob(JOB, (request: NixEvalRequest) => attempt(request).result);
