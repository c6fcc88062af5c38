import type { Problem } from '../model/problem';
import type { DeclaredInput } from './declared-inputs';
import { type FlakeRef, formatFlakeRef, refText } from './flake-ref';
import { followEdge, type Lock, type LockEdge, type LockNode } from './lock';

const LOCK_HINT = 'Run `nix flake lock` and commit flake.lock.';

/**
 * What is wrong between `flake.nix` and its lock: inputs that one of them lacks, inputs that the lock has from another
 * place than `flake.nix` asks for now, `follows` that lead nowhere, inputs without a hash.
 *
 * @param declared what `flake.nix` says
 * @param lockFile how messages name the lock file
 */
export function lockFindings(
  declared: ReadonlyMap<string, DeclaredInput>,
  lock: Lock,
  lockFile: string,
): readonly Problem[] {
  const findings: Problem[] = [];
  const locked = lock.nodes.get(lock.root)?.inputs ?? new Map();
  for (const input of declared.values()) {
    const edge = locked.get(input.name);
    const position = input.position === undefined ? {} : { position: input.position };
    if (edge === undefined) {
      findings.push({
        code: 'lock-stale',
        message: `The lock file does not have the input \`${input.name}\`, which flake.nix declares.`,
        hint: LOCK_HINT,
        ...position,
      });
      continue;
    }
    const node = followEdge(lock, edge);
    if (node === undefined) {
      findings.push({
        code: 'lock-follows',
        message: `The input \`${input.name}\` follows \`${typeof edge === 'string' ? edge : edge.join('/')}\`, which leads nowhere in the lock file.`,
        hint: LOCK_HINT,
        ...position,
      });
      continue;
    }
    const says = input.follows;
    if (says !== undefined ? !samePath(edge, says) : typeof edge !== 'string') {
      const has = typeof edge === 'string' ? 'as an input of its own' : `as following \`${edge.join('/')}\``;
      const wants =
        says === undefined ? `declares \`${input.name}\` itself` : `has \`${input.name}\` follow \`${says.join('/')}\``;
      findings.push({
        code: 'lock-stale',
        message: `flake.nix ${wants}, but the lock file has it ${has}.`,
        hint: LOCK_HINT,
        ...position,
      });
      continue;
    }
    findings.push(...overrideFindings(input, node).map((finding) => ({ ...finding, ...position })));
    const asked = input.ref;
    if (asked !== undefined && input.url !== undefined && typeof edge === 'string' && node.original !== undefined) {
      if (!samePlace(asked, node.original)) {
        findings.push({
          code: 'lock-stale',
          message: `flake.nix asks for \`${input.name}\` from ${formatFlakeRef(asked)}, but the lock file has it from ${formatFlakeRef(node.original)}.`,
          hint: LOCK_HINT,
          ...position,
        });
      }
    }
  }
  const unused = [...locked.keys()].filter((name) => !declared.has(name)).map((name) => `\`${name}\``);
  if (unused.length > 0) {
    const more = unused.length > 6 ? ` and ${unused.length - 6} more` : '';
    findings.push({
      code: 'lock-unused',
      message:
        unused.length === 1
          ? `The lock file has an input ${unused[0]} that flake.nix does not declare.`
          : `The lock file has inputs that flake.nix does not declare: ${unused.slice(0, 6).join(', ')}${more}.`,
      hint: LOCK_HINT,
      position: { file: lockFile, line: 1, column: 1 },
    });
  }
  const used = reached(lock);
  const lost = [...lock.nodes.keys()].filter((key) => !used.has(key)).map((key) => `\`${key}\``);
  if (lost.length > 0) {
    findings.push({
      code: 'lock-unused',
      message: `The lock file has ${lost.length === 1 ? 'a node' : 'nodes'} that no input leads to: ${lost.slice(0, 6).join(', ')}${lost.length > 6 ? ' …' : ''}.`,
      hint: LOCK_HINT,
      position: { file: lockFile, line: 1, column: 1 },
    });
  }
  return findings;
}

/** Overrides of an input's own inputs that the lock does not have, or that concern inputs which it lacks. */
function overrideFindings(input: DeclaredInput, node: LockNode): readonly Problem[] {
  const overrides = input.isFlake ? [...(input.overrides ?? [])] : [];
  return overrides.flatMap(([name, path]): readonly Problem[] => {
    const edge = node.inputs.get(name);
    if (edge === undefined) {
      return [
        {
          code: 'lock-override',
          message: `flake.nix overrides the input \`${name}\` of \`${input.name}\`, which has no such input.`,
          hint: 'Remove the override, or correct its name; if the input has been added since, run `nix flake lock`.',
        },
      ];
    }
    return samePath(edge, path)
      ? []
      : [
          {
            code: 'lock-stale',
            message: `flake.nix has \`${input.name}/${name}\` follow \`${path.join('/')}\`, but the lock file does not.`,
            hint: LOCK_HINT,
          },
        ];
  });
}

function samePath(edge: LockEdge, path: readonly string[]): boolean {
  return typeof edge !== 'string' && edge.join('/') === path.join('/');
}

/** Keys of the nodes that the root leads to. */
function reached(lock: Lock): ReadonlySet<string> {
  const found = new Set([lock.root]);
  for (const key of found) {
    for (const edge of lock.nodes.get(key)?.inputs.values() ?? []) {
      if (typeof edge === 'string') {
        found.add(edge);
      }
    }
  }
  return found;
}

/** Whether two references ask for the same thing, however they are written. */
function samePlace(a: FlakeRef, b: FlakeRef): boolean {
  return normalised(a) === normalised(b);
}

function normalised(ref: FlakeRef): string {
  const text = formatFlakeRef(ref)
    .replace(/^github:[^/?]+\/[^/?]+/, (place) => place.toLowerCase())
    // Nix writes the `*` of FlakeHub's versions so into the lock.
    .replaceAll(/%2a/gi, '*');
  const host = refText(ref, 'host');
  return host === undefined ? text : `${text}@${host}`;
}
