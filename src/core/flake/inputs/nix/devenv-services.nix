# devenv's `services.*`: the packages that each brings when it is enabled.
{ lib, ... }:
pkgs:
let
  inherit (lib) mkOption types;

  # Service → attributes of nixpkgs: the first is its `package`.
  table = {
    adminer = [ "adminer" ];
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
    minio = [ "minio" "minio-client" ];
    mongodb = [ "mongodb" "mongosh" ];
    mosquitto = [ "mosquitto" ];
    mysql = [ "mariadb" ];
    nats = [ "nats-server" ];
    nginx = [ "nginx" ];
    opensearch = [ "opensearch" ];
    opentelemetry-collector = [ "opentelemetry-collector-contrib" ];
    postgres = [ "postgresql" ];
    prometheus = [ "prometheus" ];
    rabbitmq = [ "rabbitmq-server" ];
    redis = [ "redis" ];
    rqlite = [ "rqlite" ];
    tailscale = [ "tailscale" ];
    temporal = [ "temporal-cli" ];
    tideways = [ ];
    trafficserver = [ "trafficserver" ];
    typesense = [ "typesense" ];
    valkey = [ "valkey" ];
    varnish = [ "varnish" ];
    vault = [ "vault-bin" ];
    wiremock = [ "wiremock" ];
  };

  module =
    name: attributes:
    { config, ... }:
    let
      c = config.services.${name};
      first = builtins.head attributes;
      # PostgreSQL's extensions are a part of the package.
      main =
        if name == "postgres" && c.extensions or null != null && builtins.isFunction c.extensions then
          c.package.withPackages c.extensions
        else
          c.package;
    in
    {
      _file = "devenv/services/${name}.nix";
      options.services.${name} = mkOption {
        type = types.submodule {
          freeformType = types.lazyAttrsOf types.anything;
          options = {
            enable = mkOption {
              type = types.bool;
              default = false;
            };
          }
          // lib.optionalAttrs (attributes != [ ]) {
            package = mkOption {
              type = types.package;
              default = pkgs.${first};
            };
          };
        };
        default = { };
      };
      config = lib.mkIf c.enable {
        packages = lib.optional (attributes != [ ]) main ++ map (attribute: pkgs.${attribute}) (lib.drop 1 attributes);
      };
    };
in
{
  _file = "devenv/services";
  imports = lib.mapAttrsToList module table;
}
