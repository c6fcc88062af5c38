# nix-community/dream2nix: packages of many ecosystems from their locks. What they build is in those locks; a shell gets
# what the modules name themselves, and one item that says what could not be read.
{ lib, inputs, lockstep, ... }:
let
  inherit (lib) mkOption types;

  # A package, with what the first of its possible locks lists.
  unresolved =
    name: locks:
    let
      # `"${src}/package-lock.json"` as well as `src + "/package-lock.json"`.
      told = builtins.filter (lock: lock.lists != null) (
        map (file: { name = baseNameOf (toString file); lists = lockstep.lockSummary file; }) locks
      );
      lock = builtins.head told;
    in
    lockstep.unresolved {
      what = name;
      reason =
        if told == [ ] then
          "dream2nix makes this package from the project's own lock file"
        else
          "dream2nix makes this package from ${lock.name}, which ${lock.lists}";
      attribute = name;
    };
  lockNames = [ "package-lock.json" "pdm.lock" "Cargo.lock" "uv.lock" "poetry.lock" "go.sum" ];
  locksIn = folder: lib.optionals (lockstep.isUnknown folder || folder != null) (map (name: folder + "/${name}") lockNames);
  # Where a package's own options say that its lock is, and where it is otherwise.
  locksOf =
    config:
    lib.optional (config ? nodejs-package-lock-v3.packageLockFile) config.nodejs-package-lock-v3.packageLockFile
    ++ lib.optional (config ? pdm.lockfile) config.pdm.lockfile
    ++ lib.concatMap locksIn (
      builtins.filter (folder: builtins.isPath folder || builtins.isString folder || folder ? outPath) [
        (config.nodejs-package-lock-v3.source or null)
        (config.nodejs-package-lock.source or null)
        (config.rust-cargo-lock.source or null)
        (config.mkDerivation.src or null)
        (config.paths.package or null)
        (config.paths.projectRoot or null)
      ]
    );
  moduleFor =
    pkgs:
    { config, ... }:
    {
      freeformType = types.lazyAttrsOf types.anything;
      options = {
        name = mkOption {
          type = types.str;
          default = "dream2nix-package";
        };
        version = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        deps = mkOption {
          type = types.raw;
          default = _: { };
          apply = deps: if lib.isFunction deps then deps { nixpkgs = pkgs; } else deps;
        };
        mkDerivation = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        public = mkOption { type = types.raw; };
      };
      config.public =
        let
          whole = unresolved config.name (locksOf config);
        in
        # What else a package has hangs on its modules.
        lockstep.open "package" (
          whole
          // {
            inherit config;
            inherit (config) version;
            devShell = pkgs.mkShell {
              packages = (config.mkDerivation.nativeBuildInputs or [ ]) ++ (config.mkDerivation.buildInputs or [ ]) ++ [ whole ];
            };
          }
        );
    };
  evalModules =
    { modules, packageSets ? { }, specialArgs ? { }, raw ? false, ... }:
    (if raw then lib.id else evaluated: evaluated.config.public) (lib.evalModules {
      modules = [ (moduleFor packageSets.nixpkgs) ] ++ modules;
      specialArgs = {
        dream2nix = {
          modules.dream2nix = lockstep.anyName (_: { });
          lib = { inherit evalModules; };
          inherit inputs;
        };
        inherit packageSets;
      }
      // specialArgs;
    });
  # A package for each folder or file of `packagesDir`.
  importPackages =
    {
      packagesDir,
      projectRoot ? null,
      packageSets ? { },
      specialArgs ? { },
      modules ? [ ],
      ...
    }:
    let
      folder = if builtins.isString packagesDir && !(lib.hasPrefix "/" packagesDir) then projectRoot + "/${packagesDir}" else packagesDir;
      entries = builtins.readDir folder;
    in
    lib.mapAttrs' (
      name: _:
      lib.nameValuePair (lib.removeSuffix ".nix" name) (evalModules {
        inherit packageSets specialArgs;
        modules = modules ++ [
          (folder + "/${name}")
          {
            name = lib.mkDefault (lib.removeSuffix ".nix" name);
            paths = {
              package = folder + "/${name}";
              inherit projectRoot;
            };
          }
        ];
      })
    ) (lib.filterAttrs (name: type: type == "directory" || lib.hasSuffix ".nix" name) entries);
  # The first design: outputs of all projects below a folder.
  makeFlakeOutputs =
    {
      systems ? [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ],
      source ? null,
      ...
    }:
    let
      # A shell for each project that it finds, and one for the first of them.
      named = f: lockstep.open "package" { default = f "default"; };
    in
    {
      packages = lib.genAttrs systems (_: named (name: unresolved name (locksIn source)));
      devShells = lib.genAttrs systems (
        system:
        named (_: (lockstep.pkgsFor system).mkShell { packages = [ (unresolved "the project's dependencies" (locksIn source)) ]; })
      );
    };
in
{
  outputs = {
    lib = {
      inherit evalModules makeFlakeOutputs;
      init = _: { inherit makeFlakeOutputs; dream2nix-interface = { }; };
      dlib.mergeFlakes = builtins.foldl' lib.recursiveUpdate { };
      inherit importPackages;
    };
    lib2.init = _: { inherit makeFlakeOutputs; };
    modules.dream2nix = lockstep.anyName (_: { });
    modules.flake-parts = lockstep.anyName (_: { });
  };
}
