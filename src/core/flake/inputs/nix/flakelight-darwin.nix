# cmacrae/flakelight-darwin: flakelight with `darwinConfigurations` and `darwinModules`.
{ lib, lockstep, inputs, ... }:
let
  inherit (lockstep.part "flakelight") autoload keptAll withArgs;
  module =
    { config, moduleArgs, lib, ... }:
    let
      load = name: lib.optionals (config.nixDir != null) (lib.concatMap (autoload config.nixDir) ([ name ] ++ config.nixDirAliases.${name} or [ ]));
      all = name: lib.foldl' (sum: one: sum // withArgs moduleArgs one) { } (config.${name} ++ load name);
      modules = all "darwinModules" // lib.optionalAttrs (config.darwinModule != [ ]) { default = lib.last config.darwinModule; };
      made = lib.mapAttrs (
        _: given:
        let
          value = withArgs moduleArgs given;
        in
        if value ? config.system then
          value
        else
          config.inputs.nix-darwin.lib.darwinSystem (value // { specialArgs = { inherit (config) inputs; } // value.specialArgs or { }; })
      ) (all "darwinConfigurations");
    in
    {
      _file = "flakelight-darwin";
      options = keptAll [ "darwinConfigurations" "darwinModule" "darwinModules" ];
      config = {
        systems = lib.mkDefault [ "aarch64-darwin" "x86_64-darwin" ];
        inputs = lib.optionalAttrs (inputs ? nix-darwin) { nix-darwin = lib.mkDefault inputs.nix-darwin; };
        nixDirAliases.darwinConfigurations = [ "darwin" ];
        outputs = lib.optionalAttrs (made != { }) { darwinConfigurations = made; } // lib.optionalAttrs (modules != { }) { darwinModules = modules; };
      };
    };
  flakelight = (lockstep.part "flakelight").outputs;
  mkFlake = src: root: flakelight.lib.mkFlake src { imports = [ module root ]; };
in
{
  outputs = {
    __functor = _: mkFlake;
    lib = { inherit mkFlake; };
    flakelightModules.default = module;
  };
}
