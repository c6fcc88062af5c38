# What nixpkgs has besides packages that have a version: functions, sets, and packages with functions of their own. The
# rest (see packages.ts) comes from the index. `final` is nixpkgs with its overlays.
{
  lockstep,
  lib,
  final,
  localSystem,
  crossSystem,
  config,
  overlays,
  # Imports this nixpkgs again, with other arguments.
  again,
}:
let
  call = name: extra: import name ({ inherit lockstep final; } // extra);
  inherit (lib.systems) elaborate;
  buildPlatform = elaborate localSystem;
  platform = if crossSystem == null then buildPlatform else elaborate crossSystem;

  # Whether what is for running is not for building.
  crosses = crossSystem != null && !lockstep.isNative;

  standard = call <lockstep/nixpkgs/stdenv.nix> { inherit platform buildPlatform crosses; };
  inherit (standard) isFunction toFunction stdenvWith;
  shells = call <lockstep/nixpkgs/shell.nix> { inherit toFunction stdenvWith; };
  builders = call <lockstep/nixpkgs/builders.nix> {
    inherit (standard) stdenv;
    inherit isFunction toFunction;
    tools = if crosses then toTarget else null;
  };
  languages = call <lockstep/nixpkgs/languages.nix> { inherit toFunction; };
  cabal = call <lockstep/nixpkgs/cabal.nix> { inherit lib; };
  interpreters = call <lockstep/nixpkgs/interpreters.nix> { inherit toFunction builders languages cabal; };
  inherit (interpreters)
    python
    packageSet
    interpreter
    overridableWith
    ;
  provers = call <lockstep/nixpkgs/provers.nix> { inherit lib languages packageSet; };
  inherit (lockstep) package set;

  # Packages of Erlang and Elixir, and their builders.
  beamPackagesAt =
    path: more:
    packageSet path (
      this:
      let
        build = languages.builder "beam" { } (_: args: { __brings = [ this.erlang ]; } // args);
      in
      {
        # Those of the usual set stand at the top too, where their versions are known.
        erlang = if path == "beamPackages" then final.erlang else package "${path}.erlang";
        elixir = if path == "beamPackages" then final.elixir else package "${path}.elixir";
        # Releases are packed and searched with programs of others.
        mixRelease = languages.builder "beam" { } (
          _: args: { __brings = [ (args.elixir or this.elixir) this.erlang this.hex final.git final.ripgrep ]; } // args
        );
        buildMix = build;
        buildRebar3 = build;
        buildErlangMk = build;
        buildHex = build;
        fetchHex = args: lockstep.derivation "hex-source-${args.pkg or "package"}-${args.version or ""}";
        fetchMixDeps = _: lockstep.derivation "mix-deps";
        fetchRebar3Deps = _: lockstep.derivation "rebar3-deps";
      }
      // more
    ) [ ];

  # `usual`: where the set of the usual Erlang stands.
  beamAt = path: usual: {
    # Of a numbered one the top has the interpreter, from 2024 on by another name: `erlangR26` became `erlang_26`.
    packages = lockstep.sets (
      version:
      let
        numbered = builtins.match "erlang(_|R)([0-9]+)" version;
        interpreter = final.${version} or final."erlang_${builtins.elemAt numbered 1}";
      in
      if numbered == null then beamPackagesAt "${path}.packages.${version}" { } else builtins.seq interpreter (beamPackagesAt "${path}.packages.${version}" { })
    );
    interpreters = set "${path}.interpreters";
    packagesWith = erlang: beamPackagesAt usual { inherit erlang; };
    beamLib = { };
  };

  # Sets of Qt: the old ones have a `mkDerivation` that wraps programs, and all an `env` that joins modules.
  qtSet =
    path:
    packageSet path (this: {
      mkDerivation =
        recipe:
        standard.stdenv.mkDerivation (
          if isFunction recipe then self: wrapped path (recipe self) else wrapped path recipe
        );
      mkDerivationWith = make: args: make (wrapped path args);
      env = name: paths: lockstep.composite (lockstep.derivation name) ([ this.qtbase ] ++ paths);
    }) [ ];
  wrapped =
    path: args:
    args // { nativeBuildInputs = lockstep.asList (args.nativeBuildInputs or [ ]) ++ [ (package "${path}.wrapQtAppsHook") ]; };

  cross = prefix: wanted: again { inherit prefix; crossSystem = wanted; };
  # The same platform with musl for glibc: `armv7l-unknown-linux-musleabihf`.
  muslConfig = builtins.replaceStrings [ "gnuabielfv1" "gnuabielfv2" "gnu" ] [ "musl" "musl" "musl" ] platform.config;
  native = if crossSystem == null then final else again { prefix = ""; crossSystem = null; };
  # Compilers that run here and make programs for there.
  forTarget = builtins.listToAttrs (
    map
      (name: {
        inherit name;
        value = package "buildPackages.${name}";
      })
      [ "gcc" "gcc-unwrapped" "gcc9" "gcc10" "gcc11" "gcc12" "gcc13" "gcc14" "gcc15" "gccgo" "gfortran" "clang" "gdb" "binutils" "binutils-unwrapped" "bintools" "rustc" "nim" ]
  );
  toTarget = if crossSystem == null then final else native // forTarget;
in
{
  # Functions from names to packages, for the families that packages.ts knows by pattern.
  families = {
    python = attribute: python attribute [ ];
    pythonPackages = attribute: final.${attribute}.pkgs;
    packages = path: packageSet path (_: { }) [ ];
    haskellEnv =
      path:
      let
        version = builtins.match "haskell\\.packages\\.([^.]+)\\..*" path;
        ghc = if version == null then final.ghc else package "haskell.compiler.${builtins.head version}";
      in
      final.mkShell {
        name = "ghc-shell";
        inputsFrom = [ (package path) ];
        __brings = [ ghc ];
      };
    haskellPackages = path: interpreters.haskellPackagesOf path (package "${path}.ghc");
    stdenv =
      name:
      let
        numbered = builtins.match "(clang|gcc)([0-9]+)Stdenv" name;
        program = if builtins.match "(clang|llvm).*" name != null then "clang" else "gcc";
        compiler = if numbered == null then "${name}.cc" else builtins.concatStringsSep (if program == "clang" then "_" else "") numbered;
      in
      stdenvWith name (lockstep.compiler compiler program);
    llvmPackages =
      path:
      packageSet path (
        this:
        {
          stdenv = stdenvWith "${path}.stdenv" (package "${path}.clang");
          libcxxStdenv = stdenvWith "libcxxStdenv" (package "${path}.libcxxClang");
          override = _: this;
          tools = this;
          libraries = this;
        }
      ) [ ];
    # nvcc takes compilers up to one (NVIDIA's installation guides, "host compiler support policy"): nixpkgs takes its own,
    # or that one where its own is newer.
    cuda =
      path:
      let
        cuda =
          if path == "cudaPackages" then
            lockstep.versionOf "cudatoolkit"
          else
            builtins.replaceStrings [ "cudaPackages_" "_" ] [ "" "." ] path;
        gcc = lib.versions.major (lockstep.versionOf "gcc");
        newest = lib.findFirst (each: lib.versionAtLeast cuda each.cuda) null [
          { cuda = "13.0"; gcc = 15; }
          { cuda = "12.8"; gcc = 14; }
          { cuda = "12.4"; gcc = 13; }
          { cuda = "12.0"; gcc = 12; }
          { cuda = "11.4"; gcc = 11; }
          { cuda = "11.1"; gcc = 10; }
          { cuda = "11.0"; gcc = 9; }
        ];
        # `cudaPackages_12` may be any of 12; where no version is known, nothing is said against the usual compiler.
        isOlder =
          platform.isLinux
          && builtins.match "[0-9]+\\.[0-9].*" cuda != null
          && builtins.match "[0-9]+" gcc != null
          && newest != null
          && newest.gcc < lib.toInt gcc;
      in
      packageSet path (_: { backendStdenv = if isOlder then final."gcc${toString newest.gcc}Stdenv" else standard.stdenv; }) [ ];
    goModule = attribute: languages.buildGoVersionModule attribute;
    perl = attribute: interpreter attribute (if attribute == "perl" then final.perlPackages else final."${attribute}Packages");
    perlPackages =
      path:
      let
        build = languages.builder "perl" { } (_: args: { __brings = [ final.${lib.removeSuffix "Packages" path} ]; } // args);
      in
      packageSet path (_: {
        buildPerlPackage = build;
        buildPerlModule = build;
        toPerlModule = drv: drv;
        requiredPerlModules = drvs: drvs;
        hasPerlModule = _: true;
      }) [ ];
    ruby =
      attribute:
      let
        gems = set (builtins.replaceStrings [ "ruby" ] [ "rubyPackages" ] attribute);
      in
      interpreter attribute gems // { inherit gems; };
    lua =
      let
        luaWith =
          attribute: overlays:
          let
            parts = lockstep.versionParts attribute;
            self = interpreter attribute modules // {
              luaversion = if builtins.match "luajit.*" attribute != null then "5.1" else "${parts.major}.${parts.minor}";
              override =
                change:
                let
                  extra = (toFunction change { }).packageOverrides or null;
                in
                if extra == null then self else luaWith attribute (overlays ++ [ extra ]);
            };
            make = languages.builder "lua" { } (_: args: { __brings = [ self ]; } // args);
            modules = packageSet "${builtins.replaceStrings [ "_" ] [ "" ] attribute}Packages" (this: {
              lua = self;
              luaPackages = this;
              toLuaModule = drv: drv;
              requiredLuaModules = drvs: drvs;
              buildLuarocksPackage = make;
              buildLuaPackage = make;
              buildLuaApplication = make;
            }) overlays;
          in
          self;
      in
      attribute: luaWith attribute [ ];
    luaPackages = attribute: final.${attribute}.pkgs;
    php =
      attribute:
      let
        extensions = set "${attribute}Extensions";
        self = package attribute // more;
        # With other extensions it has all that it had.
        extended = choose: interpreters.chosen self extensions (_: lockstep.choose choose { enabled = [ ]; all = extensions; });
        more = {
          packages = set "${attribute}Packages";
          inherit extensions;
          withExtensions = extended;
          buildEnv = args: extended (args.extensions or [ ]);
          buildComposerProject = args: final.stdenv.make "php" (x: { __brings = [ self ]; } // x) args;
          buildComposerProject2 = args: final.stdenv.make "php" (x: { __brings = [ self ]; } // x) args;
          buildPecl = args: final.stdenv.make "php" (x: x // { name = "php-${x.pname}-${x.version}"; __brings = [ self ]; }) args;
          unwrapped = package attribute;
        };
      in
      self;
    postgresql = attribute: interpreter attribute (set "${builtins.replaceStrings [ "_" ] [ "" ] attribute}Packages");
    emacs =
      attribute:
      package attribute
      // {
        pkgs = interpreters.emacsPackagesFor (package attribute);
        withPackages = (interpreters.emacsPackagesFor (package attribute)).withPackages;
      };
    node =
      attribute:
      package attribute
      // {
        pkgs = set "nodePackages";
        python = final.python3;
      };
    jdk =
      attribute:
      let
        self = package attribute // {
          home = "${self}/lib/openjdk";
        };
      in
      self;
    texlive = attribute: interpreter attribute (set "texlivePackages");
    pnpm =
      attribute:
      package attribute
      // {
        fetchDeps = _: lockstep.derivation "pnpm-deps";
        configHook = package "${attribute}.configHook";
      };
    interpreter = attribute: interpreter attribute (set "${attribute}Packages");
    julia = interpreters.juliaWith;
    lisp = interpreters.lispWith;
    terraform = attribute: interpreter attribute (set "terraform-providers");
    plugins = attribute: interpreter attribute (set "${attribute}Plugins");
    beam = path: beamPackagesAt path { };
    ocaml = provers.ocamlPackagesAt;
    coq = provers.coqPackagesAt;
    qt = qtSet;
    # A builder of which only the name is known: what it makes has the name it is given, and brings what nobody can know.
    builder =
      path:
      final.stdenv.make "derivation" (
        args: { __brings = [ (lockstep.opaque "what the builder ${path} adds to it only nixpkgs knows") ]; } // args
      );
  };

  inherit lib config overlays;
  inherit (lib) lowPrio hiPrio appendToName;
  inherit (platform) system;
  pkgs = final;
  targetPackages = final;
  buildPackages = toTarget;
  pkgsBuildBuild = native;
  pkgsBuildHost = toTarget;
  pkgsBuildTarget = toTarget;
  pkgsHostHost = final;
  pkgsHostTarget = final;
  pkgsTargetTarget = final;
  __splicedPackages = final;
  hostPlatform = platform;
  inherit buildPlatform;
  targetPlatform = platform;
  path = lockstep.path;
  extend = overlay: again { overlays = overlays ++ [ overlay ]; };
  appendOverlays = more: again { overlays = overlays ++ more; };
  appendPackages = more: again { overlays = overlays ++ more; };
  pkgsStatic = cross "pkgsStatic." { isStatic = true; config = if platform.isLinux then muslConfig else platform.config; };
  pkgsMusl =
    if platform.isLinux && platform.is64bit then
      cross "pkgsMusl." { config = muslConfig; }
    else
      throw "Musl libc only supports 64-bit Linux systems.";
  pkgsLLVM = final;
  pkgsi686Linux = again { prefix = "pkgsi686Linux."; system = "i686-linux"; };
  pkgsx86_64Darwin = again { prefix = "pkgsx86_64Darwin."; system = "x86_64-darwin"; };
  pkgsRocm = final;
  pkgsCuda = final;
  pkgsCross = lockstep.sets (name: cross "pkgsCross.${name}." (lib.systems.examples.${name} or { config = name; }));

  inherit (standard) stdenv stdenvNoCC;
  gccStdenv = stdenvWith "gccStdenv" (lockstep.compiler "gcc" "gcc");
  clangStdenv = stdenvWith "clangStdenv" (lockstep.compiler "clang" "clang");
  libcxxStdenv = stdenvWith "libcxxStdenv" (lockstep.compiler "libcxxStdenv.cc" "clang");
  gccMultiStdenv = stdenvWith "gccMultiStdenv" (package "gcc_multi");
  multiStdenv = stdenvWith "multiStdenv" (package "gcc_multi");
  clangMultiStdenv = stdenvWith "clangMultiStdenv" (package "clang_multi");
  fastStdenv = stdenvWith "fastStdenv" final.gcc;
  ccacheStdenv = standard.stdenv;
  distccStdenv = standard.stdenv;
  crossLibcStdenv = standard.stdenv;
  emscriptenStdenv = final.stdenv // { mkDerivation = final.buildEmscriptenPackage; };
  overrideCC = _: cc: stdenvWith "stdenv" cc;
  stdenvAdapters = {
    overrideCC = _: cc: stdenvWith "stdenv" cc;
    useMoldLinker = stdenv: stdenv;
    useGoldLinker = stdenv: stdenv;
    useWildLinker = stdenv: stdenv;
    keepDebugInfo = stdenv: stdenv;
    impureUseNativeOptimizations = stdenv: stdenv;
    makeStaticBinaries = stdenv: stdenv;
    makeStaticLibraries = stdenv: stdenv;
    propagateBuildInputs = stdenv: stdenv;
    withDefaultHardeningFlags = _: stdenv: stdenv;
    addAttrsToDerivation = _: stdenv: stdenv;
    withCFlags = _: stdenv: stdenv;
  };
  useMoldLinker = stdenv: stdenv;
  keepDebugInfo = stdenv: stdenv;
  impureUseNativeOptimizations = stdenv: stdenv;
  makeStaticBinaries = stdenv: stdenv;
  makeStaticLibraries = stdenv: stdenv;

  inherit (shells) mkShell mkShellNoCC;
  inherit (provers) mkCoqPackages mkRocqPackages;
  # Of packages for building and those for running: here they are the same.
  splicePackages = sets: sets.pkgsHostTarget or final;
  generateSplicesForMkScope = _: { };

  # Interpreters that are not found by a pattern.
  inherit (interpreters)
    haskell
    ghc
    ghcWithPackages
    texlive
    dotnetCorePackages
    emacsPackagesFor
    wrapHelm
    ;
  pythonManylinuxPackages = builtins.mapAttrs (_: map (attribute: final.${attribute})) (
    let
      old = [ "glib" "libGL" "ncurses5" "zlib" "expat" ];
    in
    {
      manylinux1 = old;
      manylinux2010 = old;
      manylinux2014 = old;
    }
  )
  # Each also as one folder, which is called so.
  // lib.genAttrs [ "manylinux1Package" "manylinux2010Package" "manylinux2014Package" ] (
    name: package "pythonManylinuxPackages.${name}"
  );
  pythonPackagesExtensions = [ ];
  pythonInterpreters = lockstep.sets (name: python name [ ]);
  haskellPackages = interpreters.haskellPackagesOf "haskellPackages" final.ghc;
  emacsPackages = interpreters.emacsPackagesFor final.emacs;
  emacsWithPackages = (interpreters.emacsPackagesFor final.emacs).withPackages;
  rWrapper = overridableWith "rWrapper" "packages";
  radianWrapper = overridableWith "radianWrapper" "packages";
  rstudioWrapper = overridableWith "rstudioWrapper" "packages";
  vscode-with-extensions = overridableWith "vscode-with-extensions" "vscodeExtensions";
  aspellWithDicts = choose: lockstep.composite (package "aspell") ([ (package "aspell") ] ++ lockstep.choose choose (set "aspellDicts"));
  hunspellWithDicts = dicts: lockstep.composite (package "hunspell") ([ (package "hunspell") ] ++ lockstep.choose dicts (set "hunspellDicts"));
  hunspell = package "hunspell" // {
    withDicts = final.hunspellWithDicts;
  };
  # A folder of the chosen parsers, without the program itself.
  tree-sitter = package "tree-sitter" // {
    builtGrammars = set "tree-sitter-grammars";
    withPlugins = choose: lockstep.composite (package "tree-sitter") (lockstep.choose choose (set "tree-sitter-grammars"));
  };
  wrapNeovim = neovim: args: neovim;
  wrapNeovimUnstable = neovim: args: neovim;
  wrapFirefox = firefox: args: firefox;
  wrapOBS = {
    __functor = _: args: lockstep.composite (package "obs-studio") ([ (package "obs-studio") ] ++ (args.plugins or [ ]));
  };
  wrapRustcWith = args: args.rustc-unwrapped or final.rustc;
  wrapCC = cc: cc;
  wrapCCWith = args: args.cc or final.gcc;
  wrapBintools = bintools: bintools;
  wrapBintoolsWith = args: args.bintools or final.bintools;
  wrapClangMulti = clang: clang;
  wrapNonDeterministicGcc = _: cc: cc;
  vim-full = interpreters.interpreter "vim-full" (set "vimPlugins") // {
    customize = args: lockstep.composite (package "vim-full") [ (package "vim-full") ];
  };
  vim_configurable = interpreters.interpreter "vim_configurable" (set "vimPlugins") // {
    customize = args: lockstep.composite (package "vim_configurable") [ (package "vim_configurable") ];
  };
  mkNugetSource = args: lockstep.derivation (args.name or "nuget-source");
  mkNugetDeps = args: lockstep.derivation (args.name or "nuget-deps");
  vscode-utils =
    let
      extension =
        args:
        let
          ref = args.mktplcRef or { };
        in
        builders.derivation "derivation" (
          args
          // {
            pname = "vscode-extension-${
              args.pname or (if ref ? publisher then "${ref.publisher}-${ref.name}" else args.vscodeExtUniqueId or args.name or "unnamed")
            }";
            version = args.version or ref.version or "";
          }
        );
      fromMarketplace = ref: extension { mktplcRef = ref; };
    in
    lockstep.functions "vscode-utils" (_: extension)
    // {
      buildVscodeExtension = extension;
      buildVscodeMarketplaceExtension = extension;
      extensionFromVscodeMarketplace = fromMarketplace;
      extensionsFromVscodeMarketplace = map fromMarketplace;
    };
  # An image holds what its root is made of, and the packages whose programs it starts.
  dockerTools =
    let
      all = value: if lockstep.isOpaque value || value != null then lib.toList value else [ ];
      starts = config: builtins.filter (text: !(lockstep.isOpaque text) && builtins.hasContext text) (all (config.Entrypoint or null) ++ all (config.Cmd or null));
      # Files that lie beside the flake are no packages.
      packages = value: builtins.filter (each: lockstep.isOpaque each || !(builtins.isPath each)) (all value);
      held = args: packages (args.contents or null) ++ packages (args.copyToRoot or null) ++ (if lockstep.isOpaque (args.config or { }) then [ ] else starts (args.config or { }));
      image =
        args:
        builders.derivation "image" (
          if builtins.isAttrs args then
            builtins.intersectAttrs { version = 1; meta = 1; passthru = 1; } args
            // { name = args.name or args.imageName or "image"; paths = held args; }
          else
            { name = "image"; }
        );
    in
    lockstep.functions "dockerTools" (_: image)
    // lib.genAttrs [ "binSh" "caCertificates" "fakeNss" "usrBinEnv" ] (name: package "dockerTools.${name}");
  ociTools = lockstep.functions "ociTools" (_: args: builders.derivation "image" { name = "oci-runtime-spec"; });
  appimageTools = lockstep.functions "appimageTools" (_: args: builders.derivation "derivation" args) // {
    # Libraries that AppImages expect: a long list, another one in every release.
    defaultFhsEnvArgs =
      let
        usual = _: [ (lockstep.opaque "only nixpkgs knows the libraries of appimageTools.defaultFhsEnvArgs") ];
      in
      {
        name = "appimage-env";
        targetPkgs = usual;
        multiPkgs = usual;
      };
  };
  checkpointBuildTools = lockstep.functions "checkpointBuildTools" (_: args: args);
  nix-update-script = _: [ ];
  dhallToNix = _: lockstep.opaque "what Dhall code gives is known only when it is built";
  dhallDirectoryToNix = _: lockstep.opaque "what Dhall code gives is known only when it is built";
  pathsFromGraph = package "pathsFromGraph";
  runtimeShellPackage = final.bash;
  runtimeShell = "${final.bash}/bin/bash";
  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };
  nixosTest = args: lockstep.derivation (args.name or "nixos-test");
  testers = lockstep.functions "testers" (_: args: builders.derivation "test" { name = args.name or "test"; });
  nixos = _: lockstep.opaque "a NixOS configuration is not read here";
  nixosOptionsDoc = _: lockstep.opaque "option documentation is not built here";
  formats = lockstep.functions "formats" (
    _: _: {
      type = lib.types.attrs;
      generate = name: _: lockstep.derivation name;
      lib = { };
    }
  );
  androidenv = lockstep.set "androidenv" // {
    composeAndroidPackages = _: {
      androidsdk = package "androidenv.androidsdk";
      platform-tools = package "androidenv.platform-tools";
      tools = package "androidenv.tools";
      ndk-bundle = package "androidenv.ndk-bundle";
      cmdline-tools = package "androidenv.cmdline-tools";
      emulator = package "androidenv.emulator";
      ndk-bundles = [ ];
      platforms = [ ];
      build-tools = [ ];
      cmake = [ ];
      system-images = [ ];
    };
    androidPkgs = final.androidenv.composeAndroidPackages { };
    androidPkgs_9_0 = final.androidenv.composeAndroidPackages { };
    emulateApp = args: lockstep.derivation (args.name or "emulate-app");
    buildApp = args: lockstep.derivation (args.name or "android-app");
  };
  xcodeenv = lockstep.set "xcodeenv" // {
    composeXcodeWrapper = _: package "xcodeenv.xcodeWrapper";
  };
  # The old SDKs were names for nothing before they went, which reached all branches by September 2025.
  darwin = set "darwin" // builtins.mapAttrs (
    name: sdk:
    if lockstep.date >= 1756684800 then
      throw "the old SDK darwin.${name} has been removed, it was empty in the end: the default SDK has all frameworks"
    else
      sdk
  ) {
    apple_sdk = {
      frameworks = set "darwin.apple_sdk.frameworks";
      libs = set "darwin.apple_sdk.libs";
      stdenv = standard.stdenv;
      sdk = package "darwin.apple_sdk.sdk";
      MacOSX-SDK = package "darwin.apple_sdk.MacOSX-SDK";
      callPackage = final.callPackage;
      objc4 = package "darwin.apple_sdk.objc4";
    };
    apple_sdk_10_12 = {
      frameworks = set "darwin.apple_sdk.frameworks";
    };
    apple_sdk_11_0 = {
      frameworks = set "darwin.apple_sdk_11_0.frameworks";
      libs = set "darwin.apple_sdk_11_0.libs";
      stdenv = standard.stdenv;
      callPackage = final.callPackage;
      MacOSX-SDK = package "darwin.apple_sdk_11_0.MacOSX-SDK";
    };
    apple_sdk_12_3 = {
      frameworks = set "darwin.apple_sdk_12_3.frameworks";
    };
  } // {
    linux-builder = package "darwin.linux-builder";
    xcode = package "darwin.xcode";
  };
  beam = beamAt "beam" "beamPackages";
  # Without graphics, and without what needs systemd.
  beam_nox = beamAt "beam_nox" "beam_nox.packages.erlang";
  beam_minimal = beamAt "beam_minimal" "beam_minimal.packages.erlang";
  # Members of these are sets again.
  ocaml-ng = lockstep.sets (
    version:
    let
      absence = lockstep.ocamlAbsence version;
    in
    if absence == null then provers.ocamlPackagesAt "ocaml-ng.${version}" else throw absence
  );
  agdaPackages = packageSet "agdaPackages" (this: { agda = interpreters.agdaWith this; }) [ ];
  agda = interpreters.agdaWith (set "agdaPackages");
  pass = interpreter "pass" (set "passExtensions");
  pass-wayland = interpreter "pass-wayland" (set "passExtensions");
  octaveFull = interpreter "octaveFull" (set "octavePackages");
  idris2 = interpreter "idris2" (set "idris2Packages");
  terraform-providers = set "terraform-providers";
  google-cloud-sdk = interpreter "google-cloud-sdk" (set "google-cloud-sdk.components");
  azure-cli = interpreter "azure-cli" (set "azure-cli-extensions");
  azure-cli-extensions = set "azure-cli-extensions";
  neovim = package "neovim";
  ansible = package "ansible";
  linuxKernel = {
    packages = lockstep.sets (name: set "linuxKernel.packages.${name}");
    kernels = set "linuxKernel.kernels";
  };
  vscode-extensions = lockstep.sets (publisher: set "vscode-extensions.${publisher}");
  vscode-marketplace = lockstep.sets (publisher: set "vscode-marketplace.${publisher}");
  rPackages = packageSet "rPackages" (_: {
    buildRPackage = args: final.stdenv.make "r" (x: { __brings = [ final.R ]; } // x) args;
  }) [ ];
  unixtools = set "unixtools";
  jetbrains = set "jetbrains" // { plugins = set "jetbrains.plugins" // { addPlugins = ide: _: ide; }; };
  # It moved out of nixpkgs in October 2023; the last branch that had it was kept up until the end of that year.
  poetry2nix =
    if lockstep.date >= 1704067200 then
      throw "poetry2nix is now maintained out of nixpkgs: use github:nix-community/poetry2nix"
    else
      call <lockstep/nixpkgs/poetry.nix> { inherit lib; };
  nixosTests = set "nixosTests";
  gnome = set "gnome";
  # Functions for `callPackage`; what they give stands at the top as well.
  gradle-packages = set "gradle-packages" // lib.genAttrs [ "gradle_6" "gradle_7" "gradle_8" "gradle_9" ] (name: _: final.${name});
  stdenv_32bit = standard.stdenv;
}
// builtins.removeAttrs languages [ "builder" "buildGoVersionModule" ]
// builtins.removeAttrs builders [ "collection" "derivation" "fixScope" ]
