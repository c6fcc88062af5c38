import { describe, expect, it } from 'vitest';
import { type MemoryFlake, packagesOf, readInMemory } from './read-in-memory';

/** The packages of a shell that has these, where `o` are overlays of the input `x`. */
function packages(x: string, list: string, more: Partial<MemoryFlake> & { readonly overlay?: string } = {}) {
  const { overlay, ...rest } = more;
  const target = readInMemory({
    inputs: { x },
    outputs: `{ nixpkgs, x, ... }: let
      system = "x86_64-linux";
      pkgs = import nixpkgs { inherit system; overlays = [ ${overlay ?? ''} ]; };
    in { devShells.\${system}.default = pkgs.mkShellNoCC { packages = ${list}; }; }`,
    ...rest,
  });
  const shell = target.shells['default'];
  return { list: packagesOf(target), unresolved: shell?.unresolved ?? [], implied: shell?.implied ?? [] };
}

it('nixpkgs-terraform knows releases by their names', () => {
  const { list, unresolved } = packages(
    'stackbuilders/nixpkgs-terraform',
    '[ x.packages.${system}."1.5.7" x.packages.${system}."1.9" x.packages.${system}."terraform-1.14.1" pkgs.terraform-versions."1.6.0" x.packages.${system}.nope ]',
    { overlay: 'x.overlays.default' },
  );
  expect(list).toEqual(['x: 1.5.7 1.5.7', 'x: 1.9 ?', 'x: terraform-1.14.1 1.14.1', 'x: 1.6.0 1.6.0']);
  expect(unresolved).toHaveLength(1);
});

it('nixpkgs-ruby knows releases by their names and by the file', () => {
  const { list } = packages(
    'bobvanderlinden/nixpkgs-ruby',
    `[ x.packages.\${system}."ruby-3.1.2" x.packages.\${system}."ruby-3.1" pkgs."ruby-3.3.4" pkgs.jq
       (x.lib.packageFromRubyVersionFile { file = ./.ruby-version; inherit system; })
       (x.lib.packageFromRubyVersionFile { file = ./.jruby-version; inherit system; }) ]`,
    { overlay: 'x.overlays.default', files: { '.ruby-version': '3.2.2\n', '.jruby-version': 'jruby-9.4.5.0' } },
  );
  expect(list).toEqual([
    'x: ruby-3.1.2 3.1.2',
    'x: ruby-3.1 ?',
    'x: ruby-3.3.4 3.3.4',
    'jq',
    'x: ruby-3.2.2 3.2.2',
    'x: jruby-9.4.5.0 9.4.5.0',
  ]);
});

it('nix-phps has the last releases of what nixpkgs dropped, and nixpkgs’ own of the rest', () => {
  const list =
    '[ (pkgs.php74.buildEnv { extensions = { all, enabled }: enabled ++ [ all.xdebug ]; }) pkgs.php74.packages.composer pkgs.php82 ]';
  const overlay = 'x.overlays.default';
  expect(packages('fossar/nix-phps', list, { overlay }).list).toEqual([
    'x: php74 7.4.33',
    'x: php74Packages.composer ?',
    'php82',
  ]);
  // Which patch release it was then, nobody knows here.
  expect(packages('fossar/nix-phps', '[ pkgs.php80 ]', { overlay, lockedAt: 1_670_000_000 }).list).toEqual([
    'x: php80 ?',
  ]);
});

it('go-overlay reads go.mod', () => {
  const files = { 'go.mod': 'module x\n\ngo 1.21\n\ntoolchain go1.21.6\n', 'old.mod': 'module x\ngo 1.22\n' };
  const { list, unresolved } = packages(
    'purpleclay/go-overlay',
    `[ (pkgs.go-bin.fromGoMod ./go.mod) (pkgs.go-bin.fromGoMod ./old.mod) pkgs.go-bin.versions."1.21.4" pkgs.go-bin.latest
       x.packages.\${system}.go_1_23_2 x.packages.\${system}.govendor (pkgs.go-bin.fromGoModStrict ./old.mod) ]`,
    { overlay: 'x.overlays.default', files },
  );
  expect(list).toEqual([
    'x: go-bin.versions."1.21.6" 1.21.6',
    'x: go-bin.fromGoMod ?',
    'x: go-bin.versions."1.21.4" 1.21.4',
    'x: go-bin.latest ?',
    'x: go-bin.versions."1.23.2" 1.23.2',
    'x: govendor ?',
  ]);
  expect(unresolved[0]?.reason).toContain('1.22 is not available');
});

it('zig2nix adds Zig and its own program to a shell', () => {
  const shell = (zig: string, lockedAt = 1_750_000_000) =>
    packagesOf(
      readInMemory({
        inputs: { zig2nix: 'cloudef/zig2nix' },
        lockedAt,
        outputs: `{ zig2nix, ... }: let env = zig2nix.outputs.zig-env.x86_64-linux { ${zig} }; in {
          devShells.x86_64-linux.default = env.mkShell { nativeBuildInputs = [ env.pkgs.jq ]; };
        }`,
      }),
    );
  expect(shell('')).toEqual(['jq', 'zig2nix: zig-latest ?', 'zig2nix: zig2nix ?', 'pkg-config']);
  expect(shell('', 1_711_022_400)).toEqual(['jq', 'zig2nix: zig-latest ?']);
  expect(shell('zig = zig2nix.packages.x86_64-linux.zig-0_15_2;')).toContain('zig2nix: zig-0_15_2 0.15.2');
  expect(shell('zig = zig2nix.packages.x86_64-linux.zig."0.13.0".bin;')).toContain('zig2nix: zig."0.13.0" 0.13.0');
});

describe('lean4-nix', () => {
  const files = {
    'lean-toolchain': 'leanprover/lean4:v4.22.0\n',
    'rc-toolchain': 'leanprover/lean4:v4.22.0-rc3\n',
    'lake-manifest.json': '{ "name": "proof" }',
  };

  it('puts the Lean of the toolchain file in the place of nixpkgs’ one', () => {
    const { list } = packages(
      'lenianiva/lean4-nix',
      '[ pkgs.lean.lean-all ((pkgs.callPackage x.lake { }).mkPackage { src = ./.; }) x.packages.${system}.lean ]',
      { files, overlay: '(x.readToolchainFile ./lean-toolchain)' },
    );
    expect(list).toEqual(['x: lean.lean-all 4.22.0', 'x: lake.proof ?', 'x: lean.lean ?']);
  });

  it('has stable releases only', () => {
    const overlay = '(x.readToolchainFile { toolchain = ./rc-toolchain; binary = false; })';
    expect(() => packages('lenianiva/lean4-nix', '[ pkgs.lean.lean ]', { files, overlay })).toThrow(
      "attribute 'v4.22.0-rc3' missing",
    );
  });
});

it('nixpkgs-esp-dev brings ESP-IDF, and with it the tools that it needs', () => {
  const { list, implied } = packages(
    'mirrexagon/nixpkgs-esp-dev',
    '[ (pkgs.esp-idf-full.override { rev = "v5.4.1"; sha256 = ""; }) pkgs.esp-idf-esp32c3 pkgs.jq ]',
    { overlay: '(import "${x}/overlay.nix")' },
  );
  expect(list).toEqual(['x: esp-idf-full 5.4.1', 'x: esp-idf-esp32c3 ?', 'jq']);
  expect(implied.map(({ attribute }) => attribute)).toEqual(expect.arrayContaining(['cmake', 'ninja', 'python3']));
  expect(new Set(implied.map(({ attribute }) => attribute)).size).toBe(implied.length);
  const shell = readInMemory({
    inputs: { x: 'mirrexagon/nixpkgs-esp-dev' },
    outputs: '{ x, ... }: { devShells.x86_64-linux.default = x.devShells.x86_64-linux.esp32s3-idf; }',
  });
  expect(packagesOf(shell)).toEqual(['x: esp-idf-esp32s3 ?']);
});

it('a version that no index of nixpkgs tells says where it is from', () => {
  const target = readInMemory({
    inputs: { x: 'oxalica/rust-overlay' },
    outputs: `{ nixpkgs, x, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ x.overlays.default ]; }; in {
      devShells.x86_64-linux.default = pkgs.mkShellNoCC {
        packages = [ pkgs.rust-bin.stable."1.70.0".minimal ];
      };
    }`,
  });
  expect(target.shells['default']?.packages).toMatchObject([
    { version: '1.70.0', certainty: 'exact', reason: 'The input "x" gives this version.' },
  ]);
});
