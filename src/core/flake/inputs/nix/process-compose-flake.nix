# Platonic-Systems/process-compose-flake, and juspay/services-flake for it: groups of processes and services, with
# flake-parts or without.
{ self, lib, lockstep, ... }:
let
  inherit (lib) mkOption types;

  # Services, and their packages where they are not called as the service is; `null` has none of its own.
  # https://github.com/juspay/services-flake/tree/main/nix/services
  packageOf =
    pkgs: kind:
    let
      renamed = {
        alloy = [ "grafana-alloy" ];
        apache-kafka = [ "apacheKafka" ];
        chromadb = [ "python3Packages" "chromadb" ];
        elasticmq = [ "elasticmq-server-bin" ];
        elasticsearch = [ "elasticsearch7" ];
        loki = [ "grafana-loki" ];
        mongodb = [ (if pkgs ? mongodb-ce then "mongodb-ce" else "mongodb") ];
        mysql = [ "mariadb" ];
        pgadmin = [ "pgadmin4" ];
        phpfpm = [ "php" ];
        postgres = [ "postgresql" ];
        pubsub-emulator = [ "google-cloud-sdk" ];
        redis-cluster = [ "redis" ];
        authentik = null;
        rustfs = null;
      };
      path = renamed.${kind} or [ kind ];
    in
    if path != null && lib.hasAttrByPath path pkgs then
      lib.getAttrFromPath path pkgs
    else
      lockstep.unresolved {
        what = "service ${kind}";
        reason = "services-flake chooses the package of ${kind}";
      };
  kinds = [
    "alloy" "apache-kafka" "authentik" "azurite" "cassandra" "chromadb" "clickhouse" "dynamodb-local" "elasticmq"
    "elasticsearch" "grafana" "keycloak" "loki" "mailhog" "memcached" "mimir" "minio" "mongodb" "mysql" "nats-server"
    "neo4j" "nginx" "ollama" "open-webui" "openobserve" "pgadmin" "phpfpm" "plantuml" "postgres" "prometheus"
    "pubsub-emulator" "pyroscope" "qdrant" "redis" "redis-cluster" "rustfs" "searxng" "seaweedfs" "tempo" "tika"
    "weaviate" "zookeeper"
  ];

  # `services.<kind>.<name>` of a module that is called as the kind is.
  serviceOf =
    kind: module:
    { pkgs, ... }:
    {
      options.services.${kind} = mkOption {
        default = { };
        type = types.attrsOf (
          types.submoduleWith {
            specialArgs = { inherit pkgs; };
            modules = [
              (
                { name, ... }:
                {
                  freeformType = types.lazyAttrsOf types.anything;
                  options = {
                    enable = lib.mkEnableOption "the service";
                    dataDir = mkOption { default = "./data/${name}"; };
                    namespace = mkOption { default = "${kind}.${name}"; };
                  };
                }
              )
              module
            ];
          }
        );
        # Of the options of a service only those are known that are set.
        apply = builtins.mapAttrs (_: service: lockstep.open "services.${kind}" service);
      };
    };
  knownService =
    kind:
    serviceOf kind (
      { config, pkgs, ... }:
      {
        options = {
          package = mkOption {
            type = types.raw;
            default = packageOf pkgs kind;
            apply =
              package:
              if kind == "postgres" && config.extensions != null then
                package.withPackages config.extensions
              else if kind == "pubsub-emulator" then
                package.withExtraComponents [ package.components.pubsub-emulator ]
              else
                package;
          };
        }
        // lib.optionalAttrs (kind == "postgres") { extensions = mkOption { default = null; }; };
      }
    );
  services.imports = map knownService kinds ++ [
    (
      { config, pkgs, ... }:
      {
        # One package for each instance that is enabled; kinds of services come in reverse.
        options.services.outputs.devShell = mkOption {
          default = pkgs.mkShell {
            packages = lib.concatMap (
              kind:
              map (service: service.package or (packageOf pkgs kind)) (
                lib.filter (service: service.enable or false) (lib.attrValues config.services.${kind})
              )
            ) (lib.reverseList (lib.attrNames (removeAttrs config.services [ "outputs" ])));
          };
        };
      }
    )
  ];

  group =
    { name, config, pkgs, ... }:
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
        outputs = mkOption { type = types.raw; };
      };
      config.outputs = {
        package = pkgs.writeShellScriptBin name "";
        devShell = pkgs.mkShell { nativeBuildInputs = [ config.package ]; };
        testPackage = if config.settings.processes or { } ? test then pkgs.writeShellScriptBin "${name}-test" "" else null;
      };
    };

  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "process-compose-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        {
          options.process-compose = mkOption {
            type = types.attrsOf (
              types.submoduleWith {
                specialArgs = { inherit pkgs lib; };
                modules = [ group ];
              }
            );
            default = { };
          };
          config.packages = lib.mapAttrs (_: each: each.outputs.package) config.process-compose;
        }
      );
    };

  # What `import process-compose-flake.lib { inherit pkgs; }` gives.
  withoutParts =
    { pkgs, lib ? pkgs.lib, ... }:
    rec {
      evalModules =
        { name ? "process-compose", modules }:
        lib.evalModules {
          specialArgs = { inherit name pkgs; };
          modules = [ group ] ++ modules;
        };
      makeProcessCompose = args: (evalModules args).config.outputs.package;
    };
in
{
  outputs =
    if lockstep.input.repo or null == "services-flake" then
      {
        processComposeModules.default = services;
        lib.multiService = module: serviceOf (builtins.head (lib.splitString "." (baseNameOf module))) module;
      }
    else
      {
        inherit flakeModule;
        flakeModules.default = flakeModule;
        lib = self + "/nix/lib.nix";
      };
  files."nix/lib.nix" = withoutParts;
}
