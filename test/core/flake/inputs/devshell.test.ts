import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

/** A flake whose shell is what devshell makes of a module, or of a file. */
function read(shell: string, files: Readonly<Record<string, string>> = {}) {
  return readInMemory({
    inputs: { devshell: 'numtide/devshell' },
    files,
    outputs: `{ nixpkgs, devshell, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ devshell.overlays.default ]; };
      extra = file: settings: pkgs.devshell.mkShell ({ extraModulesPath, ... }: { imports = [ "\${extraModulesPath}/\${file}.nix" ]; } // settings);
    in { devShells.x86_64-linux.default = ${shell}; }`,
  });
}

describe('extra modules of devshell', () => {
  it.each([
    ['c', 'extra "language/c" { language.c.libraries = [ pkgs.zlib ]; }', ['clang', 'zlib']],
    [
      'c with headers',
      'extra "language/c" { language.c.includes = [ "zlib" ]; language.c.compiler = "gcc12"; }',
      ['gcc12', 'pkg-config', 'zlib'],
    ],
    ['rust', 'extra "language/rust" { language.rust.tools = [ "cargo" "rustfmt" ]; }', ['cargo', 'rustfmt']],
    [
      'rust of its own',
      'extra "language/rust" { language.rust.enableDefaultToolchain = false; packages = [ pkgs.jq ]; }',
      ['jq'],
    ],
    [
      'ruby',
      'extra "language/ruby" { language.ruby.nativeDeps = [ pkgs.libyaml ]; }',
      ['gcc', 'libyaml', 'pkg-config', 'libyaml', 'ruby_3_2', 'binutils', 'file', 'findutils', 'gnumake'],
    ],
    ['hare', 'extra "language/hare" { }', ['hare']],
    ['locale', 'extra "locale" { extra.locale.lang = "C"; packages = [ pkgs.jq ]; }', ['jq']],
    ['hooks', 'extra "git/hooks" { git.hooks.enable = true; packages = [ pkgs.jq ]; }', ['jq']],
  ])('%s', (_, shell, packages) => {
    const target = read(shell);
    expect([...packagesOf(target)].sort()).toEqual([...new Set(packages)].sort());
    expect(target.shells['default']?.unresolved).toEqual([]);
  });

  it('are named in TOML with dots; files are beside it, with or without `./`', () => {
    const target = read('pkgs.devshell.fromTOML ./devshell.toml', {
      'devshell.toml': 'imports = ["language.go", "more/two.toml", "./module.nix"]\npackages = ["hello"]',
      'more/two.toml': 'imports = ["three.nix"]\n[[commands]]\npackage = "jq"',
      'more/three.nix': '{ pkgs, ... }: { packages = [ pkgs.fd ]; }',
      'module.nix': '{ pkgs, ... }: { packages = [ pkgs.bat ]; }',
    });
    expect([...packagesOf(target)].sort()).toEqual(['bat', 'fd', 'go', 'hello', 'jq']);
  });

  it('names what nixpkgs lacks as a package that was asked for', () => {
    const target = read('pkgs.devshell.fromTOML ./devshell.toml', {
      'devshell.toml': '[devshell]\npackages = ["ripgreb", "jq"]',
    });
    expect(packagesOf(target)).toEqual(['jq']);
    expect(target.shells['default']?.unresolved).toMatchObject([
      {
        what: 'devShells.x86_64-linux.default.packages',
        reason: expect.stringMatching(/^Attribute 'ripgreb' missing\. Did you mean one of ripgrep/),
      },
    ]);
  });

  it('says which one it does not know', () => {
    const target = read('pkgs.devshell.fromTOML ./devshell.toml', {
      'devshell.toml': 'imports = ["language.cobol"]\npackages = ["hello"]',
    });
    expect(packagesOf(target)).toEqual(['hello']);
    expect(JSON.stringify(target)).toContain('the module language.cobol of devshell');
  });
});

it('a shell of devshell has no dependencies to hand on', () => {
  const target = read(
    'pkgs.mkShell { inputsFrom = [ (pkgs.devshell.mkShell { packages = [ pkgs.jq ]; }) ]; packages = [ pkgs.fd ]; }',
  );
  expect(packagesOf(target)).toEqual(['fd']);
  expect(
    packagesOf(read('pkgs.devshell.mkShell { packagesFrom = [ (pkgs.mkShell { buildInputs = [ pkgs.jq ]; }) ]; }')),
  ).toEqual(['jq']);
});

describe('a shell without a compiler', () => {
  it('brings none unasked', () => {
    const target = read('pkgs.mkShellNoCC { packages = [ pkgs.jq ]; }');
    expect(target.shells['default']?.implied).toBeUndefined();
    expect(read('pkgs.devshell.mkShell { }').shells['default']?.implied).toBeUndefined();
    expect(read('pkgs.mkShell { }').shells['default']?.implied).toMatchObject([{ attribute: 'stdenv.cc' }]);
  });
});

it('extra modules of devshell set variables, and what bash works out stands in the hook', () => {
  const of = (shell: string) => {
    const { variables = [], shellHook = '' } = read(shell).shells['default'] ?? {};
    return [Object.fromEntries(variables.map(({ name, value }) => [name, value])), shellHook];
  };
  expect(of('extra "language/go" { }')).toEqual([{ GO111MODULE: 'on' }, 'export GOPATH=$HOME/go']);
  expect(of('extra "services/postgres" { }')[1]).toBe('export PGDATA=$PRJ_DATA_DIR/postgres\nexport PGHOST=$PGDATA');
  expect(of('extra "locale" { extra.locale.lang = "de_DE.UTF-8"; }')[0]).toMatchObject({
    LANG: 'de_DE.UTF-8',
    LC_ALL: 'de_DE.UTF-8',
    LOCALE_ARCHIVE: expect.stringContaining('/lib/locale/locale-archive'),
  });
  expect(of('extra "language/c" { language.c.libraries = [ pkgs.zlib ]; }')[1]).toContain('export LD_LIBRARY_PATH=');
});

it.each([
  ['env = [ { name = "A"; } ];', 'A expected one of (value|eval|prefix|unset) to be set'],
  ['env = [ { name = "A"; value = "x"; eval = "y"; } ];', 'A expected only one of'],
  ['env = [ { name = "PATH"; value = "x"; } ];', 'PATH should not override the value'],
])('devshell refuses %s', (module, message) => {
  expect(() => read(`pkgs.devshell.mkShell { ${module} }`)).toThrow(message);
});

it.each([
  ['commands = [ { name = "only"; } ];', 'only expected either a command or package attribute'],
  ['commands = [ { name = "jq"; command = "jq"; } ];', 'cannot be set to both the `name` and the `command`'],
])('devshell refuses %s', (module, message) => {
  const target = read(`pkgs.devshell.mkShell { ${module} }`);
  expect(target.shells['default']?.unresolved[0]?.reason).toContain(message);
});
