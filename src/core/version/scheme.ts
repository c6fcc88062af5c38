/**
 * The rules by which two versions of a tool are ordered.
 *
 * - `semver`: numbers, then pre-releases as semver.org orders them; any count of numbers, a leading `v` allowed
 * - `pep440`: Python packages and CPython itself (`3.13.0rc1`)
 * - `deb`, `rpm`, `apk`, `pacman`: what the package manager of that name says of its own versions
 * - `jdk`: `1.8.0_392`, `8u392` and `17.0.9+9`
 * - `go`: `go1.21.0`, `1.22rc1`
 * - `openssl`: `1.1.1w`, and OpenSSH's `9.2p1`: letters after numbers are later
 * - `date`: `2024-03-01`, `20240301`, `0-unstable-2024-03-01`
 * - `nix`: `builtins.compareVersions`; the one for tools without rules of their own
 */
export type VersionScheme =
  | 'semver'
  | 'pep440'
  | 'deb'
  | 'rpm'
  | 'apk'
  | 'pacman'
  | 'jdk'
  | 'go'
  | 'openssl'
  | 'date'
  | 'nix';

/** -1: the first is older; 1: newer; 0: they are the same version, maybe written differently. */
export type Order = -1 | 0 | 1;

/** A longer text is no version; rules that search through it are not tried. */
export const MAX_VERSION_LENGTH = 256;

/** The sign of a number or of the difference of two sortable things. */
export function order<T extends number | bigint | string>(a: T, b: T): Order {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Decimal digits of any length, by value. */
export function orderDigits(a: string, b: string): Order {
  const plainA = a.replace(/^0+(?=\d)/, '');
  const plainB = b.replace(/^0+(?=\d)/, '');
  return order(plainA.length, plainB.length) || order(plainA, plainB);
}

/** Orders digit runs one after the other, whatever their count; missing ones are 0. */
export function orderNumbers(a: readonly string[], b: readonly string[]): Order {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const found = orderDigits(a[i] ?? '0', b[i] ?? '0');
    if (found !== 0) {
      return found;
    }
  }
  return 0;
}
