import type { Problem } from '../model/problem';
import type { DeclaredInput } from './declared-inputs';
import { type FlakeRef, formatFlakeRef, refText } from './flake-ref';
import { followEdge, type Lock } from './lock';

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
  return findings;
}

/** Whether two references ask for the same thing, however they are written. */
function samePlace(a: FlakeRef, b: FlakeRef): boolean {
  return normalised(a) === normalised(b);
}

function normalised(ref: FlakeRef): string {
  const text = formatFlakeRef(ref).replace(/^github:[^/?]+\/[^/?]+/, (place) => place.toLowerCase());
  const host = refText(ref, 'host');
  return host === undefined ? text : `${text}@${host}`;
}
