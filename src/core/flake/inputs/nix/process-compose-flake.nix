# Platonic-Systems/process-compose-flake and its services: groups of processes for flake-parts.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "process-compose-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        {
          options.process-compose = mkOption {
            type = types.attrsOf (
              types.submodule (
                { name, config, ... }:
                {
                  freeformType = types.lazyAttrsOf types.raw;
                  options = {
                    package = mkOption {
                      type = types.package;
                      default = pkgs.process-compose;
                    };
                    settings = mkOption {
                      type = types.lazyAttrsOf types.anything;
                      default = { };
                    };
                    services = mkOption {
                      type = types.submodule {
                        freeformType = types.lazyAttrsOf types.anything;
                        options.outputs.devShell = mkOption {
                          type = types.package;
                          default = pkgs.mkShell {
                            packages = [
                              (lockstep.unresolved {
                                what = "services of ${name}";
                                reason = "services-flake chooses the packages of the services that are enabled";
                              })
                            ];
                          };
                        };
                      };
                      default = { };
                    };
                    outputs = mkOption { type = types.raw; };
                  };
                  config.outputs = {
                    package = pkgs.writeShellScriptBin name "";
                    devShell = pkgs.mkShell { nativeBuildInputs = [ config.package ]; };
                    testPackage = null;
                  };
                }
              )
            );
            default = { };
          };
          config.packages = lib.mapAttrs (_: group: group.outputs.package) config.process-compose;
        }
      );
    };
  # Services are modules inside of a group, which takes anything.
  nothing = { };
in
{
  outputs = {
    inherit flakeModule;
    flakeModules.default = flakeModule;
    processComposeModules.default = nothing;
    lib = { };
  };
}
