import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';

/** Catalog id → attributes that bring that tool, whatever their spelling. */
const BRINGS: Readonly<Record<string, string>> = {
  node: 'nodejs nodejs_18 nodejs_20 nodejs_22 nodejs-18_x nodejs-slim nodejs-slim_20 nodejs-slim-16_x nodejs_latest',
  python:
    'python python2 python27 python3 python39 python311 python312 python311Full python3Minimal python313FreeThreading',
  pypy: 'pypy pypy3 pypy39',
  rustc:
    'rustc rust-bin.stable.latest.default rust-bin.stable."1.70.0".minimal rust-bin.nightly.latest.complete rust-bin.fromRustupToolchainFile fenix.stable.toolchain fenix.complete.withComponents fenix.default.rustc',
  cargo: 'cargo rust-bin.stable.latest.cargo fenix.complete.cargo',
  clippy: 'clippy rust-bin.stable.latest.clippy fenix.stable.clippy',
  rustfmt: 'rustfmt rust-bin.nightly.latest.rustfmt',
  'rust-analyzer':
    'rust-analyzer rust-analyzer-unwrapped fenix.rust-analyzer fenix.stable.rust-analyzer rust-bin.stable.latest.rust-analyzer',
  go: 'go go_1_21 go_1_22 go_latest',
  java: 'jdk jdk8 jdk11 jdk17 jdk21 jdk17_headless jre jre8 jre_headless jre_minimal openjdk openjdk21 openjdk17_headless temurin-bin temurin-bin-17 temurin-jre-bin-21 graalvm-ce graalvm11-ce graalvmCEPackages.graalvm-ce zulu zulu17 corretto17 semeru-bin-17 adoptopenjdk-bin adoptopenjdk-hotspot-bin-11 jetbrains.jdk javaPackages.compiler.openjdk17',
  kotlin: 'kotlin',
  scala: 'scala scala_2_13 scala_3 scala-next',
  jruby: 'jruby',
  ruby: 'ruby ruby_2_7 ruby_3_3',
  php: 'php php81 php83',
  perl: 'perl perl538',
  lua: 'lua lua5 lua5_1 lua5_4 lua5_3_compat',
  luajit: 'luajit luajit_2_1',
  erlang:
    'erlang erlang_26 erlangR25 beam.interpreters.erlang_26 beam27Packages.erlang beam.packages.erlang_26.erlang beamPackages.erlang',
  elixir: 'elixir elixir_1_16 beam.packages.erlang_26.elixir_1_15 beamPackages.elixir beam27Packages.elixir_1_17',
  'elixir-ls': 'elixir-ls beam.packages.erlang_26.elixir-ls',
  rebar3: 'rebar3 beamPackages.rebar3',
  ghc: 'ghc haskell.compiler.ghc947 haskell.compiler.native-bignum.ghc96 haskellPackages.ghc haskell.packages.ghc94.ghc',
  cabal: 'cabal-install haskellPackages.cabal-install haskell.packages.ghc94.cabal-install',
  'haskell-language-server': 'haskell-language-server haskell.packages.ghc94.haskell-language-server',
  ocaml: 'ocaml ocamlPackages.ocaml ocaml-ng.ocamlPackages_5_1.ocaml ocamlPackages_4_14.ocaml',
  dune: 'dune_2 dune_3 ocamlPackages.dune_3 ocaml-ng.ocamlPackages_5_1.dune_3',
  julia: 'julia julia-bin julia_19 julia_19-bin',
  r: 'R rWrapper',
  swift: 'swift swiftPackages.swift',
  zig: 'zig zig_0_11',
  lean: 'lean lean4 lean.lean-all',
  typescript: 'typescript nodePackages.typescript nodePackages_latest.typescript',
  npm: 'nodePackages.npm nodePackages_latest.npm',
  pnpm: 'pnpm pnpm_9 nodePackages.pnpm nodejs_20.pkgs.pnpm',
  yarn: 'yarn yarn-berry yarn-berry_4 nodePackages.yarn',
  prettier: 'prettier nodePackages.prettier nodePackages_latest.prettier nodePackages-18_x.prettier',
  eslint: 'eslint nodePackages.eslint nodePackages_latest.eslint',
  corepack: 'corepack corepack_20',
  pip: 'python3Packages.pip python311Packages.pip python311.pkgs.pip',
  pytest: 'python3Packages.pytest python312Packages.pytest',
  black: 'black python3Packages.black python311.pkgs.black',
  tox: 'python3Packages.tox',
  bundler: 'bundler rubyPackages.bundler',
  rubocop: 'rubocop rubyPackages.rubocop rubyPackages_3_2.rubocop ruby_3_2.gems.rubocop',
  composer: 'phpPackages.composer php82Packages.composer php83.packages.composer',
  luarocks: 'luarocks luaPackages.luarocks lua54Packages.luarocks lua5_3.pkgs.luarocks',
  cpanm: 'perlPackages.Appcpanminus perl538Packages.Appcpanminus',
  gcc: 'gcc gcc9 gcc12 gcc13 gcc-unwrapped gcc_latest',
  gfortran: 'gfortran gfortran12',
  clang:
    'clang clang_15 llvmPackages.clang llvmPackages_15.clang llvmPackages_latest.clang llvmPackages_17.clang-unwrapped',
  clangd: 'clang-tools clang-tools_16 llvmPackages_17.clang-tools',
  llvm: 'llvm llvm_17 llvmPackages_17.llvm llvmPackages_17.llvm.dev',
  lld: 'lld lld_15 llvmPackages_15.lld',
  lldb: 'lldb llvmPackages_latest.lldb',
  ld: 'binutils binutils-unwrapped',
  perf: 'linuxPackages.perf linuxPackages_latest.perf linuxPackages_6_6.perf',
  nvcc: 'cudatoolkit cudaPackages.cudatoolkit cudaPackages_12_2.cuda_nvcc',
  make: 'gnumake gnumake42',
  'pkg-config': 'pkg-config pkgconfig',
  protoc: 'protobuf protobuf3_20 protobuf_25',
  bazel: 'bazel bazel_6',
  gradle: 'gradle gradle_7',
  maven: 'maven',
  task: 'go-task',
  git: 'git gitMinimal gitFull git.doc',
  gh: 'gh',
  kubectl: 'kubectl',
  helm: 'kubernetes-helm kubernetes-helm-wrapped',
  docker: 'docker docker-client docker_24',
  terraform: 'terraform terraform_1 terraform_0_14 terraform-full',
  opentofu: 'opentofu',
  aws: 'awscli awscli2',
  gcloud: 'google-cloud-sdk',
  vercel: 'nodePackages.vercel nodePackages_latest.vercel',
  postgres: 'postgresql postgresql_15 postgresql_16_jit postgresql.lib',
  mysql: 'mysql80 mysql84 mysql-client',
  mariadb: 'mariadb mariadb_1011',
  sqlite: 'sqlite sqlite.bin sqlite-interactive sqlite.dev',
  redis: 'redis',
  apache: 'apacheHttpd apacheHttpd_2_4',
  kafka: 'apacheKafka apacheKafka_3_5',
  nix: 'nix nix_2_3 nixVersions.nix_2_24 nixVersions.latest nixUnstable lix',
  nixfmt: 'nixfmt nixfmt-rfc-style nixfmt-classic',
  emacs: 'emacs emacs29 emacs-nox emacs29-nox emacs-pgtk emacs29-pgtk',
  vim: 'vim vim-full vim_configurable',
  neovim: 'neovim neovim-unwrapped',
  vscode: 'vscode vscode-fhs',
  'intellij-idea': 'jetbrains.idea-ultimate jetbrains.idea-community idea.idea-community',
  pycharm: 'jetbrains.pycharm-community idea.pycharm-professional',
  webstorm: 'jetbrains.webstorm idea.webstorm',
  'android-studio': 'android-studio androidStudioPackages.canary',
  firefox: 'firefox firefox-bin firefox-esr firefox-esr-115',
  openssl: 'openssl openssl_3 openssl_1_1 openssl.dev',
  curl: 'curl curlFull curl.dev',
  bash: 'bash bashInteractive',
  ffmpeg: 'ffmpeg ffmpeg_6 ffmpeg-full ffmpeg_6-headless',
  imagemagick: 'imagemagick imagemagick6',
  texlive: 'texlive.combined.scheme-full texliveFull',
  dotnet:
    'dotnet-sdk dotnet-sdk_8 dotnetCorePackages.sdk_8_0 dotnetCorePackages.sdk_8_0_1xx dotnetCorePackages.dotnet_9.sdk',
  flutter: 'flutter flutter313 flutterPackages.v3_24 flutterPackages.stable',
  adb: 'android-tools androidenv.androidPkgs_9_0.platform-tools',
  ripgrep: 'ripgrep',
  yq: 'yq python311Packages.yq',
  'yq-go': 'yq-go',
  eza: 'eza',
  exa: 'exa',
};

test.each(
  Object.entries(BRINGS).flatMap(([id, attributes]) => attributes.split(' ').map((attribute) => [attribute, id])),
)('%s brings %s', (attribute, id) => {
  expect(catalog.findByAttribute(attribute!)?.id).toBe(id);
});

/** Names near those of tools that bring something else: pairing them would be wrong. */
const BRINGS_NONE = (
  'python3Packages.requests python311Packages.numpy python3Packages.node python3Packages.go python3Packages.docker ' +
  'python3Packages.redis nodePackages.node-gyp nodePackages.http-server haskellPackages.aeson haskellPackages.nix ' +
  'perlPackages.Git rubyPackages.git ocamlPackages.git ocamlPackages.ssl luaPackages.lua-cjson go365 ' +
  'gcc-arm-embedded-doc gccgo gcc12Stdenv clangStdenv gccStdenv graalvmCEPackages.graaljs adoptopenjdk-icedtea-web ' +
  'javaPackages.mavenHello_1_0 jdk-mission-control rust-bin.stable.latest.rust-src rust-bin.stable.latest.rust-std ' +
  'fenix.complete.rust-src fenix.rust-analyzer-vscode-extension beam.interpreters.lfe beamPackages.hex erlang-ls ' +
  'postgresqlPackages.postgis postgresql15Packages.pgvector postgresql_jdbc mysql_jdbc helm wrapHelm ' +
  'ripgrep-all wget2 youtube-dl protobufc dune-release git-doc gitlab git-lfs-transfer nixfmt-tree nixos-option ' +
  'kotlin-native rstudioWrapper dotnet-runtime dotnet-runtime_8 dotnet-aspnetcore_8 dotnetCorePackages.runtime_8_0 ' +
  'llvmPackages.libcxx llvmPackages.bintools llvmPackages_15.stdenv libpq docker-compose_1 node2nixx pythonPackages ' +
  'vscode-extensions.golang.go vimPlugins.vim-go emacsPackages.magit xorg.xorgserver libsForQt5.qtbase zlib openssl-quic'
).split(' ');

test.each(BRINGS_NONE)('%s brings no tool of the catalog', (attribute) => {
  expect(catalog.findByAttribute(attribute)?.id).toBeUndefined();
});
