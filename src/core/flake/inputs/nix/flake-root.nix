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
              default = pkgs.mkShell { nativeBuildInputs = [ config.flake-root.package ]; };
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
