import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFlake } from '../../../../src/core/flake/read-flake';
import type { Target } from '../../../../src/core/model/target';
import { type EvalIo, encodeUtf8 } from '../../../../src/core/nix';
import { openIndex } from '../../../../src/core/nixpkgs';

const ABSENT = { ok: false, code: 'not-found' } as const;
const FOLDER = '/project';
const index = openIndex(
  readFileSync(join(import.meta.dirname, '../../../../resources/nixpkgs-index/nixpkgs-index.bin')),
);

/** Files of a project by path, as an evaluator sees them. */
function memoryIo(files: ReadonlyMap<string, string>): EvalIo {
  const folders = new Map<string, Map<string, 'file' | 'directory'>>();
  for (const path of files.keys()) {
    const parts = path.split('/');
    for (let i = 1; i < parts.length; i++) {
      const folder = parts.slice(0, i).join('/') || '/';
      const entries = folders.get(folder) ?? new Map();
      entries.set(parts[i]!, i === parts.length - 1 ? 'file' : 'directory');
      folders.set(folder, entries);
    }
  }
  return {
    readFile: (path) => {
      const text = files.get(path);
      return text === undefined ? ABSENT : { ok: true, value: new TextEncoder().encode(text) };
    },
    readDir: (path) => {
      const entries = folders.get(path);
      return entries === undefined
        ? ABSENT
        : { ok: true, value: [...entries].map(([name, kind]) => ({ name: encodeUtf8(name), kind })) };
    },
    lstat: (path) => {
      const kind = files.has(path) ? 'file' : folders.has(path) ? 'directory' : undefined;
      return kind === undefined ? ABSENT : { ok: true, value: { kind, size: 0, modifiedAt: 0, mode: 0o644 } };
    },
    readLink: () => ABSENT,
  };
}

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
}

/** Reads a flake that is given as text. */
export function readInMemory(flake: MemoryFlake): Target {
  const inputs: Record<string, string> = { nixpkgs: 'NixOS/nixpkgs/nixos-23.11', ...flake.inputs };
  const urls = Object.entries(inputs).map(
    ([name, place]) => `"${name}" = { url = "github:${place}"; flake = ${flake.isFlake?.[name] ?? true}; };`,
  );
  const files = new Map(Object.entries(flake.files ?? {}).map(([path, text]) => [`${FOLDER}/${path}`, text]));
  files.set(`${FOLDER}/flake.nix`, `{ inputs = { ${urls.join(' ')} }; outputs = ${flake.outputs}; }`);
  files.set(`${FOLDER}/flake.lock`, lockOf({ ...flake, inputs }, flake.lockedAt ?? LOCKED_AT));
  return readFlake({ io: memoryIo(files), folder: FOLDER, system: flake.system ?? 'x86_64-linux', index });
}

/** One line a package: `attribute`, with the version where it is not for the index to know. */
export function packagesOf(target: Target, shell = 'default'): readonly string[] {
  return (target.shells[shell]?.packages ?? []).map((item) =>
    item.input === 'nixpkgs' || item.input === undefined
      ? item.attribute
      : `${item.input}: ${item.attribute} ${item.certainty === 'estimate' ? '≈' : ''}${item.version ?? '?'}`,
  );
}
