# Interpreters and compilers that carry a package set of their own. A `withPackages` is several packages at once: the
# interpreter and what was chosen from its set.
{ lockstep, final, toFunction, builders, languages, cabal }:
let
  inherit (builders) callPackageWith;

  fixed =
    base: overlays:
    let
      self = builtins.foldl' (previous: overlay: lockstep.applyOverlay self previous overlay) (base self) overlays;
    in
    self;

  # Interpreter with its chosen packages; `choose` is a list too in some sets. Its `env` is a shell that has it.
  chosen =
    interpreter: set: choose:
    let
      whole = lockstep.composite interpreter ([ interpreter ] ++ lockstep.choose choose (lockstep.open set)) // {
        env = final.stdenv.make "shell" (args: args) {
          name = "interactive-${interpreter.name}-environment";
          nativeBuildInputs = [ whole ];
        };
      };
    in
    whole;

  # The same as a function that can be given other arguments, of which none plays a part here.
  choosing =
    interpreter: set:
    let
      self = {
        __functor = _: chosen interpreter set;
        override = _: self;
      };
    in
    self;

  # ── Python ──
  python =
    attribute: overlays:
    let
      self = lockstep.package attribute // {
        pkgs = packages;
        withPackages = chosen self packages;
        buildEnv = {
          __functor = _: chosen self packages [ ];
          override = change: chosen self packages ((toFunction change { }).extraLibs or [ ]);
        };
        override =
          change:
          let
            given = toFunction change { };
            extra = given.packageOverrides or null;
          in
          if extra == null then self else python attribute (overlays ++ [ extra ]);
        inherit (lockstep.pythonFacts attribute)
          pythonVersion
          sitePackages
          libPrefix
          executable
          ;
        interpreter = "${self}/bin/${self.executable}";
        pythonOlder = version: builtins.compareVersions self.pythonVersion version < 0;
        pythonAtLeast = version: builtins.compareVersions self.pythonVersion version >= 0;
        isPy2 = false;
        isPy27 = false;
        isPy3 = true;
        isPy3k = true;
        isPyPy = false;
        implementation = "cpython";
        sourceVersion = lockstep.versionParts attribute;
        pythonOnBuildForHost = self;
        pythonForBuild = self;
        pythonPackages = packages;
      };
      set = lockstep.pythonSet attribute;
      build =
        kind:
        languages.builder kind { } (
          _: args:
          args
          // {
            buildInputs = args.buildInputs or [ ];
            nativeBuildInputs = lockstep.asList (args.nativeBuildInputs or [ ]) ++ lockstep.asList (args.build-system or [ ]);
            propagatedBuildInputs =
              lockstep.asList (args.propagatedBuildInputs or [ ]) ++ lockstep.asList (args.dependencies or [ ]);
            doInstallCheck = args.doCheck or true;
            doCheck = false;
            nativeInstallCheckInputs = lockstep.asList (args.nativeCheckInputs or [ ]);
            installCheckInputs = lockstep.asList (args.checkInputs or [ ]);
            __brings = [ self ];
          }
        );
      base =
        this:
        lockstep.set set
        // {
          python = self;
          pythonInterpreter = self;
          buildPythonPackage = build "python";
          buildPythonApplication = build "python";
          buildSetupcfg = build "python";
          mkPythonMetaPackage = build "python";
          callPackage = callPackageWith (lockstep.layer final this);
          newScope = extra: callPackageWith (lockstep.layer (lockstep.layer final this) extra);
          overrideScope = change: (python attribute (overlays ++ [ change ])).pkgs;
          overrideScope' = change: (python attribute (overlays ++ [ change ])).pkgs;
          override = change: (self.override { packageOverrides = (toFunction change { }).overrides or (_: _: { }); }).pkgs;
          extend = change: (python attribute (overlays ++ [ change ])).pkgs;
          toPythonModule = drv: drv;
          toPythonApplication = drv: drv;
          disabledIf = _: drv: drv;
          requiredPythonModules = modules: modules;
          makePythonPath = modules: lockstep.searchPath self.sitePackages modules;
          hasPythonModule = _: true;
          inherit (self)
            pythonOlder
            pythonAtLeast
            isPy2
            isPy27
            isPy3
            isPy3k
            isPyPy
            ;
          inherit (final) fetchPypi;
          wrapPython = lockstep.package "${set}.wrapPython";
        };
      packages = fixed base ((lockstep.or [ ] final.pythonPackagesExtensions) ++ overlays);
    in
    self;

  # ── Sets with a few functions besides their packages ──
  packageSet =
    path: functions: overlays:
    let
      base =
        this:
        lockstep.set path
        // {
          callPackage = callPackageWith (lockstep.layer final this);
          newScope = extra: callPackageWith (lockstep.layer (lockstep.layer final this) extra);
          overrideScope = change: packageSet path functions (overlays ++ [ change ]);
          overrideScope' = change: packageSet path functions (overlays ++ [ change ]);
          extend = change: packageSet path functions (overlays ++ [ change ]);
          override =
            change: packageSet path functions (overlays ++ [ ((toFunction change { }).overrides or (_: _: { })) ]);
        }
        // functions this;
    in
    fixed base overlays;

  # ── Haskell ──
  # The libraries that GHC itself comes with: `null` in its set, so that nothing is built for them.
  ghcLibraries =
    path: compiler:
    let
      digits = builtins.match "haskell\\.packages\\.ghc([0-9]+).*" path;
      isOld = (if digits == null then builtins.substring 0 1 (lockstep.or "9" compiler.version) else builtins.substring 0 1 (builtins.head digits)) == "8";
    in
    each ([ "Cabal" "array" "base" "binary" "bytestring" "containers" "deepseq" "directory" "filepath" "ghc-boot" "ghc-boot-th" "ghc-heap" "ghc-prim" "ghci" "haskeline" "hpc" "integer-gmp" "mtl" "parsec" "pretty" "process" "rts" "stm" "template-haskell" "text" "time" "transformers" "unix" ] ++ (if isOld then [ ] else [ "Cabal-syntax" "exceptions" "ghc-bignum" ])) null;

  # The arguments with which cabal2nix lists what a package needs. The builder does not pass them on.
  cabalParts = [ "library" "executable" "foreignLibrary" "setup" "test" "benchmark" ];
  cabalLists =
    builtins.concatMap (part: map (kind: "${part}${kind}Depends") [ "Haskell" "Tool" "System" "Pkgconfig" ]) cabalParts
    ++ [ "buildDepends" "testDepends" "buildTools" "extraLibraries" "pkg-configDepends" ];

  # What a call of `mkDerivation`, as cabal2nix writes it, asks for; benchmarks are left out unless asked for.
  cabalNeeds =
    args:
    let
      checked = { test = args.doCheck or true; benchmark = args.doBenchmark or false; };
      parts = builtins.partition (part: checked ? ${part}) (builtins.filter (part: checked.${part} or true) cabalParts);
      listed = names: builtins.concatMap (name: lockstep.asList (args.${name} or [ ])) names;
      of = parts: kind: listed (map (part: "${part}${kind}Depends") parts);
      ofParts = of (parts.wrong ++ parts.right);
      pkgconfig = ofParts "Pkgconfig" ++ listed [ "pkg-configDepends" ];
    in
    {
      haskell = of parts.wrong "Haskell" ++ listed [ "buildDepends" ];
      checks = of parts.right "Haskell" ++ listed [ "testDepends" ];
      tools = ofParts "Tool" ++ listed [ "buildTools" ] ++ (if pkgconfig == [ ] then [ ] else [ final.pkg-config ]);
      system = ofParts "System" ++ listed [ "extraLibraries" ] ++ pkgconfig;
    };

  haskell =
    path: compiler: overlays:
    let
      ghc = compiler // {
        withPackages = choose: chosen compiler (haskell path compiler overlays) choose;
        withHoogle = choose: chosen compiler (haskell path compiler overlays) (hoogled choose);
      };
      derivation =
        name: args:
        let
          needs = cabalNeeds args;
          isLibrary = args.isLibrary or (!(args.isExecutable or false));
          # The lists that the builder always makes. Only of a library the libraries reach who uses it.
          lists = {
            buildInputs = needs.checks ++ needs.system ++ (if isLibrary then [ ] else needs.haskell);
            nativeBuildInputs = needs.tools;
            propagatedBuildInputs = if isLibrary then needs.haskell else [ ];
            configureFlags = [ ];
          };
          self =
            final.stdenv.make "haskell" (x: x) (lists // builtins.removeAttrs args cabalLists // { inherit name; __brings = [ ghc ]; })
            // {
              pname = name;
              __cabal = {
                inherit name needs;
                change = change: derivation name (args // change args);
              };
              env = shellFor { } { packages = _: [ self ]; };
              envFunc = _: shellFor { } { packages = _: [ self ]; };
              getBuildInputs = { };
              getCabalDeps = { };
            };
        in
        self;
      # A package whose Nix code is written at evaluation, by a program: what it needs is in its Cabal file only.
      generated =
        name: source:
        let
          needs = [
            (lockstep.unresolved "packages that ${name} needs" "Cabal2nix reads what ${name} is built with from its Cabal file${
              cabal.summary name source (builtins.attrNames (ghcLibraries path compiler))
            }.")
          ];
        in
        derivation name {
          buildDepends = needs;
          buildInputs = needs;
        };
      # What the chosen packages need, except each other. What a package of another make needs, `inputsFrom` tells.
      shellFor =
        set: args:
        let
          chosenOnes = builtins.partition (drv: !(lockstep.isOpaque drv) && drv ? __cabal) (
            lockstep.choose (args.packages or [ ]) (lockstep.open set)
          );
          cabals = map (drv: drv.__cabal) chosenOnes.right;
          own = map (cabal: cabal.name) cabals;
          isOwn = drv: !(lockstep.isOpaque drv) && drv ? __cabal && builtins.elem drv.__cabal.name own;
          # What the shell is to have besides, as lists of the same names.
          more = cabalNeeds (toFunction (args.extraDependencies or { }) (lockstep.open set));
          needed = kind: builtins.concatMap (cabal: cabal.needs.${kind}) cabals ++ more.${kind};
          foreign = builtins.filter (drv: !(isOwn drv)) (needed "haskell" ++ needed "checks");
        in
        final.mkShell (
          builtins.removeAttrs args [
            "packages"
            "withHoogle"
            "extraDependencies"
            "genericBuilderArgsModifier"
            "doBenchmark"
            "hoogleServer"
          ]
          // {
            name = args.name or (if builtins.length own == 1 then "ghc-shell-for-${builtins.head own}" else "ghc-shell-for-packages");
            inputsFrom = lockstep.asList (args.inputsFrom or [ ]) ++ chosenOnes.wrong;
            buildInputs = lockstep.asList (args.buildInputs or [ ]) ++ foreign ++ needed "system";
            nativeBuildInputs = lockstep.asList (args.nativeBuildInputs or [ ]) ++ needed "tools";
            __brings = [ ghc ] ++ (if args.withHoogle or false then [ hoogle ] else [ ]);
          }
        );
      # The search of documentation that stands beside the chosen packages.
      hoogle = lockstep.package "${path}.hoogle";
      hoogled = choose: set: lockstep.choose choose set ++ [ hoogle ];
    in
    packageSet path (
      this:
      ghcLibraries path compiler
      // {
        inherit ghc;
        shellFor = shellFor this;
        ghcWithPackages = choosing ghc this;
        ghcWithHoogle = choosing ghc this // { __functor = _: choose: choosing ghc this (hoogled choose); };
        ghcHEAD = lockstep.package "${path}.ghcHEAD";
        mkDerivation = args: derivation (args.pname or "unnamed") args;
        callCabal2nix = name: source: _: generated name source;
        callCabal2nixWithOptions = name: source: _: _: generated name source;
        callHackage = name: version: _: derivation name { pname = name; inherit version; };
        callHackageDirect = args: _: derivation args.pkg { pname = args.pkg; version = args.ver; };
        developPackage =
          args:
          let
            drv = generated (args.name or (lockstep.baseName args.root)) (args.root or null);
          in
          (if args.returnShellEnv or false then drv: drv.env else keep) ((args.modifier or keep) drv);
        inherit packageSourceOverrides;
        haskellSrc2nix = _: lockstep.derivation "cabal2nix";
        generateOptparseApplicativeCompletions = _: drv: drv;
        buildFromCabalSdist = drv: drv;
        buildFromSdist = drv: drv;
        cabalSdist = args: lockstep.derivation "sdist";
      }
    ) overlays;

  # Names with a folder, or a version of Hackage, as an overlay of a Haskell set.
  packageSourceOverrides =
    sources: final: _:
    builtins.mapAttrs (
      name: source:
      if builtins.isString source && builtins.match "[0-9.]+" source != null then
        final.callHackage name source { }
      else
        final.callCabal2nix name source { }
    ) sources;

  # What overlays put into every Haskell set.
  ownHaskell = lockstep.or (_: _: { }) (final.haskell.packageOverrides or null);

  keep = drv: drv;
  # Of a package of nixpkgs it is not known what it is built with: it stays as it is.
  changed =
    change: drv:
    if !(lockstep.isOpaque drv) && builtins.isAttrs drv && drv ? __cabal then drv.__cabal.change change else drv;
  # Functions that add to a list of what a package is built with, one or several.
  adding = {
    addBuildTool = "buildTools";
    addBuildTools = "buildTools";
    addBuildDepend = "buildDepends";
    addBuildDepends = "buildDepends";
    addExtraLibrary = "extraLibraries";
    addExtraLibraries = "extraLibraries";
    addTestToolDepends = "testToolDepends";
    addSetupDepend = "setupHaskellDepends";
    addSetupDepends = "setupHaskellDepends";
    addPkgconfigDepend = "pkg-configDepends";
    addPkgconfigDepends = "pkg-configDepends";
  };
  switching = {
    doCheck.doCheck = true;
    dontCheck.doCheck = false;
    doBenchmark.doBenchmark = true;
    dontBenchmark.doBenchmark = false;
  };
  haskellChanges =
    builtins.mapAttrs (
      _: list: more:
      changed (args: { ${list} = lockstep.asList (args.${list} or [ ]) ++ lockstep.asList more; })
    ) adding
    // {
      overrideCabal = change: changed (toFunction change);
    };
  haskellOne = [ "doJailbreak" "dontJailbreak" "dontCheck" "doCheck" "doBenchmark" "dontBenchmark" "doHaddock" "dontHaddock" "doStrip" "dontStrip" "justStaticExecutables" "enableStaticLibraries" "disableStaticLibraries" "enableSharedExecutables" "disableSharedExecutables" "doDistribute" "dontDistribute" "unmarkBroken" "markBroken" "enableLibraryProfiling" "disableLibraryProfiling" "enableExecutableProfiling" "disableExecutableProfiling" "linkWithGold" "failOnAllWarnings" "buildStrictly" "doCoverage" "dontCoverage" "doHyperlinkSource" "dontHyperlinkSource" "sdistTarball" "buildFromSdist" "enableDWARFDebugging" "shellAware" "allowInconsistentDependencies" "buildFromCabalSdist" "disableOptimization" "documentationTarball" "enableSeparateBinOutput" "enableSeparateDataOutput" "enableSeparateDocOutput" "enableSeparateIntermediatesOutput" ];
  haskellTwo = [ "overrideCabal" "overrideSrc" "addBuildTool" "addBuildTools" "addBuildDepend" "addBuildDepends" "addExtraLibrary" "addExtraLibraries" "addTestToolDepends" "addSetupDepends" "addPkgconfigDepend" "addPkgconfigDepends" "appendPatch" "appendPatches" "appendConfigureFlag" "appendConfigureFlags" "appendBuildFlag" "appendBuildFlags" "enableCabalFlag" "disableCabalFlag" "removeConfigureFlag" "disableHardening" "triggerRebuild" "setBuildTarget" "setBuildTargets" "overrideCabal'" "controlPhases" "unmark" ];
  each = names: value: builtins.listToAttrs (map (name: { inherit name value; }) names);
  # `order`: how a function of a change and a package takes them.
  haskellLib =
    order:
    lockstep.set "haskell.lib"
    // each haskellOne keep
    // each haskellTwo (order (_: keep))
    // builtins.mapAttrs (_: args: changed (_: args)) switching
    // builtins.mapAttrs (_: order) haskellChanges
    // {
      inherit packageSourceOverrides;
      packagesFromDirectory = _: _: _: { };
      # These take the package last, either way.
      checkUnusedPackages = _: keep;
      generateOptparseApplicationCompletion = _: keep;
      generateOptparseApplicationCompletions = _: keep;
    };

  # A compiler, unless this nixpkgs cannot have it.
  ifThere =
    version: value:
    let
      absence = lockstep.ghcAbsence version;
    in
    if absence == null then value else throw absence;

  # ── Interpreters with a plain set ──
  interpreter =
    attribute: set:
    let
      self = lockstep.package attribute // {
        pkgs = set;
        packages = set;
        withPackages = chosen self set;
        withPlugins = chosen self set;
        extensions = set;
        withExtensions = chosen self set;
        withExtraComponents = components: chosen self set components;
        components = set;
        buildMix = languages.builder "beam" { } (_: args: args);
      };
    in
    self;

  # Chosen as a list, by a function, or as `pkgs` among other arguments.
  agdaWith =
    set:
    let
      self = interpreter "agda" set // {
        withPackages = given: chosen self set (if builtins.isAttrs given && !(given ? __functor) then given.pkgs or [ ] else given);
      };
    in
    self;

  # Julia's packages come from its own registry, by name.
  juliaWith =
    attribute:
    let
      self = interpreter attribute (lockstep.set "${attribute}Packages") // {
        withPackages = names: lockstep.composite self ([ self ] ++ map (name: lockstep.unresolved name reason) (lockstep.asList names));
      };
      reason = "It is a package of Julia's registry, whose versions follow from the copy that this nixpkgs has of it.";
    in
    self;

  # Implementations of Common Lisp have the packages of Quicklisp.
  lispWith =
    attribute:
    let
      set = lockstep.set (if attribute == "sbcl" then "sbclPackages" else "${attribute}.pkgs");
    in
    interpreter attribute set // { withOverrides = _: lispWith attribute; };
in
{
  inherit
    python
    packageSet
    fixed
    chosen
    interpreter
    agdaWith
    juliaWith
    lispWith
    ;

  haskellPackagesOf = path: ghc: haskell path ghc [ ownHaskell ];
  haskell = {
    lib = haskellLib (f: drv: change: f change drv) // {
      compose = haskellLib keep;
    };
    compiler = lockstep.sets (version: ifThere version (lockstep.set "haskell.compiler").${version});
    packages = lockstep.sets (
      version: ifThere version (haskell "haskell.packages.${version}" (lockstep.package "haskell.compiler.${version}") [ ownHaskell ])
    );
    packageOverrides = _: _: { };
  };
  ghc = lockstep.package "ghc" // {
    withPackages = chosen (lockstep.package "ghc") final.haskellPackages;
  };
  ghcWithPackages = choosing (lockstep.package "ghc") final.haskellPackages;

  texlive = lockstep.set "texlive" // {
    # What is no package of TeX Live itself may be a set of packages.
    combine =
      sets:
      lockstep.composite (lockstep.package "texlive.combined") (
        map (item: if lockstep.isOpaque item || !(builtins.isAttrs item) || item ? type then item else item.pkgs or item) (
          builtins.attrValues (builtins.removeAttrs sets [ "pkgFilter" ])
        )
      );
    withPackages = choose: lockstep.composite (lockstep.package "texlive.combined") (lockstep.choose choose (lockstep.set "texlivePackages"));
    combined = lockstep.set "texlive.combined";
    schemes = lockstep.set "texlive.schemes";
    pkgs = lockstep.set "texlivePackages";
  };

  dotnetCorePackages = lockstep.set "dotnetCorePackages" // builtins.mapAttrs (name: _: lockstep.set "dotnetCorePackages.${name}") {
    # Each major version is a set of its SDK and runtimes.
    dotnet_6 = { };
    dotnet_7 = { };
    dotnet_8 = { };
    dotnet_9 = { };
    dotnet_10 = { };
    dotnet_11 = { };
  } // {
    combinePackages = packages: lockstep.composite (lockstep.package "dotnetCorePackages.combined") packages;
    mkNugetSource = args: lockstep.derivation (args.name or "nuget-source");
    mkNugetDeps = args: lockstep.derivation (args.name or "nuget-deps");
  };

  # Wrappers that take their packages through `override`.
  overridableWith =
    attribute: key:
    let
      self = lockstep.package attribute // {
        override = change: lockstep.composite self ([ self ] ++ lockstep.asList ((toFunction change { }).${key} or [ ]));
      };
    in
    self;

  emacsPackagesFor =
    emacs:
    let
      build = final.stdenv.make "emacs" (
        args:
        {
          __brings = [ emacs final.texinfo ];
        }
        // args
        // {
          propagatedBuildInputs = lockstep.asList (args.packageRequires or [ ]) ++ lockstep.asList (args.propagatedBuildInputs or [ ]);
        }
      );
      set = packageSet "emacsPackages" (this: {
        inherit emacs;
        withPackages = chosen emacs this;
        emacsWithPackages = chosen emacs this;
        trivialBuild = build;
        melpaBuild = build;
        elpaBuild = build;
        melpaPackages = lockstep.set "emacsPackages";
        elpaPackages = lockstep.set "emacsPackages";
        nongnuPackages = lockstep.set "emacsPackages";
        manualPackages = lockstep.set "emacsPackages";
      }) [ ];
    in
    set;

  wrapHelm = helm: args: lockstep.composite helm ([ helm ] ++ lockstep.asList (args.plugins or [ ]));
}
