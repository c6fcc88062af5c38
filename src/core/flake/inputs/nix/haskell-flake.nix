# srid/haskell-flake: Haskell projects for flake-parts: each has a shell with its compiler and tools.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  anything = mkOption {
    type = types.lazyAttrsOf types.raw;
    default = { };
  };
  flakeModule =
    { lib, flake-parts-lib, self, ... }:
    {
      _file = "haskell-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          project =
            { name, config, ... }:
            let
              toolSet = (config.devShell.tools or (_: { })) config.basePackages;
              usual = hp: if config.defaults.enable or true then { inherit (hp) cabal-install ghcid hlint haskell-language-server; } else { };
              standard = (config.defaults.devShell.tools or usual) config.basePackages;
              tools = builtins.filter (tool: lockstep.isUnknown tool || tool != null) (builtins.attrValues (standard // toolSet));
              extra = config.devShell.mkShellArgs or { };
              # Those of the project itself, by default whatever has a Cabal file.
              root = if config.projectRoot == null then self else config.projectRoot;
              entries = builtins.readDir "${root}";
              isCabal = file: lib.hasSuffix ".cabal" file || builtins.elem file [ "cabal.project" "package.yaml" ];
              hasCabal = lockstep.isUnknown entries || builtins.any isCabal (builtins.attrNames entries);
              ownPackages = config.packages != { } || (hasCabal && (config.defaults.packages or null) != { });
              needs = lib.optional ownPackages (lockstep.unresolved {
                what = "packages that ${name} needs";
                reason = "haskell-flake reads from the Cabal files what the packages of the project are built with";
              });
              shell = config.basePackages.shellFor (
                extra
                // {
                  packages = _: [ ];
                  nativeBuildInputs = (extra.nativeBuildInputs or [ ]) ++ tools ++ needs;
                }
              );
            in
            {
              freeformType = types.lazyAttrsOf types.raw;
              options = {
                basePackages = mkOption {
                  type = types.raw;
                  default = pkgs.haskellPackages;
                };
                packages = anything;
                settings = anything;
                defaults = anything;
                devShell = mkOption {
                  type = types.submodule { freeformType = types.lazyAttrsOf types.raw; };
                  default = { };
                };
                autoWire = mkOption {
                  type = types.listOf types.str;
                  default = [ "packages" "checks" "apps" "devShells" ];
                };
                projectRoot = mkOption {
                  type = types.raw;
                  default = null;
                };
                outputs = mkOption { type = types.raw; };
              };
              config.outputs = {
                devShell = shell;
                packages = { };
                finalPackages = config.basePackages;
              };
            };
          wired = lib.filterAttrs (
            _: project: builtins.elem "devShells" project.autoWire && project.devShell.enable or true
          ) config.haskellProjects;
        in
        {
          options.haskellProjects = mkOption {
            type = types.attrsOf (types.submodule project);
            default = { };
          };
          config.devShells = lib.mapAttrs (_: project: lib.mkDefault project.outputs.devShell) wired;
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
