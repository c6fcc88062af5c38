/**
 * The target of a flake: our reading, warm and as a whole process, against `nix eval` of the same shell with a stub
 * nixpkgs. Without `nix` on PATH there is nothing to compare with, and no row.
 *
 *     npx tsx bench/target.bench.ts
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { environments, inMilliseconds, type Row, sideBySide, timeProcess } from './lib/measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const NIX = ['--extra-experimental-features', 'nix-command flakes', '--offline', '--no-write-lock-file'];
const PACKAGES = 'git nodejs_20 go gopls postgresql_16 redis just jq kubectl shellcheck ruff uv'.split(' ');

/** The same flake for both; `nixpkgs`: where its input comes from. */
const flake = (nixpkgs: string) => `{
  inputs.nixpkgs.url = "${nixpkgs}";
  outputs = { self, nixpkgs }: let
    systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
    forAllSystems = f: nixpkgs.lib.genAttrs systems (system: f (import nixpkgs { inherit system; }));
  in {
    devShells = forAllSystems (pkgs: {
      default = pkgs.mkShell {
        packages = with pkgs; [ ${PACKAGES.join(' ')} ] ++ nixpkgs.lib.optionals pkgs.stdenv.isLinux [ mold ];
        DATABASE_URL = "postgresql://localhost/app";
        shellHook = "echo ready";
      };
    });
  };
}
`;

/** What of nixpkgs the flake uses, and no more: the least that Nix can have to do. */
const stub = `{ system, ... }: let
  package = name: derivation { name = "\${name}-1.0"; inherit system; builder = "/bin/sh"; } // { pname = name; version = "1.0"; };
in builtins.listToAttrs (map (name: { inherit name; value = package name; }) [ ${[...PACKAGES, 'mold'].map((name) => `"${name}"`).join(' ')} ]) // {
  stdenv.isLinux = builtins.match ".*-linux" system != null;
  mkShell = { packages, ... }@given: derivation (removeAttrs given [ "packages" ] // { name = "nix-shell"; inherit system; builder = "/bin/sh"; nativeBuildInputs = packages; });
}`;
const stubFlake = `{ outputs = _: { lib = {
  genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
  optionals = condition: list: if condition then list else [ ];
}; }; }`;

export async function measure(): Promise<Row[]> {
  const nix = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((path) => join(path, 'nix'))
    .find(existsSync);
  if (nix === undefined) {
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  try {
    return await compare(nix, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(nix: string, folder: string): Promise<Row[]> {
  const ours = join(folder, 'ours');
  const theirs = join(folder, 'theirs');
  write(join(ours, 'flake.nix'), flake('github:NixOS/nixpkgs/nixos-unstable'));
  write(join(ours, 'flake.lock'), lock);
  write(join(theirs, 'flake.nix'), flake('path:./nixpkgs'));
  write(join(theirs, 'nixpkgs/flake.nix'), stubFlake);
  write(join(theirs, 'nixpkgs/default.nix'), stub);
  execFileSync('git', ['init', '-q'], { cwd: theirs });
  execFileSync('git', ['add', '-A'], { cwd: theirs });
  execFileSync(nix, [...NIX.slice(0, 3), 'flake', 'lock'], { cwd: theirs, stdio: 'ignore' });
  execFileSync('git', ['add', '-A'], { cwd: theirs });
  const names = 'shell: map (package: package.name) shell.nativeBuildInputs';
  const nixEval = () =>
    timeProcess(
      [nix, 'eval', ...NIX, '--json', `git+file://${theirs}#devShells.x86_64-linux.default`, '--apply', names],
      {
        cwd: theirs,
      },
    );
  if (nixEval().status !== 0) {
    throw new Error('nix eval fails on the stub');
  }
  const warmScript = await bundle('bench/lib/target-warm.ts', 'target-warm.mjs');
  const warm = await sideBySide(
    () => Number.parseFloat(timeProcess([process.execPath, warmScript, ours]).stdout),
    () => nixEval().milliseconds,
    5,
  );
  const cli = join(root, 'bin', 'lockstep.cjs');
  const rows: Row[] = [
    {
      what: 'target of a flake, warm process',
      against: 'nix eval with a stub nixpkgs',
      ratio: warm.ratio,
      goal: 'at most 0.1',
      met: warm.ratio <= 0.1,
      detail: `${inMilliseconds(warm.a)}, ${inMilliseconds(warm.b)}`,
    },
  ];
  for (const { which, words, env, node } of wholeRuns(join(folder, 'cache'))) {
    const whole = await sideBySide(
      () => timeProcess([process.execPath, cli, 'target', ours, '--json', ...words], { env }).milliseconds,
      () => nixEval().milliseconds,
      7,
    );
    rows.push({
      what: `target of a flake, whole process, ${which}`,
      against: 'nix eval with a stub nixpkgs',
      ratio: whole.ratio,
      goal: 'at most 1',
      met: whole.ratio <= 1,
      detail: `${inMilliseconds(whole.a)}, ${inMilliseconds(whole.b)}; node -e 0 alone: ${inMilliseconds(node)}`,
    });
  }
  return rows;
}

/** A first and a second run, in each environment, with how long Node.js itself takes to start in it. */
function wholeRuns(cache: string) {
  return environments().flatMap(({ name, env: around }) => {
    const env = { ...around, XDG_CACHE_HOME: cache };
    const node = timeProcess([process.execPath, '-e', '0'], { env }).milliseconds;
    return [
      { which: `a first time (--no-cache)${name}`, words: ['--no-cache'], env, node },
      { which: `a second time${name}`, words: [], env, node },
    ];
  });
}

const lock = JSON.stringify({
  version: 7,
  root: 'root',
  nodes: {
    root: { inputs: { nixpkgs: 'nixpkgs' } },
    nixpkgs: {
      locked: {
        type: 'github',
        owner: 'NixOS',
        repo: 'nixpkgs',
        rev: '91bf6dffa21c7709607c9fdbf9a6acb44e7a0a5d',
        lastModified: 1746064326,
      },
      original: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-unstable' },
    },
  },
});

/** A script of ours as one file, so that the time is not that of a compiler. */
async function bundle(entry: string, name: string): Promise<string> {
  const outDir = join(root, '.cache', 'bench', 'target');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: entry, outDir, target: 'node20', rollupOptions: { output: { format: 'es', entryFileNames: name } } },
    ssr: { noExternal: true },
    publicDir: false,
  });
  return join(outDir, name);
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
