import { compareApk } from './apk';
import { compareDeb } from './deb';
import { compareJdk } from './jdk';
import { compareNixVersions } from './nix';
import { comparePep440 } from './pep440';
import { compareDates, compareGo, compareLettered } from './plain-schemes';
import { comparePacman, compareRpm } from './rpm';
import { MAX_VERSION_LENGTH, type Order, order, type VersionScheme } from './scheme';
import { compareSemver } from './semver';

/** A scheme's comparison; `undefined` where one of the two does not follow the scheme. */
type Comparison = (a: string, b: string) => Order | undefined;

const comparisons: Readonly<Record<VersionScheme, Comparison>> = {
  semver: compareSemver,
  pep440: comparePep440,
  deb: compareDeb,
  rpm: compareRpm,
  apk: compareApk,
  pacman: comparePacman,
  jdk: compareJdk,
  go: compareGo,
  openssl: compareLettered,
  date: compareDates,
  nix: compareNixVersions,
};

/**
 * Orders two versions by a scheme. A total order over all texts: what does not follow the scheme comes before what
 * does, and among itself is ordered as Nix would.
 *
 * @returns -1 when `a` is older, 1 when it is newer, 0 when they are the same version
 */
export function compareByScheme(scheme: VersionScheme, a: string, b: string): Order {
  const [textA, textB] = [a.trim(), b.trim()];
  const [followsA, followsB] = [follows(scheme, textA), follows(scheme, textB)];
  if (followsA && followsB) {
    return comparisons[scheme](textA, textB) ?? 0;
  }
  return order(followsA ? 1 : 0, followsB ? 1 : 0) || compareNixVersions(textA, textB);
}

/** Whether a text is a version by the rules of a scheme. */
function follows(scheme: VersionScheme, version: string): boolean {
  return version.length <= MAX_VERSION_LENGTH && comparisons[scheme](version, version) !== undefined;
}
