# Platonic-Systems/mission-control: scripts behind one command of the shell, for flake-parts.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "mission-control/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          cfg = config.mission-control;
        in
        {
          options.mission-control = {
            wrapperName = mkOption {
              type = types.str;
              default = ",";
            };
            scripts = mkOption {
              type = types.lazyAttrsOf types.anything;
              default = { };
            };
            banner = mkOption {
              type = types.str;
              default = "";
            };
            wrapper = mkOption {
              type = types.package;
              default = pkgs.writeShellScriptBin cfg.wrapperName "";
            };
            devShell = mkOption {
              type = types.package;
              default = pkgs.mkShell { nativeBuildInputs = [ cfg.wrapper ]; };
            };
            # What came before `devShell`.
            installToDevShell = mkOption {
              type = types.raw;
              default =
                shell: shell.overrideAttrs (old: { nativeBuildInputs = (old.nativeBuildInputs or [ ]) ++ [ cfg.wrapper ]; });
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
