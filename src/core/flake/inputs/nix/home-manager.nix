# nix-community/home-manager: `lib.homeManagerConfiguration`, and the modules that bring homes into a system's configuration.
# What the modules do is read apart (`modules/`), so they are empty here.
{ lib, lockstep, ... }:
let
  module = key: { inherit key; };
  tool = (lockstep.part "tool-flake").outputs;
  homeManagerConfiguration = lockstep.configuration "home";
  hm.dag = {
    entryAnywhere = data: { inherit data; before = [ ]; after = [ ]; };
    entryBefore = before: data: { inherit data before; after = [ ]; };
    entryAfter = after: data: { inherit data after; before = [ ]; };
    entryBetween = before: after: data: { inherit data before after; };
  };
in
{
  outputs = tool // {
    lib = { inherit homeManagerConfiguration hm; };
    nixosModules.default = module "home-manager";
    nixosModules.home-manager = module "home-manager";
    nixosModule = module "home-manager";
    darwinModules.default = module "home-manager";
    darwinModules.home-manager = module "home-manager";
    darwinModule = module "home-manager";
    # Adds `homeConfigurations` and the like to flake-parts.
    flakeModules.home-manager = {
      options.flake = {
        homeConfigurations = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; default = { }; };
        homeModules = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; default = { }; };
      };
    };
    flakeModules.default = { };
  };
  # Called with a package set, the source gives the program.
  files."default.nix" = { pkgs, ... }: {
    home-manager = tool.packages.${pkgs.stdenv.hostPlatform.system}.home-manager;
    install = lockstep.opaque "the script that installs home-manager is made when it is built";
  };
  files."nixos" = module "home-manager";
  files."nix-darwin" = module "home-manager";
}
