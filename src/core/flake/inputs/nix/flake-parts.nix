# hercules-ci/flake-parts: a flake's outputs as modules.
{ lib, lockstep, self, ... }:
let
  inherit (lib) mkOption types;
  core = lockstep.part "flake-parts-modules";

  flakePartsLib = rec {
    evalFlakeModule =
      {
        inputs ? self.inputs,
        specialArgs ? { },
        self ? inputs.self or (throw "When invoking flake-parts, you must pass all the flake output arguments, and not just `self.inputs`."),
        moduleLocation ? "${self.outPath}/flake.nix",
      }@args:
      module:
      lib.evalModules {
        specialArgs = {
          inherit self moduleLocation;
          inputs = args.inputs or self.inputs;
          flake-parts-lib = flakePartsLib;
        } // specialArgs;
        modules = [
          (core flakePartsLib)
          (lib.setDefaultModuleLocation moduleLocation module)
        ];
        class = "flake";
      };
    mkFlake = args: module: (evalFlakeModule args module).config.processedFlake;

    mkSubmoduleOptions = options: mkOption { type = types.submoduleWith { modules = [ { inherit options; } ]; }; };
    # Modules that are kept until each system asks for its own evaluation.
    mkDeferredModuleType = module: types.deferredModuleWith { staticModules = [ module ]; };
    mkDeferredModuleOption = module: mkOption { type = mkDeferredModuleType module; };
    mkPerSystemType = mkDeferredModuleType;
    mkPerSystemOption = mkDeferredModuleOption;
    deferredModuleWith = types.deferredModuleWith;
    mkTransposedPerSystemModule =
      { name, option, file }:
      {
        _file = file;
        options = {
          flake = mkSubmoduleOptions {
            ${name} = mkOption {
              type = types.lazyAttrsOf option.type;
              default = { };
            };
          };
          perSystem = mkPerSystemOption {
            _file = file;
            options.${name} = option;
          };
        };
        config.transposition.${name} = { };
      };
    importApply = path: args: lib.setDefaultModuleLocation path (import path args);
    importAndPublish = name: module: {
      imports = [ module ];
      flake.flakeModules.${name} = module;
    };
    mkAliasOptionModule = lib.mkAliasOptionModule;
    attrsWith = types.attrsWith;
    memoizeStr = lib.id;
    memoize = lib.id;
    findInputByOutPath =
      outPath: inputs:
      lib.findFirst (name: inputs.${name}.outPath or null == outPath) null (builtins.attrNames inputs);
  };

  extras = lockstep.part "flake-parts-extras" flakePartsLib;
in
{
  outputs = {
    lib = flakePartsLib;
    flakeModules = extras;
    templates = { };
  };
  files = {
    "lib.nix" = { ... }: flakePartsLib;
    "all-modules.nix" = core flakePartsLib;
  }
  // lib.mapAttrs' (name: module: lib.nameValuePair "extras/${name}.nix" module) extras;
}
