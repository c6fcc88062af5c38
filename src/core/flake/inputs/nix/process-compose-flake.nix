# Platonic-Systems/process-compose-flake and its services: groups of processes for flake-parts.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;

  # The package of a service that names none, where it is not called as the service is; those with `null` choose by
  # more than their name.
  # https://github.com/juspay/services-flake/tree/main/nix/services
  renamed = pkgs: {
    alloy = "grafana-alloy";
    apache-kafka = "apacheKafka";
    elasticmq = "elasticmq-server-bin";
    elasticsearch = "elasticsearch7";
    loki = "grafana-loki";
    mongodb = if pkgs ? mongodb-ce then "mongodb-ce" else "mongodb";
    mysql = "mariadb";
    pgadmin = "pgadmin4";
    phpfpm = "php";
    postgres = "postgresql";
    redis-cluster = "redis";
    authentik = null;
    pubsub-emulator = null;
  };
  # One package for each instance that is enabled; kinds of services come in reverse.
  packagesOf =
    pkgs: services:
    lib.concatMap (
      kind:
      map (
        service:
        service.package or (
          let
            attribute = (renamed pkgs).${kind} or kind;
          in
          if attribute != null && pkgs ? ${attribute} then
            pkgs.${attribute}
          else
            lockstep.unresolved {
              what = "service ${kind}";
              reason = "services-flake chooses the package of ${kind}";
            }
        )
      ) (lib.filter (service: service.enable or false) (lib.attrValues services.${kind}))
    ) (lib.reverseList (lib.attrNames services));

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
                          default = pkgs.mkShell { packages = packagesOf pkgs (removeAttrs config.services [ "outputs" ]); };
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
    lib.multiService = _: nothing;
  };
}
