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
            overlays = sharedOverlays ++ (channel.overlaysBuilder or (_: [ ])) (channelsFor system) ++ [ replOverlay ];
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
  # What overlays add to any channel, as far as it is a package, or a set that says that it may be exported.
  exportPackages =
    overlays: channels:
    let
      # An input that is not known may be a channel, too, and hides none of those that are.
      isChannel = channel: !(lockstep.isUnknown (channel.nix or null));
      every = lib.foldl' (a: b: a // b) { } (lib.filter isChannel (builtins.attrValues channels));
      names = lib.concatMap (overlay: builtins.attrNames (overlay null null)) (builtins.attrValues overlays);
      isExported = item: lockstep.isUnknown item || (builtins.isAttrs item && (lib.isDerivation item || !(item.__dontExport or true)));
    in
    flakeUtils.filterPackages every.stdenv.hostPlatform.system (
      flakeUtils.flattenTree (lib.filterAttrs (_: isExported) (lib.genAttrs names (name: every.${name})))
    );
  # Files and modules that say which file they are from, by its name.
  exportModules =
    list:
    lib.listToAttrs (
      map (
        given:
        let
          module = if lib.isFunction given then given (lib.functionArgs given) else given;
          file = if builtins.isPath given || builtins.isString given then given else module._file;
        in
        lib.nameValuePair (lib.removeSuffix ".nix" (baseNameOf file)) (if builtins.isPath given || builtins.isString given then import given else given)
      ) list
    );
  replOverlay = final: prev: {
    __dontExport = true;
    fup-repl = final.writeShellScriptBin "repl" "";
  };
  functions = flakeUtils // {
    inherit mergeAny mkFlake exportPackages exportModules;
    # Which overlay adds what to which channel is not followed.
    exportOverlays = _: lockstep.opaque "which overlays exportOverlays makes of the channels is not followed";
    patchChannel = _: channel: _: channel;
    genPkgOverlay = input: name: final: prev: {
      __dontExport = true;
      ${name} = input.packages.${prev.stdenv.hostPlatform.system}.${name} or input.defaultPackage.${prev.stdenv.hostPlatform.system};
    };
    # Their names of before.
    systemFlake = mkFlake;
    modulesFromList = exportModules;
    fromOverlays = exportPackages;
  };
in
{
  outputs = {
    lib = functions;
    inherit (functions) mkFlake;
    overlay = replOverlay;
    nixosModules.autoGenFromInputs = { };
  };
}
