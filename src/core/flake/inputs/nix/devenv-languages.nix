# devenv's `languages.*`: the packages that each brings.
{ lib, lockstep, ... }:
pkgs:
let
  inherit (lib) attrByPath mkOption optional optionals types;
  isLinux = pkgs.stdenv.hostPlatform.isLinux;

  # Before the autumn of 2024 some languages brought more.
  isOld = (lockstep.input.lastModified or 0) < 1728000000;

  at = path: builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." path);
  package = default: mkOption {
    type = types.package;
    inherit default;
  };
  flag = mkOption {
    type = types.bool;
    default = false;
  };
  maybePackage = mkOption {
    type = types.nullOr types.package;
    default = null;
  };
  version = mkOption {
    type = types.nullOr types.str;
    default = null;
  };
  tool = default: {
    enable = flag;
    package = package default;
    install.enable = flag;
  };

  # name → { default: attribute of `package`, options: more options, packages: of the configuration }.
  simple = default: more: {
    inherit default;
    options = { };
    packages = c: [ c.package ] ++ map at more;
  };
  table = {
    ansible = simple "ansible" [ "ansible-lint" ];
    c = {
      default = null;
      options.debugger = maybePackage;
      packages = c: [ pkgs.gnumake pkgs.ccls pkgs.pkg-config ] ++ optional (c.debugger != null) c.debugger ++ optionals isLinux [ pkgs.gdb pkgs.valgrind ];
    };
    clojure = simple "clojure" [ "clojure-lsp" ];
    cplusplus = {
      default = null;
      options = { };
      packages = _: map at [ "clang-tools" "cmake" "clang" ];
    };
    crystal = simple "crystal" [ "shards" ];
    cue = simple "cue" [ ];
    dart = simple "dart" [ ];
    deno = simple "deno" [ ];
    dotnet = simple "dotnet-sdk" [ ];
    elixir = simple "elixir" [ "elixir-ls" ];
    elm = {
      default = null;
      options = { };
      packages = _: map at [ "elmPackages.elm" "elmPackages.elm-format" "elmPackages.elm-test" "elmPackages.elm-language-server" ];
    };
    erlang = simple "erlang" [ "erlang-ls" "rebar3" ];
    fortran = simple "gfortran" [ "fortran-fpm" ];
    gawk = simple "gawk" [ ];
    gleam = simple "gleam" [ ];
    go = {
      default = "go";
      options = {
        inherit version;
        enableHardeningWorkaround = flag;
      };
      packages = c: [ c.package ] ++ map at [ "delve" "gotools" "gomodifytags" "impl" "go-tools" "gopls" "gotests" "iferr" ];
    };
    haskell = {
      default = "ghc";
      options = {
        languageServer = mkOption {
          type = types.nullOr types.package;
          default = pkgs.haskell-language-server;
        };
        stack = {
          enable = mkOption {
            type = types.bool;
            default = true;
          };
          package = package pkgs.stack;
        };
      };
      packages = c: [ c.package pkgs.cabal-install pkgs.zlib pkgs.hpack ] ++ optional (c.languageServer != null) c.languageServer ++ optional c.stack.enable c.stack.package;
    };
    helm = simple "kubernetes-helm" [ "helm-ls" ];
    idris = simple "idris2" [ ];
    java = {
      default = null;
      options = {
        jdk.package = package pkgs.jdk;
        maven = tool pkgs.maven;
        gradle = tool pkgs.gradle;
        jdt-language-server = tool pkgs.jdt-language-server;
      };
      packages = c: [ c.jdk.package ] ++ optional c.gradle.enable c.gradle.package ++ optional c.maven.enable c.maven.package;
    };
    javascript = {
      default = "nodejs-slim";
      options = {
        npm = tool pkgs.nodejs;
        pnpm = tool (attrByPath [ "pnpm" ] pkgs.nodePackages.pnpm pkgs);
        yarn = tool pkgs.yarn;
        bun = tool pkgs.bun;
        corepack.enable = flag;
        directory = mkOption {
          type = types.str;
          default = "";
        };
      };
      packages =
        c:
        [ c.package ]
        ++ optional c.npm.enable c.npm.package
        ++ optional c.pnpm.enable c.pnpm.package
        ++ optional c.yarn.enable c.yarn.package
        ++ optional c.bun.enable c.bun.package
        ++ optional c.corepack.enable (pkgs.runCommand "corepack-enable" { } "");
    };
    jsonnet = simple "go-jsonnet" [ "jsonnet-language-server" ];
    julia = simple "julia-bin" [ ];
    kotlin = {
      default = null;
      options = { };
      packages = _: map at [ "kotlin" "gradle" ];
    };
    lua = simple "lua" [ ];
    nim = simple "nim" [ "nimble" ];
    nix = {
      default = null;
      options.lsp.package = package pkgs.nil;
      packages = c: map at [ "cachix" "statix" "vulnix" "deadnix" ] ++ [ c.lsp.package ] ++ optional isOld pkgs.nix-tree;
    };
    ocaml = {
      default = null;
      options.packages = mkOption {
        type = types.raw;
        default = pkgs.ocamlPackages;
      };
      packages = c: [ c.packages.ocaml c.packages.dune_3 c.packages.ocaml-lsp c.packages.merlin c.packages.utop c.packages.odoc c.packages.ocp-indent c.packages.findlib pkgs.ocamlformat ];
    };
    odin = simple "odin" [ ];
    opentofu = simple "opentofu" [ "terraform-ls" "tfsec" ];
    pascal = simple "fpc" [ ];
    perl = {
      default = "perl";
      options.packages = mkOption {
        type = types.listOf types.str;
        default = [ ];
      };
      packages = c: [ c.package ] ++ map (name: pkgs.perlPackages.${name}) c.packages;
    };
    php = {
      default = "php";
      options = {
        inherit version;
        packages = mkOption {
          type = types.submodule {
            freeformType = types.lazyAttrsOf types.raw;
            options.composer = maybePackage;
          };
          default = { };
        };
        extensions = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        ini = mkOption {
          type = types.nullOr types.lines;
          default = null;
        };
      };
      packages =
        c: [ (phpOf c) (if c.packages.composer != null then c.packages.composer else (phpOf c).packages.composer or pkgs.phpPackages.composer) ];
    };
    purescript = simple "purescript" [ "spago" "purescript-psa" "nodePackages.purs-tidy" ];
    python = {
      default = "python3";
      options = {
        inherit version;
        venv = {
          enable = flag;
          requirements = mkOption {
            type = types.nullOr (types.either types.lines types.path);
            default = null;
          };
          quiet = flag;
        };
        poetry = {
          enable = flag;
          package = package pkgs.poetry;
          install = mkOption {
            type = types.lazyAttrsOf types.anything;
            default = { };
          };
          activate.enable = flag;
        };
        uv = {
          enable = flag;
          package = package pkgs.uv;
          sync = mkOption {
            type = types.lazyAttrsOf types.anything;
            default = { };
          };
        };
      };
      packages = null;
      tools = c: optional c.poetry.enable c.poetry.package ++ optional c.uv.enable c.uv.package;
    };
    r = simple "R" [ "rPackages.lintr" ];
    racket = simple "racket-minimal" [ ];
    raku = simple "rakudo" [ ];
    robotframework = simple "python3" [ ];
    ruby = {
      # The default was a numbered Ruby until the end of 2024.
      default = if (lockstep.input.lastModified or 0) < 1735000000 && pkgs ? ruby_3_1 then "ruby_3_1" else "ruby";
      options = {
        inherit version;
        versionFile = mkOption {
          type = types.nullOr types.path;
          default = null;
        };
        bundler = {
          enable = mkOption {
            type = types.bool;
            default = true;
          };
          package = package pkgs.bundler;
        };
      };
      packages = c: [ (versioned "ruby" "nixpkgs-ruby" "ruby-${toString c.version}" c) ] ++ optional c.bundler.enable c.bundler.package;
    };
    rust = {
      default = null;
      options = {
        channel = mkOption {
          type = types.str;
          default = "nixpkgs";
        };
        version = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        components = mkOption {
          type = types.listOf types.str;
          default = [ "rustc" "cargo" "clippy" "rustfmt" "rust-analyzer" ];
        };
        targets = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        rustflags = mkOption {
          type = types.str;
          default = "";
        };
        toolchain = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        toolchainFile = mkOption {
          type = types.nullOr types.path;
          default = null;
        };
        toolchainPackage = maybePackage;
        mold.enable = mkOption {
          type = types.nullOr types.bool;
          default = null;
        };
      };
      packages = null;
    };
    scala = simple "scala_3" [ "sbt" "scala-cli" "metals" "scalafmt" ];
    shell = {
      default = null;
      options = { };
      packages = _: map at [ "bats" "shellcheck" "shfmt" "nodePackages.bash-language-server" ];
    };
    solidity = simple "solc" [ ];
    standardml = simple "mlton" [ "millet" ];
    swift = simple "swift" [ "clang" ];
    terraform = {
      default = "terraform";
      options = { inherit version; };
      packages = c: [ (versioned "terraform" "nixpkgs-terraform" (toString c.version) c) ] ++ map at [ "terraform-ls" "tfsec" ];
    };
    texlive = {
      default = null;
      options = {
        base = mkOption {
          type = types.raw;
          default = pkgs.texlive;
        };
        packages = mkOption {
          type = types.listOf types.str;
          default = [ "collection-basic" ];
        };
      };
      packages = c: [ (c.base.combine (lib.genAttrs c.packages (name: c.base.${name}))) ];
    };
    typescript = {
      default = null;
      options = { };
      packages = _: map at [ "typescript" "nodePackages.typescript-language-server" ];
    };
    typst = simple "typst" [ "typst-fmt" "typst-lsp" ];
    unison = simple "unison-ucm" [ ];
    v = simple "vlang" [ ];
    vala = simple "vala" [ ];
    zig = simple "zig" [ "zls" ];
  };

  # A version that is asked for by number comes from a flake that the project must have as an input.
  versioned =
    language: input: attribute: c:
    if c.version == null then
      c.package
    else if c.inputs ? ${input} then
      c.inputs.${input}.packages.${pkgs.stdenv.hostPlatform.system}.${attribute}
    else
      lockstep.unresolved {
        what = "languages.${language}.version";
        reason = "devenv takes this version from the input `${input}`, which the flake does not have";
      };
  phpOf = c: versioned "php" "phps" "php${lib.concatStrings (lib.take 2 (lib.splitString "." (toString c.version)))}" c;

  # Plain options instead of a submodule each: what else is set below them goes to the free-form top.
  declare =
    name: language:
    {
      enable = flag;
    }
    // lib.optionalAttrs (language.default != null) { package = package (at language.default); }
    // language.options;
  define =
    languages: inputs: name: language:
    let
      c = languages.${name};
    in
    lib.mkIf c.enable (
      lockstep.placed "languages.${name}" c "enable" (
        if name == "rust" then
          rustPackages inputs c
        else if name == "python" then
          [ (versioned "python" "nixpkgs-python" (toString c.version) (c // { inherit inputs; })) ] ++ language.tools c
        else
          language.packages (c // { inherit inputs; })
      )
    );
  # In the first half of 2025 devenv linked with mold wherever it builds for the machine itself.
  linksWithMold =
    c:
    let
      lockedAt = lockstep.input.lastModified or 0;
    in
    pkgs.stdenv.hostPlatform.system == "x86_64-linux" && lockedAt > 1736000000 && lockedAt < 1752000000 && c.targets == [ ];
  rustPackages =
    inputs: c:
    let
      fenix = inputs.fenix or null;
      overlay = inputs.rust-overlay or null;
      system = pkgs.stdenv.hostPlatform.system;
      channel = if c.channel == "nixpkgs" && builtins.elem (c.version or null) [ "stable" "beta" "latest" ] then c.version else c.channel;
      set =
        if overlay != null then
          let
            bin = overlay.lib.mkRustBin { } pkgs;
          in
          if channel == "stable" && !(builtins.elem c.version [ null "latest" "stable" ]) then bin.stable.${c.version} else bin.${channel}.latest
        else
          fenix.packages.${system}.${if channel == "nightly" then "latest" else channel};
    in
    optional (if c.mold.enable == null then linksWithMold c else c.mold.enable) pkgs.mold-wrapped
    ++ (
    if c.toolchainPackage != null then
      [ c.toolchainPackage ]
    else if c.toolchainFile != null && overlay != null then
      [ ((overlay.lib.mkRustBin { } pkgs).fromRustupToolchainFile c.toolchainFile) ]
    else if channel == "nixpkgs" || (overlay == null && fenix == null) then
      map (name: c.toolchain.${name} or pkgs.${name}) c.components ++ optional pkgs.stdenv.hostPlatform.isDarwin pkgs.libiconv
    else if overlay != null then
      [ (set.minimal.override { extensions = lib.subtractLists [ "rustc" "cargo" "rust-std" ] c.components; inherit (c) targets; }) ]
    else
      map (name: set.${name}) c.components
    );
in
{ config, inputs, ... }:
{
  _file = "devenv/languages";
  options.languages = lib.mapAttrs declare table;
  config = {
    packages = lib.mkMerge (lib.mapAttrsToList (define config.languages inputs) table);
    # A compiler and linker for crates and gems that build C.
    languages.c.enable = lib.mkIf (config.languages.rust.enable || config.languages.ruby.enable) (lib.mkDefault true);
  };
}
