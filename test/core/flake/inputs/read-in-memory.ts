import { readFlake } from '../../../../src/core/flake/read-flake';
import type { Target } from '../../../../src/core/model/target';
import { loadIndex } from '../../../../src/node/nixpkgs-index';
import { bounds, FOLDER, memoryIo } from '../memory-flake';

const index = loadIndex();

/** 2024-03-21 12:00 UTC: when Rust 1.77.0 was the newest. */
const LOCKED_AT = 1_711_022_400;

/** A lock in which every input is at its GitHub repository, and uses the flake's own nixpkgs. */
function lockOf({ inputs, isFlake }: MemoryFlake, lastModified: number): string {
  const nodes: Record<string, unknown> = {
    root: { inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, name])) },
  };
  for (const [name, place] of Object.entries(inputs)) {
    const [owner, repo, ...path] = place.split('/');
    const ref = path.length === 0 ? undefined : path.join('/');
    nodes[name] = {
      locked: { type: 'github', owner, repo, rev: 'a'.repeat(40), lastModified, narHash: `sha256-${name}` },
      original: { type: 'github', owner, repo, ...(ref === undefined ? {} : { ref }) },
      ...(isFlake?.[name] === false ? { flake: false } : {}),
      ...(name === 'nixpkgs' ? {} : { inputs: { nixpkgs: ['nixpkgs'] } }),
    };
  }
  return JSON.stringify({ nodes, root: 'root', version: 7 });
}

export interface MemoryFlake {
  /** Input → `owner/repo`; nixpkgs comes by itself. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The function. */
  readonly outputs: string;
  /** More files. */
  readonly files?: Readonly<Record<string, string>>;
  readonly system?: string;
  /** Inputs that are no flakes: `false`. */
  readonly isFlake?: Readonly<Record<string, boolean>>;
  /** When it was locked, in seconds since 1970. */
  readonly lockedAt?: number;
  /** What is read besides the dev shells: `nixosConfigurations.laptop`. */
  readonly read?: readonly string[];
}

/** Reads a flake that is given as text. */
export function readInMemory(flake: MemoryFlake): Target {
  const inputs: Record<string, string> = { nixpkgs: 'NixOS/nixpkgs/nixos-23.11', ...flake.inputs };
  const urls = Object.entries(inputs).map(
    ([name, place]) => `"${name}" = { url = "github:${place}"; flake = ${flake.isFlake?.[name] ?? true}; };`,
  );
  const files = {
    ...flake.files,
    'flake.nix': `{ inputs = { ${urls.join(' ')} }; outputs = ${flake.outputs}; }`,
    'flake.lock': lockOf({ ...flake, inputs }, flake.lockedAt ?? LOCKED_AT),
  };
  return readFlake({
    io: memoryIo(files),
    folder: FOLDER,
    system: flake.system ?? 'x86_64-linux',
    index,
    bounds,
    ...(flake.read === undefined ? {} : { outputs: flake.read }),
  });
}

/** One line a package: `attribute`, with the version where it is not for the index to know. */
export function packagesOf(target: Target, shell = 'default'): readonly string[] {
  return (target.shells[shell]?.packages ?? []).map((item) =>
    item.input === 'nixpkgs' || item.input === undefined
      ? item.attribute
      : `${item.input}: ${item.attribute} ${item.certainty === 'estimate' ? '≈' : ''}${item.version ?? '?'}`,
  );
}
