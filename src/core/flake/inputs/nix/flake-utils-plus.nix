# gytis-ivaskevicius/flake-utils-plus: several nixpkgs as channels, and outputs that are built from them.
{ lib, lockstep, ... }:
let
  flakeUtils = (lockstep.part "flake-utils").outputs.lib;

  mkFlake =
    {
      self,
      inputs ? self.inputs,
      supportedSystems ? flakeUtils.defaultSystems,
      channels ? { },
      channelsConfig ? { },
      sharedOverlays ? [ ],
      outputsBuilder ? (_: { }),
      hosts ? { },
      hostDefaults ? { },
      nix ? null,
      ...
    }@args:
    let
      # Inputs that are a nixpkgs are channels as well.
      wanted = lib.mapAttrs (name: _: { input = inputs.${name}; }) (lib.filterAttrs (_: input: input ? legacyPackages) inputs) // channels;
      channelsFor =
        system:
        lib.mapAttrs (
          name: channel:
          import (channel.input or inputs.${name}) {
            inherit system;
            config = channelsConfig // (channel.config or { });
            overlays = sharedOverlays ++ (channel.overlaysBuilder or (_: [ ])) (channelsFor system);
          }
        ) wanted;
      rest = removeAttrs args [ "self" "inputs" "supportedSystems" "channels" "channelsConfig" "sharedOverlays" "outputsBuilder" "hosts" "hostDefaults" "nix" ];
    in
    rest
    // flakeUtils.eachSystem supportedSystems (system: outputsBuilder (channelsFor system))
    // {
      pkgs = lib.genAttrs supportedSystems channelsFor;
    };
  functions = flakeUtils // {
    inherit mkFlake;
    exportOverlays = _: { };
    exportPackages = _: _: { };
    exportModules = list: lib.listToAttrs (map (path: lib.nameValuePair (lib.removeSuffix ".nix" (baseNameOf path)) (import path)) list);
    mergeAny = lib.recursiveUpdate;
    patchChannel = _: channel: _: channel;
    genPkgOverlay = set: name: final: prev: { ${name} = set.${name}; };
  };
in
{
  outputs = {
    lib = functions;
    inherit (functions) mkFlake;
    nixosModules.autoGenFromInputs = { };
  };
}
