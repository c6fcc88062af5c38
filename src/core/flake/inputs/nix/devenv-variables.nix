# The variables that devenv's `services.*` and `languages.*` set in the shell, by their names: functions of the
# configuration of each and of the shell's variables.
{ lib, lockstep, ... }:
pkgs:
let
  released = lockstep.input.lastModified or 1735689600;
  hostOf = address: lib.head (lib.splitString ":" address);
  portOf = address: lib.toInt (lib.last (lib.splitString ":" address));
  file = name: pkgs.writeText name "";
  # What the languages set was looked up as of then.
  isNew = released >= 1767657600;
in
{
  services =
    {
      blackfire = c: _: {
        BLACKFIRE_AGENT_SOCKET = c.socket or "tcp://127.0.0.1:8307";
        BLACKFIRE_CLIENT_ID = c.client-id or "";
        BLACKFIRE_CLIENT_TOKEN = c.client-token or "";
      };
      cockroachdb = _: env: { COCKROACH_DATA = "${env.DEVENV_STATE}/cockroachdb"; };
      couchdb = _: _: { ERL_FLAGS = "-couch_ini ${file "couchdb.ini"}"; };
      elasticsearch = _: env: { ELASTICSEARCH_DATA = "${env.DEVENV_STATE}/elasticsearch"; };
      garage =
        c: _:
        let
          s3 = c.s3Address or "127.0.0.1:3900";
        in
        {
          GARAGE_S3_PORT = toString (portOf s3);
          GARAGE_ADMIN_PORT = toString (portOf (c.adminAddress or "127.0.0.1:3903"));
          GARAGE_S3_ENDPOINT = "http://${hostOf s3}:${toString (portOf s3)}";
          GARAGE_CONFIG_FILE = file "garage.toml";
        };
      keycloak = _: env: {
        KC_HOME_DIR = "${env.DEVENV_STATE}/keycloak";
        KC_CONF_DIR = "${env.DEVENV_STATE}/keycloak/conf";
        KC_TMP_DIR = "${env.DEVENV_STATE}/keycloak/tmp";
      };
      meilisearch = c: env: {
        MEILI_DB_PATH = "${env.DEVENV_STATE}/meilisearch";
        MEILI_HTTP_ADDR = "${c.listenAddress or "127.0.0.1"}:${toString (c.listenPort or 7700)}";
        MEILI_NO_ANALYTICS = toString (c.noAnalytics or true);
        MEILI_ENV = c.environment or "development";
        MEILI_DUMP_DIR = "${env.DEVENV_STATE}/meilisearch/dumps";
        MEILI_LOG_LEVEL = c.logLevel or "INFO";
        MEILI_MAX_INDEX_SIZE = c.maxIndexSize or "107374182400";
      };
      minio = c: env: {
        MINIO_DATA_DIR = "${env.DEVENV_STATE}/minio/data";
        MINIO_CONFIG_DIR = "${env.DEVENV_STATE}/minio/config";
        MINIO_CLIENT_CONFIG_DIR = "${env.DEVENV_STATE}/minio/mc";
        MINIO_REGION = c.region or "us-east-1";
        MINIO_BROWSER = if c.browser or true then "on" else "off";
      };
      mongodb = _: env: { MONGODBDATA = "${env.DEVENV_STATE}/mongodb"; };
      mosquitto = c: _: {
        MOSQUITTO_PORT = toString (c.port or 1883);
        MOSQUITTO_HOST = c.bind or "127.0.0.1";
      };
      mysql =
        c: env:
        {
          MYSQL_HOME = "${env.DEVENV_STATE}/mysql";
          MYSQL_UNIX_PORT = "${env.DEVENV_STATE}/mysql.sock";
          MYSQLX_UNIX_PORT = "${env.DEVENV_STATE}/mysqlx.sock";
        }
        // lib.optionalAttrs (c ? settings.mysqld.port) { MYSQL_TCP_PORT = toString c.settings.mysqld.port; };
      n8n = c: _: {
        N8N_PORT = toString (c.port or 5432);
        N8N_LISTEN_ADDRESS = c.address or "127.0.0.1";
        WEBHOOK_URL = c.webhookUrl or "";
        N8N_CONFIG_FILES = file "n8n.json";
      };
      nats = _: env: { NATS_DATA_DIR = "${env.DEVENV_STATE}/nats"; };
      ollama = c: _: { OLLAMA_HOST = "${c.address or "127.0.0.1"}:${toString (c.port or 11434)}"; };
      opensearch = _: env: { OPENSEARCH_DATA = "${env.DEVENV_STATE}/opensearch"; };
      pocket-id = c: env: {
        APP_URL = c.app_url or "http://localhost:1411";
        DB_CONNECTION_STRING = "file:${env.DEVENV_STATE}/pocket-id/pocket-id.db";
        UPLOAD_PATH = "${env.DEVENV_STATE}/pocket-id/uploads";
        KEYS_PATH = "${env.DEVENV_STATE}/pocket-id/keys";
        GEOLITE_DB_PATH = "${env.DEVENV_STATE}/pocket-id/GeoLite2-City.mmdb";
      };
      # The socket stood beside the data, found by the hook, until the autumn of 2023.
      postgres =
        c: env:
        {
          PGDATA = "${env.DEVENV_STATE}/postgres";
          PGPORT = toString (c.port or 5432);
        }
        // lib.optionalAttrs (released >= 1696118400) {
          PGHOST = if c.listen_addresses or "" == "" then "${env.DEVENV_RUNTIME}/postgres" else c.listen_addresses;
        };
      rabbitmq = c: env: {
        RABBITMQ_DATA_DIR = "${env.DEVENV_STATE}/rabbitmq";
        RABBITMQ_MNESIA_BASE = "${env.DEVENV_STATE}/rabbitmq/mnesia";
        RABBITMQ_LOGS = "-";
        RABBITMQ_LOG_BASE = "${env.DEVENV_STATE}/rabbitmq/logs";
        RABBITMQ_CONFIG_FILE = file "rabbitmq.conf";
        RABBITMQ_PLUGINS_DIR = lib.concatStringsSep ":" (c.pluginDirs or [ ]);
        RABBITMQ_ENABLED_PLUGINS_FILE = file "enabled_plugins";
      };
      redis = c: env: {
        REDISDATA = "${env.DEVENV_STATE}/redis";
        REDIS_UNIX_SOCKET = if c.port or 6379 == 0 then "${env.DEVENV_RUNTIME}/redis.sock" else null;
      };
      rustfs = c: env: {
        RUSTFS_PORT = toString (c.port or 9000);
        RUSTFS_CONSOLE_PORT = toString (c.consolePort or 9001);
        RUSTFS_CONSOLE_ENABLE = if c.consoleEnable or true then "true" else "false";
        RUSTFS_DATA_DIR = "${env.DEVENV_STATE}/rustfs/data";
      };
      surrealdb = c: env: {
        SURREAL_USER = c.username or null;
        SURREAL_PASS = c.password or null;
        SURREAL_PATH = "${env.DEVENV_STATE}/surrealdb";
        SURREAL_DATABASE = c.database or "main";
        SURREAL_NAMESPACE = c.namespace or "main";
        SURREAL_ENDPOINT = "ws://localhost:${toString (c.port or 8080)}";
      };
      trafficserver = _: _: { TS_RUNROOT = file "runroot.yaml"; };
    }
    // lib.genAttrs [ "openbao" "vault" ] (
      _: c: _:
      lib.genAttrs [ "VAULT_API_ADDR" "VAULT_ADDR" ] (_: "http://${c.address or "127.0.0.1:8200"}")
    );
  languages = {
    go =
      c: env:
      {
        GOROOT = "${c.package}/share/go/";
        GOPATH = "${env.DEVENV_STATE}/go";
      }
      // lib.optionalAttrs isNew { GOTOOLCHAIN = "local"; };
    rust =
      c: _:
      let
        mold = lib.optionalString (c.mold.enable or null == true) "-C link-arg=-fuse-ld=mold";
        flags = lib.concatStringsSep " " (lib.filter (flag: flag != "") [ mold c.rustflags ]);
      in
      {
        # The toolchain of a channel has the sources as one of its components.
        RUST_SRC_PATH =
          if c.toolchain ? rust-src || c.channel != "nixpkgs" then
            "${c.toolchain.rust-src or (lockstep.package { attribute = "rust-src"; })}/lib/rustlib/src/rust/library"
          else
            pkgs.rustPlatform.rustLibSrc;
      }
      // lib.optionalAttrs (flags != "") { RUSTFLAGS = flags; }
      // lib.optionalAttrs (mold != "") { RUSTDOCFLAGS = mold; };
    php = _: env: { PHPFPMDIR = "${env.DEVENV_STATE}/php-fpm"; };
    python =
      c: env:
      lib.optionalAttrs (isNew && c.uv.enable) {
        UV_PROJECT_ENVIRONMENT = "${env.DEVENV_STATE}/venv";
        UV_PYTHON_DOWNLOADS = "never";
        UV_PYTHON_PREFERENCE = "only-system";
      }
      // lib.optionalAttrs (isNew && c.poetry.enable) {
        POETRY_VIRTUALENVS_IN_PROJECT = "true";
        POETRY_VIRTUALENVS_CREATE = "true";
        POETRY_VIRTUALENVS_PATH = "/var/empty";
      };
  };
}
