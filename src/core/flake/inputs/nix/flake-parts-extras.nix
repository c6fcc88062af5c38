# Modules of flake-parts that a flake imports when it wants them.
{ lib, lockstep, ... }:
flakePartsLib:
let
  inherit (lib) mapAttrs mkOption types;
  inherit (flakePartsLib) mkPerSystemOption mkSubmoduleOptions mkTransposedPerSystemModule;

  flakeModules = {
    _file = "flake-parts/extras/flakeModules.nix";
    options.flake = mkSubmoduleOptions {
      flakeModules = mkOption {
        type = types.lazyAttrsOf types.deferredModule;
        default = { };
      };
      flakeModule = mkOption {
        type = types.raw;
        default = { };
      };
    };
  };
in
{
  inherit flakeModules;
  easyOverlay =
    { config, getSystem, ... }:
    {
      _file = "flake-parts/extras/easyOverlay.nix";
      options.perSystem = mkPerSystemOption (
        { extendModules, ... }:
        {
          options = {
            overlayAttrs = mkOption {
              type = types.lazyAttrsOf types.raw;
              default = { };
            };
            extendModules = mkOption {
              type = types.raw;
              default = extendModules;
              internal = true;
            };
          };
        }
      );
      config.flake.overlays.default =
        final: prev:
        ((getSystem prev.stdenv.hostPlatform.system).extendModules {
          modules = [
            {
              _module.args = {
                inherit final;
                pkgs = lib.mkForce prev;
              };
            }
          ];
        }).config.overlayAttrs;
    };
  modules = {
    _file = "flake-parts/extras/modules.nix";
    options.flake = mkSubmoduleOptions {
      modules = mkOption {
        type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule);
        default = { };
      };
    };
  };
  bundlers = mkTransposedPerSystemModule {
    name = "bundlers";
    option = mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
    };
    file = "flake-parts/extras/bundlers.nix";
  };

  # Outputs that come from another evaluation of the modules, with the inputs of a flake in a subfolder.
  partitions =
    { config, inputs, extendModules, partitionStack, self, ... }:
    let
      partition =
        { config, options, name, ... }:
        let
          inputs2 = inputs // config.extraInputs // { self = self2; };
          self2 = self // { inputs = inputs2; };
        in
        {
          options = {
            extraInputsFlake = mkOption { type = types.raw; };
            extraInputs = mkOption {
              type = types.lazyAttrsOf types.raw;
              default = { };
            };
            module = mkOption {
              type =
                (extendModules {
                  specialArgs = {
                    inputs = inputs2;
                    self = self2;
                    partitionStack = partitionStack ++ [ name ];
                  };
                }).type;
              default = { };
            };
          };
          config.extraInputs = lib.mkIf options.extraInputsFlake.isDefined (lockstep.flakeAt options.extraInputsFlake.value).inputs;
        };
    in
    {
      _file = "flake-parts/extras/partitions.nix";
      options = {
        partitionedAttrs = mkOption {
          type = types.attrsOf types.str;
          default = { };
        };
        partitions = mkOption {
          type = types.attrsOf (types.submodule partition);
          default = { };
        };
      };
      config = {
        _module.args.partitionStack = [ ];
        flake = lib.optionalAttrs (partitionStack == [ ]) (
          mapAttrs (name: partition: lib.mkForce config.partitions.${partition}.module.flake.${name}) config.partitionedAttrs
        );
      };
    };
  touchup = {
    _file = "flake-parts/extras/touchup.nix";
    options.touchup = mkOption {
      type = types.raw;
      default = { };
    };
  };
}
