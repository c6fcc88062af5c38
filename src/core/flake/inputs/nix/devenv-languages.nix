# devenv's `languages.*`: the packages that each brings.
{ lib, lockstep, ... }:
pkgs:
let
  inherit (lib) attrByPath mkOption optional optionals types;
  inherit (pkgs.stdenv.hostPlatform) isDarwin isLinux;

  # What a language brings has changed over time: the lock tells when the project took devenv.
  lockedAt = lockstep.input.lastModified or 1735689600;
  since = time: lockedAt >= time;
  # From devenv's pull request 2382 on, every language has its server as an option of its own, which is on.
  hasServers = since 1767657600;

  at = path: builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." path);
  package = default: mkOption {
    type = types.package;
    inherit default;
  };
  flag = mkOption {
    type = types.bool;
    default = false;
  };
  on = mkOption {
    type = types.bool;
    default = true;
  };
  maybe = mkOption {
    type = types.nullOr types.bool;
    default = null;
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
  # A kind of tools, on or off, with one tool that is on.
  part = isOn: name: default: {
    enable = mkOption {
      type = types.bool;
      default = isOn;
    };
    ${name} = {
      enable = on;
      package = package default;
    };
  };
  # Of a nixpkgs that is not recorded any name may be there: one that has a version is.
  isThere = name: pkgs ? ${name} && !(lockstep.isUnknown (pkgs.${name}.version or null));
  # The first of several names that this nixpkgs may have: packages were renamed.
  either = names: at (lib.findFirst (name: lib.hasAttrByPath (lib.splitString "." name) pkgs) (lib.head names) names);

  # name → { default: attribute of `package`, options: more options, packages: of the configuration, server: the package of
  # the language server, null where there is none, absent where it is not known here }. `always`: a server that was among
  # the packages before it was an option.
  simple = default: more: {
    inherit default;
    options = { };
    packages = c: [ c.package ] ++ map at more;
  };
  served = server: language: language // { inherit server; };
  alwaysServed = server: language: language // { inherit server; always = true; };
  table = {
    ada = served null {
      default = "gnatPackages.gnat";
      options = {
        gprbuild = {
          enable = on;
          package = package pkgs.gnatPackages.gprbuild;
        };
        alire = tool pkgs.alire;
      };
      packages = c: [ c.package ] ++ optional c.gprbuild.enable c.gprbuild.package ++ optional c.alire.enable c.alire.package;
    };
    ansible = simple "ansible" [ "ansible-lint" ];
    assembly = alwaysServed (pkgs.asm-lsp or null) {
      default = null;
      options = {
        type = mkOption {
          type = types.str;
          default = "nasm";
        };
        targetArch = mkOption {
          type = types.nullOr types.str;
          default = "x86_64";
        };
        package = maybePackage;
        emulator = {
          enable = maybe;
          type = mkOption {
            type = types.nullOr types.str;
            default = "qemu";
          };
          package = maybePackage;
        };
      };
      packages =
        c:
        let
          isForeign = c.type == "arm" || c.type == "riscv";
          platforms = {
            aarch64 = "aarch64-multiplatform";
            armv7l = "armv7l-hf-multiplatform";
          };
          emulated = if c.emulator.enable == null then isForeign else c.emulator.enable;
          emulator = if c.emulator.package != null || c.emulator.type == null then c.emulator.package else pkgs.${c.emulator.type};
        in
        [
          (
            if c.package != null then
              c.package
            else if isForeign then
              pkgs.pkgsCross.${platforms.${c.targetArch} or c.targetArch}.stdenv.cc
            else
              pkgs.${if c.type == "custom" then "nasm" else c.type}
          )
        ]
        ++ optional (emulated && (lockstep.isUnknown emulator || emulator != null)) emulator;
    };
    c = {
      default = null;
      options.debugger = mkOption {
        type = types.nullOr types.package;
        default =
          if isDarwin then
            if hasServers then
              pkgs.lldb
            else if pkgs.stdenv.hostPlatform.isx86_64 then
              pkgs.gdb
            else
              null
          else if pkgs.stdenv.hostPlatform.isAarch64 && !hasServers then
            null
          else
            pkgs.gdb;
      };
      packages =
        c:
        optional hasServers pkgs.clang-tools
        ++ [ pkgs.stdenv pkgs.gnumake pkgs.pkg-config ]
        ++ optional (c.debugger != null) c.debugger
        ++ optional isLinux pkgs.valgrind;
      server = pkgs.ccls;
      always = true;
    };
    clojure = alwaysServed pkgs.clojure-lsp (simple "clojure" [ ]);
    cplusplus = served pkgs.ccls {
      default = "clang";
      options = {
        cmake.package = package pkgs.cmake;
        tools = {
          # The tools are those of Clang: on unless another compiler is chosen.
          enable = maybe;
          package = package pkgs.clang-tools;
        };
        conan = {
          enable = flag;
          package = package pkgs.conan;
          install.enable = flag;
        };
      };
      packages =
        c:
        [ c.cmake.package c.package ]
        ++ optional (
          if c.tools.enable == null then lib.hasPrefix "clang" (c.package.pname or c.package.name or "") else c.tools.enable
        ) c.tools.package
        ++ optionals c.conan.enable [
          c.conan.package
          (lockstep.unresolved {
            what = "languages.cplusplus.conan";
            reason = "what conan-flake brings besides Conan is not known here";
          })
        ];
    };
    cobol = served null {
      default = "gnucobol";
      options.dev = {
        enable = on;
        editor = {
          enable = on;
          emacsMode = {
            enable = on;
            package = mkOption {
              type = types.nullOr types.package;
              default = pkgs.emacsPackages.cobol-mode or null;
            };
          };
        };
        documentation = {
          enable = flag;
          robodoc = {
            enable = on;
            package = package pkgs.robodoc;
          };
        };
        debugger = {
          enable = on;
          package = package pkgs.gdb;
        };
      };
      packages =
        c:
        [ c.package ]
        ++ optionals c.dev.enable (
          optional (c.dev.editor.enable && c.dev.editor.emacsMode.enable && c.dev.editor.emacsMode.package != null) c.dev.editor.emacsMode.package
          ++ optional (c.dev.documentation.enable && c.dev.documentation.robodoc.enable) c.dev.documentation.robodoc.package
          ++ optional c.dev.debugger.enable c.dev.debugger.package
        );
    };
    crystal = served (pkgs.crystalline or null) {
      default = "crystal";
      options.shards.package = package pkgs.shards;
      packages = c: [ c.package c.shards.package ];
    };
    cue = simple "cue" [ ];
    d = alwaysServed (pkgs.serve-d or null) (simple "ldc" [ "dub" ]);
    dart = served null (simple "dart" [ ]);
    deno = served null (simple "deno" [ ]);
    # A numbered SDK, the one that was supported at the time.
    dotnet = served (if isDarwin && pkgs.stdenv.hostPlatform.isAarch64 then null else pkgs.csharp-ls) (
      simple (
        if since 1722470400 then
          "dotnetCorePackages.sdk_8_0"
        else if since 1685577600 then
          "dotnetCorePackages.sdk_7_0"
        else
          "dotnet-sdk"
      ) [ ]
    );
    elixir = alwaysServed (either [ "elixir_ls" "elixir-ls" ]) (simple "elixir" [ ]);
    elm = alwaysServed pkgs.elmPackages.elm-language-server {
      default = null;
      options = { };
      packages = _: map at [ "elmPackages.elm" "elmPackages.elm-format" "elm2nix" ];
    };
    erlang = served (pkgs.erlang-language-platform or null) (simple "erlang" [ (if hasServers then "rebar3" else "erlang-ls") ]);
    # The compiler was an option before it was among the packages.
    fortran = {
      default = "gfortran";
      options = { };
      packages =
        _:
        if hasServers then
          [
            pkgs.fortran-fpm
            (lockstep.unresolved {
              what = "languages.fortran.package";
              reason = "whether devenv puts the compiler into the shell depends on its revision";
            })
          ]
        else
          [ pkgs.fortran-fpm (either [ "fortran-language-server" "fortls" ]) ];
    };
    forth = served null (simple "gforth" [ ]);
    gawk = simple "gawk" [ ];
    gleam = served null (simple "gleam" [ ]);
    go = alwaysServed pkgs.gopls {
      default = "go";
      options = {
        inherit version;
        enableHardeningWorkaround = flag;
      };
      packages =
        c: [ (versioned "go" "go-overlay" null c) ] ++ map at [ "delve" "gotools" "gomodifytags" "impl" "go-tools" "gotests" "iferr" ];
    };
    hare = served null {
      default = null;
      options = { };
      packages = _: map at [ "hare" "haredoc" ];
    };
    haskell = alwaysServed pkgs.haskell-language-server {
      default = "ghc";
      options = {
        # The option's name before all languages had one.
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
      packages = c: [ c.package pkgs.cabal-install pkgs.zlib pkgs.hpack ] ++ optional c.stack.enable c.stack.package;
    };
    helm = served pkgs.helm-ls {
      default = "kubernetes-helm";
      options = {
        plugins = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        languageServer = {
          enable = flag;
          package = package pkgs.helm-ls;
        };
      };
      packages = c: [ c.package ] ++ optional (c.languageServer.enable && !hasServers) c.languageServer.package;
    };
    idris = served pkgs.idris2Packages.idris2Lsp (simple "idris2" [ ]);
    java = served pkgs.jdt-language-server {
      default = null;
      options = {
        jdk.package = package pkgs.jdk;
        maven = tool pkgs.maven;
        gradle = tool pkgs.gradle;
        jdt-language-server = tool pkgs.jdt-language-server;
      };
      packages = c: [ c.jdk.package ] ++ optional c.gradle.enable c.gradle.package ++ optional c.maven.enable c.maven.package;
    };
    javascript = served (either [ "typescript-language-server" "nodePackages.typescript-language-server" ]) {
      # Node.js without npm, which comes by another option.
      default = if isSlim then "nodejs-slim" else "nodejs";
      options = {
        npm = {
          enable = flag;
          package = maybePackage;
          install.enable = flag;
        };
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
        [ (if !c.npm.enable then c.package else if c.npm.package != null then c.npm.package else c.package) ]
        ++ optional c.pnpm.enable c.pnpm.package
        ++ optional c.yarn.enable c.yarn.package
        ++ optional c.bun.enable c.bun.package
        ++ optional c.corepack.enable (pkgs.runCommand "corepack-enable" { } "");
    };
    jsonnet = alwaysServed pkgs.jsonnet-language-server (simple "go-jsonnet" [ ]);
    julia = served (if since 1789948800 then pkgs.fatou else null) (simple "julia-bin" [ ]);
    kotlin = served pkgs.kotlin-language-server {
      default = null;
      options = { };
      packages = _: map at [ "kotlin" "gradle" ];
    };
    lean4 = served null (simple "lean4" [ ]);
    lobster = served null (simple "lobster" [ ]);
    lua = served pkgs.lua-language-server (simple "lua" [ ]);
    matlab = served null {
      default = null;
      options = {
        interpreter = mkOption {
          type = types.str;
          default = "octave";
        };
        package = maybePackage;
        octavePackages = mkOption {
          type = types.listOf types.package;
          default = [ ];
        };
        # Each of its tools can be left out, alone or with its kind.
        dev = {
          enable = on;
          lsp = {
            enable = on;
            package = package pkgs.matlab-language-server;
          };
          linter = part true "missHit" pkgs.python3Packages.miss-hit;
          jupyter = part false "octaveKernel" pkgs.octave-kernel;
          fileFormat = part false "matio" pkgs.matio;
          ide = part false "spyder" pkgs.spyder;
        };
        alternatives = {
          sage = tool pkgs.sage;
          maxima = tool pkgs.maxima;
        };
      };
      packages =
        c:
        let
          isOctave = c.interpreter == "octave";
          ofKind = kind: name: optional (c.dev.${kind}.enable && c.dev.${kind}.${name}.enable) c.dev.${kind}.${name}.package;
        in
        [ (if c.package != null then c.package else if isOctave then pkgs.octave else pkgs.scilab-bin) ]
        ++ optionals isOctave c.octavePackages
        ++ optionals c.dev.enable (
          optional c.dev.lsp.enable c.dev.lsp.package
          ++ ofKind "linter" "missHit"
          ++ optionals isOctave (ofKind "jupyter" "octaveKernel")
          ++ ofKind "fileFormat" "matio"
          ++ ofKind "ide" "spyder"
        )
        ++ lib.concatMap (name: optional c.alternatives.${name}.enable c.alternatives.${name}.package) [ "sage" "maxima" ];
    };
    nim = alwaysServed (
      if since 1719792000 then either [ "nimlangserver" "nimlsp" ] else either [ "nimlsp" "nimlangserver" ]
    ) (simple "nim" [ ]);
    nix = alwaysServed (if hasServers then pkgs.nixd else pkgs.nil) {
      default = null;
      options = { };
      packages =
        c:
        map at [ "statix" "vulnix" "deadnix" ]
        ++ optional c.cachix.enable c.cachix.package
        ++ optional (!(since 1728000000)) pkgs.nix-tree;
    };
    ocaml = alwaysServed pkgs.ocamlPackages.ocaml-lsp {
      default = null;
      options.packages = mkOption {
        type = types.raw;
        default = pkgs.ocamlPackages;
      };
      packages = c: [ c.packages.ocaml c.packages.dune_3 c.packages.merlin c.packages.utop c.packages.odoc c.packages.ocp-indent c.packages.findlib pkgs.ocamlformat ];
    };
    odin = alwaysServed pkgs.ols {
      default = "odin";
      options.debugger = mkOption {
        type = types.nullOr types.package;
        default = pkgs.gdb;
      };
      packages = c: [ pkgs.gnumake c.package ] ++ optional (c.debugger != null) c.debugger;
    };
    opentofu = served pkgs.terraform-ls (simple "opentofu" [ ]);
    pascal = {
      default = null;
      options.lazarus.enable = flag;
      packages = c: [ pkgs.fpc ] ++ optional (c.lazarus.enable && isLinux) pkgs.lazarus;
    };
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
    pkl = alwaysServed (pkgs.pkl-lsp or null) (simple "pkl" [ ]);
    purescript = alwaysServed (either [ "nodePackages.purescript-language-server" "purescript-language-server" ]) (
      simple "purescript" ([ "spago" "purescript-psa" "nodePackages.purs-tidy" ] ++ optional (isThere "psc-package") "psc-package")
    );
    python = served pkgs.pyright {
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
        # The environment of a project, for those who put it into `packages`.
        import = mkOption {
          type = types.raw;
          default =
            path: _:
            let
              listed = lockstep.lockSummary "${toString path}/uv.lock";
            in
            lockstep.unresolved {
              what = "languages.python.import";
              reason = "uv2nix makes the environment from uv.lock" + (if listed == null then "" else ", which ${listed}");
            };
        };
      };
      packages = null;
      tools = c: optional c.poetry.enable c.poetry.package ++ optional c.uv.enable c.uv.package;
    };
    r = {
      default = "R";
      options.radian = tool pkgs.radianWrapper;
      packages = c: [ c.package ] ++ optional c.radian.enable c.radian.package;
    };
    racket = served null (simple "racket-minimal" [ ]);
    raku = simple "rakudo" [ ];
    robotframework = {
      default = null;
      options.python = package pkgs.python3;
      packages = c: [ (c.python.withPackages (packages: [ packages.robotframework ])) ];
    };
    ruby = served pkgs.solargraph {
      # The default was a numbered Ruby until the end of 2024.
      default = if !(since 1735000000) && isThere "ruby_3_1" then "ruby_3_1" else "ruby";
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
    # The server is one of the components.
    rust = served null {
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
    scala = alwaysServed pkgs.metals {
      default = "scala_3";
      options = {
        sbt = {
          # Before the option there was no shell without it.
          enable = mkOption {
            type = types.bool;
            default = !(since 1710115200);
          };
          package = package pkgs.sbt;
        };
        mill = {
          enable = flag;
          package = package pkgs.mill;
        };
      };
      packages =
        c:
        [ c.package pkgs.coursier pkgs.scalafmt ]
        ++ optional c.sbt.enable c.sbt.package
        ++ optional c.mill.enable c.mill.package
        ++ optional (lib.versionAtLeast (c.java.jdk.package.version or "21") "17") pkgs.scala-cli;
    };
    shell = alwaysServed (
      if since 1722470400 then
        either [ "bash-language-server" "nodePackages.bash-language-server" ]
      else
        either [ "nodePackages.bash-language-server" "bash-language-server" ]
    ) {
      default = null;
      options = { };
      packages = _: [ (pkgs.bats.withLibraries (p: [ p.bats-assert p.bats-file p.bats-support ])) pkgs.shellcheck pkgs.shfmt ];
    };
    solidity = {
      default = "solc";
      options.foundry = {
        enable = flag;
        package = maybePackage;
      };
      packages =
        c:
        [ c.package ]
        ++ optional c.foundry.enable (
          if c.foundry.package != null then
            c.foundry.package
          else if c.inputs ? foundry then
            c.inputs.foundry.defaultPackage.${pkgs.stdenv.hostPlatform.system}
          else
            lockstep.unresolved {
              what = "languages.solidity.foundry";
              reason = "devenv takes Foundry from the input `foundry`, which the flake does not have";
            }
        );
    };
    sql = served null {
      default = null;
      options.dev = lib.genAttrs [ "lsp" "formatter" "linter" ] (part: {
        enable = on;
        package = package (if part == "lsp" then pkgs.sqls else pkgs.sqlfluff);
      }) // { enable = on; };
      packages =
        c: optionals c.dev.enable (builtins.concatMap (part: optional c.dev.${part}.enable c.dev.${part}.package) [ "lsp" "formatter" "linter" ]);
    };
    standardml = alwaysServed pkgs.millet (simple "mlton" [ ]);
    swift = simple "swift" [ "clang" ];
    terraform = alwaysServed pkgs.terraform-ls {
      default = "terraform";
      options = { inherit version; };
      packages = c: [ (versioned "terraform" "nixpkgs-terraform" (toString c.version) c) ] ++ optional (isThere "tfsec") pkgs.tfsec;
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
    typescript = alwaysServed (
      if hasServers then
        either [ "typescript-language-server" "nodePackages.typescript-language-server" ]
      else
        either [ "nodePackages.typescript-language-server" "typescript-language-server" ]
    ) {
      default = null;
      options = { };
      packages = _: [ pkgs.typescript ];
    };
    typst = alwaysServed (if isNewTypst then pkgs.tinymist else pkgs.typst-lsp) {
      default = "typst";
      options.fontPaths = mkOption {
        type = types.listOf types.str;
        default = [ ];
      };
      packages = c: [ c.package (if isNewTypst then pkgs.typstyle else pkgs.typst-fmt) ];
    };
    unison = served null (simple "unison-ucm" [ ]);
    # V has its language server with it.
    v = served null (simple "vlang" [ ]);
    vala = simple "vala" [ ];
    verilog = alwaysServed (pkgs.verible or null) (simple "verilator" [ ]);
    vhdl = alwaysServed (pkgs.vhdl-ls or null) {
      default = null;
      options = {
        compiler = mkOption {
          type = types.str;
          default = if isDarwin then "ghdl-llvm" else "ghdl-gcc";
        };
        package = maybePackage;
      };
      packages = c: [ (if c.package != null then c.package else pkgs.${c.compiler}) ];
    };
    zig = alwaysServed pkgs.zls (simple "zig" [ ]);
  };
  isSlim = since 1726358400;
  # The first server and formatter of Typst were given up for others.
  isNewTypst = since 1735000000 || !(isThere "typst-lsp");

  # A version that is asked for by number comes from a flake that the project must have as an input.
  versioned =
    language: input: attribute: c:
    if c.version == null then
      c.package
    else if language == "go" && c.inputs ? ${input} then
      (c.inputs.${input}.lib.mkGoBin pkgs).versions.${c.version}
    else if c.inputs ? ${input} then
      c.inputs.${input}.packages.${pkgs.stdenv.hostPlatform.system}.${attribute}
    else
      lockstep.unresolved {
        what = "languages.${language}.version";
        reason = "devenv takes this version from the input `${input}`, which the flake does not have";
      };
  # A PHP that nixpkgs has comes from there, since the summer of 2025 also where the other flake is at hand.
  phpOf =
    c:
    let
      name = "php${lib.concatStrings (lib.take 2 (lib.splitString "." (toString c.version)))}";
    in
    if c.version == null || c.version == "" then
      c.package
    else if pkgs ? ${name} && (since 1750000000 || !(c.inputs ? phps)) then
      pkgs.${name}
    else
      versioned "php" "phps" name c;

  # Plain options instead of a submodule each: what else is set below them goes to the free-form top.
  declare =
    name: language:
    {
      enable = flag;
    }
    // lib.optionalAttrs (language.default != null) { package = package (at language.default); }
    // {
      lsp = {
        enable = mkOption {
          type = types.bool;
          default = true;
        };
        package = mkOption {
          type = types.nullOr types.package;
          default = language.server or null;
        };
      };
    }
    // language.options;
  # The server of an enabled language.
  serverOf =
    name: language: c:
    let
      server = if name == "haskell" && (!hasServers || c.languageServer == null) then c.languageServer else c.lsp.package;
    in
    if !hasServers && !(language.always or false) || !c.lsp.enable then
      [ ]
    else if !(language ? server) && server == null then
      [
        (lockstep.unresolved {
          what = "languages.${name}.lsp";
          reason = "devenv brings a language server for this language, and which one is not known here";
        })
      ]
    else
      optional (lockstep.isUnknown server || server != null) server;
  define =
    config: inputs: name: language:
    let
      inherit (config) languages;
      c = languages.${name};
      # What some languages look at besides their own options.
      seen = c // {
        inherit inputs;
        inherit (languages) java;
        cachix = {
          enable = config.cachix.enable or true;
          package = config.cachix.package or pkgs.cachix;
        };
      };
    in
    lib.mkIf c.enable (
      lockstep.placed "languages.${name}" c "enable" (
        (
          if name == "rust" then
            rustPackages inputs c
          else if name == "python" then
            [ (versioned "python" "nixpkgs-python" (toString c.version) seen) ] ++ language.tools c
          else
            language.packages seen
        )
        ++ serverOf name language c
      )
    );
  # From May 2024 until the summer of 2025 devenv linked with mold wherever it builds for the machine itself.
  linksWithMold =
    c: pkgs.stdenv.hostPlatform.system == "x86_64-linux" && since 1716163200 && !(since 1752000000) && c.targets == [ ];
  rustPackages =
    inputs: c:
    let
      # Toolchains came from fenix until 2025, and from rust-overlay since.
      byOverlay = since 1735689600;
      fenix = if byOverlay && inputs ? rust-overlay then null else inputs.fenix or null;
      overlay = if fenix != null then null else inputs.rust-overlay or null;
      system = pkgs.stdenv.hostPlatform.system;
      channel =
        if c.channel == "nixpkgs" && builtins.elem (c.version or null) ([ "stable" "beta" ] ++ optional (!byOverlay) "latest") then
          c.version
        else
          c.channel;
      bin = overlay.lib.mkRustBin { } pkgs;
      # A version, or the day of a beta or nightly.
      set =
        if overlay != null then
          bin.${channel}.${if builtins.elem (c.version or null) [ null "latest" "stable" "beta" ] then "latest" else c.version}
        else
          fenix.packages.${system}.${if channel == "nightly" then "latest" else channel};
      component =
        name: c.toolchain.${name} or (if name == "rust-src" then pkgs.rustPlatform.rustLibSrc else pkgs.${name});
    in
    optional (if c.mold.enable == null then linksWithMold c else c.mold.enable) pkgs.mold-wrapped
    ++ optional isDarwin pkgs.libiconv
    ++ (
      if c.toolchainPackage != null then
        [ c.toolchainPackage ]
      else if c.toolchainFile != null then
        [
          (
            if overlay != null then
              bin.fromRustupToolchainFile c.toolchainFile
            else
              lockstep.unresolved {
                what = "languages.rust.toolchainFile";
                reason = "devenv takes toolchains of files from the input `rust-overlay`, which the flake does not have";
              }
          )
        ]
      else if channel == "nixpkgs" then
        map component c.components
      else if overlay == null && fenix == null then
        [
          (lockstep.unresolved {
            what = "languages.rust.channel";
            reason = "devenv takes this channel from the input `${if byOverlay then "rust-overlay" else "fenix"}`, which the flake does not have";
          })
        ]
      else if overlay != null then
        [ (set.minimal.override { extensions = lib.subtractLists [ "rustc" "cargo" "rust-std" ] c.components; inherit (c) targets; }) ]
      else
        map (name: set.${name}) c.components
    );
  # A tool of the toolchain as the hooks of git call it.
  rustTool = inputs: c: name: if c.channel == "nixpkgs" && c.toolchainFile == null && c.toolchainPackage == null then c.toolchain.${name} or pkgs.${name} else lib.last (rustPackages inputs (c // { components = [ name ]; }));
in
{ config, inputs, ... }:
{
  _file = "devenv/languages";
  options.languages = lib.mapAttrs declare table;
  config = {
    packages = lib.mkMerge (
      lib.mapAttrsToList (define config inputs) table ++ [ (lockstep.part "devenv-unlisted" "languages" table config.languages) ]
    );
    # A compiler and linker for crates and gems that build C, and for compilers that write it.
    languages.c.enable = lib.mkIf (
      lib.any (name: config.languages.${name}.enable) [ "cobol" "crystal" "ruby" "rust" ]
    ) (lib.mkDefault true);
    languages.java.enable = lib.mkIf config.languages.scala.enable true;
    languages.go.package = lib.mkIf (config.languages.go.version != null) (
      versioned "go" "go-overlay" null (config.languages.go // { inherit inputs; package = pkgs.go; })
    );
    git-hooks.tools = lib.mkIf config.languages.rust.enable (
      lib.genAttrs [ "cargo" "clippy" "rustfmt" ] (name: lib.mkDefault (rustTool inputs config.languages.rust name))
    );
  };
}
