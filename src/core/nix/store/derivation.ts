import { escapeChar } from '../escape-char';
import { sha256Hex } from './paths';

/** A derivation, as it stands in a `.drv` file. */
export interface Derivation {
  /** Output → path and, when fixed, how its hash is told. */
  readonly outputs: Map<string, DerivationOutput>;
  /** Path of a derivation → outputs that are used. */
  readonly inputDrvs: Map<string, Set<string>>;
  readonly inputSrcs: Set<string>;
  readonly system: string;
  readonly builder: string;
  readonly args: readonly string[];
  readonly env: Map<string, string>;
}

interface DerivationOutput {
  path: string;
  /** `sha256`, or `r:sha256` for an archive's hash. */
  readonly method: string;
  /** Base 16. */
  readonly hash: string;
}

/** What other derivations need to know of one. */
export interface KnownDerivation {
  readonly derivation: Derivation;
  /** Output → hash of the derivation modulo how fixed inputs are made. */
  readonly hashes: ReadonlyMap<string, string>;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\\n\r\t]/g, escapeChar)}"`;
}

function list(items: Iterable<string>): string {
  return `[${[...items].join(',')}]`;
}

function sorted<T>(entries: Iterable<readonly [string, T]>): (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The text of the `.drv` file (ATerm).
 *
 * @param mask leave the paths of the outputs out
 * @param inputs what stands for the input derivations; by default their paths
 */
export function unparse(
  derivation: Derivation,
  mask: boolean,
  inputs: ReadonlyMap<string, ReadonlySet<string>> = derivation.inputDrvs,
): string {
  const outputs = sorted(derivation.outputs).map(
    ([name, { path, method, hash }]) =>
      `(${quoted(name)},${quoted(mask ? '' : path)},${quoted(method)},${quoted(hash)})`,
  );
  const drvs = sorted(inputs).map(([path, names]) => `(${quoted(path)},${list([...names].sort().map(quoted))})`);
  const env = sorted(derivation.env).map(
    ([name, value]) => `(${quoted(name)},${quoted(mask && derivation.outputs.has(name) ? '' : value)})`,
  );
  return `Derive(${[
    list(outputs),
    list(drvs),
    list([...derivation.inputSrcs].sort().map(quoted)),
    quoted(derivation.system),
    quoted(derivation.builder),
    list(derivation.args.map(quoted)),
    list(env),
  ].join(',')})`;
}

/**
 * The hash of a derivation that does not change with how its fixed-output inputs are made (hashDerivationModulo).
 *
 * @returns output → base 16
 */
export function hashModulo(
  derivation: Derivation,
  mask: boolean,
  known: (path: string) => KnownDerivation | undefined,
): Map<string, string> {
  const fixed = derivation.outputs.get('out');
  if (fixed !== undefined && fixed.hash !== '') {
    return new Map([['out', sha256Hex(`fixed:out:${fixed.method}:${fixed.hash}:${fixed.path}`)]]);
  }
  const inputs = new Map<string, Set<string>>();
  for (const [path, names] of derivation.inputDrvs) {
    const input = known(path);
    for (const name of names) {
      // A derivation that is only known by its path stands for itself.
      const hash = input?.hashes.get(name) ?? sha256Hex(path);
      const set = inputs.get(hash) ?? new Set();
      set.add(name);
      inputs.set(hash, set);
    }
  }
  const hash = sha256Hex(unparse(derivation, mask, inputs));
  return new Map([...derivation.outputs.keys()].map((name) => [name, hash]));
}
