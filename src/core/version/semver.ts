import { type Order, order, orderDigits, orderNumbers } from './scheme';

interface Parsed {
  readonly numbers: readonly string[];
  readonly pre: readonly string[];
}

const PATTERN = /^[vV=]?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?$/;

/** Numbers and pre-release parts; `undefined` when it does not look like semver. */
function parse(version: string): Parsed | undefined {
  const match = PATTERN.exec(version);
  return match === null ? undefined : { numbers: (match[1] as string).split('.'), pre: match[2]?.split('.') ?? [] };
}

/**
 * Orders by semver.org's rule 11, generalised to any count of numbers: missing ones are 0, build metadata is ignored.
 *
 * @returns `undefined` when one is not semver
 */
export function compareSemver(a: string, b: string): Order | undefined {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) {
    return undefined;
  }
  const found = orderNumbers(left.numbers, right.numbers);
  if (found !== 0) {
    return found;
  }
  return comparePreReleases(left.pre, right.pre);
}

function comparePreReleases(a: readonly string[], b: readonly string[]): Order {
  if (a.length === 0 || b.length === 0) {
    return order(b.length === 0 ? 0 : 1, a.length === 0 ? 0 : 1) as Order;
  }
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [partA, partB] = [a[i], b[i]];
    if (partA === undefined || partB === undefined) {
      return partA === undefined ? -1 : 1;
    }
    const [numberA, numberB] = [/^\d+$/.test(partA), /^\d+$/.test(partB)];
    const found = numberA && numberB ? orderDigits(partA, partB) : order(numberB ? 1 : 0, numberA ? 1 : 0);
    const result = found || (numberA || numberB ? found : order(partA, partB));
    if (result !== 0) {
      return result;
    }
  }
  return 0;
}
