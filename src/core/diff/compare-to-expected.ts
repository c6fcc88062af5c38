import type { VersionScheme as CatalogScheme } from '../catalog';
import type { DriftSize, Expected } from '../model/diff';
import { compareByScheme, driftSize, type VersionScheme } from '../version';

/** How an installed version stands to what is asked for. `within`: inside a range of which only one version is right. */
export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'within' }
  | { readonly kind: 'apart'; readonly size: DriftSize; readonly direction: 'behind' | 'ahead' | undefined };

/** The catalog's schemes in the words of the comparison. */
const SCHEMES: Readonly<Record<CatalogScheme, VersionScheme>> = {
  semver: 'semver',
  pep440: 'pep440',
  gem: 'nix',
  jdk: 'jdk',
  loose: 'nix',
};

/** By which rules the versions of a tool are ordered. */
export function rulesOf(scheme: CatalogScheme): VersionScheme {
  return SCHEMES[scheme];
}

/**
 * Compares an installed version with an expected one that is known at least roughly. A range is compared with the end
 * that is nearer.
 */
export function compareToExpected(scheme: CatalogScheme, expected: Expected, installed: string): Comparison {
  const rules = SCHEMES[scheme];
  const actual = spell(scheme, installed);
  const [low = '', high] = (expected.version ?? '').split(' – ').map((end) => spell(scheme, end));
  if (expected.certainty !== 'range' || high === undefined) {
    return compareOne(rules, low, actual);
  }
  const [below, above] = [compareByScheme(rules, actual, low), compareByScheme(rules, actual, high)];
  if (below >= 0 && above <= 0) {
    return low === high ? { kind: 'same' } : { kind: 'within' };
  }
  return compareOne(rules, below < 0 ? low : high, actual);
}

/** From what is nearly right to what is far off. */
const DISTANCES: readonly string[] = ['same', 'within', 'patch', 'minor', 'major'];

/** Of several copies the one whose version is nearest to the expected one; of equals, and where nothing is known, the first. */
export function nearestCopy<T extends { readonly version?: string }>(
  copies: readonly T[],
  expected: Expected,
  scheme: CatalogScheme,
): T | undefined {
  const distance = ({ version }: T) => {
    if (version === undefined || expected.version === undefined) {
      return DISTANCES.length + 1;
    }
    const compared = compareToExpected(scheme, expected, version);
    const index = DISTANCES.indexOf(compared.kind === 'apart' ? compared.size : compared.kind);
    return index === -1 ? DISTANCES.length : index;
  };
  const ranked = copies.map((copy) => ({ copy, far: distance(copy) }));
  return ranked.sort((a, b) => a.far - b.far)[0]?.copy;
}

function compareOne(rules: VersionScheme, expected: string, actual: string): Comparison {
  const size = driftSize(expected, actual, rules);
  if (size === 'none') {
    return { kind: 'same' };
  }
  const order = compareByScheme(rules, actual, expected);
  return { kind: 'apart', size, direction: order === 0 ? undefined : order < 0 ? 'behind' : 'ahead' };
}

/** bash's patch level: nixpkgs writes `5.2p26`, bash itself `5.2.26`. */
function spell(scheme: CatalogScheme, version: string): string {
  return scheme === 'loose' || scheme === 'semver' ? version.replace(/^(\d+\.\d+)p(\d+)$/, '$1.$2') : version;
}
