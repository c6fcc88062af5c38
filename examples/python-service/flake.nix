{
  description = "Orders: an HTTP service in Python on PostgreSQL";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
    flake-utils.url = "github:numtide/flake-utils";
  };

  outputs =
    {
      self,
      nixpkgs,
      flake-utils,
    }:
    flake-utils.lib.eachDefaultSystem (
      system:
      let
        pkgs = nixpkgs.legacyPackages.${system};
        inherit (pkgs) lib;

        python = pkgs.python312;

        # What both people and CI need to run the checks.
        checks = with pkgs; [
          ruff
          mypy
          pre-commit
        ];
      in
      {
        devShells = {
          default = pkgs.mkShell {
            packages =
              checks
              ++ (with pkgs; [
                uv
                postgresql_16
                redis
                just
                git
                httpie
              ])
              ++ [
                (python.withPackages (ps: [
                  ps.psycopg2
                  ps.ipython
                ]))
              ]
              ++ lib.optionals pkgs.stdenv.isLinux [ pkgs.docker-compose ];

            # uv installs what uv.lock says, into the interpreter of this shell.
            UV_PYTHON_DOWNLOADS = "never";
            DATABASE_URL = "postgresql://localhost/orders";
            PYTHONDONTWRITEBYTECODE = 1;

            shellHook = ''
              export PGDATA="$PWD/.postgres"
              echo "just --list shows what can be done here"
            '';
          };

          ci = pkgs.mkShellNoCC { packages = checks ++ [ python ]; };
        };
      }
    );
}
