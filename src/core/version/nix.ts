import type { Order } from './scheme';

/** Nix reads the digits of a part as a 32-bit int. */
const MAX_NUMBER = 0x7fffffff;

/**
 * Splits a version as Nix does (`builtins.splitVersion`): runs of digits, runs of anything else, dots and dashes
 * dropped.
 */
export function splitNixVersion(version: string): readonly string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? [];
}

/**
 * Orders two versions as Nix does (`builtins.compareVersions`, the rules of `nix-env`): part by part; numbers by value,
 * a number after a word, words by code unit, and a missing part before everything but `pre`. Digits that are too many for
 * a 32-bit int are a word. Takes text or Nix's byte strings.
 *
 * @returns -1, 0 or 1
 */
export function compareNixVersions(a: string, b: string): Order {
  const partsA = splitNixVersion(a);
  const partsB = splitNixVersion(b);
  const length = Math.max(partsA.length, partsB.length);
  for (let i = 0; i < length; i++) {
    const partA = partsA[i] ?? '';
    const partB = partsB[i] ?? '';
    if (isLess(partA, partB)) {
      return -1;
    }
    if (isLess(partB, partA)) {
      return 1;
    }
  }
  return 0;
}

function isLess(a: string, b: string): boolean {
  const numberA = toNumber(a);
  const numberB = toNumber(b);
  if (numberA !== undefined && numberB !== undefined) {
    return numberA < numberB;
  }
  if (a === '' && numberB !== undefined) {
    return true;
  }
  if (a === 'pre' && b !== 'pre') {
    return true;
  }
  if (b === 'pre') {
    return false;
  }
  if (numberB !== undefined) {
    return true;
  }
  return numberA === undefined && a < b;
}

function toNumber(part: string): number | undefined {
  if (!/^[0-9]+$/.test(part)) {
    return undefined;
  }
  const value = Number(part);
  return value <= MAX_NUMBER ? value : undefined;
}
