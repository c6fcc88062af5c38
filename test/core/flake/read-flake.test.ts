import { describe, expect, test } from 'vitest';
import { KeptEvaluator } from '../../../src/core/flake/evaluation';
import { ProblemError } from '../../../src/core/model/problem';
import type { NixpkgsIndex } from '../../../src/core/nixpkgs';
import { loadIndex } from '../../../src/node/nixpkgs-index';
import { lockOf, packageLines, readMemoryFlake, readShellSource } from './memory-flake';

const problemOf = (files: Record<string, string>) => {
  try {
    readMemoryFlake(files);
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.problem;
    }
    throw error;
  }
  throw new Error('expected a problem');
};

test('outputs of which another flake makes some have the others all the same', () => {
  const target = readMemoryFlake({
    'flake.nix': `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; inputs.b.url = "github:a/b";
      outputs = { self, nixpkgs, b }: b.lib.mkFlake { } // {
        devShells.x86_64-linux.default = with nixpkgs.legacyPackages.x86_64-linux; mkShell { packages = [ git ]; };
      }; }`,
    'flake.lock': lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable', b: 'a/b' }),
  });
  expect(packageLines(target.shells['default']!)).toEqual(['git 2.49.0']);
});

test('a reading leaves nothing to the next one that is otherwise than with an evaluator of its own', () => {
  const flake = (outputs: string) => ({
    'flake.nix': `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; outputs = { self, nixpkgs }: let
      inherit (nixpkgs) lib; pkgs = import nixpkgs { system = "x86_64-linux"; };
    in { devShells.x86_64-linux.default = ${outputs}; }; }`,
    'flake.lock': lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable' }),
  });
  const right = flake(`pkgs.mkShell {
    packages = lib.optional pkgs.stdenv.isLinux pkgs.go ++ [ (pkgs.callPackage ({ jq }: jq) { }) pkgs.nosuchtool ];
    NAME = lib.toUpper "x" + lib.concatMapStringsSep "," lib.toSentenceCase [ "a" "b" ];
  }`);
  // The stack ends somewhere in the library, whose parts are parsed and compiled as they are needed.
  const endless = flake(
    `let f = n: lib.optionalString (lib.hasPrefix "a" (lib.toSentenceCase (f (n + 1)))) "b"; in f 0`,
  );
  const read = (files: Record<string, string>, evaluator: KeptEvaluator) =>
    readMemoryFlake(files, 'x86_64-linux', { bounds: { evaluator } });
  const expected = read(right, new KeptEvaluator());
  expect(packageLines(expected.shells['default']!)).toEqual(['go 1.24.2', 'jq 1.7.1']);
  const kept = new KeptEvaluator();
  expect(() => read(endless, kept)).toThrow('overflow');
  expect(read(right, kept)).toEqual(expected);
  expect(() => read(endless, kept)).toThrow('overflow');
  expect(read(right, kept)).toEqual(expected);
});

describe('values without bounds', () => {
  const doubled = 'let s = n: if n == 0 then "x" else let t = s (n - 1); in t + t; in';

  test('a text that no program could be given is told with its place, and not carried along', () => {
    const shell = readShellSource(
      `${doubled} pkgs.mkShell { packages = [ pkgs.git ]; A = s 20; env.B = s 17; C = s 16; }`,
    );
    expect(packageLines(shell)).toEqual(['git 2.49.0']);
    expect(shell.variables.map(({ name, value }) => [name, value.length])).toEqual([['C', 65536]]);
    expect(shell.unresolved.map(({ what, reason, position }) => [what, reason, position?.line])).toEqual([
      ['$A', 'A text of 1048576 bytes is too long to be passed to a program.', 6],
      ['$B', 'A text of 131072 bytes is too long to be passed to a program.', 6],
    ]);
  });
  test('a list that is longer than any is read as far as that, and that is told', () => {
    const shell = readShellSource(
      `let many = n: list: if n == 0 then list else many (n - 1) (list ++ list);
       in pkgs.mkShell { packages = many 17 [ pkgs.git ] ++ [ pkgs.jq ]; }`,
    );
    expect(packageLines(shell)).toEqual(['git 2.49.0']);
    expect(shell.unresolved.map(({ reason }) => reason)).toEqual([
      'What is listed after this is not read: there is too much of it.',
    ]);
  });
  test('of a message of any length its beginning is told', () => {
    const problem = problemOf({
      'flake.nix': `{ outputs = { self }: ${doubled} { devShells.x86_64-linux.default = throw (s 20); }; }`,
    });
    expect(problem.message.length).toBeLessThan(5_000);
    expect(problem.detail?.length).toBeLessThan(70_000);
  });
  test('of a reason of any length its beginning is told', () => {
    const shell = readShellSource(`${doubled} pkgs.mkShell { packages = [ (throw (s 20)) ]; }`);
    expect(shell.unresolved[0]?.reason).toMatch(/^Xx+…$/);
    expect(shell.unresolved[0]?.reason.length).toBeLessThan(5_000);
  });
  test('more variables than anybody has are read as far as that', () => {
    const names = 'builtins.genList (i: { name = "V${toString i}"; value = "x"; }) 6000';
    const shell = readShellSource(`pkgs.mkShell (builtins.listToAttrs (${names}))`);
    expect(shell.variables).toHaveLength(5_000);
    expect(shell.unresolved.map(({ reason }) => reason)).toEqual([
      'Not all variables are read: there are more than 5000.',
    ]);
  });
  test('texts of all shells together are told as far as a document can hold them', () => {
    const target = readMemoryFlake({
      'flake.nix': `{ outputs = { self }: ${doubled} let
        shell = name: derivation { inherit name; system = "x86_64-linux"; builder = "b"; A = s 16; shellHook = s 16; };
      in { devShells.x86_64-linux = builtins.listToAttrs (
        builtins.genList (i: rec { name = "s\${toString i}"; value = shell name; }) 150
      ); }; }`,
    });
    const shells = Object.values(target.shells);
    const told = shells.flatMap(({ variables, shellHook = '' }) => [shellHook, ...variables.map(({ value }) => value)]);
    expect(told.join('').length).toBe(16 * 1024 * 1024);
    const left = shells.flatMap(({ unresolved }) => unresolved.map(({ what, reason }) => `${what}: ${reason}`));
    expect(left).toHaveLength(2 * 150 - 256);
    expect(new Set(left)).toEqual(
      new Set(['$A', 'shellHook'].map((what) => `${what}: The shells set more than 16 MiB of text.`)),
    );
  });
  test('a hook that cannot be evaluated is told with its place', () => {
    const shell = readShellSource('pkgs.mkShell {\n  packages = [ pkgs.jq ];\n  shellHook = throw "no";\n}');
    expect(packageLines(shell)).toEqual(['jq 1.7.1']);
    expect(shell.unresolved).toMatchObject([{ what: 'shellHook', reason: 'No.', position: { line: 8 } }]);
  });
  test('a shell without an end leaves little time to the others, not its own', () => {
    let now = 0;
    const target = readMemoryFlake(
      {
        'flake.nix': `{ outputs = { self }: let
          fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
          shell = name: derivation { inherit name; system = "x86_64-linux"; builder = "b"; X = toString (fib 60); };
        in { devShells.x86_64-linux = builtins.mapAttrs (name: _: shell name) { a = 1; b = 2; c = 3; d = 4; e = 5; f = 6; }; }; }`,
      },
      'x86_64-linux',
      // Each look at the clock takes 10 ms.
      { bounds: { clock: () => (now += 10), time: 1_400 } },
    );
    const reasons = Object.values(target.shells).flatMap(({ unresolved }) => unresolved.map(({ reason }) => reason));
    expect(reasons).toHaveLength(6);
    expect(reasons.filter((reason) => reason.includes('longer than 1.4 s'))).toHaveLength(1);
    expect(now).toBeLessThan(2_000);
  });
});

describe('shells without bounds', () => {
  const flake = (shell: string) => ({
    'flake.nix': `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; outputs = { self, nixpkgs }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux; in { devShells.x86_64-linux.default = ${shell}; }; }`,
    'flake.lock': lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable' }),
  });

  test('shells of shells end when the time does', () => {
    let now = 0;
    const target = readMemoryFlake(
      flake(`let
        nested = n: if n == 0 then pkgs.mkShell { packages = [ pkgs.git ]; }
          else pkgs.mkShell { inputsFrom = [ (nested (n - 1)) (nested (n - 1)) ]; };
      in nested 40`),
      'x86_64-linux',
      { bounds: { clock: () => (now += 10), time: 1_400 } },
    );
    const reasons = target.shells['default']!.unresolved.map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every((reason) => reason.includes('longer than 1.4 s'))).toBe(true);
  });

  test('what two shells have in common is there once', () => {
    const target = readMemoryFlake(
      flake(`let base = pkgs.mkShell { packages = [ pkgs.git ]; };
        twice = shell: pkgs.mkShell { inputsFrom = [ shell shell ]; };
      in builtins.foldl' (shell: _: twice shell) base (builtins.genList (n: n) 40)`),
    );
    expect(packageLines(target.shells['default']!)).toEqual(['git 2.49.0']);
  });

  test('an unknown name is compared with all others once, however often nixpkgs is imported', () => {
    const real = loadIndex();
    let comparisons = 0;
    const index: NixpkgsIndex = {
      ...real,
      suggest: (...args) => {
        comparisons++;
        return real.suggest(...args);
      },
    };
    const shells = `builtins.listToAttrs (map (i: { name = "shell-\${toString i}"; value =
      (import nixpkgs { system = "x86_64-linux"; config.number = i; }).callPackage ({ mkShell, qqzzxxyy ? null }: mkShell { packages = [ qqzzxxyy ]; }) { };
    }) (nixpkgs.lib.range 1 20))`;
    readMemoryFlake(
      {
        'flake.nix': `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; outputs = { self, nixpkgs }: { devShells.x86_64-linux = ${shells}; }; }`,
        'flake.lock': lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable' }).replace(
          /"rev":"\w+"/,
          `"rev":"${'a'.repeat(40)}"`,
        ),
      },
      'x86_64-linux',
      { index },
    );
    expect(comparisons).toBe(1);
  });
  test('near names are told of the first unknown ones only', () => {
    const target = readMemoryFlake(
      flake('pkgs.mkShell { packages = map (n: pkgs."gitt${toString n}") (builtins.genList (n: n) 200); }'),
    );
    const { unresolved } = target.shells['default']!;
    expect(unresolved.length).toBeGreaterThan(100);
    const near = unresolved.filter((each) => JSON.stringify(each).includes('Did you mean'));
    expect(near).toHaveLength(64);
  });
});

describe('which shells there are', () => {
  const outputs = (text: string) => ({
    'flake.nix': `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; outputs = { self, nixpkgs }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux; shell = package: pkgs.mkShell { packages = [ package ]; };
    in { ${text} }; }`,
    'flake.lock': lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable' }),
  });
  const shells = (text: string) =>
    Object.entries(readMemoryFlake(outputs(text)).shells).map(
      ([name, shell]) => `${name} ${shell.output}: ${packageLines(shell).join(', ')}`,
    );

  test('several, sorted, the default one known', () => {
    expect(shells('devShells.x86_64-linux = { zig = shell pkgs.zig; default = shell pkgs.git; };')).toEqual([
      'default devShells.x86_64-linux.default: git 2.49.0',
      'zig devShells.x86_64-linux.zig: zig 0.14.0',
    ]);
  });
  test('the old single one', () => {
    expect(shells('devShell.x86_64-linux = shell pkgs.git;')).toEqual(['default devShell.x86_64-linux: git 2.49.0']);
  });
  test("a package's own environment when there is none", () => {
    expect(
      shells('packages.x86_64-linux.default = pkgs.stdenv.mkDerivation { name = "x"; buildInputs = [ pkgs.git ]; };'),
    ).toEqual(['default packages.x86_64-linux.default: git 2.49.0']);
  });
  test('what `nix develop` falls back to, beside shells of other names', () => {
    const build = 'pkgs.stdenv.mkDerivation { name = "x"; buildInputs = [ pkgs.git ]; }';
    expect(shells(`devShells.x86_64-linux.ci = shell pkgs.jq; defaultPackage.x86_64-linux = ${build};`)).toEqual([
      'ci devShells.x86_64-linux.ci: jq 1.7.1',
      'default defaultPackage.x86_64-linux: git 2.49.0',
    ]);
  });
  test('a set of shells is none', () => {
    const target = readMemoryFlake(
      outputs('devShells.x86_64-linux = { default = shell pkgs.git; more.ci = shell pkgs.jq; };'),
    );
    expect(target.shells['more']).toMatchObject({
      packages: [],
      problem: { code: 'shell-invalid', message: 'devShells.x86_64-linux.more is not a derivation.' },
    });
    expect(packageLines(target.shells['default']!)).toEqual(['git 2.49.0']);
  });
  test('systems that have some', () => {
    const target = readMemoryFlake(
      outputs(
        'devShells = nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-darwin" ] (system: { default = shell pkgs.git; });',
      ),
    );
    expect(target.systems).toEqual(['aarch64-darwin', 'x86_64-linux']);
  });
  test('all outputs are listed by name', () => {
    const target = readMemoryFlake(
      outputs(
        'devShells.x86_64-linux.default = shell pkgs.git; packages.x86_64-linux = { tool = throw "never"; }; packages.aarch64-darwin = { }; overlays.default = _: _: { }; nixosConfigurations.laptop = throw "never"; lib = { }; broken = throw "no";',
      ),
    );
    expect(target.outputs?.map(({ entries: _, ...names }) => names)).toEqual([
      { name: 'broken', members: [] },
      { name: 'devShells', systems: ['x86_64-linux'], members: ['default'] },
      { name: 'lib', members: [] },
      { name: 'nixosConfigurations', members: ['laptop'] },
      { name: 'overlays', members: ['default'] },
      { name: 'packages', systems: ['aarch64-darwin', 'x86_64-linux'], members: ['tool'] },
    ]);
  });
  test('one that fails does not take the others along', () => {
    const target = readMemoryFlake(
      outputs('devShells.x86_64-linux = { bad = throw "no"; default = shell pkgs.git; };'),
    );
    expect(target.shells['bad']).toMatchObject({ packages: [], problem: { code: 'nix-throw', message: 'no' } });
    expect(packageLines(target.shells['default']!)).toEqual(['git 2.49.0']);
  });
});

describe('inputsFrom', () => {
  test('gives the dependencies of an item, never the item', () => {
    const shell = readShellSource(
      'pkgs.mkShell { inputsFrom = [ (pkgs.rustPlatform.buildRustPackage { pname = "tool"; version = "1"; nativeBuildInputs = [ pkgs.pkg-config ]; buildInputs = [ pkgs.openssl ]; }) ]; }',
    );
    // The builder's own compiler is one of them.
    expect(packageLines(shell)).toEqual(['rustc 1.86.0', 'cargo 1.86.0', 'pkg-config 0.29.2', 'openssl 3.4.1']);
    expect(shell.implied?.map(({ attribute }) => attribute)).toEqual(['stdenv.cc']);
  });
  test('leaves out what it lists itself, as a whole', () => {
    const shell = readShellSource(`let
      make = name: buildInputs: pkgs.stdenv.mkDerivation { inherit name buildInputs; };
      core = make "core" [ pkgs.zlib ]; wide = make "wide" [ ] // { dev = wide; }; tool = make "tool" [ core wide pkgs.jq ];
    in pkgs.mkShell { inputsFrom = [ core wide tool ]; packages = [ tool ]; }`);
    expect(shell.packages.map(({ name }) => name)).toEqual(['tool', 'zlib', 'wide', 'jq']);
  });
  test('of a nixpkgs package is not known', () => {
    const shell = readShellSource('pkgs.mkShell { inputsFrom = [ pkgs.hello ]; packages = [ pkgs.git ]; }');
    expect(packageLines(shell)).toEqual(['git 2.49.0']);
    expect(shell.unresolved).toMatchObject([
      { reason: 'What hello of nixpkgs is built with is known only to nixpkgs itself.' },
    ]);
  });
  test('runs the hooks of its items first', () => {
    const shell = readShellSource(
      'pkgs.mkShell { inputsFrom = [ (pkgs.mkShell { shellHook = "a"; }) ]; shellHook = "b"; }',
    );
    expect(shell.shellHook).toBe('a\nb');
  });
  test('with checks that are run', () => {
    const tool =
      'pkgs.stdenv.mkDerivation { name = "t"; doCheck = true; nativeCheckInputs = [ pkgs.bats ]; checkInputs = [ pkgs.gtest ]; }';
    expect(packageLines(readShellSource(`pkgs.mkShell { inputsFrom = [ (${tool}) ]; }`))).toEqual([
      'bats 1.11.1',
      'gtest 1.16.0',
    ]);
  });
});

describe('variables', () => {
  test('say the name that a package has after its version was changed', () => {
    const { variables } = readShellSource(
      'let own = pkgs.hello.overrideAttrs (old: { version = "9.9"; src = old.src; }); in pkgs.mkShell { A = "${own}"; B = "${lib.getDev own}/x"; packages = [ "${own}/bin" ]; }',
    );
    expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'A=/nix/store/…-hello-9.9',
      'B=/nix/store/…-hello-9.9-dev/x',
    ]);
  });

  test('follow the rules of derivations', () => {
    const { variables } = readShellSource(
      'pkgs.mkShell { A = "x"; B = 5; C = true; D = false; E = null; F = [ "a" 1 true ]; G = pkgs.openssl.dev + "/lib"; env.H = "y"; env.I = 1; shellHook = "z"; buildPhase = "p"; }',
    );
    expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'A=x',
      'B=5',
      'C=1',
      'D=',
      'F=a 1 1',
      'G=/nix/store/…-openssl-3.4.1-dev/lib',
      'H=y',
      'I=1',
    ]);
    expect(variables[0]?.position).toEqual({ file: 'flake.nix', line: 6, column: 16 });
  });
  test('that fail are told, the others stay', () => {
    const set = readShellSource('pkgs.mkShell { A.b = 1; C = { outPath = "/x"; }; }');
    expect(set.variables).toMatchObject([{ name: 'C', value: '/x' }]);
    expect(set.unresolved).toMatchObject([{ what: '$A', reason: expect.stringMatching(/^Cannot coerce a set.*\.$/s) }]);
    const { variables, unresolved } = readShellSource('pkgs.mkShell { A = "x"; B = throw "no"; }');
    expect(variables.map(({ name }) => name)).toEqual(['A']);
    expect(unresolved).toMatchObject([{ what: '$B', reason: 'No.' }]);
  });
});

describe('places', () => {
  test('are those of the list elements, in whichever file', () => {
    const shell = readShellSource('pkgs.mkShell { packages = import ./tools.nix pkgs\n  ++ [\n    pkgs.git\n  ]; }', {
      files: { 'tools.nix': 'pkgs: with pkgs; [\n  jq\n]' },
    });
    expect(shell.packages.map(({ attribute, position }) => [attribute, position])).toEqual([
      ['jq', { file: 'tools.nix', line: 2, column: 3 }],
      ['git', { file: 'flake.nix', line: 8, column: 5 }],
    ]);
  });
  test('are those of the list where the element has none', () => {
    const shell = readShellSource('pkgs.mkShell {\n packages = map (name: builtins.getAttr name pkgs) [ "git" ]; }');
    expect(shell.packages[0]?.position).toEqual({ file: 'flake.nix', line: 7, column: 2 });
  });
});

describe('other flakes', () => {
  test('that nobody knows give packages of unknown version', () => {
    const shell = readShellSource(
      'pkgs.mkShell { packages = [ inputs.odd.packages.x86_64-linux.default inputs.odd.packages.x86_64-linux.tool (inputs.odd.lib.make { }) ]; }',
      { inputs: { odd: 'someone/odd' } },
    );
    expect(shell.packages).toMatchObject([
      { attribute: 'default', name: 'odd', certainty: 'unknown', input: 'odd' },
      { attribute: 'tool', name: 'tool', certainty: 'unknown', input: 'odd' },
    ]);
    expect(shell.packages[0]?.reason).toContain('github:someone/odd');
    expect(shell.unresolved).toMatchObject([{ reason: expect.stringContaining('what it holds is not known here') }]);
  });
  test('whose files are imported are unknown, not fatal', () => {
    const shell = readShellSource('pkgs.mkShell { packages = [ pkgs.git (import (inputs.odd + "/x.nix") { }) ]; }', {
      inputs: { odd: 'someone/odd' },
    });
    expect(packageLines(shell)).toContain('git 2.49.0');
  });
  test('in folders of the flake are read', () => {
    const target = readMemoryFlake({
      'flake.nix':
        '{ inputs.sub.url = "path:./sub"; outputs = { self, sub }: { devShells.x86_64-linux.default = sub.shell; }; }',
      'sub/flake.nix':
        '{ inputs.nixpkgs.url = "nixpkgs"; outputs = { self, nixpkgs }: { shell = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = [ nixpkgs.legacyPackages.x86_64-linux.git ]; }; }; }',
      'flake.lock': JSON.stringify({
        version: 7,
        root: 'root',
        nodes: {
          root: { inputs: { sub: 'sub' } },
          sub: {
            inputs: { nixpkgs: 'nixpkgs' },
            locked: { type: 'path', path: './sub' },
            original: { type: 'path', path: './sub' },
            parent: [],
          },
          nixpkgs: {
            locked: {
              type: 'github',
              owner: 'NixOS',
              repo: 'nixpkgs',
              rev: '91bf6dffa21c7709607c9fdbf9a6acb44e7a0a5d',
              lastModified: 1746064326,
            },
          },
        },
      }),
    });
    expect(packageLines(target.shells['default']!)).toEqual(['git 2.49.0']);
  });
  test('two nixpkgs keep apart', () => {
    const shell = readShellSource(
      'pkgs.mkShell { packages = [ pkgs.git inputs.unstable.legacyPackages.x86_64-linux.git ]; }',
      {
        inputs: { unstable: 'NixOS/nixpkgs/nixpkgs-unstable' },
      },
    );
    expect(shell.packages.map(({ input }) => input)).toEqual(['nixpkgs', 'unstable']);
  });
});

describe('what is wrong is told', () => {
  const flake =
    '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05"; outputs = { self, nixpkgs }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = [ nixpkgs.legacyPackages.x86_64-linux.git ]; }; }; }';

  test('no lock: packages, but no versions', () => {
    const target = readMemoryFlake({ 'flake.nix': flake });
    expect(target.flake.locked).toBe(false);
    expect(target.findings).toMatchObject([
      { code: 'lock-missing', hint: 'Run `nix flake lock` and commit flake.lock.' },
    ]);
    expect(target.shells['default']?.packages).toMatchObject([{ attribute: 'git', certainty: 'unknown' }]);
  });
  test('a stale lock', () => {
    const lock = lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable', old: 'a/b' });
    expect(
      readMemoryFlake({ 'flake.nix': flake, 'flake.lock': lock }).findings.map(({ code, message }) => [code, message]),
    ).toEqual([
      [
        'lock-stale',
        'flake.nix asks for `nixpkgs` from github:NixOS/nixpkgs/nixos-24.05, but the lock file has it from github:NixOS/nixpkgs/nixos-unstable.',
      ],
      ['lock-unused', 'The lock file has an input `old` that flake.nix does not declare.'],
    ]);
  });
  test('an input that the lock lacks', () => {
    const target = readMemoryFlake({ 'flake.nix': flake, 'flake.lock': lockOf({}) });
    expect(target.findings).toMatchObject([{ code: 'lock-stale', position: { line: 1 } }]);
    expect(target.shells['default']?.packages).toMatchObject([{ attribute: 'git', certainty: 'unknown' }]);
  });
  test.each<[string, Record<string, string>, object]>([
    ['no flake', {}, { code: 'flake-not-found' }],
    [
      'a syntax error',
      { 'flake.nix': '{\n  outputs = [;\n}' },
      { code: 'nix-parse', position: { line: 2, column: 14 } },
    ],
    ['no set', { 'flake.nix': '[ ]' }, { code: 'flake-invalid' }],
    ['no outputs', { 'flake.nix': '{ }' }, { code: 'flake-invalid' }],
    [
      'an attribute that Nix refuses',
      { 'flake.nix': '{\n  outputs = _: { };\n  nixpkgs.url = "x";\n}' },
      { code: 'flake-invalid', position: { line: 3, column: 3 } },
    ],
    [
      'outputs that throw',
      { 'flake.nix': '{ outputs = { self }: throw "no"; }' },
      { code: 'nix-throw', message: 'no' },
    ],
    [
      'a recursion without an end',
      { 'flake.nix': '{ outputs = { self }: { devShells.x86_64-linux.default = let a = a; in a; }; }' },
      { code: 'nix-infinite-recursion' },
    ],
    [
      'outputs that are the flake itself',
      { 'flake.nix': '{ outputs = { self }: self; }' },
      { code: 'nix-infinite-recursion' },
    ],
    [
      'a recursion that grows',
      { 'flake.nix': '{ outputs = { self }: { devShells.x86_64-linux.default = let f = n: f (n + 1); in f 0; }; }' },
      { code: 'nix-limit' },
    ],
    ['a broken lock', { 'flake.nix': flake, 'flake.lock': '{' }, { code: 'lock-broken' }],
    [
      'shells for others',
      { 'flake.nix': '{ outputs = { self }: { devShells.aarch64-darwin.default = 1; }; }' },
      {
        code: 'no-dev-shell',
        message: 'This flake has no dev shell for x86_64-linux; it has dev shells for aarch64-darwin.',
      },
    ],
    [
      'shells for others, of which one set is empty and one fails',
      {
        'flake.nix':
          '{ outputs = { self }: { devShells = { aarch64-linux = { }; aarch64-darwin = throw "x"; x86_64-darwin = 1; }; }; }',
      },
      {
        code: 'no-dev-shell',
        message: expect.stringContaining('it has dev shells for aarch64-darwin, x86_64-darwin.'),
      },
    ],
    [
      'outputs that another flake makes',
      {
        'flake.nix':
          '{ inputs.odd.url = "github:someone/odd"; outputs = { self, odd }: odd.lib.make (system: { devShells.default = 1; }) // { x = 1; }; }',
      },
      {
        code: 'outputs-unknown',
        message: expect.stringContaining('github:someone/odd'),
        hint: expect.stringContaining('`--evaluator nix`'),
      },
    ],
    [
      'a set of shells without any, beside what there is',
      {
        'flake.nix':
          '{ outputs = { self }: { devShells.x86_64-linux = { }; checks = { x86_64-linux = { }; aarch64-linux.a = 1; }; lib = { }; }; }',
      },
      { code: 'no-dev-shell', message: 'This flake has no dev shell; it has checks (aarch64-linux), lib.' },
    ],
    [
      'no shells',
      { 'flake.nix': '{ outputs = { self }: { nixosConfigurations.laptop = 1; }; }' },
      { code: 'no-dev-shell', message: 'This flake has no dev shell; it has nixosConfigurations (laptop).' },
    ],
  ])('%s', (_, files, problem) => {
    const found = problemOf(files);
    expect(found).toMatchObject(problem);
    expect(found.hint).toBeDefined();
  });
});
