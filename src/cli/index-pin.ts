import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseLock, rootInputs } from '../core/flake/lock';
import { recogniseNixpkgs } from '../core/flake/nixpkgs/pin';
import { ProblemError } from '../core/model/problem';
import type { NixpkgsIndex, NixpkgsPin } from '../core/nixpkgs';
import type { CliIo } from './io';

/** Which nixpkgs is meant, in the user's words. */
export interface PinFlags {
  readonly revision?: string;
  readonly flake?: string;
  readonly input?: string;
  readonly branch?: string;
  readonly date?: string;
}

/** A pin, and how it was found, for a person. */
export interface ChosenPin {
  readonly pin: NixpkgsPin;
  readonly source: string;
}

/**
 * The nixpkgs that options name: a flake's lock, a revision, a branch at a date, or else the newest revision on record.
 *
 * @throws ProblemError for a lock that cannot be read or has no nixpkgs, for options that are no revision or date, and
 * for those that contradict each other
 */
export function choosePin(flags: PinFlags, index: NixpkgsIndex, io: CliIo): ChosenPin {
  refuseContradictions(flags);
  if (flags.flake !== undefined) {
    return pinOfFlake(resolve(io.cwd, flags.flake), flags.input);
  }
  if (flags.revision !== undefined) {
    return { pin: { revision: revisionFrom(flags.revision), ...branchAt(flags) }, source: 'asked for' };
  }
  if (flags.branch !== undefined || flags.date !== undefined) {
    return { pin: branchAt(flags), source: 'asked for' };
  }
  const newest = index.info().lines[0]?.last;
  return {
    pin: { revision: newest?.revision, branch: newest?.channels[0], lastModified: newest?.date },
    source: 'the newest on record',
  };
}

/** Options of which one would go unheard. */
function refuseContradictions(flags: PinFlags): void {
  refuseStrayInput(flags);
  const { revision, flake, branch, date } = flags;
  const others = Object.entries({ revision, branch, date }).filter(([, value]) => value !== undefined);
  const refusal =
    flake !== undefined && others.length > 0
      ? [`--flake and --${others[0]?.[0]} say two things of one nixpkgs.`, 'Give one of them.']
      : branch !== undefined && date === undefined && revision === undefined
        ? [`Of branch ${branch}, no day is told.`, 'Add one, as in --date 2024-03-01.']
        : undefined;
  if (refusal !== undefined) {
    throw new ProblemError({ code: 'options-disagree', message: refusal[0] as string, hint: refusal[1] as string });
  }
}

/**
 * The name of an input says nothing without a flake.
 *
 * @throws ProblemError `input-without-flake`
 */
export function refuseStrayInput({ flake, input }: Pick<PinFlags, 'flake' | 'input'>): void {
  if (flake === undefined && input !== undefined) {
    throw new ProblemError({
      code: 'input-without-flake',
      message: '--input is of a flake, and none is given.',
      hint: 'Add --flake with its folder.',
    });
  }
}

function branchAt({ branch, date }: PinFlags): NixpkgsPin {
  if (date === undefined) {
    return { branch };
  }
  // A time of day without a zone would be that of this machine.
  const utc = date.includes('T') && !date.endsWith('Z') ? `${date}Z` : date;
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(utc) ? Date.parse(utc) / 1000 : Number.NaN;
  // The 30th of February would be taken for a day of March.
  const day = date.slice(0, 'YYYY-MM-DD'.length);
  if (Number.isNaN(time) || !new Date(day).toISOString().startsWith(day)) {
    throw new ProblemError({
      code: 'not-a-date',
      message: `${date} is not a date.`,
      hint: 'Write it as 2024-03-01.',
    });
  }
  return { branch, lastModified: time };
}

function revisionFrom(text: string): string {
  if (!/^[0-9a-f]{7,40}$/i.test(text)) {
    throw new ProblemError({
      code: 'not-a-revision',
      message: `${text} is not a revision of nixpkgs.`,
      hint: 'Give 7 to 40 hexadecimal digits, as in flake.lock; for a branch use --branch and --date.',
    });
  }
  return text.toLowerCase();
}

function pinOfFlake(folder: string, wanted: string | undefined): ChosenPin {
  const found = pinsOfFlake(folder, wanted);
  const chosen = found.find(({ name }) => name === 'nixpkgs') ?? (found[0] as NamedPin);
  return { pin: chosen.pin, source: `input ${chosen.name} of ${folder}` };
}

interface NamedPin {
  readonly name: string;
  readonly pin: NixpkgsPin;
}

/**
 * The inputs of a flake that are nixpkgs, by its lock: at least one.
 *
 * @param wanted only the input of this name
 * @throws ProblemError for a lock that cannot be read or has no such input
 */
export function pinsOfFlake(folder: string, wanted: string | undefined): readonly NamedPin[] {
  const path = join(folder, 'flake.lock');
  const found: NamedPin[] = [];
  for (const [name, node] of rootInputs(parseLock(readLock(path), path))) {
    const pin = recogniseNixpkgs(node.original, node.locked)?.pin;
    if (pin !== undefined) {
      found.push({ name, pin });
    }
  }
  const chosen = wanted === undefined ? found : found.filter(({ name }) => name === wanted);
  if (chosen.length === 0) {
    throw new ProblemError({
      code: 'no-nixpkgs',
      message:
        wanted === undefined
          ? `No input of ${folder} is nixpkgs.`
          : `${folder} has no input ${wanted} that is nixpkgs.`,
      hint:
        found.length > 0
          ? `Inputs that are nixpkgs: ${found.map(({ name }) => name).join(', ')}.`
          : 'Name the revision with --revision instead.',
    });
  }
  return chosen;
}

function readLock(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProblemError(
      {
        code: 'lock-unreadable',
        message: `The lock file ${path} cannot be read.`,
        hint: 'Give the folder of a locked flake, or run `nix flake lock` there.',
        detail: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
}
