# nicknovitski/make-shell: `mkShell` whose arguments are modules, and `perSystem.make-shells.<name>` for flake-parts.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  list = mkOption {
    type = types.listOf types.package;
    default = [ ];
  };
  shellModule =
    { config, pkgs, ... }:
    {
      _file = "make-shell/shell-module.nix";
      options = {
        name = mkOption {
          type = types.str;
          default = "nix-shell";
        };
        stdenv = mkOption {
          type = types.raw;
          default = pkgs.stdenv;
        };
        packages = list;
        inputsFrom = list;
        buildInputs = list;
        nativeBuildInputs = list;
        propagatedBuildInputs = list;
        propagatedNativeBuildInputs = list;
        shellHook = mkOption {
          type = types.lines;
          default = "";
        };
        env = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        additionalArguments = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        shellPackages = list;
        finalArguments = mkOption { type = types.raw; };
        finalPackage = mkOption { type = types.package; };
      };
      config = {
        finalArguments =
          {
            inherit (config)
              name
              inputsFrom
              buildInputs
              nativeBuildInputs
              propagatedBuildInputs
              propagatedNativeBuildInputs
              shellHook
              ;
            # What an unknown module adds is missing: the module stands for it.
            packages = config.packages ++ config._module.unknown;
          }
          // lib.filterAttrs (_: value: lockstep.isUnknown value || value != null) config.env
          // config.additionalArguments;
        finalPackage = (pkgs.mkShell.override { inherit (config) stdenv; }) config.finalArguments;
      };
    };

  makeFor =
    pkgs: imports: module:
    (lib.evalModules {
      modules = [
        {
          _module.args = { inherit pkgs; };
        }
        shellModule
        module
      ]
      ++ imports;
    }).config.finalPackage;

  flakeModule =
    { flake-parts-lib, inputs, self, ... }:
    {
      _file = "make-shell/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }@args:
        {
          options.make-shell = {
            imports = mkOption {
              type = types.listOf types.raw;
              default = [ ];
            };
            sharedModules = mkOption {
              type = types.listOf types.raw;
              default = [ ];
            };
          };
          options.make-shells = mkOption {
            default = { };
            type = types.attrsOf (
              types.submoduleWith {
                modules = [
                  {
                    _module.args = removeAttrs args [ "config" "options" "lib" "extendModules" "specialArgs" "moduleType" ] // {
                      inherit inputs self pkgs;
                    };
                  }
                  shellModule
                ]
                ++ config.make-shell.imports
                ++ config.make-shell.sharedModules;
              }
            );
          };
          config = {
            devShells = lib.mapAttrs (_: shell: shell.finalPackage) config.make-shells;
            checks = lib.mapAttrs' (name: shell: lib.nameValuePair "${name}-shell" shell.finalPackage) config.make-shells;
          };
        }
      );
    };
in
{
  outputs = {
    inherit flakeModule;
    flakeModules.default = flakeModule;
    overlays.default = final: prev: { make-shell = makeFor final [ ]; };
    lib = { inherit makeFor; };
  };
}
