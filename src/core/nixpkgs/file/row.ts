import { brokenIndex } from './broken';
import type { ByteReader, ByteWriter } from './bytes';

/** From this column on the attribute has this version; `undefined`: it is absent. */
export interface Change {
  readonly column: number;
  readonly version: string | undefined;
}

/*
 * A row lists the changes of one attribute along the columns (revisions in the order of their history). Each is the
 * distance from the change before (varint), then an operation:
 *
 *   0          absent
 *   1 … 30     the n-th latest of the versions seen so far in this row (1 is the latest)
 *   31         the same, n as a varint
 *   32 … 95    the last number of the latest version, plus 1 … 64
 *   96         1.2.3 → 1.3.0     97   1.2.3 → 1.3     98   1.2.3 → 2.0.0     99   1.2 → 1.2.1
 *   100        a text: how many characters of the latest version to drop, how many to add (varints), these characters
 *   128 … 255  the same, packed: 128 + 8 × dropped (0 … 15) + added (0 … 7)
 *
 * Most changes cost two or three bytes, without a compressor in the way of reading a single row.
 */
const ABSENT = 0;
const SEEN_LIMIT = 30;
const SEEN_FAR = 31;
const INCREMENT = 32;
const INCREMENT_LIMIT = 64;
const TEXT = 100;
const TEXT_PACKED = 128;

/** No version is longer (the longest has 86 characters); keeps the work on a damaged row small. */
const MAX_VERSION_LENGTH = 512;

const STEP = 96;
const STEP_COUNT = 4;

/** Writes the changes of one attribute. `changes` ascend by column; neighbours differ in version. */
export function writeRow(out: ByteWriter, changes: readonly Change[]): void {
  const seen: string[] = [];
  let column = 0;
  for (const change of changes) {
    out.varint(change.column - column);
    column = change.column;
    if (change.version === undefined) {
      out.byte(ABSENT);
    } else {
      writeVersion(out, change.version, seen);
    }
  }
}

function writeVersion(out: ByteWriter, version: string, seen: string[]): void {
  const known = seen.lastIndexOf(version);
  if (known >= 0) {
    const back = seen.length - known;
    if (back <= SEEN_LIMIT) {
      out.byte(back);
    } else {
      out.byte(SEEN_FAR);
      out.varint(back);
    }
    return;
  }
  const latest = seen.at(-1) ?? '';
  seen.push(version);
  for (let step = 0; step < STEP_COUNT && latest !== ''; step++) {
    if (takeStep(latest, step) === version) {
      out.byte(STEP + step);
      return;
    }
  }
  const increment = incrementBetween(latest, version);
  if (increment !== undefined) {
    out.byte(INCREMENT + increment - 1);
    return;
  }
  let kept = 0;
  while (kept < latest.length && kept < version.length && latest[kept] === version[kept]) {
    kept++;
  }
  const dropped = latest.length - kept;
  const added = version.length - kept;
  if (dropped <= 15 && added <= 7) {
    out.byte(TEXT_PACKED + dropped * 8 + added);
  } else {
    out.byte(TEXT);
    out.varint(dropped);
    out.varint(added);
  }
  out.text(version.slice(kept));
}

function incrementBetween(from: string, to: string): number | undefined {
  let end = from.length;
  while (end > 0 && !isDigit(from.charCodeAt(end - 1))) {
    end--;
  }
  const start = startOfNumber(from, end);
  // The number may have become longer or shorter, what follows it not.
  const by = Number(to.slice(start, to.length - (from.length - end))) - Number(from.slice(start, end));
  return Number.isInteger(by) && by >= 1 && by <= INCREMENT_LIMIT && increment(from, by) === to ? by : undefined;
}

/** The last number in `version` plus `by`; `undefined` when there is none or it is too long to count with. */
function increment(version: string, by: number): string | undefined {
  let end = version.length;
  while (end > 0 && !isDigit(version.charCodeAt(end - 1))) {
    end--;
  }
  const start = startOfNumber(version, end);
  return start === end || end - start > 9
    ? undefined
    : `${version.slice(0, start)}${Number(version.slice(start, end)) + by}${version.slice(end)}`;
}

/** Steps 0 to 3 are the operations 96 to 99. */
function takeStep(version: string, step: number): string | undefined {
  if (step === 3) {
    return `${version}.1`;
  }
  const dot = startOfNumber(version, version.length) - 1;
  if (dot < 0 || dot === version.length - 1 || version[dot] !== '.') {
    return undefined;
  }
  if (step === 2) {
    const next = takeStep(version.slice(0, dot), 0);
    return next === undefined ? undefined : `${next}.0`;
  }
  const raised = isDigit(version.charCodeAt(dot - 1)) ? increment(version.slice(0, dot), 1) : undefined;
  return raised === undefined || step === 1 ? raised : `${raised}.0`;
}

/** Where the number that ends before `end` starts; `end` when there is none. */
function startOfNumber(version: string, end: number): number {
  let start = end;
  while (start > 0 && isDigit(version.charCodeAt(start - 1))) {
    start--;
  }
  return start;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/**
 * Reads a row as far as a column, and collects the changes where asked to.
 *
 * @param reader stands at the row's first byte and ends with it
 * @param last changes after this column are not read
 * @returns the version in column `last`, `undefined` when absent there
 */
export function readRow(reader: ByteReader, last: number, changes?: Change[]): string | undefined {
  const seen: string[] = [];
  let version: string | undefined;
  let column = 0;
  while (reader.at < reader.end) {
    column += reader.varint();
    if (column > last) {
      break;
    }
    const operation = reader.byte();
    if (operation === ABSENT) {
      version = undefined;
    } else if (operation <= SEEN_FAR) {
      version = seen[seen.length - (operation === SEEN_FAR ? reader.varint() : operation)] ?? fail(reader);
    } else {
      version = nextVersion(reader, operation, seen[seen.length - 1] ?? '');
      seen.push(version);
    }
    changes?.push({ column, version });
  }
  return version;
}

function nextVersion(reader: ByteReader, operation: number, latest: string): string {
  let version: string | undefined;
  if (operation >= TEXT_PACKED || operation === TEXT) {
    const packed = operation >= TEXT_PACKED;
    const dropped = packed ? (operation - TEXT_PACKED) >> 3 : reader.varint();
    const added = packed ? operation & 7 : reader.varint();
    version = latest.slice(0, Math.max(0, latest.length - dropped)) + reader.text(added);
  } else if (operation < STEP) {
    version = increment(latest, operation - INCREMENT + 1);
  } else {
    version = takeStep(latest, operation - STEP);
  }
  return version === undefined || version.length > MAX_VERSION_LENGTH ? fail(reader) : version;
}

function fail(reader: ByteReader): never {
  throw brokenIndex(`a version cannot be told at byte ${reader.at}`);
}
