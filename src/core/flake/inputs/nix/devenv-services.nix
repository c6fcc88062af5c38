# devenv's `services.*`: the packages that each brings when it is enabled.
{ lib, lockstep, ... }:
pkgs: managers:
let
  inherit (lib) mkOption types;
  released = lockstep.input.lastModified or 1735689600;

  # Service → attributes of nixpkgs: the first is its `package`. Those of `hidden` run as processes and put nothing into
  # the shell but what `hidden` lists.
  table = {
    adminer = [ "adminer" ];
    blackfire = [ "blackfire" ];
    caddy = [ "caddy" ];
    cassandra = [ (if pkgs ? cassandra_4 then "cassandra_4" else "cassandra") ];
    clickhouse = [ "clickhouse" ];
    cockroachdb = [ "cockroachdb-bin" ];
    couchdb = [ "couchdb3" ];
    dynamodb-local = [ "dynamodb-local" ];
    elasticmq = [ "elasticmq-server-bin" ];
    elasticsearch = [ "elasticsearch7" ];
    garage = [ (if pkgs ? garage_2 then "garage_2" else "garage") ];
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

  nothing = _: [ ];
  hidden = lib.genAttrs [
    "adminer" "caddy" "dynamodb-local" "elasticmq" "elasticsearch" "influxdb" "mailhog" "memcached" "nginx" "nixseparatedebuginfod" "ollama"
    "opensearch" "opentelemetry-collector" "typesense" "varnish" "vault" "wiremock"
  ] (_: nothing) // {
    # Its client is called by a script that has the configuration, unless there is none.
    minio = c: [ (if c.clientConfig or { } == null then c.clientPackage else script "mc") ];
    tideways = c: [ c.cliPackage ];
  };
  # Scripts that call the programs of a service.
  scripts = {
    mysql = [ "mysql" "mysqladmin" "mysqldump" ];
    ollama = [ "loadModels" ];
    openbao = [ "openbao" ];
    varnish = [ "varnishadm" "varnishtop" "varnishhist" "varnishlog" "varnishstat" ];
    vault = [ "vault" ];
  };
  # What starts the service, for those that have it in the shell as well.
  starters = {
    cassandra = [ "start-cassandra" ];
    postgres = lib.optional (released >= 1680000000) "start-postgres";
  };
  # Packages besides `package` that can be chosen.
  chosen = {
    minio.clientPackage = "minio-client";
    tideways = {
      cliPackage = "tideways-cli";
      daemonPackage = "tideways-daemon";
    };
  };

  script = name: pkgs.writeShellScriptBin name "";
  at = path: builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." path);

  packageOption =
    attribute:
    mkOption {
      type = types.package;
      default = pkgs.${attribute};
    };
  declare =
    name: attributes:
    {
      enable = mkOption {
        type = types.bool;
        default = false;
      };
    }
    // lib.optionalAttrs (attributes != [ ]) { package = packageOption (builtins.head attributes); }
    // lib.mapAttrs (_: packageOption) (chosen.${name} or { });
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
        hidden.${name} c
      else
        lib.optional (attributes != [ ]) main
        ++ map at (lib.drop 1 attributes)
        ++ map script (starters.${name} or [ ])
    ) ++ lockstep.placed "services.${name}" c "enable" (
      # A script that the project has itself takes the place of one of that name.
      map script (lib.filter (name: !(config.scripts ? ${name})) (scripts.${name} or [ ]))
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
