import { describe, expect, test } from 'vitest';
import { lockOf, packageLines, readShellSource } from '../memory-flake';

/** How people ask for packages, and what they get. Versions are those of nixos-unstable of 2025-05-01. */
const IDIOMS: readonly (readonly [title: string, shell: string, packages: readonly string[]])[] = [
  [
    'packages with `with`',
    'pkgs.mkShell { packages = with pkgs; [ git nodejs_22 ]; }',
    ['git 2.49.0', 'nodejs_22 22.14.0'],
  ],
  [
    'the three lists in order',
    'pkgs.mkShell { buildInputs = [ pkgs.zlib ]; nativeBuildInputs = [ pkgs.cmake ]; packages = [ pkgs.git ]; }',
    ['git 2.49.0', 'cmake 3.31.6', 'zlib 1.3.1'],
  ],
  [
    'the same package twice',
    'pkgs.mkShell { packages = [ pkgs.openssl pkgs.openssl.dev (lib.getLib pkgs.openssl) ]; }',
    ['openssl 3.4.1'],
  ],
  [
    'tools that are added to what a builder makes',
    `pkgs.mkShell { inputsFrom = [
      ((pkgs.buildGoModule { pname = "a"; version = "1"; }).overrideAttrs (old: { nativeBuildInputs = old.nativeBuildInputs ++ [ pkgs.jq ]; }))
      ((pkgs.haskellPackages.mkDerivation { pname = "b"; version = "1"; }).overrideAttrs (old: { buildInputs = old.buildInputs ++ [ pkgs.zlib ]; }))
    ]; }`,
    ['go 1.24.2', 'jq 1.7.1', 'ghc 9.6.6', 'zlib 1.3.1'],
  ],
  [
    'the Node.js that a package is built with, given either way',
    `pkgs.mkShell { inputsFrom = [
      (pkgs.buildNpmPackage { pname = "a"; version = "1"; nodejs = pkgs.nodejs_20; })
      ((pkgs.buildNpmPackage.override { nodejs = pkgs.nodejs_23; }) { pname = "b"; version = "1"; })
    ]; }`,
    ['nodejs_20 20.19.0', 'python3 3.12.9', 'nodejs_23 23.11.0'],
  ],
  [
    'an FHS environment without packages of both kinds',
    '(pkgs.buildFHSEnv { name = "a"; targetPkgs = pkgs: [ pkgs.jq ]; multiPkgs = null; }).env',
    ['jq 1.7.1'],
  ],
  [
    'an FHS environment whose hook goes on into it',
    '(pkgs.buildFHSEnv { name = "a"; targetPkgs = pkgs: [ pkgs.jq ]; }).env.overrideAttrs (old: { shellHook = "export A=1\\n" + old.shellHook; })',
    ['jq 1.7.1'],
  ],
  [
    'an FHS environment that a hook of its own keeps out of',
    '(pkgs.buildFHSEnv { name = "a"; targetPkgs = pkgs: [ pkgs.jq ]; }).env.overrideAttrs (old: { shellHook = "echo hello"; buildInputs = [ pkgs.zlib ]; })',
    ['zlib 1.3.1'],
  ],
  [
    'what is built for the browser',
    `pkgs.mkShell { inputsFrom = [ (pkgs.emscriptenStdenv.mkDerivation { pname = "a"; version = "1"; nativeBuildInputs = [ pkgs.jq ]; }) ]; }`,
    ['emscripten 3.1.73', 'python3 3.12.9', 'jq 1.7.1'],
  ],
  [
    'an output of a package in a variable',
    'pkgs.mkShell { packages = [ pkgs.jq ]; OVMF = "${pkgs.OVMF.fd}/FV/OVMF.fd"; }',
    ['jq 1.7.1'],
  ],
  [
    'a package of an overlay inside a `with` of a set that it does not belong to',
    `let mine = pkgs.extend (final: prev: {
      my-lint = final.writeShellScriptBin "my-lint" "";
      haskellPackages = prev.haskellPackages.override { overrides = self: super: { }; };
    }); in with mine; mkShell { packages = with haskellPackages; [ aeson my-lint ]; }`,
    ['haskellPackages.aeson ?', 'my-lint ?'],
  ],
  [
    'Elixir of an Erlang without graphics',
    `let erlang = pkgs.beam_minimal.interpreters.erlang_27; beam = pkgs.beam_minimal.packagesWith erlang; in pkgs.mkShell { packages = [ beam.elixir_1_18 beam.erlang ]; }`,
    ['beam_minimal.packages.erlang.elixir_1_18 ?', 'beam_minimal.interpreters.erlang_27 ?'],
  ],
  [
    'what packages of Node.js are built with',
    'pkgs.mkShell { inputsFrom = [ (pkgs.buildNpmPackage { pname = "a"; version = "1"; npmDepsHash = ""; }) ]; }',
    ['nodejs 22.14.0', 'python3 3.12.9'],
  ],
  [
    'what the old Qt and Yarn are built with',
    `pkgs.mkShell { inputsFrom = [
      (pkgs.libsForQt5.callPackage ({ mkDerivation, qtbase, cmake }: mkDerivation { name = "a"; nativeBuildInputs = [ cmake ]; buildInputs = [ qtbase ]; }) { })
      (pkgs.yarn2nix-moretea.mkYarnPackage { name = "b"; })
      (pkgs.haskellPackages.shellFor { packages = _: [ ]; })
    ]; }`,
    [
      'cmake 3.31.6',
      'libsForQt5.wrapQtAppsHook ?',
      'yarn 1.22.22',
      'nodejs 22.14.0',
      'rsync 3.4.1',
      'ghc 9.6.6',
      'libsForQt5.qtbase ?',
    ],
  ],
  [
    'what OCaml and Rocq are built with',
    `pkgs.mkShell { inputsFrom = [
      (pkgs.ocamlPackages.buildDunePackage { pname = "a"; version = "1"; buildInputs = [ pkgs.zlib ]; })
      (pkgs.coqPackages.mkCoqDerivation { pname = "b"; version = "1"; mlPlugin = true; release."1".src = ./.; releaseRev = v: v; extraNativeBuildInputs = [ pkgs.jq ]; propagatedBuildInputs = [ pkgs.coqPackages.stdpp ]; })
    ]; }`,
    [
      'ocaml 5.3.0',
      'dune_3 3.18.1',
      'ocamlPackages.findlib ?',
      'which 2.23',
      'coqPackages.coq.ocamlPackages.ocaml ?',
      'coqPackages.coq.ocamlPackages.findlib ?',
      'jq 1.7.1',
      'zlib 1.3.1',
      'coqPackages.coq 9.0.0',
      'coqPackages.stdpp ?',
    ],
  ],
  [
    'what stands beside the extensions of PHP',
    `let php = pkgs.php83.buildEnv { extensions = { enabled, all }: enabled ++ [ all.xdebug ]; };
    in pkgs.mkShell { packages = [ php php.packages.composer pkgs.php83.extensions.redis (pkgs.php.withExtensions ({ all, ... }: [ all.intl ])) ]; }`,
    [
      'php83 8.3.20',
      'php83Extensions.xdebug ?',
      'php83Packages.composer ?',
      'php83Extensions.redis ?',
      'php 8.4.6',
      'phpExtensions.intl ?',
    ],
  ],
  [
    'an overlay for every Haskell set',
    `let own = pkgs.extend (final: prev: { haskell = prev.haskell // {
      packageOverrides = hfinal: hprev: { tool = hfinal.mkDerivation { pname = "tool"; version = "1"; libraryHaskellDepends = [ hfinal.aeson ]; }; };
    }; });
    in pkgs.mkShell { inputsFrom = [ own.haskellPackages.tool own.haskell.packages.ghc98.tool ]; }`,
    ['ghc 9.6.6', 'haskell.compiler.ghc98 ?', 'haskellPackages.aeson ?', 'haskell.packages.ghc98.aeson ?'],
  ],
  [
    'libraries that come with GHC, new and old',
    `let tool = set: set.mkDerivation { pname = "tool"; version = "1"; libraryHaskellDepends = [ set.base set.text set.exceptions ]; };
    in pkgs.mkShell { inputsFrom = [ (tool pkgs.haskellPackages) (tool pkgs.haskell.packages.ghc8107) ]; }`,
    ['ghc 9.6.6', 'haskell.compiler.ghc8107 8.10.7', 'haskell.packages.ghc8107.exceptions ?'],
  ],
  [
    'TeX Live with packages of others',
    `let theme = pkgs.stdenvNoCC.mkDerivation { pname = "theme"; version = "3"; };
    in pkgs.mkShell { packages = [ (pkgs.texlive.combine { inherit (pkgs.texlive) scheme-small; mine = { pkgs = [ theme ]; }; inherit (pkgs) lmodern; }) ]; }`,
    ['lmodern 2.005', 'theme 3', 'texlive.scheme-small ?'],
  ],
  [
    'modules of Lua that the flake makes',
    `let lua = pkgs.lua5_4.withPackages (ps: [ ps.lgi (ps.luaPackages.toLuaModule (pkgs.stdenv.mkDerivation { name = "own-\${ps.lua.luaversion}"; })) ]); in pkgs.mkShell { packages = [ lua ]; }`,
    ['lua5_4 5.4.7', 'lua54Packages.lgi ?', 'own 5.4'],
  ],
  [
    'compilers wrapped with other libraries',
    `let bintools = pkgs.wrapBintoolsWith { bintools = pkgs.binutils-unwrapped; libc = pkgs.musl; };
    in pkgs.mkShell { packages = [ bintools (pkgs.wrapCCWith { cc = pkgs.gcc13.cc; inherit bintools; }) ]; }`,
    ['binutils-unwrapped 2.44', 'gcc13.cc ?'],
  ],
  [
    'the path of a program',
    'pkgs.mkShell { packages = [ (lib.getExe pkgs.jq) (pkgs.git + "/bin") ]; }',
    ['jq 1.7.1', 'git 2.49.0'],
  ],
  [
    'null and nested lists',
    'pkgs.mkShell { packages = [ null [ pkgs.git [ pkgs.jq ] ] ]; }',
    ['git 2.49.0', 'jq 1.7.1'],
  ],
  [
    'a condition on the system',
    'pkgs.mkShell { packages = lib.optionals pkgs.stdenv.isLinux [ pkgs.mold ] ++ lib.optional pkgs.stdenv.isDarwin pkgs.xcbuild; }',
    ['mold 2.38.0'],
  ],
  [
    'attribute values',
    'pkgs.mkShell { packages = builtins.attrValues { inherit (pkgs) jq git; }; }',
    ['git 2.49.0', 'jq 1.7.1'],
  ],
  [
    'names mapped to packages',
    'pkgs.mkShell { packages = map (name: builtins.getAttr name pkgs) [ "git" "jq" ]; }',
    ['git 2.49.0', 'jq 1.7.1'],
  ],
  [
    'an import of nixpkgs',
    '(import nixpkgs { inherit system; config.allowUnfree = true; }).mkShell { packages = [ pkgs.terraform ]; }',
    ['terraform 1.11.4'],
  ],
  [
    'an AppImage, and the shell that scripts run in',
    'pkgs.mkShell { packages = [ (pkgs.appimageTools.wrapType2 { pname = "tool"; version = "1.2"; src = ./x; }) pkgs.zigStdenv.cc ]; X = "${pkgs.runtimeShell} -c"; }',
    ['tool 1.2', 'zigStdenv.cc ?'],
  ],
  [
    'a release of Elixir',
    'pkgs.mkShell { inputsFrom = [ (pkgs.beamPackages.mixRelease { pname = "x"; version = "1"; src = ./.; }) ]; packages = [ pkgs.elixir ]; }',
    ['elixir 1.18.3', 'erlang 27.3.3', 'beamPackages.hex ?', 'git 2.49.0', 'ripgrep 14.1.1'],
  ],
  [
    'members of sets that stand at the top as well',
    `pkgs.mkShell { packages = [
      pkgs.haskellPackages.cabal-install pkgs.haskellPackages.haskell-language-server pkgs.python312Packages.ruff
      pkgs.perlPackages.perl pkgs.luaPackages.lua pkgs.lua5_1.pkgs.lua pkgs.beamPackages.elixir-ls
    ]; }`,
    [
      'haskellPackages.cabal-install 3.14.1.0',
      'haskellPackages.haskell-language-server 2.9.0.0',
      'python312Packages.ruff 0.11.7',
      'perlPackages.perl 5.40.0',
      'lua 5.2.4',
      'lua5_1 5.1.5',
      'beamPackages.elixir-ls 0.27.2',
    ],
  ],
  [
    'what builders are given as arguments of their own',
    `pkgs.mkShell { inputsFrom = [
      (pkgs.buildDotnetModule { pname = "a"; version = "1"; dotnet-sdk = pkgs.dotnetCorePackages.sdk_9_0; })
      (pkgs.mkYarnPackage { pname = "b"; version = "1"; nodejs = pkgs.nodejs_20; })
      (pkgs.emacsPackages.trivialBuild { pname = "c"; version = "1"; packageRequires = [ pkgs.jq ]; })
    ]; }`,
    [
      'dotnetCorePackages.sdk_9_0 9.0.203',
      'yarn 1.22.22',
      'nodejs_20 20.19.0',
      'rsync 3.4.1',
      'emacs 30.1',
      'texinfo 7.1.1',
      'jq 1.7.1',
    ],
  ],
  [
    'the scope of a set without functions of its own',
    'pkgs.mkShell { inputsFrom = [ (pkgs.qt6Packages.callPackage ({ stdenv, cmake, qtbase }: stdenv.mkDerivation { name = "x"; buildInputs = [ cmake qtbase ]; }) { }) ]; }',
    ['cmake 3.31.6', 'qt6Packages.qtbase ?'],
  ],
  [
    'an import by path',
    '(import nixpkgs.outPath { inherit system; }).mkShellNoCC { packages = [ pkgs.git ]; }',
    ['git 2.49.0'],
  ],
  [
    'Python with packages',
    'pkgs.mkShell { packages = [ (pkgs.python3.withPackages (ps: with ps; [ numpy requests ])) ]; }',
    ['python3 3.12.9', 'python3Packages.numpy ?', 'python3Packages.requests ?'],
  ],
  [
    'Python of a version',
    'pkgs.mkShell { packages = [ (pkgs.python311.withPackages (ps: [ ps.pip ])) pkgs.python311Packages.black pkgs.python311.pkgs.mypy ]; }',
    ['python311 3.11.11', 'python311Packages.pip ?', 'python311Packages.black 25.1.0', 'python311Packages.mypy 1.15.0'],
  ],
  [
    'Python with its packages overridden',
    'let p = pkgs.python3.override { packageOverrides = final: prev: { own = final.buildPythonPackage { pname = "own"; version = "2"; }; }; }; in pkgs.mkShell { packages = [ (p.withPackages (ps: [ ps.own ps.numpy ])) ]; }',
    ['python3 3.12.9', 'own 2', 'python3Packages.numpy ?'],
  ],
  [
    'Haskell with packages',
    'pkgs.mkShell { packages = [ (pkgs.haskellPackages.ghcWithPackages (p: [ p.lens ])) pkgs.haskell.compiler.ghc96 ]; }',
    ['ghc 9.6.6', 'haskellPackages.lens ?', 'haskell.compiler.ghc96 ?'],
  ],
  [
    'PHP with extensions',
    'pkgs.mkShell { packages = [ (pkgs.php83.withExtensions ({ enabled, all }: enabled ++ [ all.xdebug ])) ]; }',
    ['php83 8.3.20', 'php83Extensions.xdebug ?'],
  ],
  [
    'PostgreSQL with extensions',
    'pkgs.mkShell { packages = [ (pkgs.postgresql_16.withPackages (p: [ p.postgis ])) ]; }',
    ['postgresql_16 16.8', 'postgresql16Packages.postgis ?'],
  ],
  [
    'TeX Live combined',
    'pkgs.mkShell { packages = [ (pkgs.texlive.combine { inherit (pkgs.texlive) scheme-small; }) ]; }',
    ['texlive.scheme-small ?'],
  ],
  [
    'nested sets',
    'pkgs.mkShell { packages = with pkgs; [ nodePackages.prettier xorg.libX11 gst_all_1.gstreamer libsForQt5.qt5.qtbase ]; }',
    ['nodePackages.prettier ?', 'xorg.libX11 ?', 'gst_all_1.gstreamer ?', 'libsForQt5.qt5.qtbase ?'],
  ],
  [
    'LLVM of a version',
    'pkgs.mkShell { packages = [ pkgs.llvmPackages_18.clang pkgs.clang_18 ]; }',
    ['llvmPackages_18.clang 18.1.8', 'clang_18 18.1.8'],
  ],
  [
    'the compiler of stdenv',
    'pkgs.mkShell { packages = [ pkgs.stdenv.cc pkgs.stdenv.cc.cc.lib ]; }',
    ['stdenv.cc 14.2.1.20250322', 'stdenv.cc.cc 14.2.1.20250322'],
  ],
  [
    'another stdenv',
    'pkgs.mkShell.override { stdenv = pkgs.clangStdenv; } { packages = [ pkgs.git ]; }',
    ['git 2.49.0'],
  ],
  [
    'hooks, which have no version',
    'pkgs.mkShell { packages = [ pkgs.makeWrapper pkgs.autoPatchelfHook pkgs.rustPlatform.bindgenHook ]; }',
    ['makeWrapper ?', 'autoPatchelfHook ?', 'rustPlatform.bindgenHook ?'],
  ],
  [
    'an overridden package',
    'pkgs.mkShell { packages = [ (pkgs.yarn.override { nodejs = pkgs.nodejs_20; }) (pkgs.hello.overrideAttrs (old: { version = "9.9"; src = old.src; })) ]; }',
    ['yarn 1.22.22', 'hello 9.9'],
  ],
  [
    'a package for another machine',
    'pkgs.mkShell { packages = [ pkgs.pkgsStatic.openssl pkgs.pkgsCross.mingwW64.stdenv.cc ]; }',
    ['pkgsStatic.openssl 3.4.1', 'pkgsCross.mingwW64.stdenv.cc 14.2.1.20250322'],
  ],
  [
    'what the flake makes itself',
    'pkgs.mkShell { packages = [ (pkgs.writeShellScriptBin "hi" "echo") (pkgs.linkFarm "farm" [ ]) (pkgs.symlinkJoin { name = "none"; paths = [ ]; }) (pkgs.buildGoModule { pname = "tool"; version = "1.0"; src = ./.; vendorHash = null; }) ]; }',
    ['hi ?', 'farm ?', 'none ?', 'tool 1.0'],
  ],
  [
    'what is joined under one name',
    'pkgs.mkShell { packages = [ (pkgs.symlinkJoin { name = "all"; paths = [ pkgs.git ]; postBuild = "x"; }) ((pkgs.buildEnv { name = "tools"; paths = [ ]; }).override { paths = [ pkgs.jq (pkgs.buildEnv { name = "more"; paths = [ (pkgs.writeShellScriptBin "hi" "echo") ]; }) ]; }) ]; }',
    ['git 2.49.0', 'jq 1.7.1', 'hi ?'],
  ],
  [
    'plugins of command-line tools',
    'pkgs.mkShell { packages = [ (pkgs.azure-cli.withExtensions [ pkgs.azure-cli.extensions.ssh ]) (pkgs.wrapHelm pkgs.kubernetes-helm { plugins = [ pkgs.kubernetes-helmPlugins.helm-diff ]; }) ]; }',
    ['azure-cli 2.71.0', 'azure-cli-extensions.ssh ?', 'kubernetes-helm 3.17.3', 'kubernetes-helmPlugins.helm-diff ?'],
  ],
  [
    'extensions of editors, also from the marketplace',
    `pkgs.mkShell { packages = [ (pkgs.vscode-with-extensions.override {
      vscodeExtensions = [ pkgs.vscode-extensions.bbenoist.nix ]
        ++ pkgs.vscode-utils.extensionsFromVscodeMarketplace [ { name = "edit"; publisher = "ms"; version = "0.47.2"; sha256 = "x"; } ]
        ++ [ (pkgs.vscode-utils.buildVscodeMarketplaceExtension { mktplcRef = { name = "b"; publisher = "a"; version = "1.0"; }; }) ];
    }) ]; }`,
    [
      'vscode-with-extensions 1.99.3',
      'vscode-extensions.bbenoist.nix ?',
      'vscode-extension-ms-edit 0.47.2',
      'vscode-extension-a-b 1.0',
    ],
  ],
  [
    'interpreters whose packages are chosen in ways of their own',
    `pkgs.mkShell { packages = [
      (pkgs.agdaPackages.agda.withPackages { pkgs = p: [ p.standard-library ]; })
      (pkgs.pass.withExtensions (e: [ e.pass-otp ]))
      (pkgs.octaveFull.withPackages (p: [ p.symbolic ]))
      (pkgs.sbcl.withPackages (p: [ p.alexandria ]))
    ]; }`,
    [
      'agda 2.7.0.1',
      'agdaPackages.standard-library ?',
      'pass 1.7.4',
      'passExtensions.pass-otp ?',
      'octaveFull 9.4.0',
      'octavePackages.symbolic ?',
      'sbcl 2.5.2',
      'sbclPackages.alexandria ?',
    ],
  ],
  [
    'functions of sets that can be given other arguments, or put modules together',
    `pkgs.mkShell { packages = [
      (pkgs.haskellPackages.ghcWithPackages.override { useLLVM = true; } (h: [ h.lens ]))
      (pkgs.terraform_1.withPlugins (p: [ p.null ]))
      (pkgs.qt6.env "qt" [ pkgs.qt6.qtdeclarative ])
    ]; }`,
    [
      'ghc 9.6.6',
      'haskellPackages.lens ?',
      'terraform_1 1.11.4',
      'terraform-providers.null ?',
      'qt6.qtbase ?',
      'qt6.qtdeclarative ?',
    ],
  ],
  [
    'versions that the flake gives to packages of sets',
    `pkgs.mkShell { packages = [
      (pkgs.python3Packages.requests.overridePythonAttrs (old: { version = "9.9"; }))
      (pkgs.beam.packages.erlang_26.elixir.override { version = "1.16.1"; })
      ((pkgs.python3.override { packageOverrides = self: super: { numpy = super.numpy.overridePythonAttrs { version = "1.0"; }; }; }).pkgs.numpy)
    ]; }`,
    ['python3Packages.requests 9.9', 'beam.packages.erlang_26.elixir 1.16.1', 'python3Packages.numpy 1.0'],
  ],
  [
    'members of sets that stand at the top as well',
    `pkgs.mkShell { packages = with pkgs; [
      beam.packages.erlang_26.elixir_1_17 dotnetCorePackages.sdk_8_0 dotnetCorePackages.dotnet_8.runtime
      linuxPackages_6_6.kernel haskell.compiler.ghc965 haskell.compiler.ghc910
    ]; }`,
    [
      'beam.packages.erlang_26.elixir_1_17 1.17.3',
      'dotnetCorePackages.sdk_8_0 8.0.408',
      'dotnetCorePackages.dotnet_8.runtime 8.0.15',
      'linuxPackages_6_6.kernel 6.6.88',
      'haskell.compiler.ghc965 9.6.5',
      'haskell.compiler.ghc910 ?',
    ],
  ],
  [
    'a shell as a derivation',
    'pkgs.stdenv.mkDerivation { name = "shell"; buildInputs = [ pkgs.git ]; }',
    ['git 2.49.0'],
  ],
  [
    'a shell that is changed',
    '(pkgs.mkShell { packages = [ pkgs.git ]; }).overrideAttrs (old: { nativeBuildInputs = old.nativeBuildInputs ++ [ pkgs.jq ]; })',
    ['git 2.49.0', 'jq 1.7.1'],
  ],
];

describe('how packages are asked for', () => {
  test.each(IDIOMS)('%s', (_, shell, packages) => {
    const read = readShellSource(shell);
    expect({ packages: packageLines(read), unresolved: read.unresolved }).toEqual({ packages, unresolved: [] });
  });
});

describe('a filter that hangs on something unknown', () => {
  const read = (packages: string) => {
    const shell = readShellSource(`pkgs.mkShell { packages = ${packages}; }`);
    return [packageLines(shell), shell.unresolved.map(({ what, reason }) => `${what}: ${reason}`)];
  };
  const undecided = 'builtins.filter (p: p == pkgs.jq || p.meta.license.free) (with pkgs; [ git jq ])';
  const unknown = 'only nixpkgs knows the license of git.';
  test.each([
    [undecided, ['jq 1.7.1'], [`git: Whether it is there is not known: ${unknown}`]],
    [`lib.optional (${undecided} != [ ]) pkgs.gnumake ++ [ pkgs.jq ]`, ['gnumake 4.4.1', 'jq 1.7.1'], []],
    [`builtins.tail (builtins.filter (p: p != pkgs.git) (${undecided}))`, [], [expect.stringContaining(unknown)]],
    [`if builtins.length (${undecided}) == 2 then [ pkgs.gnumake ] else [ ]`, [], [expect.stringContaining(unknown)]],
    [`[ (builtins.elemAt (${undecided}) 1) ]`, [], [expect.stringContaining(unknown)]],
    [`if ${undecided} == [ pkgs.jq ] then [ ] else [ pkgs.jq ]`, [], [expect.stringContaining(unknown)]],
    [
      'builtins.filter (lib.meta.availableOn pkgs.stdenv.hostPlatform) (with pkgs; [ git iterm2 strace gnumake gdb tk ])',
      ['git 2.49.0', 'strace 6.14', 'gnumake 4.4.1', 'gdb 16.2'],
      ['tk: Whether it is there is not known: only nixpkgs knows the platforms of tk.'],
    ],
  ])('%s', (packages, known, unresolved) => {
    expect(read(packages)).toEqual([known, unresolved]);
  });
});

test('what is for Linux at least is not known of macOS, and what is for Linux only is not there', () => {
  const shell = readShellSource(
    'pkgs.mkShell { packages = lib.filter (lib.meta.availableOn pkgs.stdenv.hostPlatform) (with pkgs; [ git strace gdb ]); }',
    { system: 'aarch64-darwin' },
  );
  expect(packageLines(shell)).toEqual(['git 2.49.0']);
  expect(shell.unresolved).toEqual([
    expect.objectContaining({
      what: 'gdb',
      reason: expect.stringContaining('only nixpkgs knows the platforms of gdb'),
    }),
  ]);
});

describe('what an unknown value decides', () => {
  test.each([
    'builtins.filter (_: pkgs.tk.libPrefix != "x") [ pkgs.jq ]',
    'if pkgs.tk.isStatic then [ pkgs.jq ] else [ ]',
    '[ pkgs.${pkgs.tk.libPrefix} ]',
    '[ (builtins.getAttr pkgs.tk.libPrefix pkgs) ]',
    '[ (builtins.elemAt [ pkgs.jq pkgs.git ] pkgs.tk.number) ]',
  ])('%s is no package of it', (packages) => {
    const shell = readShellSource(`pkgs.mkShell { packages = ${packages}; }`);
    expect(shell.packages).toEqual([]);
    expect(shell.unresolved).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('tk.'), position: expect.anything() }),
    ]);
  });
  test('the arguments of a shell: one item, not one of each list', () => {
    const shell = readShellSource(
      'pkgs.mkShell ({ packages = [ pkgs.jq ]; } // builtins.listToAttrs (builtins.filter (_: pkgs.tk.isStatic) [ { name = "A"; value = "b"; } ]))',
    );
    expect(shell.packages).toEqual([]);
    expect(shell.unresolved).toHaveLength(1);
  });
});

describe('names of sets and of nixpkgs itself', () => {
  test('are told apart under two `with`s', () => {
    const shell = readShellSource(
      'with pkgs; mkShell { packages = (with python3Packages; [ git numpy black ]) ++ (with haskellPackages; [ lens jq ]) ++ (with xorg; [ libX11 cmake ]); }',
    );
    expect(packageLines(shell).map((line) => line.split(' ')[0])).toEqual([
      'git',
      'python3Packages.numpy',
      'python3Packages.black',
      'haskellPackages.lens',
      'jq',
      'xorg.libX11',
      'cmake',
    ]);
  });
  test('are told apart in the arguments of a function', () => {
    const shell = readShellSource(
      'pkgs.mkShell { inputsFrom = [ (pkgs.python3Packages.callPackage ({ lib, buildPythonPackage, requests, openssl, pytestCheckHook }: buildPythonPackage { pname = "x"; version = lib.trivial.release; dependencies = [ requests ]; buildInputs = [ openssl ]; nativeCheckInputs = [ pytestCheckHook ]; }) { }) ]; }',
    );
    expect(packageLines(shell)).toEqual([
      'python3 3.12.9',
      'python3Packages.pytestCheckHook ?',
      'openssl 3.4.1',
      'python3Packages.requests ?',
    ]);
  });
  test('names that nixpkgs never had are of the inner set, whatever the age of the lock', () => {
    const shell = readShellSource(
      'with pkgs; pkgs.mkShell { packages = [ (python3.withPackages (p: with p; [ numpy black ])) ] ++ (with nixpkgs.lib; with python3Packages; optionals true [ requests ]); }',
    );
    expect(packageLines(shell)).toEqual([
      'python3 3.12.9',
      'python3Packages.numpy ?',
      'python3Packages.black 25.1.0',
      'python3Packages.requests ?',
    ]);
  });
  test('an argument with a default is filled only by what is known', () => {
    const shell = readShellSource(
      'pkgs.callPackage ({ mkShell, git, enableDebugTooling ? false, hello ? null }: mkShell { packages = [ git hello ] ++ (if enableDebugTooling then [ 1 ] else [ ]); }) { }',
    );
    expect(packageLines(shell)).toEqual(['git 2.49.0', 'hello 2.12.1']);
  });
  test('a set has any name that is asked of it alone', () => {
    expect(packageLines(readShellSource('pkgs.mkShell { packages = [ pkgs.python3Packages.git ]; }'))).toEqual([
      'python3Packages.git ?',
    ]);
  });
});

describe('overlays', () => {
  const shell = (overlays: string, packages: string) =>
    readShellSource(`(import nixpkgs { inherit system; overlays = [ ${overlays} ]; }).mkShell {
      packages = let pkgs = import nixpkgs { inherit system; overlays = [ ${overlays} ]; }; in [ ${packages} ]; }`);

  test('replace a package by another', () => {
    expect(packageLines(shell('(final: prev: { nodejs = prev.nodejs_20; })', 'pkgs.nodejs'))).toEqual([
      'nodejs_20 20.19.0',
    ]);
  });
  test('add a package, and see it in others', () => {
    const overlays =
      '(final: prev: { tool = final.callPackage ({ stdenv, dep }: stdenv.mkDerivation { pname = "tool"; version = dep.version; }) { }; }) (final: prev: { dep = prev.hello.overrideAttrs { version = "3"; }; })';
    expect(packageLines(shell(overlays, 'pkgs.tool'))).toEqual(['tool 3']);
  });
  test('are `packageOverrides` as well', () => {
    const read = readShellSource(
      '(import nixpkgs { inherit system; config.packageOverrides = p: { node = p.nodejs_20; }; }).callPackage ({ mkShell, node }: mkShell { packages = [ node ]; }) { }',
    );
    expect(packageLines(read)).toEqual(['nodejs_20 20.19.0']);
  });
  test('reach into package sets', () => {
    const overlays =
      '(final: prev: { pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [ (pf: pp: { own = pf.buildPythonPackage { pname = "own"; version = "1"; }; }) ]; })';
    expect(packageLines(shell(overlays, 'pkgs.python312Packages.own'))).toEqual(['own 1']);
  });
  test('of unknown flakes hide nothing', () => {
    const read = readShellSource(
      'let p = import nixpkgs { inherit system; overlays = [ inputs.strange.overlays.default ]; }; in p.mkShell { packages = [ p.git p.strange-tool ]; }',
      { inputs: { strange: 'someone/strange' } },
    );
    expect(packageLines(read)).toEqual(['git 2.49.0', 'strange-tool ?']);
    expect(read.packages[1]).toMatchObject({ input: 'strange' });
  });
});

test('libraries that only nixpkgs knows hide none that are asked for', () => {
  const { packages, unresolved } = readShellSource(
    '(pkgs.buildFHSEnv (pkgs.appimageTools.defaultFhsEnvArgs // { name = "x"; targetPkgs = p: [ p.git p.appimage-run ]; })).env',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['git', 'appimage-run']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'Only nixpkgs knows the libraries of appimageTools.defaultFhsEnvArgs.',
  ]);
});

test('the shell of a Haskell package of nixpkgs has the compiler, and says that there is more', () => {
  const { packages, unresolved } = readShellSource('pkgs.haskellPackages.pandoc.env');
  expect(packages.map(({ attribute }) => attribute)).toEqual(['ghc']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'What haskellPackages.pandoc of nixpkgs is built with is known only to nixpkgs itself.',
  ]);
});

test('the shell of a Haskell package from a folder has the compiler and what is added, and says that there is more', () => {
  const { packages, unresolved } = readShellSource(
    '((import nixpkgs { inherit system; overlays = [ (final: prev: { haskell = prev.haskell // { packages = prev.haskell.packages // { ghc96 = prev.haskell.packages.ghc96.override { overrides = final.haskell.lib.packageSourceOverrides { flora = ./.; semirings = "0.6"; }; }; }; }; }) ]; }).haskell.packages.ghc96.flora.env).overrideAttrs (old: { buildInputs = old.buildInputs ++ [ pkgs.jq ]; })',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['haskell.compiler.ghc96', 'jq']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'Cabal2nix reads what flora is built with from its Cabal file.',
  ]);
});

test('a shell for Haskell packages has what they need except each other and what the compiler brings', () => {
  const { packages, unresolved } = readShellSource(
    `(pkgs.haskellPackages.extend (set: _: {
      one = set.mkDerivation { pname = "one"; version = "1"; libraryHaskellDepends = [ set.base set.aeson ]; libraryPkgconfigDepends = [ pkgs.zlib ]; };
      two = set.mkDerivation { pname = "two"; version = "1"; executableHaskellDepends = [ set.one set.lens ]; testToolDepends = [ set.hspec-discover ]; benchmarkHaskellDepends = [ set.criterion ]; };
    })).shellFor { packages = set: [ set.one set.two set.pandoc ]; nativeBuildInputs = [ pkgs.jq ]; }`,
  );
  expect(packages.map(({ attribute }) => attribute).sort()).toEqual([
    'ghc',
    'haskellPackages.aeson',
    'haskellPackages.hspec-discover',
    'haskellPackages.lens',
    'jq',
    'pkg-config',
    'zlib',
  ]);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'What haskellPackages.pandoc of nixpkgs is built with is known only to nixpkgs itself.',
  ]);
});

test('a Haskell package that is a shell itself sets no variables for what it is built with', () => {
  const { packages, variables, unresolved } = readShellSource(
    'pkgs.haskellPackages.mkDerivation { pname = "a"; version = "1"; libraryHaskellDepends = [ pkgs.haskellPackages.lens ]; MODE = "dev"; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toContain('haskellPackages.lens');
  expect(variables).toMatchObject([{ name: 'MODE', value: 'dev' }]);
  expect(unresolved).toEqual([]);
});

test('what the flake adds to a package of nixpkgs, behind inputsFrom', () => {
  const { packages, unresolved } = readShellSource(
    `pkgs.mkShell { inputsFrom = [ ((pkgs.hello.overrideAttrs (old: { buildInputs = old.buildInputs ++ [ pkgs.jq ]; })).overrideAttrs (old: { nativeBuildInputs = old.nativeBuildInputs ++ [ pkgs.fd ]; })) ]; }`,
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['fd', 'jq']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'What hello of nixpkgs is built with is known only to nixpkgs itself.',
  ]);
});

test.each([
  ['itself', 'let own = pkgs.mkShell { packages = [ pkgs.git ]; inputsFrom = [ own ]; }; in own'],
  [
    'one that gets them from it',
    'let own = pkgs.mkShell { packages = [ pkgs.git ]; inputsFrom = [ other ]; }; other = pkgs.mkShell { inputsFrom = [ own ]; }; in own',
  ],
])('a shell that gets its dependencies from %s has no end', (_, shell) => {
  const { packages, unresolved } = readShellSource(shell);
  expect(packages.map(({ attribute }) => attribute)).toEqual(['git']);
  expect(unresolved).toMatchObject([{ what: 'own', reason: 'Infinite recursion encountered.' }]);
});

test('lists of which a part hangs on what is not known', () => {
  const { packages, unresolved } = readShellSource(
    `let flag = inputs.thing.lib.flag; in pkgs.mkShell {
      packages = [ pkgs.git ] ++ lib.optionals flag [ pkgs.jq ] ++ [ pkgs.fd ];
      inputsFrom = [ (pkgs.stdenv.mkDerivation { name = "x"; buildInputs = (if flag then [ pkgs.go ] else [ ]) ++ [ pkgs.zlib ]; }) ];
    }`,
    { inputs: { thing: 'someone/thing' } },
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['git', 'fd', 'zlib']);
  // At the part, not at the list.
  expect(unresolved.map(({ position }) => position)).toMatchObject([
    { line: 7, column: 55 },
    { line: 8, column: 92 },
  ]);
  const reason =
    'Whether it is there is not known: what the flake "thing" (github:someone/thing) holds is not known here.';
  expect(unresolved).toMatchObject([
    { what: 'pkgs.jq', reason },
    { what: 'pkgs.go', reason },
  ]);
});

test('extras of Python packages', () => {
  const { packages, unresolved } = readShellSource(
    'pkgs.mkShell { packages = [ (pkgs.python3.withPackages (ps: with ps; [ typer ] ++ uvicorn.optional-dependencies.standard)) ]; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['python3', 'python3Packages.typer']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'What python3Packages.uvicorn.optional-dependencies.standard of nixpkgs is built with is known only to nixpkgs itself.',
  ]);
});

describe('names that are not there', () => {
  test('are told with near names and do not hide the rest', () => {
    const { packages, unresolved } = readShellSource('pkgs.mkShell { packages = [ pkgs.git pkgs.ripgrepp ]; }');
    expect(packages.map(({ attribute }) => attribute)).toEqual(['git']);
    expect(unresolved).toMatchObject([{ what: 'pkgs.ripgrepp', position: { file: 'flake.nix', line: 6 } }]);
    expect(unresolved[0]!.reason).toMatch(/Did you mean one of ripgrep/);
  });
  test.each([
    ['pkgs.perl532Packages.Moose', 'perl532'],
    ['pkgs.php74Extensions.xdebug', 'php74'],
    ['pkgs.rubyPackages_2_7.rails', 'ruby_2_7'],
    ['pkgs.beam.packages.erlang_22.elixir', 'erlang_22'],
    ['pkgs.beam.packages.erlangR21.elixir', 'erlang_21'],
    ['(pkgs.gcc7Stdenv.mkDerivation { name = "x"; })', 'gcc7Stdenv'],
  ])('sets and compilers of what went: %s', (asked, gone) => {
    const { packages, unresolved } = readShellSource(`pkgs.mkShell { packages = [ pkgs.git ${asked} ]; }`);
    expect(packages.map(({ attribute }) => attribute)).toEqual(['git']);
    expect(unresolved.map(({ reason }) => reason)).toEqual([expect.stringContaining(gone)]);
  });
  test('sets of what is there', () => {
    const shell = readShellSource(
      'pkgs.mkShell { packages = [ pkgs.perl540Packages.Moose pkgs.php83Extensions.xdebug pkgs.rubyPackages_3_3.rails pkgs.lua53Packages.lpeg pkgs.coqPackages_8_20.stdpp pkgs.beam.packages.erlang_26.elixir pkgs.beam.packages.erlang.elixir (pkgs.gcc13Stdenv.mkDerivation { name = "x"; }) ]; }',
    );
    expect(shell.unresolved).toEqual([]);
    expect(shell.packages).toHaveLength(8);
  });
  test('the old SDKs of Darwin, until they went', () => {
    const shell =
      'pkgs.mkShell { packages = [ pkgs.git ] ++ lib.optionals pkgs.stdenv.isDarwin (with pkgs.darwin.apple_sdk.frameworks; [ Security ]); }';
    const system = 'aarch64-darwin';
    const before = readShellSource(shell, { system });
    expect(before.packages.map(({ attribute }) => attribute)).toEqual(['git', 'darwin.apple_sdk.frameworks.Security']);
    const lock = lockOf({ nixpkgs: 'NixOS/nixpkgs/nixos-unstable' })
      .replaceAll(/[0-9a-f]{40}/g, '1'.repeat(40))
      .replaceAll('1746064326', '1760000000');
    const after = readShellSource(shell, { system, files: { 'flake.lock': lock } });
    expect(after.packages.map(({ attribute }) => attribute)).toEqual(['git']);
    expect(after.unresolved.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('The old SDK darwin.apple_sdk has been removed'),
    ]);
    expect(readShellSource(shell, { files: { 'flake.lock': lock } }).unresolved).toEqual([]);
  });
  test('are quoted in short, by whole characters', () => {
    const long = `(pkgs.lib.trivial.flip (a: b: throw a) null "${'ä'.repeat(60)}")`;
    const { unresolved } = readShellSource(`pkgs.mkShell { packages = [ ${long} ]; }`);
    expect(unresolved[0]!.what).toMatch(/ä…$/);
    expect(unresolved[0]!.what).not.toContain('\uFFFD');
  });
  test('tell when nixpkgs had them', () => {
    const { unresolved } = readShellSource(
      'pkgs.mkShell { packages = with pkgs; [ rnix-lsp nodejs_24 xlibsWrapper ]; }',
    );
    expect(unresolved.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('Nixpkgs had rnix-lsp until 2024-03-11'),
      expect.stringContaining('Nixpkgs has nodejs_24 from 2025-05-06 on, this lock is older'),
      expect.stringContaining('Nixpkgs has had no xlibsWrapper since 2023-06-01 at the latest'),
    ]);
  });
  test('can be asked for', () => {
    const shell =
      'pkgs.mkShell { packages = [ (pkgs.no-such-thing or pkgs.git) ] ++ lib.optional (pkgs ? nodejs_99) pkgs.nodejs_99; }';
    expect(packageLines(readShellSource(shell))).toEqual(['git 2.49.0']);
  });
});

test('what a function that only nixpkgs knows gives is no package of its name', () => {
  const { packages, unresolved } = readShellSource(
    'pkgs.mkShell { packages = [ (pkgs.hello.makeVariant { }) (pkgs.hello.withExtras { }) (pkgs.hello.extras.override { }) ]; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['hello', 'hello.extras']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'What the function hello.makeVariant of nixpkgs gives is not known.',
    'What hello.withExtras of nixpkgs adds to the package is not known.',
  ]);
});

test('dictionaries and parsers that are chosen', () => {
  const shell = readShellSource(
    'pkgs.mkShell { packages = [ (pkgs.hunspell.withDicts (d: [ d.en_GB-ise ])) (pkgs.tree-sitter.withPlugins (p: map (name: p."tree-sitter-${name}") [ "c" "nix" ])) ]; }',
  );
  expect(shell.packages.map(({ attribute }) => attribute)).toEqual([
    'hunspell',
    'hunspellDicts.en_GB-ise',
    'tree-sitter-grammars.tree-sitter-c',
    'tree-sitter-grammars.tree-sitter-nix',
  ]);
  expect(shell.unresolved).toEqual([]);
});

test('what comes with GHC is there for a Haskell package that is called, and is no package of its own', () => {
  const { packages, unresolved } = readShellSource(`let
      thing = { mkDerivation, base, aeson, containers }: mkDerivation { pname = "thing"; version = "1"; libraryHaskellDepends = [ base aeson containers ]; };
    in pkgs.haskellPackages.shellFor { packages = p: [ (pkgs.haskellPackages.callPackage thing { }) ]; }`);
  expect(packages.map(({ attribute }) => attribute)).toEqual(['ghc', 'haskellPackages.aeson']);
  expect(unresolved).toEqual([]);
  const chosen = readShellSource(
    'pkgs.mkShell { packages = [ (pkgs.haskellPackages.ghcWithPackages (p: with p; [ base text lens ])) ]; }',
  );
  expect(chosen.packages.map(({ attribute }) => attribute)).toEqual(['ghc', 'haskellPackages.lens']);
  expect(chosen.unresolved).toEqual([]);
});

test('GHCs that a nixpkgs of that day cannot have', () => {
  const { packages, unresolved } = readShellSource(
    'pkgs.mkShell { packages = [ pkgs.haskell.compiler.ghc98 pkgs.haskell.packages.ghc922.hlint pkgs.haskell.compiler.ghc884 pkgs.haskell.compiler.ghc9141 pkgs.haskell.packages.ghc96.hlint ]; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual([
    'haskell.compiler.ghc98',
    'haskell.packages.ghc96.hlint',
  ]);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    'Nixpkgs has had no haskell.compiler.ghc922 since 2023-06-01 at the latest.',
    'Nixpkgs has had no haskell.compiler.ghc884 since 2024-06-01 at the latest.',
    'This lock is older than ghc9141.',
  ]);
});

test('compilers that a recorded nixpkgs has not', () => {
  const { packages, unresolved } = readShellSource(
    'pkgs.mkShell { packages = [ pkgs.llvmPackages_20.clang pkgs.llvmPackages_99.clang pkgs.gcc99Stdenv.cc pkgs.python399Packages.numpy ]; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['llvmPackages_20.clang']);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("'llvmPackages_99' missing"),
    expect.stringContaining("'gcc99Stdenv' missing"),
    expect.stringContaining("'python399Packages' missing"),
  ]);
});

test('sets of packages that a recorded nixpkgs has not', () => {
  const { packages, unresolved } = readShellSource(
    'pkgs.mkShell { packages = with pkgs; [ beam27Packages.elixir beam99Packages.elixir linuxPackages_6_12.perf linuxPackages_9_9.perf postgresql17Packages.postgis postgresql99Packages.postgis emacs30Packages.magit emacs99Packages.magit ]; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual([
    'beam27Packages.elixir',
    'linuxPackages_6_12.perf',
    'postgresql17Packages.postgis',
    'emacs30Packages.magit',
  ]);
  expect(unresolved.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("'beam99Packages'"),
    expect.stringContaining("'linuxPackages_9_9'"),
    expect.stringContaining("'postgresql99Packages'"),
    expect.stringContaining("'emacs99Packages'"),
  ]);
});

test('a package whose source is for other platforms only', () => {
  const { packages, unresolved } = readShellSource(`let
    of = sources: sources.\${system} or (throw "Unsupported: \${system}");
    own = name: src: pkgs.stdenv.mkDerivation { inherit name src; };
  in pkgs.mkShell { packages = [
    (own "a" (pkgs.fetchurl { url = (of { aarch64-darwin = { url = "https://x/y"; }; }).url; hash = ""; }))
    (own "b" (of { aarch64-darwin = ./.; }))
    (own "c" (pkgs.fetchFromGitHub { owner = "o"; repo = "r"; rev = of { }; hash = ""; }))
    (own "d" (pkgs.fetchurl { url = "https://x/y"; hash = ""; }))
  ]; }`);
  expect(packages.map(({ attribute }) => attribute)).toEqual(['d']);
  expect(unresolved.map(({ reason }) => reason)).toEqual(Array(3).fill('Unsupported: x86_64-linux.'));
});

test('variants that went before what they stand on', () => {
  const { packages, unresolved } = readShellSource(
    'pkgs.mkShell { packages = [ pkgs.python3Full pkgs.python312 pkgs.python39Full ]; }',
  );
  expect(packages.map(({ attribute }) => attribute)).toEqual(['python3Full', 'python312']);
  expect(unresolved[0]?.reason).toContain('Nixpkgs had python39Full until');
});

test("packages of Julia's registry are named, and have no version here", () => {
  const shell = readShellSource('pkgs.mkShell { packages = [ (pkgs.julia.withPackages [ "Plots" ]) ]; }');
  expect(packageLines(shell)).toEqual([expect.stringMatching(/^julia 1/)]);
  expect(shell.unresolved).toEqual([
    expect.objectContaining({ what: 'Plots', reason: expect.stringContaining("a package of Julia's registry") }),
  ]);
});

test('packages for a platform that a flake asks for itself are named as those of pkgsCross', () => {
  const read = (crossSystem: string) =>
    packageLines(
      readShellSource(`let cross = import nixpkgs { inherit system; crossSystem = ${crossSystem}; }; in
        pkgs.mkShell { packages = [ pkgs.gcc cross.stdenv.cc.cc pkgs.binutils cross.stdenv.cc.bintools cross.zlib ]; }`),
    ).map((line) => line.split(' ')[0]);
  expect(read('{ config = "arm-unknown-linux-gnueabi"; }')).toEqual([
    'gcc',
    'pkgsCross.arm-unknown-linux-gnueabi.stdenv.cc.cc',
    'binutils',
    'pkgsCross.arm-unknown-linux-gnueabi.binutils',
    'pkgsCross.arm-unknown-linux-gnueabi.zlib',
  ]);
  // Not another platform at all.
  expect(read('system')).toEqual(['gcc', 'stdenv.cc.cc', 'binutils', 'zlib']);
  expect(read('null')).toEqual(['gcc', 'stdenv.cc.cc', 'binutils', 'zlib']);
});

test('Lua has the packages that it is given', () => {
  const shell = readShellSource(`let
      mine = pkgs.extend (final: prev: {
        lua5_1 = prev.lua5_1.override { packageOverrides = self: super: {
          edit = self.callPackage ({ buildLuarocksPackage, lua }: buildLuarocksPackage { pname = "edit"; version = "2.1"; propagatedBuildInputs = [ lua super.luafilesystem ]; }) { };
        }; };
      });
    in pkgs.mkShell { packages = [ mine.lua5_1.pkgs.edit ]; inputsFrom = [ mine.lua5_1.pkgs.edit ]; }`);
  expect(packageLines(shell)).toEqual(['edit 2.1', 'lua5_1 5.1.5', 'lua51Packages.luafilesystem ?']);
});

test('what a builder of a set or compiler makes has its name, and what is known of its dependencies', () => {
  const shell = readShellSource(`pkgs.mkShell {
    packages = [
      (pkgs.maven.buildMavenPackage { pname = "a"; version = "1"; })
      (pkgs.octavePackages.buildOctavePackage { pname = "b"; version = "2"; })
      (pkgs.vimUtils.buildVimPlugin { name = "c"; src = ./.; })
      (pkgs.jetbrains.plugins.addPlugins pkgs.jq [ "nixidea" ])
      (pkgs.jupyter.override { definitions = { }; })
      pkgs.pythonManylinuxPackages.manylinux2014Package
    ];
    inputsFrom = [
      (pkgs.luaPackages.buildLuarocksPackage { pname = "d"; version = "3"; })
      (pkgs.crystal_1_11.buildCrystalPackage { pname = "e"; version = "4"; buildInputs = [ pkgs.zlib ]; })
    ];
  }`);
  expect(packageLines(shell).map((line) => line.split(' ')[0])).toEqual([
    ...['a', 'b', 'c', 'jq', 'jupyter', 'pythonManylinuxPackages.manylinux2014Package', 'lua', 'zlib'],
  ]);
  expect(shell.unresolved.map(({ reason }) => reason)).toEqual([
    'What the builder crystal_1_11.buildCrystalPackage adds to it only nixpkgs knows.',
  ]);
});

test('the environment of an interpreter with packages is a shell that has them', () => {
  const env = '(pkgs.python3.withPackages (ps: [ ps.numpy ])).env';
  const names = (source: string) => packageLines(readShellSource(source)).map((line) => line.split(' ')[0]);
  expect(names(env)).toEqual(['python3', 'python3Packages.numpy']);
  expect(names(`pkgs.mkShell { inputsFrom = [ ${env} ]; }`)).toEqual(['python3', 'python3Packages.numpy']);
});

test('platforms that are compiled for tell what lib.systems knows of them', () => {
  const told = (platform: string) =>
    readShellSource(
      `pkgs.mkShell { TOLD = with (${platform}).stdenv.hostPlatform; builtins.concatStringsSep " " [ config libc rust.cargoShortTarget go.GOARCH efiArch ]; }`,
    ).variables.map(({ value }) => value);
  expect(told('pkgs')).toEqual(['x86_64-unknown-linux-gnu glibc x86_64-unknown-linux-gnu amd64 x64']);
  expect(told('pkgs.pkgsMusl')).toEqual(['x86_64-unknown-linux-musl musl x86_64-unknown-linux-musl amd64 x64']);
  expect(told('pkgs.pkgsCross.mingwW64')).toEqual(['x86_64-w64-mingw32 msvcrt x86_64-pc-windows-gnu amd64 x64']);
  expect(told('pkgs.pkgsCross.muslpi')).toEqual([
    'armv6l-unknown-linux-musleabihf musl arm-unknown-linux-musleabihf arm arm',
  ]);
  expect(told('pkgs.pkgsCross.armv7l-hf-multiplatform.pkgsStatic')).toEqual([
    'armv7l-unknown-linux-musleabihf musl armv7-unknown-linux-musleabihf arm arm',
  ]);
  expect(told('import nixpkgs { inherit system; crossSystem = "riscv64-linux"; }')).toEqual([
    'riscv64-unknown-linux-gnu glibc riscv64gc-unknown-linux-gnu riscv64 riscv64',
  ]);
});
