import type { TargetInput } from '../model/target';
import type { DeclaredInput } from './declared-inputs';
import { type FlakeRef, formatFlakeRef, refBranch, refNumber, refRevision, refText } from './flake-ref';
import { type Lock, type LockNode, rootInputs } from './lock';
import { pinOf, unlockedPin } from './pin-quality';

/**
 * The inputs of a locked flake, as the target shows them: the direct ones under their own names, then the rest.
 *
 * @param now seconds since 1970, to tell old ones
 */
export function lockedInputs(lock: Lock, now?: number): readonly TargetInput[] {
  const seen = new Set<string>([lock.root]);
  const found: TargetInput[] = [];
  const direct = [...rootInputs(lock)].sort(([a], [b]) => compare(a, b));
  for (const [name, node] of direct) {
    found.push(targetInput(name, node, now));
    seen.add(node.key);
  }
  const rest = [...lock.nodes.values()].filter((node) => !seen.has(node.key)).sort((a, b) => compare(a.key, b.key));
  return [...found, ...rest.map((node) => targetInput(node.key, node, now))];
}

/** The inputs of a flake without a lock: only what `flake.nix` asks for. */
export function unlockedInputs(declared: ReadonlyMap<string, DeclaredInput>): readonly TargetInput[] {
  return [...declared.values()]
    .sort((a, b) => compare(a.name, b.name))
    .map((input) => {
      const branch = refBranch(input.ref);
      return {
        name: input.name,
        type: input.ref?.type ?? 'follows',
        url: input.url ?? (input.ref === undefined ? `follows ${input.follows?.join('/')}` : formatFlakeRef(input.ref)),
        ...(branch === undefined ? {} : { branch }),
        ...(input.follows === undefined ? { pin: unlockedPin(input) } : {}),
        inputs: {},
      };
    });
}

function targetInput(name: string, node: LockNode, now: number | undefined): TargetInput {
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
    pin: pinOf(node, now),
    inputs: Object.fromEntries(
      [...node.inputs].map(([input, edge]) => [input, typeof edge === 'string' ? edge : edge.join('/')]),
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
