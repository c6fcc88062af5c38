/**
 * The nixpkgs version index: a cold lookup against reading its file, and how often estimates are right.
 *
 *     npx tsx bench/index.bench.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { IndexFile } from '../src/core/nixpkgs/file/index-file';
import { builtInIndexPath } from '../src/node/nixpkgs-index-place';
import { type LeftOut, leaveOutLine, leaveOutRevisions, measureRates } from './lib/estimate-rates';
import { inMilliseconds, type Row, sideBySide, timeProcess } from './lib/measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const REVISION = '3030f185ba6a4bf4f18b87f345f104e6a6961f34';

/** What people ask for in dev shells; their versions move more than those of most packages. */
const SHELL_TOOLS =
  'nodejs nodejs_18 nodejs_20 nodejs_22 python3 python310 python311 python312 go go_1_20 go_1_21 go_1_22 rustc cargo rustfmt clippy rust-analyzer gcc clang cmake ninja gnumake pkg-config openssl postgresql postgresql_15 redis sqlite git gh jq yq-go ripgrep fd fzf bat direnv nix-direnv just nil nixfmt nixpkgs-fmt alejandra statix deadnix pre-commit shellcheck shfmt terraform kubectl kubernetes-helm k9s docker docker-compose awscli2 google-cloud-sdk yarn pnpm deno bun esbuild typescript poetry uv ruff black mypy jdk jdk17 jdk21 maven gradle kotlin scala sbt elixir erlang ghc cabal-install stack ocaml opam ruby bundler php zig lua neovim vim tmux zsh fish bash coreutils gnused gawk curl wget protobuf buf grpcurl golangci-lint gopls delve gotools air hugo ffmpeg imagemagick gdb lldb valgrind clang-tools bear watchexec entr act skopeo dive trivy vault packer ansible hadolint actionlint typos taplo wasm-pack cargo-watch cargo-nextest cargo-edit sccache mold cachix'.split(
    ' ',
  );

/** Rates over all attributes are measured on one in so many. */
const EVERY = 8;

export async function measure(): Promise<Row[]> {
  return [await coldLookup(), ...estimates()];
}

async function coldLookup(): Promise<Row> {
  const outDir = join(root, '.cache', 'bench', 'index');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: 'bench/lib/index-cold.ts',
      outDir,
      target: 'node20',
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'index-cold.cjs' } },
    },
    ssr: { noExternal: true },
    publicDir: false,
  });
  const path = builtInIndexPath();
  const names = [...new IndexFile(readFileSync(path)).names()];
  const step = Math.floor(names.length / 50);
  const attributes = names.filter((_, i) => i % step === 7).slice(0, 50);
  const cold = (...words: readonly string[]) => {
    const { stdout } = timeProcess([process.execPath, join(outDir, 'index-cold.cjs'), path, ...words]);
    return Number.parseFloat(stdout);
  };
  const { a, b, ratio } = await sideBySide(
    () => cold(attributes.join(','), REVISION),
    () => cold(),
    15,
  );
  return {
    what: 'index: 50 attributes at one revision, cold, with reading the file',
    against: 'reading the file',
    ratio,
    goal: 'at most 3',
    met: ratio <= 3,
    detail: `${inMilliseconds(a)} against ${inMilliseconds(b)}, fresh processes; ${readFileSync(path).length} bytes`,
  };
}

function estimates(): Row[] {
  const file = new IndexFile(readFileSync(builtInIndexPath()));
  const stable = ['nixos-22.05', 'nixos-22.11', 'nixos-23.05'];
  const each = (make: (line: string) => readonly LeftOut[]) => stable.flatMap(make);
  const unnamed = (all: readonly LeftOut[]) => all.map((one) => ({ ...one, branch: undefined }));
  const ofUnstable = leaveOutRevisions(file, 'unstable', 0, 40);
  const ofStable = each((line) => leaveOutRevisions(file, line, 0, 12));
  const cases: readonly (readonly [string, readonly LeftOut[]])[] = [
    ['unstable, one revision left out', ofUnstable],
    ['unstable, 7 days around left out', leaveOutRevisions(file, 'unstable', 7, 40)],
    ['unstable, 30 days around left out', leaveOutRevisions(file, 'unstable', 30, 40)],
    ['recorded stable lines, one revision left out', ofStable],
    ['no branch named, one revision left out', unnamed([...ofUnstable, ...ofStable])],
    ['stable lines, each left out as a whole', each((line) => leaveOutLine(file, line, 12))],
  ];
  const tools = new Set(SHELL_TOOLS);
  const sample = new Set([...file.names()].filter((_, i) => i % EVERY === 0));
  return cases.flatMap(([what, leftOut]) => [
    rateRow(`${what}; one in ${EVERY} of all attributes`, file, leftOut, sample),
    rateRow(`${what}; tools of dev shells`, file, leftOut, tools),
  ]);
}

function rateRow(what: string, file: IndexFile, cases: readonly LeftOut[], only: ReadonlySet<string>): Row {
  const rates = measureRates(file, cases, only);
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
  const ratio = rates.rightToMinor / rates.estimates;
  return {
    what: `index: estimates right to the minor version; ${what}`,
    against: 'all estimates',
    ratio,
    goal: 'at least 0.95',
    met: ratio >= 0.95,
    detail:
      `${rates.estimates} estimates, ${share(rates.estimates, rates.asked)} of what was asked, ` +
      `${share(rates.exactlyRight, rates.estimates)} exactly right; ` +
      `${rates.ranges} ranges, ${share(rates.rangesRight, rates.ranges)} hold the version`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, against, ratio, goal, met, detail } of await measure()) {
    process.stdout.write(
      `${met ? '✓' : '✗'} ${what} / ${against}: ${ratio.toPrecision(3)} (goal: ${goal}; ${detail})\n`,
    );
  }
}
