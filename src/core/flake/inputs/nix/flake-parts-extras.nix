# Modules of flake-parts that a flake imports when it wants them.
{ lib, lockstep, ... }:
flakePartsLib:
let
  inherit (lib) mapAttrs mkOption types;
  inherit (flakePartsLib) mkPerSystemOption mkSubmoduleOptions mkTransposedPerSystemModule;

  # A module that is published has a key, so that it counts once however often it is imported.
  published = moduleLocation: path: module: {
    key = "${toString moduleLocation}#${path}";
    _file = "${toString moduleLocation}#${path}";
    imports = [ module ];
  };
  flakeModules =
    { moduleLocation, ... }:
    {
      _file = "flake-parts/extras/flakeModules.nix";
      options.flake = mkOption {
        type = types.submoduleWith {
          modules = [
            (lib.mkAliasOptionModule [ "flakeModule" ] [ "flakeModules" "default" ])
            {
              options.flakeModules = mkOption {
                type = types.lazyAttrsOf types.deferredModule;
                default = { };
                apply = mapAttrs (name: published moduleLocation "flakeModules.${name}");
              };
            }
          ];
        };
      };
    };

  # `touchup`: which attributes of the outputs stay, and what becomes of their values, level by level.
  touchupLevel =
    { config, ... }:
    let
      level = types.deferredModuleWith { staticModules = [ touchupAttribute ]; };
      touched =
        name: value:
        let
          wanted = lib.evalModules {
            specialArgs.attrName = name;
            modules = [
              (config.attr.${name} or touchupAttribute)
              (if config.any == null then { } else config.any)
            ];
          };
        in
        lib.optionalAttrs wanted.config.enable { ${name} = wanted.config.touchupApply value; };
    in
    {
      options = {
        attr = mkOption {
          type = types.lazyAttrsOf level;
          default = { };
        };
        any = mkOption {
          type = types.nullOr level;
          default = null;
        };
        type = mkOption {
          type = types.raw;
          default = types.raw;
        };
        finish = mkOption {
          type = types.functionTo config.type;
          default = lib.id;
        };
        touchupApply = mkOption {
          type = types.functionTo types.raw;
          internal = true;
          readOnly = true;
        };
      };
      config.touchupApply =
        value: config.finish (if config.attr == { } && config.any == null then value else lib.concatMapAttrs touched value);
    };
  touchupAttribute = {
    key = "flake-parts/extras/touchup/attr.nix";
    imports = [ touchupLevel ];
    options.enable = mkOption {
      type = types.bool;
      default = true;
    };
  };
in
{
  inherit flakeModules;
  easyOverlay =
    { config, getSystem, ... }:
    let
      rootConfig = config;
    in
    {
      _file = "flake-parts/extras/easyOverlay.nix";
      options.perSystem = mkPerSystemOption (
        { extendModules, pkgs, ... }:
        {
          # Outside of the overlay, `final` is nixpkgs with it.
          config._module.args.final = lib.mkDefault (pkgs.extend rootConfig.flake.overlays.default);
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
                final = lib.mkForce final;
                pkgs = lib.mkForce prev;
              };
            }
          ];
        }).config.overlayAttrs;
    };
  modules =
    { moduleLocation, ... }:
    {
      _file = "flake-parts/extras/modules.nix";
      options.flake = mkSubmoduleOptions {
        modules = mkOption {
          type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule);
          default = { };
          apply = mapAttrs (
            class:
            mapAttrs (
              name: module:
              if class == "generic" then
                module
              else
                # As a function it is a module wherever one may be given.
                { ... }: published moduleLocation "modules.${class}.${name}" module // { _class = class; }
            )
          );
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
  touchup =
    { config, ... }:
    {
      _file = "flake-parts/extras/touchup.nix";
      options.touchup = mkOption {
        type = types.submoduleWith { modules = [ touchupLevel ]; };
        default = { };
      };
      config.processedFlake = config.touchup.touchupApply config.flake;
    };
}
