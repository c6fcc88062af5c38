import { compareNixVersions } from './nix';
import { type Order, order, orderDigits } from './scheme';

/** Compares lists of numbers, missing ones as 0. */
function compareNumbers(a: readonly string[], b: readonly string[]): Order {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const found = orderDigits(a[i] ?? '0', b[i] ?? '0');
    if (found !== 0) {
      return found;
    }
  }
  return 0;
}

const GO = /^(?:go)?(\d+(?:\.\d+)*)(?:(beta|rc)(\d+))?(?:[-+ ].*)?$/;

/**
 * Orders two releases of Go (go.dev/doc/toolchain#version): `go1.21rc2` before `go1.21.0`; `go1.20` is `go1.20.0`.
 * What vendors append (`-X:nocoverageredesign`, `+auto`) does not count.
 *
 * @returns `undefined` when one is not a release of Go
 */
export function compareGo(a: string, b: string): Order | undefined {
  const [left, right] = [GO.exec(a), GO.exec(b)];
  if (left === null || right === null) {
    return undefined;
  }
  const stage = (match: RegExpExecArray) => ['beta', 'rc', undefined].indexOf(match[2] as 'beta' | 'rc' | undefined);
  return (
    compareNumbers((left[1] as string).split('.'), (right[1] as string).split('.')) ||
    order(stage(left), stage(right)) ||
    orderDigits(left[3] ?? '0', right[3] ?? '0')
  );
}

const OPENSSL = /^[vV]?(\d+(?:\.\d+)*)([a-z]{0,2})(\d*)(?:-(alpha|beta|pre|dev)(\d*))?$/;

/**
 * Orders versions with patch letters: `1.0.2`, `1.0.2a` … `1.0.2z`, `1.0.2za`; `9.2p1`; tmux's `3.3a`.
 *
 * @returns `undefined` when one is not written so
 */
export function compareLettered(a: string, b: string): Order | undefined {
  const [left, right] = [OPENSSL.exec(a), OPENSSL.exec(b)];
  if (left === null || right === null) {
    return undefined;
  }
  const stage = (match: RegExpExecArray) =>
    match[4] === undefined ? 4 : ['dev', 'alpha', 'beta', 'pre'].indexOf(match[4]);
  const letters = (match: RegExpExecArray) => match[2] as string;
  return (
    compareNumbers((left[1] as string).split('.'), (right[1] as string).split('.')) ||
    order(letters(left).length, letters(right).length) ||
    order(letters(left), letters(right)) ||
    orderDigits(left[3] || '0', right[3] || '0') ||
    order(stage(left), stage(right)) ||
    orderDigits(left[5] || '0', right[5] || '0')
  );
}

const DATE = /(?:^|[^\d])((?:19|20)\d\d)[-._]?(0[1-9]|1[0-2])[-._]?(0[1-9]|[12]\d|3[01])(?!\d)/;

/**
 * Orders versions that are dates: `2024-03-01`, `20240301`, `2024.03.01`, `0-unstable-2024-03-01`. Of one day, as Nix.
 *
 * @returns `undefined` when one has no date
 */
export function compareDates(a: string, b: string): Order | undefined {
  const [left, right] = [DATE.exec(a), DATE.exec(b)];
  if (left === null || right === null) {
    return undefined;
  }
  return order(left.slice(1, 4).join(''), right.slice(1, 4).join('')) || compareNixVersions(a, b);
}
