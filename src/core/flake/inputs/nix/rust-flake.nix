# juspay/rust-flake: Rust projects for flake-parts: the crates of Cargo.toml, the toolchain of rust-toolchain.toml, and a
# shell with that and with what the crates are built with.
{ lib, inputs, lockstep, ... }:
let
  inherit (lib) mkOption types;
  crane = (lockstep.part "crane").outputs;
  rustOverlay = inputs.rust-overlay.overlays.default or (lockstep.part "rust-overlay").outputs.overlays.default;
  freeform = types.lazyAttrsOf types.raw;
  inherit (builtins) pathExists;
  rawOption =
    default:
    mkOption {
      type = types.raw;
      inherit default;
    };
  listOption =
    default:
    mkOption {
      type = types.listOf types.raw;
      inherit default;
    };

  flakeModule =
    { lib, flake-parts-lib, self, ... }:
    {
      _file = "rust-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, system, ... }:
        let
          cfg = config.rust-project;
          tableOf = folder: if pathExists (folder + "/Cargo.toml") then lib.importTOML (folder + "/Cargo.toml") else { };
          root = tableOf self;
          # Members are folders, or all folders with a Cargo.toml in one.
          foldersOf =
            member:
            let
              parent = self + "/${lib.removeSuffix "/*" member}";
            in
            if member == "." then
              [ self ]
            else if !(lib.hasSuffix "/*" member) then
              [ parent ]
            else
              lib.optionals (pathExists parent) (
                map (name: parent + "/${name}") (
                  builtins.filter (name: pathExists (parent + "/${name}/Cargo.toml")) (builtins.attrNames (builtins.readDir parent))
                )
              );
          folders = if root ? workspace then lib.concatMap foldersOf (root.workspace.members or [ ]) else [ self ];
          crateOf =
            folder:
            let
              own = if cfg.crateNixFile == null then null else folder + "/${cfg.crateNixFile}";
            in
            lib.nameValuePair (tableOf folder).package.name {
              imports = lib.optional (own != null && pathExists own) own;
              path = lib.mkDefault folder;
            };
          argsType = types.submoduleWith {
            modules = [
              {
                freeformType = freeform;
                options.buildInputs = listOption [ ];
                options.nativeBuildInputs = listOption [ pkgs.pkg-config pkgs.makeWrapper ];
              }
              (cfg.defaults.perCrate.crane.args or { })
            ];
          };
          crateType = types.submoduleWith {
            modules = [
              {
                freeformType = freeform;
                options.path = rawOption self;
                options.autoWire = rawOption [ "crate" "doc" "clippy" ];
                options.crane = mkOption {
                  type = types.submodule {
                    freeformType = freeform;
                    options.args = mkOption {
                      type = argsType;
                      default = { };
                    };
                    options.extraBuildArgs = mkOption {
                      type = freeform;
                      default = { };
                    };
                  };
                  default = { };
                };
              }
            ];
            specialArgs = {
              flake = { inherit inputs; };
              rust-project = cfg;
              inherit pkgs system;
            };
          };
          crates = builtins.attrValues cfg.crates;
          isWired = crate: if builtins.isList crate.autoWire then builtins.elem "crate" crate.autoWire else crate.autoWire;
          packageOf =
            name: crate: cfg.crane-lib.buildPackage (crate.crane.args // { pname = name; src = crate.path; } // crate.crane.extraBuildArgs);
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
                  type = types.attrsOf crateType;
                  default = { };
                };
                crateNixFile = rawOption null;
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
          config.rust-project.crates = builtins.listToAttrs (map crateOf (builtins.filter (folder: (tableOf folder) ? package) folders));
          config.packages = lib.mapAttrs packageOf (lib.filterAttrs (_: isWired) cfg.crates);
          config.devShells.rust = pkgs.mkShell {
            name = "rust-devshell";
            buildInputs = [ pkgs.libiconv ] ++ map (crate: crate.crane.args.buildInputs) crates;
            packages = [ cfg.toolchain ] ++ map (crate: crate.crane.args.nativeBuildInputs) crates;
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
