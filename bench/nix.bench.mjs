import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { inMilliseconds, median, sideBySide, timeProcess } from './lib/measure.mjs';

/** The language: whole processes against the real Nix, and how fast text is parsed. */

const root = fileURLToPath(new URL('..', import.meta.url));
const lockstep = join(root, 'bin', 'lockstep.cjs');

/** Pure computation, as issue 4 names it. */
const PROGRAMS = {
  'fib 25': 'let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2); in fib 25',
  'sorting 100,000 numbers': `let
      rand = n: let r = n * 1103515245 + 12345; in r - (r / 2147483648) * 2147483648;
      numbers = builtins.genList (i: rand (i * 7919 + 13)) 100000;
    in builtins.foldl' (a: b: a + b) 0 (builtins.sort (a: b: a < b) numbers)`,
  'sets of 100,000 attributes': `let
      names = builtins.genList (i: "name\${toString i}") 100000;
      set = builtins.listToAttrs (map (name: { inherit name; value = builtins.stringLength name; }) names);
      merged = builtins.mapAttrs (n: v: v + 1) set // { extra = 1; };
    in builtins.foldl' (a: n: a + merged.\${n}) 0 (builtins.attrNames merged)`,
  'building strings': `let
      text = builtins.concatStringsSep "" (builtins.genList (i: "line \${toString i}: \${builtins.substring 0 5 "abcdefgh"}\\n") 100000);
      added = builtins.foldl' (text: i: text + toString i) "" (builtins.genList (i: i) 20000);
    in builtins.stringLength (builtins.replaceStrings [ "line" "a" ] [ "LINE" "b" ] text) + builtins.stringLength added`,
};

/** @returns {Promise<import('./lib/measure.mjs').Row[]>} */
export async function measure() {
  const rows = [await parsing()];
  if (hasNix()) {
    for (const [what, program] of Object.entries(PROGRAMS)) {
      rows.push(await computing(what, program));
    }
  }
  return rows;
}

function hasNix() {
  try {
    return timeProcess(['nix-instantiate', '--version']).status === 0;
  } catch {
    // The comparison is left out where there is nothing to compare with.
    return false;
  }
}

/**
 * @param {string} what
 * @param {string} program
 */
async function computing(what, program) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const file = join(folder, 'program.nix');
  writeFileSync(file, program);
  try {
    const { a, b, ratio } = await sideBySide(
      () => timeProcess([process.execPath, lockstep, 'nix', 'eval', '--timeout', '60', file]).milliseconds,
      () => timeProcess(['nix-instantiate', '--eval', '--strict', file]).milliseconds,
      5,
    );
    return {
      what: `${what}, whole process`,
      against: 'nix-instantiate --eval --strict',
      ratio,
      goal: 'at most 3',
      met: ratio <= 3,
      detail: `${inMilliseconds(a)}, ${inMilliseconds(b)}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A module as they are in nixpkgs, many times over. */
function sourceTree() {
  const module = (/** @type {number} */ i) => `
  # Package number ${i}
  package-${i} = callPackage ({ lib, stdenv, fetchFromGitHub, cmake, openssl ? null, withTls ? true, ... }@args:
    stdenv.mkDerivation rec {
      pname = "package-${i}";
      version = "1.${i}.0";
      src = fetchFromGitHub { owner = "owner"; repo = pname; rev = "v\${version}"; hash = "sha256-${'A'.repeat(43)}="; };
      nativeBuildInputs = [ cmake ] ++ lib.optionals withTls [ openssl.dev ];
      cmakeFlags = [ "-DWITH_TLS=\${if withTls then "ON" else "OFF"}" ];
      postPatch = ''
        substituteInPlace src/main.c \\
          --replace-fail "/usr" "$out" # for \${pname}
      '';
      passthru.tests = { inherit (args) nixosTests; version = args.testers.testVersion { package = args.self; }; };
      meta = with lib; { description = "Package ${i}"; license = licenses.mit; maintainers = [ ]; platforms = platforms.unix; };
    }) { inherit (darwin.apple_sdk) Security; };
`;
  return `{ callPackage, darwin, ... }: {\n${Array.from({ length: 5000 }, (_, i) => module(i)).join('')}}\n`;
}

async function parsing() {
  const outDir = join(root, '.cache', 'bench', 'nix');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: 'src/core/nix/index.ts',
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'nix.mjs' } },
    },
    ssr: { noExternal: true, target: 'node' },
  });
  /** @type {typeof import('../src/core/nix/index')} */
  const { Evaluator, emptyIo } = await import(pathToFileURL(join(outDir, 'nix.mjs')).href);
  const text = sourceTree();
  const times = [];
  for (let run = 0; run < 7; run += 1) {
    const evaluator = new Evaluator({ io: emptyIo });
    const start = performance.now();
    evaluator.parse(text, '/all-packages.nix', '/');
    times.push(performance.now() - start);
  }
  const milliseconds = median(times.slice(1));
  const speed = text.length / 1e6 / (milliseconds / 1000);
  return {
    what: 'parsing, in MB a second',
    against: '5 MB a second',
    ratio: speed / 5,
    goal: 'at least 1',
    met: speed >= 5,
    detail: `${(text.length / 1e6).toFixed(1)} MB in ${inMilliseconds(milliseconds)}`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.table(await measure());
}
