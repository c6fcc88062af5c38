# numtide/devshell: shells as modules or TOML.
{ lib, lockstep, ... }:
let
  modulesFor = lockstep.part "devshell-modules";

  evalFor =
    pkgs: configuration:
    lib.evalModules {
      modules = [
        (modulesFor.module pkgs)
        configuration
      ];
      specialArgs = {
        inherit (modulesFor) extraModulesPath;
      };
    };
  makeFor = pkgs: rec {
    eval =
      {
        configuration,
        lib ? null,
        extraSpecialArgs ? { },
      }:
      let
        result = evalFor pkgs configuration;
      in
      {
        inherit (result) config options;
        inherit (result.config.devshell) shell;
      };
    mkShell = configuration: (eval { inherit configuration; }).shell;
    importTOML = modulesFor.importTOML;
    fromTOML = path: mkShell (modulesFor.importTOML path);
    docs = { };
    modules-docs = { };
    cli = lockstep.package {
      inherit (pkgs.stdenv.hostPlatform) system;
      attribute = "cli";
      pname = "devshell";
      certainty = "unknown";
      reason = "the devshell program of its own flake";
    };
  };
  overlay = final: prev: { devshell = makeFor final; };
  # For flake-parts: `perSystem.devshells.<name>`.
  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "devshell/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        {
          options.devshells = lib.mkOption {
            type = lib.types.lazyAttrsOf (
              lib.types.submoduleWith {
                modules = [ (modulesFor.module pkgs) ];
                specialArgs = { inherit (modulesFor) extraModulesPath; };
              }
            );
            default = { };
          };
          config.devShells = lib.mapAttrs (_: shell: shell.devshell.shell) config.devshells;
        }
      );
    };
  bySystem = lib.genAttrs lib.systems.flakeExposed (system: makeFor (lockstep.pkgsFor system));
in
{
  outputs = {
    legacyPackages = bySystem;
    inherit overlay;
    overlays.default = overlay;
    lib.importTOML = modulesFor.importTOML;
    packages = builtins.mapAttrs (_: made: { default = made.cli; devshell = made.cli; }) bySystem;
    fromTOML = lib.mapAttrs (_: made: made.fromTOML) bySystem;
    inherit flakeModule;
    flakeModules.default = flakeModule;
  };
  files = {
    "default.nix" =
      { system ? "x86_64-linux", inputs ? { }, nixpkgs ? lockstep.pkgsFor system }: makeFor nixpkgs;
    "overlay.nix" = overlay;
    modules = pkgs: (makeFor pkgs).eval;
    "modules/default.nix" = pkgs: (makeFor pkgs).eval;
  }
  // modulesFor.extras;
}
