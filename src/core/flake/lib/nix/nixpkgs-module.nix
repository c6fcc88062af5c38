# The options `nixpkgs.*` of NixOS, which flake-parts users import to configure their package set. `importNixpkgs` is
# what `import nixpkgs` gives.
importNixpkgs:
{ config, lib, ... }:
let
  cfg = config.nixpkgs;
  raw = default: lib.mkOption {
    type = lib.types.raw;
    inherit default;
  };
in
{
  _file = "nixpkgs/nixos/modules/misc/nixpkgs.nix";
  options.nixpkgs = {
    pkgs = lib.mkOption {
      type = lib.types.raw;
      default = importNixpkgs {
        inherit (cfg) config overlays;
        system = cfg.hostPlatform.system or cfg.hostPlatform;
      };
    };
    config = lib.mkOption {
      type = lib.types.lazyAttrsOf lib.types.anything;
      default = { };
    };
    overlays = lib.mkOption {
      type = lib.types.listOf lib.types.raw;
      default = [ ];
    };
    hostPlatform = raw null;
    buildPlatform = raw null;
    localSystem = raw null;
    crossSystem = raw null;
    system = raw null;
    flake = raw { };
  };
  config._module.args.pkgs = lib.mkForce cfg.pkgs;
}
