# devenv's integrations with other tools: the packages that each brings.
{ lib, lockstep, ... }:
pkgs:
let
  inherit (lib) mkOption types;

  flag = mkOption {
    type = types.bool;
    default = false;
  };
  unresolved = what: reason: [ (lockstep.unresolved { inherit what reason; }) ];

  # name → packages, of the option's configuration and the flake's inputs.
  table = {
    difftastic = _: _: [ pkgs.difftastic ];
    delta = _: _: [ pkgs.delta ];
    starship = c: _: [ c.package ];
    android = _: _: unresolved "android" "devenv composes the Android SDK and its tools from the options of `android`";
    treefmt =
      c: inputs:
      if inputs ? treefmt-nix then
        [ c.config.build.wrapper ]
      else
        unresolved "treefmt" "devenv takes treefmt from the input `treefmt-nix`, which the flake does not have";
  };
  more = inputs: {
    starship.package = mkOption {
      type = types.package;
      default = pkgs.starship;
    };
    # What is set is a module of treefmt-nix, and what is read its configuration.
    treefmt.config = mkOption {
      type = types.deferredModule;
      default = { };
      apply = module: (inputs.treefmt-nix.lib.evalModule pkgs module).config;
    };
  };
in
{ config, inputs, ... }:
{
  _file = "devenv/integrations";
  options = lib.mapAttrs (name: _: { enable = flag; } // (more inputs).${name} or { }) table;
  config.packages = lib.mkMerge (
    lib.mapAttrsToList (
      name: packages: lib.mkIf config.${name}.enable (lockstep.placed name config.${name} "enable" (packages config.${name} inputs))
    ) table
  );
}
