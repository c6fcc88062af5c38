import { type Order, orderDigits, orderNumbers } from './scheme';

/** A version of Java: `1.8.0_392` and `8u392` are both 8, 0, 392. */
export interface JdkVersion {
  /** Feature, interim, update, patch and what follows. */
  readonly numbers: readonly string[];
  /** Early access (`22-ea`) and the like: before the release. */
  readonly pre: string | undefined;
  /** `17.0.9+9`, `1.8.0_392-b08`: the build, which most programs do not tell. */
  readonly build: string | undefined;
}

const OLD = /^1\.(\d+)(?:\.(\d+))?(?:_(\d+))?(?:\.(\d+))?(?:-(ea|internal|beta))?(?:-?b(\d+))?$/;
const SHORT = /^(\d+)u(\d+)?(?:-(ea|internal))?(?:-?b(\d+)|-ga)?$/;
const DOTTED_OLD = /^1\.(\d+)\.(\d+)\.(\d+)\.b(\d+)$/;
const NEW =
  /^(\d+(?:\.\d+)*)(?:-(ea|internal|beta))?(?:\+(\d+))?(?:[-.](?:LTS|lts|ga|GA|Debian|Ubuntu).*|-\d[\w.-]*)?$/;

/** Reads the forms that Java itself (JEP 223 and before), nixpkgs and the distributions write. */
export function parseJdk(version: string): JdkVersion | undefined {
  const dotted = DOTTED_OLD.exec(version);
  if (dotted !== null) {
    return made([dotted[1], dotted[2], dotted[3]], undefined, dotted[4]);
  }
  const old = OLD.exec(version);
  if (old !== null) {
    return made([old[1], old[2] ?? '0', old[3] ?? old[4] ?? '0'], old[5], old[6]);
  }
  const short = SHORT.exec(version);
  if (short !== null) {
    return made([short[1], '0', short[2] ?? '0'], short[3], short[4]);
  }
  const plain = NEW.exec(version);
  return plain === null ? undefined : made((plain[1] as string).split('.'), plain[2], plain[3]);
}

function made(
  numbers: readonly (string | undefined)[],
  pre: string | undefined,
  build: string | undefined,
): JdkVersion {
  return { numbers: numbers.map((number) => number ?? '0'), pre, build };
}

/**
 * Orders two versions of Java: numbers, early access before the release, then builds. A version without a build is
 * before the same one with any.
 *
 * @returns `undefined` when one is not a version of Java
 */
export function compareJdk(a: string, b: string): Order | undefined {
  const left = parseJdk(a);
  const right = parseJdk(b);
  if (left === undefined || right === undefined) {
    return undefined;
  }
  const found = orderNumbers(left.numbers, right.numbers);
  if (found !== 0) {
    return found;
  }
  if ((left.pre === undefined) !== (right.pre === undefined)) {
    return left.pre === undefined ? 1 : -1;
  }
  if (left.build === undefined || right.build === undefined) {
    return left.build === right.build ? 0 : left.build === undefined ? -1 : 1;
  }
  return orderDigits(left.build, right.build);
}
