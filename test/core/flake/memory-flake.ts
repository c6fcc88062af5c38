import { type EvaluationBounds, KeptEvaluator } from '../../../src/core/flake/evaluation';
import { type ReadFlakeOptions, readFlake } from '../../../src/core/flake/read-flake';
import type { FsResult } from '../../../src/core/host/host';
import type { Target, TargetShell } from '../../../src/core/model/target';
import type { EvalIo } from '../../../src/core/nix';
import type { NixpkgsIndex } from '../../../src/core/nixpkgs';
import { loadIndex } from '../../../src/node/nixpkgs-index';

/** Where flakes in memory are. */
export const FOLDER = '/flake';
const ABSENT = { ok: false, code: 'not-found' } as const;

/** nixos-unstable of 2025-05-01: a revision that the index has. */
export const RECORDED = '91bf6dffa21c7709607c9fdbf9a6acb44e7a0a5d';

let index: NixpkgsIndex | undefined;

/** Our own programs are compiled once, as in the window: flakes are what is tested. */
export const bounds: EvaluationBounds = { evaluator: new KeptEvaluator() };

/** A flake that is only in memory: texts by their path below {@link FOLDER}. */
export function memoryIo(files: Readonly<Record<string, string>>): EvalIo {
  const paths = Object.keys(files).map((name) => `${FOLDER}/${name}`);
  const isFolder = (path: string) => paths.some((each) => each.startsWith(`${path}/`));
  const stat = (
    path: string,
  ): FsResult<{ kind: 'file' | 'directory'; size: number; modifiedAt: number; mode: number }> =>
    paths.includes(path) || isFolder(path)
      ? { ok: true, value: { kind: isFolder(path) ? 'directory' : 'file', size: 0, modifiedAt: 0, mode: 0o644 } }
      : ABSENT;
  return {
    readFile: (path) => {
      const text = files[path.slice(FOLDER.length + 1)];
      return text === undefined ? ABSENT : { ok: true, value: new TextEncoder().encode(text) };
    },
    readDir: (path) =>
      isFolder(path)
        ? {
            ok: true,
            value: [
              ...new Set(
                paths.filter((each) => each.startsWith(`${path}/`)).map((each) => each.slice(path.length + 1)),
              ),
            ]
              .map((rest) => rest.split('/'))
              .map(([name = '', ...more]) => ({ name, kind: more.length > 0 ? 'directory' : 'file' })),
          }
        : ABSENT,
    lstat: stat,
    readLink: () => ABSENT,
  };
}

/** A lock file with these inputs: `owner/repo[/ref]`; nixpkgs at the recorded revision. */
export function lockOf(inputs: Readonly<Record<string, string>>): string {
  const nodes = Object.entries(inputs).map(([name, place]) => {
    const [owner = '', repo = '', ref] = place.split('/');
    const rev = repo === 'nixpkgs' ? RECORDED : '0123456789012345678901234567890123456789';
    const locked = { type: 'github', owner, repo, rev, lastModified: 1746064326, narHash: 'sha256-x' };
    const original = { type: 'github', owner, repo, ...(ref === undefined ? {} : { ref }) };
    return [name, { locked, original }] as const;
  });
  const root = { inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, name])) };
  return JSON.stringify({ version: 7, root: 'root', nodes: Object.fromEntries([['root', { ...root }], ...nodes]) });
}

/** Reads a flake from memory, for x86_64-linux unless told otherwise. */
export function readMemoryFlake(
  files: Readonly<Record<string, string>>,
  system = 'x86_64-linux',
  more: Pick<ReadFlakeOptions, 'outputs' | 'preferred' | 'bounds'> & { readonly index?: NixpkgsIndex } = {},
): Target {
  index ??= loadIndex();
  return readFlake({
    io: memoryIo(files),
    folder: FOLDER,
    system,
    index,
    ...more,
    bounds: { ...bounds, ...more.bounds },
  });
}

/**
 * The shell of a flake whose `pkgs` is the recorded nixpkgs.
 *
 * @param shell Nix source of the shell
 * @param more more files, and `inputs` as {@link lockOf} takes them
 */
export function readShellSource(
  shell: string,
  more: {
    readonly files?: Record<string, string>;
    readonly inputs?: Record<string, string>;
    readonly system?: string;
    readonly index?: NixpkgsIndex;
  } = {},
): TargetShell {
  const system = more.system ?? 'x86_64-linux';
  const inputs = { nixpkgs: 'NixOS/nixpkgs/nixos-unstable', ...more.inputs };
  const target = readMemoryFlake(
    {
      'flake.nix': `{
  inputs = { ${Object.entries(inputs)
    .map(([name, place]) => `${name}.url = "github:${place}";`)
    .join(' ')} };
  outputs = { self, nixpkgs, ... }@inputs: let
    system = "${system}"; pkgs = nixpkgs.legacyPackages.\${system}; inherit (nixpkgs) lib;
  in { devShells.\${system}.default =
${shell}
  ; };
}`,
      'flake.lock': lockOf(inputs),
      ...more.files,
    },
    system,
    more.index && { index: more.index },
  );
  return target.shells['default']!;
}

/** `attribute version`, with `≈`, `~` or `?` before a version that is not exact. */
export function packageLines(shell: TargetShell): readonly string[] {
  const marks = { exact: '', estimate: '≈', range: '~', unknown: '?' };
  return shell.packages.map(({ attribute, version, certainty }) => `${attribute} ${marks[certainty]}${version ?? ''}`);
}
