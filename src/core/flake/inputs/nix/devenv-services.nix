# devenv's `services.*`: the packages that each brings when it is enabled.
{ lib, lockstep, ... }:
pkgs: managers:
let
  inherit (lib) mkOption types;
  released = lockstep.input.lastModified or 1735689600;

  # Service → attributes of nixpkgs: the first is its `package`. Those of `hidden` run as processes and put nothing into
  # the shell, or something else.
  table = {
    adminer = [ "adminer" ];
    blackfire = [ "blackfire" ];
    caddy = [ "caddy" ];
    cassandra = [ "cassandra_4" ];
    clickhouse = [ "clickhouse" ];
    cockroachdb = [ "cockroachdb-bin" ];
    couchdb = [ "couchdb3" ];
    dynamodb-local = [ "dynamodb-local" ];
    elasticmq = [ "elasticmq-server-bin" ];
    elasticsearch = [ "elasticsearch7" ];
    garage = [ "garage" ];
    httpbin = [ ];
    influxdb = [ "influxdb" ];
    kafka = [ "apacheKafka" ];
    keycloak = [ "keycloak" ];
    mailhog = [ "mailhog" ];
    mailpit = [ "mailpit" ];
    meilisearch = [ "meilisearch" ];
    memcached = [ "memcached" ];
    minio = [ "minio" ];
    mongodb = [ (if pkgs ? mongodb-ce && (released >= 1767225600 || !(pkgs ? mongodb)) then "mongodb-ce" else "mongodb") "mongodb-tools" "mongosh" ];
    mosquitto = [ "mosquitto" ];
    mysql = [ "mariadb" ];
    n8n = [ ];
    nats = [ "nats-server" ];
    nginx = [ "nginx" ];
    nixseparatedebuginfod = [ "nixseparatedebuginfod" ];
    ollama = [ "ollama" ];
    openbao = [ "openbao" ];
    opensearch = [ "opensearch" ];
    opentelemetry-collector = [ "opentelemetry-collector-contrib" ];
    pgbouncer = [ "pgbouncer" ];
    pocket-id = [ "pocket-id" ];
    postgres = [ "postgresql" ];
    prometheus = [ "prometheus" ];
    rabbitmq = [ "rabbitmq-server" ];
    redis = [ "redis" ];
    rqlite = [ "rqlite" ];
    spacetimedb = [ "spacetimedb" "rustc.llvmPackages.lld" "binaryen" ];
    sqld = [ ];
    surrealdb = [ "surrealdb" ];
    tailscale = [ ];
    temporal = [ "temporal-cli" ];
    tideways = [ ];
    trafficserver = [ "trafficserver" ];
    typesense = [ "typesense" ];
    valkey = [ "valkey" ];
    varnish = [ "varnish" ];
    vault = [ "vault-bin" ];
    wiremock = [ "wiremock" ];
  };

  hidden = {
    adminer = [ ];
    caddy = [ ];
    elasticmq = [ ];
    elasticsearch = [ ];
    mailhog = [ ];
    minio = [ "minio-client" ];
    nginx = [ ];
    nixseparatedebuginfod = [ ];
    ollama = [ ];
    opensearch = [ ];
  };

  at = path: builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." path);

  declare =
    _: attributes:
    {
      enable = mkOption {
        type = types.bool;
        default = false;
      };
    }
    // lib.optionalAttrs (attributes != [ ]) {
      package = mkOption {
        type = types.package;
        default = pkgs.${builtins.head attributes};
      };
    };
  define =
    config: name: attributes:
    let
      inherit (config) services;
      c = services.${name};
      extensions = services.postgres.extensions or null;
      # PostgreSQL's extensions are a part of the package.
      main =
        if name == "postgres" && builtins.isFunction extensions then c.package.withPackages extensions else c.package;
    in
    # A service is a process as well.
    lib.mkIf c.enable (lockstep.placed "services.${name}" c "enable" (
      if hidden ? ${name} then
        map (attribute: pkgs.${attribute}) hidden.${name}
      else
        lib.optional (attributes != [ ]) main
        ++ map at (lib.drop 1 attributes)
        # The one that puts the script which starts it into the shell as well, since the spring of 2023.
        ++ lib.optional (name == "postgres" && released >= 1680000000) (pkgs.writeShellScriptBin "start-postgres" "")
    ) ++ lockstep.placed "services.${name}" c "enable" (managers pkgs config));
in
{ config, inputs, ... }:
let
  # The one service whose program comes from a flake of its own.
  rustfs = {
    enable = mkOption {
      type = types.bool;
      default = false;
    };
    package = mkOption {
      type = types.package;
      default =
        if inputs ? rustfs then
          inputs.rustfs.packages.${pkgs.stdenv.hostPlatform.system}.default
        else
          lockstep.unresolved {
            what = "services.rustfs.package";
            reason = "devenv takes RustFS from the input `rustfs`, which the flake does not have";
          };
    };
  };
in
{
  _file = "devenv/services";
  options.services = lib.mapAttrs declare table // { inherit rustfs; };
  config.packages = lib.mkMerge (
    [ (define config "rustfs" [ null ]) ]
    ++ lib.mapAttrsToList (define config) table ++ [ (lockstep.part "devenv-unlisted" "services" (table // { inherit rustfs; }) config.services) ]
  );
}
