import { type Order, order, orderDigits } from './scheme';

/** Before the plain version, and after it, in order. */
const BEFORE = ['alpha', 'beta', 'pre', 'rc'];
const AFTER = ['cvs', 'svn', 'git', 'hg', 'p'];

interface Parsed {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly { readonly rank: number; readonly number: string }[];
  readonly revision: string;
}

const PATTERN = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?$/;

function parse(version: string): Parsed | undefined {
  const match = PATTERN.exec(version);
  if (match === null) {
    return undefined;
  }
  const suffixes = [...(match[3] as string).matchAll(/_([a-z]+)(\d*)/g)].map(([, word, number]) => ({
    rank: BEFORE.includes(word as string)
      ? BEFORE.indexOf(word as string) - BEFORE.length
      : AFTER.indexOf(word as string) + 1,
    number: number || '0',
  }));
  return { numbers: (match[1] as string).split('.'), letter: match[2] as string, suffixes, revision: match[4] ?? '0' };
}

/**
 * Orders two Alpine versions as `apk version -t` does (apk-package(5)): numbers, one letter, `_rc1`-like suffixes, then
 * the package's revision. A number after the first that begins with 0 counts as a fraction (`1.05` before `1.1`).
 *
 * @returns `undefined` when one is not an Alpine version
 */
export function compareApk(a: string, b: string): Order | undefined {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) {
    return undefined;
  }
  return (
    compareNumbers(left.numbers, right.numbers) ||
    order(left.letter, right.letter) ||
    compareSuffixes(left.suffixes, right.suffixes) ||
    orderDigits(left.revision, right.revision)
  );
}

function compareNumbers(a: readonly string[], b: readonly string[]): Order {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [partA, partB] = [a[i] as string, b[i] as string];
    const fraction = i > 0 && (partA.startsWith('0') || partB.startsWith('0'));
    const found = fraction ? order(partA, partB) : orderDigits(partA, partB);
    if (found !== 0) {
      return found;
    }
  }
  return order(a.length, b.length);
}

function compareSuffixes(a: Parsed['suffixes'], b: Parsed['suffixes']): Order {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const found = order(a[i]?.rank ?? 0, b[i]?.rank ?? 0) || orderDigits(a[i]?.number ?? '0', b[i]?.number ?? '0');
    if (found !== 0) {
      return found;
    }
  }
  return 0;
}
