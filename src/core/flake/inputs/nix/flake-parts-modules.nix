# The options that every flake-parts flake has: `systems`, `perSystem`, `flake`, and the outputs by system.
{ lib, ... }:
flakePartsLib:
let
  inherit (lib) mapAttrs mkOption mkOptionDefault types;
  inherit (flakePartsLib) mkPerSystemOption mkSubmoduleOptions mkTransposedPerSystemModule;

  rawOutput = types.lazyAttrsOf (types.unique { message = "No option has been declared for this flake output attribute, so its definitions can't be merged automatically."; } types.raw);
  packages = mkOption {
    type = types.lazyAttrsOf types.package;
    default = { };
  };
  transposed =
    name: option:
    mkTransposedPerSystemModule {
      inherit name option;
      file = "flake-parts/${name}.nix";
    };
  appType = types.coercedTo types.package (package: { program = lib.getExe package; }) (
    types.submodule {
      options = {
        type = mkOption {
          type = types.enum [ "app" ];
          default = "app";
        };
        program = mkOption { type = types.coercedTo types.package lib.getExe types.str; };
        meta = mkOption {
          type = types.lazyAttrsOf types.raw;
          default = { };
        };
      };
    }
  );
  flakeOutput =
    name: option:
    {
      _file = "flake-parts/${name}.nix";
      options.flake = mkSubmoduleOptions { ${name} = mkOption option; };
    };
  modulesOutput = name: flakeOutput name {
    type = types.lazyAttrsOf types.deferredModule;
    default = { };
  };

  perSystemModule =
    { config, self, getSystem, withSystem, ... }:
    let
      rootConfig = config;
      onlyAbove =
        name: throw "flake-parts: `${name}` is an argument of the modules around perSystem, not of those in it.";
    in
    {
      _file = "flake-parts/perSystem.nix";
      options = {
        systems = mkOption { type = types.listOf types.str; };
        perInput = mkOption {
          type = types.functionTo (types.functionTo (types.lazyAttrsOf types.unspecified));
          internal = true;
        };
        perSystem = mkPerSystemOption (
          { config, options, specialArgs, system, ... }:
          {
            _file = "flake-parts/perSystem.nix";
            options.allModuleArgs = mkOption {
              type = types.lazyAttrsOf (types.raw or types.unspecified);
              internal = true;
              readOnly = true;
            };
            config = {
              # A module that is unknown may declare options here too.
              _module.check = lib.mkIf (!rootConfig._module.check) (lib.mkForce false);
              _module.unknown = rootConfig._module.unknown;
              _module.args = {
                inputs' = mapAttrs (
                  name: input:
                  builtins.addErrorContext "while retrieving system-dependent attributes for input ${name}" (rootConfig.perInput system input)
                ) self.inputs;
                self' = rootConfig.perInput system self;
                self = onlyAbove "self";
                inputs = onlyAbove "inputs";
                getSystem = onlyAbove "getSystem";
                withSystem = onlyAbove "withSystem";
                moduleWithSystem = onlyAbove "moduleWithSystem";
              };
              allModuleArgs =
                config._module.args
                // specialArgs
                // {
                  inherit config options;
                  inherit (config._module) specialArgs;
                };
            };
          }
        )
        // {
          apply =
            module: system:
            (lib.evalModules {
              modules = [ module ];
              prefix = [ "perSystem" system ];
              specialArgs = {
                inherit system;
              };
              class = "perSystem";
            }).config;
        };
        allSystems = mkOption {
          type = types.lazyAttrsOf types.unspecified;
          internal = true;
        };
      };
      config = {
        allSystems = lib.genAttrs config.systems config.perSystem;
        _module.args = {
          getSystem = system: config.allSystems.${system} or (config.perSystem system);
          # A function of per-system arguments, outside of perSystem.
          withSystem = system: f: f (getSystem system).allModuleArgs;
          moduleWithSystem =
            module:
            { config, ... }:
            let
              system =
                config._module.args.system or config._module.args.pkgs.stdenv.hostPlatform.system
                  or (throw "moduleWithSystem: Could not determine the configuration's system parameter for this module system application.");
              args = withSystem system lib.id;
            in
            {
              imports = [
                (module (
                  mapAttrs (name: _: args.${name} or (throw "moduleWithSystem: module argument `${name}` does not exist.")) (
                    lib.functionArgs module
                  )
                ))
              ];
            };
        };
      };
    };

  transpositionModule =
    { config, ... }:
    {
      _file = "flake-parts/transposition.nix";
      options.transposition = mkOption {
        type = types.lazyAttrsOf (
          types.submoduleWith {
            modules = [
              {
                options.adHoc = mkOption {
                  type = types.bool;
                  default = false;
                };
              }
            ];
          }
        );
        default = { };
      };
      config = {
        flake = mapAttrs (
          name: _:
          mapAttrs (
            system: values:
            values.${name} or (abort "Could not find option `perSystem.${name}` in the perSystem module. It is required to declare such an option whenever transposition.<name> is defined.")
          ) config.allSystems
        ) config.transposition;
        perInput =
          system: flake:
          mapAttrs (name: _: flake.${name}.${system}) config.transposition
          // lib.optionalAttrs (flake ? formatter.${system}) { formatter = flake.formatter.${system}; };
        # Attributes that are only transposed get an option that takes anything.
        perSystem.options = mapAttrs (_: _: mkOption { type = types.raw; }) (
          lib.filterAttrs (_: settings: settings.adHoc) config.transposition
        );
      };
    };

  nixpkgsModule = {
    _file = "flake-parts/nixpkgs.nix";
    config.perSystem =
      { inputs', lib, ... }:
      {
        _module.args.pkgs = mkOptionDefault (
          builtins.seq (inputs'.nixpkgs or (throw "flake-parts: The flake does not have a `nixpkgs` input. Please add it, or set `perSystem._module.args.pkgs` yourself."))
            inputs'.nixpkgs.legacyPackages
        );
      };
  };

  debugModule =
    { config, options, ... }:
    {
      _file = "flake-parts/debug.nix";
      options.debug = mkOption {
        type = types.bool;
        default = false;
      };
      # An option of the same name that nobody looks at unless the other is on, so that it may be set to anything.
      options.perSystem = mkPerSystemOption (
        { config, options, ... }:
        {
          _file = "flake-parts/debug.nix";
          options.debug = mkOption { type = types.lazyAttrsOf types.raw; };
          config.debug = config // { inherit config options; };
        }
      );
      config.flake = lib.mkIf config.debug {
        debug = { inherit config options; };
        allSystems = mapAttrs (_: values: values.debug) config.allSystems;
      };
    };

  formatterModule =
    { config, ... }:
    {
      _file = "flake-parts/formatter.nix";
      options = {
        flake = mkSubmoduleOptions {
          formatter = mkOption {
            type = types.lazyAttrsOf types.package;
            default = { };
          };
        };
        perSystem = mkPerSystemOption {
          options.formatter = mkOption {
            type = types.nullOr types.package;
            default = null;
          };
        };
      };
      config.flake.formatter = mapAttrs (_: values: values.formatter) (
        lib.filterAttrs (_: values: values.formatter != null) config.allSystems
      );
    };
in
{
  _file = "flake-parts/all-modules.nix";
  imports = [
    (
      { config, ... }:
      {
        _file = "flake-parts/flake.nix";
        options.flake = mkOption {
          type = types.submoduleWith { modules = [ { freeformType = rawOutput; } ]; };
        };
        # What `mkFlake` gives, which modules may change.
        options.processedFlake = mkOption {
          type = types.raw;
          internal = true;
        };
        config.processedFlake = lib.mkDefault config.flake;
      }
    )
    perSystemModule
    transpositionModule
    nixpkgsModule
    debugModule
    formatterModule
    (transposed "packages" packages)
    (transposed "devShells" packages)
    (transposed "checks" packages)
    (transposed "legacyPackages" (mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
    }))
    (transposed "apps" (mkOption {
      type = types.lazyAttrsOf appType;
      default = { };
    }))
    (flakeOutput "overlays" {
      type = types.lazyAttrsOf (types.uniq types.raw);
      default = { };
    })
    (flakeOutput "nixosConfigurations" {
      type = types.lazyAttrsOf types.raw;
      default = { };
    })
    (modulesOutput "nixosModules")
  ];
}
