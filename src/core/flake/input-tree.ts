import type { TargetInput } from '../model/target';
import type { DeclaredInput } from './declared-inputs';
import { type FlakeRef, formatFlakeRef, refBranch, refNumber, refRevision, refText } from './flake-ref';
import { type Lock, type LockNode, rootInputs } from './lock';
import { pinOf, unlockedPin } from './pin-quality';

/**
 * The inputs of a locked flake, as the target shows them: the direct ones under their own names, then the rest under the
 * keys of their nodes. Where such a key is the name of another, direct input, the way to it is its name.
 *
 * @param declared what `flake.nix` asks for: what of it the lock does not have yet is not locked
 */
export function lockedInputs(
  lock: Lock,
  declared: ReadonlyMap<string, DeclaredInput> = new Map(),
): readonly TargetInput[] {
  const direct = [...rootInputs(lock)].sort(([a], [b]) => compare(a, b));
  const names = new Map<string, string>();
  for (const [name, { key }] of direct) {
    names.set(key, names.get(key) ?? name);
  }
  const taken = new Set(direct.map(([name]) => name));
  const ways = waysTo(lock);
  const rest = [...lock.nodes.values()]
    .filter(({ key }) => key !== lock.root && !names.has(key))
    .sort((a, b) => compare(a.key, b.key));
  for (const { key } of rest) {
    names.set(key, taken.has(key) ? (ways.get(key) ?? `${key} of nobody`) : key);
  }
  const nameOf = (key: string) => names.get(key) ?? key;
  const known = lock.nodes.get(lock.root)?.inputs;
  const unknown = [...declared].filter(([name]) => known?.has(name) !== true);
  return [
    ...[
      ...direct.map(([name, node]) => ({ ...targetInput(name, node, nameOf), direct: true as const })),
      ...unlockedInputs(new Map(unknown)),
    ].sort((a, b) => compare(a.name, b.name)),
    ...rest.map((node) => targetInput(nameOf(node.key), node, nameOf)),
  ];
}

/** The shortest way to each node, by names of inputs: `devenv/nixpkgs`. */
function waysTo(lock: Lock): ReadonlyMap<string, string> {
  const ways = new Map<string, string>([[lock.root, '']]);
  const queue = [lock.root];
  for (let i = 0; i < queue.length; i++) {
    const key = queue[i]!;
    for (const [name, edge] of lock.nodes.get(key)?.inputs ?? []) {
      if (typeof edge === 'string' && !ways.has(edge)) {
        const before = ways.get(key);
        ways.set(edge, before === '' || before === undefined ? name : `${before}/${name}`);
        queue.push(edge);
      }
    }
  }
  return ways;
}

/** The inputs of a flake without a lock: only what `flake.nix` asks for. */
export function unlockedInputs(declared: ReadonlyMap<string, DeclaredInput>): readonly TargetInput[] {
  return [...declared.values()]
    .sort((a, b) => compare(a.name, b.name))
    .map((input) => {
      const branch = refBranch(input.ref);
      return {
        name: input.name,
        direct: true as const,
        type: input.ref?.type ?? 'follows',
        url: input.url ?? (input.ref === undefined ? `follows ${input.follows?.join('/')}` : formatFlakeRef(input.ref)),
        ...(branch === undefined ? {} : { branch }),
        ...(input.follows === undefined ? { pin: unlockedPin(input) } : {}),
        inputs: {},
      };
    });
}

function targetInput(name: string, node: LockNode, nameOf: (key: string) => string): TargetInput {
  const ref: FlakeRef | undefined = node.original ?? node.locked;
  const revision = refRevision(node.locked);
  const branch = refBranch(node.original) ?? refBranch(node.locked);
  const lastModified = refNumber(node.locked, 'lastModified');
  const narHash = refText(node.locked, 'narHash');
  return {
    name,
    type: node.locked?.type ?? ref?.type ?? 'unknown',
    url: ref === undefined ? '' : formatFlakeRef(ref),
    ...(revision === undefined ? {} : { revision }),
    ...(branch === undefined ? {} : { branch }),
    ...(lastModified === undefined ? {} : { lastModified: isoTime(lastModified) }),
    ...(narHash === undefined ? {} : { narHash }),
    pin: pinOf(node),
    inputs: Object.fromEntries(
      [...node.inputs].map(([input, edge]) => [input, typeof edge === 'string' ? nameOf(edge) : edge.join('/')]),
    ),
  };
}

/** Seconds since 1970 → ISO 8601; what no calendar has (a hostile lock) is the epoch. */
function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '1970-01-01T00:00:00.000Z' : date.toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
