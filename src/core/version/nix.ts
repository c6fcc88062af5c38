import { type Order, orderDigits } from './scheme';

/**
 * Splits a version as Nix does (`builtins.splitVersion`): runs of digits, runs of anything else, dots and dashes
 * dropped.
 */
function splitNixVersion(version: string): readonly string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? [];
}

/**
 * Orders two versions as Nix does (`builtins.compareVersions`, the rules of `nix-env`): part by part; numbers by value,
 * a number after a word, words by code unit, and a missing part before everything but `pre`.
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
  const numberA = isNumber(a);
  const numberB = isNumber(b);
  if (numberA && numberB) {
    return orderDigits(a, b) < 0;
  }
  if (a === '' && numberB) {
    return true;
  }
  if (a === 'pre' && b !== 'pre') {
    return true;
  }
  if (b === 'pre') {
    return false;
  }
  if (numberB) {
    return true;
  }
  return numberA ? false : a < b;
}

function isNumber(part: string): boolean {
  return /^[0-9]+$/.test(part);
}
