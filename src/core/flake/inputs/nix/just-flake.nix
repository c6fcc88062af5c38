# juspay/just-flake: recipes of just by feature, for flake-parts; its shell brings just.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "just-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { pkgs, ... }:
        {
          options.just-flake = {
            features = mkOption {
              type = types.lazyAttrsOf types.anything;
              default = { };
            };
            commonFileName = mkOption {
              type = types.str;
              default = "just-flake.just";
            };
            outputs.devShell = mkOption {
              type = types.package;
              default = pkgs.mkShell { packages = [ pkgs.just ]; };
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
