# Machines and homes of flakelight: they get the flake's overlays and packages, its inputs, and `flake` with what its
# modules get. https://github.com/nix-community/flakelight/blob/master/API_GUIDE.md
{ lib, ... }:
{ config, moduleArgs, result, pkgsFor, importWith, ownOverlays, builtinOverlay, overlays, byModule }:
let
  inherit (config) inputs;
  systemOf = pkgs: pkgs.stdenv.hostPlatform.system;
  ofSystem = system: lib.mapAttrs (_: member: member.${system} or { });
  inputsOf = system: lib.mapAttrs (_: ofSystem system) inputs;

  args =
    { pkgs, ... }:
    {
      _module.args.flake = { inputs' = inputsOf (systemOf pkgs); outputs' = ofSystem (systemOf pkgs) result; } // moduleArgs;
    };
  propagated = {
    imports = [ args ];
    nixpkgs = {
      overlays =
        [ (final: prev: builtinOverlay (systemOf prev) final prev) ]
        ++ overlays
        ++ [ (final: prev: lib.composeManyExtensions (ownOverlays (systemOf prev)) final prev) ];
    }
    // lib.optionalAttrs (config.nixpkgs.config != { }) { inherit (config.nixpkgs) config; };
  };

  machine =
    name: value:
    inputs.nixpkgs.lib.nixosSystem (
      value
      // {
        specialArgs = { inherit inputs; hostname = name; } // value.specialArgs or { };
        modules = [ propagated ({ flake, ... }: { _module.args = { inherit (flake) inputs'; }; }) ] ++ value.modules or [ ];
      }
    );
  home =
    name: value:
    inputs.home-manager.lib.homeManagerConfiguration (
      removeAttrs value [ "system" ]
      // {
        pkgs = pkgsFor.${value.system} or (importWith value.system (ownOverlays value.system));
        extraSpecialArgs = { inherit inputs; inputs' = inputsOf value.system; } // value.extraSpecialArgs or { };
        modules = [ { home.username = lib.mkDefault (lib.head (lib.splitString "@" name)); } args ] ++ value.modules or [ ];
      }
    );
  output =
    kind: isMade: make:
    lib.optional (config.${kind} != [ ]) {
      ${kind} = lib.mapAttrs (name: given: let value = byModule given; in if isMade value then value else make name value) (
        lib.foldl' (all: one: all // byModule one) { } config.${kind}
      );
    };
in
output "nixosConfigurations" (value: value ? config) machine ++ output "homeConfigurations" (value: value ? config || value ? activationPackage) home
