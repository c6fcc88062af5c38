# 90-008/nix-cargo-integration: Cargo projects for flake-parts: `nci.outputs.<crate>.devShell`.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  rust = (lockstep.part "rust-overlay").outputs.lib.mkRustBin { };
  anything = mkOption {
    type = types.lazyAttrsOf types.anything;
    default = { };
  };

  flakeModule =
    { lib, flake-parts-lib, self, ... }:
    {
      _file = "nix-cargo-integration/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          bin = rust pkgs;
          file = self + "/rust-toolchain.toml";
          components = [ "rust-src" "rust-analyzer" "clippy" "rustfmt" ];
          toolchain =
            (if builtins.pathExists file then bin.fromRustupToolchainFile file else bin.stable.latest.default).override
              { extensions = components; };
          crates = config.nci.crates;
          profilesOf = crate: (crates.${crate} or { }).drvConfig.mkDerivation or { };
          shell =
            crate:
            pkgs.mkShell {
              packages = [ toolchain ];
              inherit ({ buildInputs = [ ]; nativeBuildInputs = [ ]; } // profilesOf crate) buildInputs nativeBuildInputs;
            };
          package =
            crate: profile:
            pkgs.stdenv.mkDerivation (
              {
                name = "${crate}-${profile}";
                nativeBuildInputs = [ toolchain ];
              }
              // builtins.intersectAttrs { buildInputs = 1; } (profilesOf crate)
            );
        in
        {
          options.nci = {
            projects = anything;
            crates = anything;
            toolchainConfig = mkOption {
              type = types.raw;
              default = null;
            };
            toolchains = anything;
            outputs = mkOption {
              type = types.raw;
              default = lockstep.anyName (crate: {
                devShell = shell crate;
                packages = {
                  release = package crate "release";
                  dev = package crate "dev";
                };
                allTargets = { };
              });
            };
          };
          config.devShells = lib.mapAttrs (name: _: lib.mkDefault (shell name)) (crates // config.nci.projects);
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
