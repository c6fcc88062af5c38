import type { DriftSize } from '../model/diff';
import { compareByScheme } from './compare';
import { parseJdk } from './jdk';
import type { VersionScheme } from './scheme';

/**
 * How far two versions of a tool are apart: the first of major, minor and patch number that differs. Letters and
 * pre-releases of the same numbers, builds and dates are `other`; OpenSSL's letters are patches.
 *
 * @param expected what the target asks for
 * @param actual what the machine has
 * @returns `none` when they are the same version, also when written differently (`1.8.0_392`, `8u392`)
 */
export function driftSize(expected: string, actual: string, scheme: VersionScheme): DriftSize | 'none' {
  if (compareByScheme(scheme, expected, actual) === 0) {
    return 'none';
  }
  if (scheme === 'date') {
    return 'other';
  }
  const [left, right] = [numbersOf(expected, scheme), numbersOf(actual, scheme)];
  if (left === undefined || right === undefined) {
    return 'other';
  }
  const differs = (i: number) => (left[i] ?? '0') !== (right[i] ?? '0');
  if (differs(0)) {
    return 'major';
  }
  if (differs(1)) {
    return 'minor';
  }
  for (let i = 2; i < Math.max(left.length, right.length); i++) {
    if (differs(i)) {
      return 'patch';
    }
  }
  if (scheme === 'jdk') {
    return sameJdkBuild(expected, actual) ? 'none' : 'patch';
  }
  return scheme === 'openssl' ? 'patch' : 'other';
}

/** Programs and package managers often leave the build out: then it is no difference. */
function sameJdkBuild(a: string, b: string): boolean {
  const [left, right] = [parseJdk(a), parseJdk(b)];
  return left?.pre === right?.pre && (left?.build === undefined || right?.build === undefined);
}

/** The numbers at the start of a version, without leading zeros; `undefined` when there are none. */
function numbersOf(version: string, scheme: VersionScheme): readonly string[] | undefined {
  if (scheme === 'jdk') {
    return parseJdk(version)?.numbers;
  }
  const withoutEpoch = version.trim().replace(/^\d+[:!]/, '');
  const numbers = /^[^\d]*(\d+(?:\.\d+)*)/.exec(withoutEpoch)?.[1];
  return numbers?.split('.').map((number) => number.replace(/^0+(?=\d)/, ''));
}
