import type { FsResult, Host } from '../../host/host';
import { readText } from '../../host/text';
import type { ContextDoubt } from '../../model/snapshot';
import type { ParsedShell } from './parse';

/** What one reading of configuration files shares: the host, the limits, and what was found on the way. */
export interface World {
  readonly host: Host;
  /** A text file, cut at {@link FILE_LIMIT}; read once. */
  readText(path: string): FsResult<string>;
  /** Entry of PATH → `file:line` that put it there. */
  readonly origins: Map<string, string>;
  /** Files that were read, in order. */
  readonly sources: Set<string>;
  readonly doubts: ContextDoubt[];
  /** Reasons for what is not known; values name them by index, see {@link hole}. */
  readonly holes: string[];
  /** Commands that may still be looked at. */
  fuel: number;
  /** Files that may still be read. */
  files: number;
  /** What other readings of the same host have read before. */
  readonly memory: Memory;
}

/** Texts and programs that several readings of one host share. */
export interface Memory {
  readonly texts: Map<string, FsResult<string>>;
  /** By dialect and text. */
  readonly programs: Map<string, ParsedShell>;
}

/** An empty memory. */
export function createMemory(): Memory {
  return { texts: new Map(), programs: new Map() };
}

/** Bytes of one file; nobody writes so much by hand. */
const FILE_LIMIT = 262_144;
const FUEL = 20_000;
const FILES = 300;
/** Longest value that is built. */
const MAX_VALUE = 65_536;

/** A world for one host, with what other readings of the same host may have read before. */
export function createWorld(host: Host, memory: Memory = createMemory()): World {
  return {
    host,
    memory,
    readText(path) {
      const known = memory.texts.get(path) ?? readText(host.fs, path, FILE_LIMIT);
      memory.texts.set(path, known);
      return known;
    },
    origins: new Map(),
    sources: new Set(),
    doubts: [],
    holes: [],
    fuel: FUEL,
    files: FILES,
  };
}

const MOST_HOLES = 1000;

/** Notes that a file was not read to its end. */
export function doubtCut(world: World, path: string, text: string): void {
  // A character has at most three bytes, or two places.
  if (text.length * 3 >= FILE_LIMIT) {
    const stat = world.host.fs.stat(path);
    if (stat.ok && stat.value.size > FILE_LIMIT) {
      doubt(world, path, `${path} is longer than 256 KiB: the rest of it is not read`);
    }
  }
}

/** A part of a value that is not known, as text that no value can have: between two NUL characters. */
export function hole(world: World, reason: string): string {
  const known = world.holes.indexOf(reason);
  if (known >= 0) {
    return `\0${known}\0`;
  }
  if (world.holes.length >= MOST_HOLES) {
    return '\x000\0';
  }
  world.holes.push(reason);
  return `\0${world.holes.length - 1}\0`;
}

/** The name of the host, where a file has it; else a hole. */
export function hostName(world: World): string {
  const read = world.readText('/etc/hostname');
  const name = read.ok ? /^\s*([\w.-]{1,253})\s*$/.exec(read.value)?.[1] : undefined;
  return name ?? hole(world, 'the name of the host');
}

/** Whether some of a value is not known. */
export function isUnknown(value: string): boolean {
  return value.includes('\0');
}

/** Why some of a value is not known. */
export function whyUnknown(world: World, value: string): string {
  const index = /\0(\d+)\0/.exec(value)?.[1];
  return world.holes[Number(index)] ?? 'it is not known';
}

/** A value of bounded length. */
export function bounded(world: World, value: string): string {
  return value.length > MAX_VALUE ? hole(world, 'a value grows beyond 64 KiB') : value;
}

/** Texts put together to a value of bounded length; no more of them are looked at than that takes. */
export function boundedJoin(world: World, parts: Iterable<string>, separator: string): string {
  let value: string | undefined;
  for (const part of parts) {
    value = value === undefined ? part : value + separator + part;
    if (value.length > MAX_VALUE) {
      break;
    }
  }
  return bounded(world, value ?? '');
}

/** Notes once that files cannot tell something. */
export function doubt(world: World, source: string, reason: string): void {
  if (world.doubts.length < 100 && !world.doubts.some((one) => one.source === source && one.reason === reason)) {
    world.doubts.push({ source, reason });
  }
}

/** A command for a sentence: its name and what it is told to do, without arguments that may be secrets. */
export function nameOfCall(name: string, args: readonly string[]): string {
  const [verb = ''] = args;
  const program = name.slice(name.lastIndexOf('/') + 1).slice(0, 60);
  return `"${/^[a-z][a-z-]{1,20}$/.test(verb) ? `${program} ${verb}` : program}"`;
}
