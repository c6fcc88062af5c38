# srid/flake-root: finds the flake's folder at run time, for flake-parts.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "flake-root/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        {
          options.flake-root = {
            projectRootFile = mkOption {
              type = types.str;
              default = "flake.nix";
            };
            package = mkOption {
              type = types.package;
              default = pkgs.writeShellScriptBin "flake-root" "";
            };
            devShell = mkOption {
              type = types.package;
              # It sets a variable by the program's full path: the program is not on the PATH of its shell.
              default = pkgs.mkShell {
                shellHook = ''
                  FLAKE_ROOT="$(${lib.getExe config.flake-root.package})"
                  export FLAKE_ROOT
                '';
              };
            };
          };
        }
      );
    };
in
{
  outputs = {
    inherit flakeModule;
    flakeModules.default = flakeModule;
  };
}
