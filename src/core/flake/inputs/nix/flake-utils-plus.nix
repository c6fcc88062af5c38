# gytis-ivaskevicius/flake-utils-plus: several nixpkgs as channels, and outputs that are built from them.
{ lib, lockstep, ... }:
let
  flakeUtils = (lockstep.part "flake-utils").outputs.lib;

  # Sets and lists of the same name become one, and of anything else the last stays.
  mergeAny =
    a: b:
    a
    // lib.mapAttrs (
      name: value:
      if lockstep.isUnknown value then
        value
      else if builtins.isAttrs value then
        (a.${name} or { }) // value
      else if builtins.isList value then
        (a.${name} or [ ]) ++ value
      else
        value
    ) b;

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
      ...
    }@args:
    let
      # Inputs that are a nixpkgs are channels as well.
      wanted = mergeAny (lib.mapAttrs (name: _: { input = inputs.${name}; }) (lib.filterAttrs (_: input: input ? legacyPackages) inputs)) channels;
      srcs = lib.filterAttrs (_: input: !(input ? outputs)) inputs;
      channelsFor =
        system:
        lib.mapAttrs (
          name: channel:
          import (channel.input or inputs.${name}) {
            inherit system;
            config = channelsConfig // (channel.config or { });
            overlays = sharedOverlays ++ (channel.overlaysBuilder or (_: [ ])) (channelsFor system);
          }
          // {
            inherit name srcs;
            input = channel.input or inputs.${name};
          }
        ) wanted;
      rest = removeAttrs args [ "self" "inputs" "supportedSystems" "channels" "channelsConfig" "sharedOverlays" "outputsBuilder" "hosts" "hostDefaults" "nixosProfiles" ];

      # What the builder makes for a system lies over what the flake says for it itself.
      outputsFor =
        system:
        lib.mapAttrs (
          output: value: if rest ? ${output}.${system} then (mergeAny { ${output} = rest.${output}.${system}; } { ${output} = value; }).${output} else value
        ) (outputsBuilder (channelsFor system));

      machineOf =
        name: given:
        let
          host = mergeAny hostDefaults given;
          channel = (channelsFor (host.system or "x86_64-linux")).${host.channelName or "nixpkgs"};
          output = host.output or "nixosConfigurations";
          isMachine = output == "nixosConfigurations" || output == "darwinConfigurations";
        in
        {
          ${output}.${name} = (host.builder or channel.input.lib.nixosSystem) (
            {
              system = host.system or "x86_64-linux";
              modules = [
                (
                  { _module.args = lib.optionalAttrs (output != "darwinConfigurations") { inherit inputs; } // (host.extraArgs or { }); }
                  // lib.optionalAttrs isMachine {
                    nixpkgs.pkgs = channel;
                    networking.hostName = lib.head (lib.splitString "." name);
                  }
                )
              ]
              ++ (host.modules or [ ]);
              specialArgs = (host.specialArgs or { }) // { inherit channel; };
            }
            // lib.optionalAttrs (output == "darwinConfigurations") { inherit inputs; pkgs = channel; }
          );
        };
    in
    mergeAny rest (
      flakeUtils.eachSystem supportedSystems outputsFor
      // {
        pkgs = lib.genAttrs supportedSystems channelsFor;
      }
      // lib.foldl' mergeAny { } (lib.mapAttrsToList machineOf hosts)
    );
  functions = flakeUtils // {
    inherit mergeAny mkFlake;
    exportOverlays = _: { };
    exportPackages = _: _: { };
    exportModules = list: lib.listToAttrs (map (path: lib.nameValuePair (lib.removeSuffix ".nix" (baseNameOf path)) (import path)) list);
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
