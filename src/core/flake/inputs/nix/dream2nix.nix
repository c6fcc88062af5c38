# nix-community/dream2nix: packages of many ecosystems from their locks. What they build is in those locks; a shell gets
# what the modules name themselves, and one item that says what could not be read.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;

  unresolved =
    name:
    lockstep.unresolved {
      what = name;
      reason = "dream2nix makes this package from the project's own lock file";
      attribute = name;
    };
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
      config.public = unresolved config.name // {
        inherit config;
        inherit (config) version;
        devShell = pkgs.mkShell {
          packages = (config.mkDerivation.nativeBuildInputs or [ ]) ++ (config.mkDerivation.buildInputs or [ ]) ++ [ (unresolved config.name) ];
        };
      };
    };
  evalModules =
    { modules, packageSets ? { }, specialArgs ? { }, ... }:
    (lib.evalModules {
      modules = [ (moduleFor packageSets.nixpkgs) ] ++ modules;
      specialArgs = {
        dream2nix = { modules.dream2nix = lockstep.anyName (_: { }); };
        inherit packageSets;
      }
      // specialArgs;
    }).config.public;
  # A package for each folder or file of `packagesDir`.
  importPackages =
    {
      packagesDir,
      projectRoot ? null,
      packageSets ? { },
      specialArgs ? { },
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
        modules = [ (folder + "/${name}") { name = lib.mkDefault (lib.removeSuffix ".nix" name); } ];
      })
    ) (lib.filterAttrs (name: type: type == "directory" || lib.hasSuffix ".nix" name) entries);
  # The first design: outputs of all projects below a folder.
  makeFlakeOutputs =
    { systems ? [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ], ... }:
    {
      packages = lib.genAttrs systems (_: { default = unresolved "default"; });
      devShells = lib.genAttrs systems (
        system: { default = (lockstep.pkgsFor system).mkShell { packages = [ (unresolved "the project's dependencies") ]; }; }
      );
    };
in
{
  outputs = {
    lib = {
      inherit evalModules makeFlakeOutputs;
      init = _: { inherit makeFlakeOutputs; dream2nix-interface = { }; };
      inherit importPackages;
    };
    lib2.init = _: { inherit makeFlakeOutputs; };
    modules.dream2nix = lockstep.anyName (_: { });
    modules.flake-parts = lockstep.anyName (_: { });
  };
}
