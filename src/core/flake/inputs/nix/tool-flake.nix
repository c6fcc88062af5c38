# Flakes that are there for one program: `packages.<system>.default` is it. The version is known when the input is pinned
# to a release by its tag.
{ lib, lockstep, ... }:
let
  input = lockstep.input;
  repo = lib.toLower (input.repo or input.name);
  # Repositories that are not named as their program.
  program =
    {
      "foundry.nix" = "foundry-bin";
      "neovim-nightly-overlay" = "neovim";
      "nix-darwin" = "darwin-rebuild";
      "helix-editor" = "helix";
      "jj" = "jujutsu";
      "nixpkgs-hammering" = "nixpkgs-hammer";
      "nix-index-database" = "nix-index-with-db";
      "comma-with-db" = "comma";
    }
    .${repo} or (lib.removeSuffix ".nix" repo);

  tag = input.ref or "";
  released = builtins.match "(refs/tags/)?(release-|${lib.escapeRegex program}-)?v?([0-9]+(\\.[0-9]+)+([-.][a-z0-9.]+)?)" tag;
  version = if released == null then null else builtins.elemAt released 2;

  package =
    system: name:
    lockstep.package {
      inherit system version;
      attribute = name;
      pname = if name == "default" then program else name;
      certainty = if version == null then "unknown" else "exact";
      reason = if version == null then "the ${program} of the locked revision ${builtins.substring 0 7 (input.rev or "")}" else null;
      mainProgram = if name == "default" then program else name;
    };
  packagesFor = system: lockstep.anyName (package system);
  bySystem = lib.genAttrs lib.systems.flakeExposed packagesFor;
  # Whatever else the overlay adds.
  overlay = final: prev: {
    ${program} =
      let
        own = package final.stdenv.hostPlatform.system program;
      in
      # Its overlay gives a set of the program and its functions.
      if program == "deploy-rs" then own // { deploy-rs = own; lib = unknown "functions"; } else own;
    __rest = lockstep.unknown.overlays.default;
  };
  unknown = what: lockstep.opaque "the ${what} of ${input.name} are not read here";
in
{
  outputs = {
    packages = bySystem;
    legacyPackages = bySystem;
    defaultPackage = lib.mapAttrs (_: packages: packages.default) bySystem;
    apps = lib.mapAttrs (
      _: packages: lockstep.anyName (name: { type = "app"; program = lib.getExe packages.${name}; })
    ) bySystem;
    inherit overlay;
    overlays = lockstep.anyName (_: overlay);
    lib = unknown "functions";
    nixosModules = unknown "NixOS modules";
    nixosModule = unknown "NixOS modules";
    darwinModules = unknown "nix-darwin modules";
    homeModules = unknown "Home Manager modules";
    homeManagerModules = unknown "Home Manager modules";
    flakeModules = unknown "flake-parts modules";
    flakeModule = unknown "flake-parts modules";
    devShells = unknown "shells";
    devShell = unknown "shells";
    checks = unknown "checks";
    formatter = lib.mapAttrs (_: packages: packages.default) bySystem;
  };
}
