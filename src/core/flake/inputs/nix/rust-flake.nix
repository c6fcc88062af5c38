# juspay/rust-flake: Rust projects for flake-parts: the toolchain of rust-toolchain.toml, and a shell that has it.
{ lib, inputs, lockstep, ... }:
let
  inherit (lib) mkOption types;
  crane = (lockstep.part "crane").outputs;
  rustOverlay = inputs.rust-overlay.overlays.default or (lockstep.part "rust-overlay").outputs.overlays.default;
  freeform = types.lazyAttrsOf types.raw;

  flakeModule =
    { lib, flake-parts-lib, self, ... }:
    {
      _file = "rust-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          cfg = config.rust-project;
          argsOf = crate: crate.crane.args or { };
          collect = name: lib.concatMap (crate: (argsOf crate).${name} or [ ]) (builtins.attrValues cfg.crates);
          common = cfg.defaults.perCrate.crane.args or { };
        in
        {
          options.rust-project = mkOption {
            type = types.submodule {
              freeformType = freeform;
              options = {
                toolchain = mkOption {
                  type = types.raw;
                  default =
                    if builtins.pathExists (self + "/rust-toolchain.toml") then
                      (pkgs.rust-bin.fromRustupToolchainFile (self + "/rust-toolchain.toml")).override {
                        extensions = [ "rust-src" "rust-analyzer" "clippy" ];
                      }
                    else
                      pkgs.rust-bin.stable.latest.default.override { extensions = [ "rust-src" "rust-analyzer" "clippy" ]; };
                };
                crates = mkOption {
                  type = types.attrsOf (types.submodule { freeformType = types.lazyAttrsOf types.anything; });
                  default = { };
                };
                defaults = mkOption {
                  type = types.lazyAttrsOf types.anything;
                  default = { };
                };
                crane-lib = mkOption {
                  type = types.raw;
                  default = (crane.mkLib pkgs).overrideToolchain cfg.toolchain;
                };
              };
            };
            default = { };
          };
          config.devShells.rust = pkgs.mkShell {
            name = "rust-devshell";
            buildInputs = [ pkgs.libiconv ] ++ collect "buildInputs" ++ (common.buildInputs or [ ]);
            nativeBuildInputs = collect "nativeBuildInputs" ++ (common.nativeBuildInputs or [ ]);
            packages = [ cfg.toolchain ];
          };
        }
      );
    };
  nixpkgsModule =
    { inputs, flake-parts-lib, ... }:
    {
      _file = "rust-flake/nixpkgs.nix";
      config.perSystem =
        { system, lib, ... }:
        {
          _module.args.pkgs = lib.mkOverride 1200 (import inputs.nixpkgs { inherit system; overlays = [ rustOverlay ]; });
        };
    };
in
{
  outputs = {
    inherit flakeModule;
    flakeModules = {
      default = flakeModule;
      nixpkgs = nixpkgsModule;
    };
  };
}
