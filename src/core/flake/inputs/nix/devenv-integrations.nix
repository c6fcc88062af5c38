# devenv's integrations with other tools: the packages that each brings.
{ lib, lockstep, ... }:
pkgs:
let
  inherit (lib) mkOption types;

  flag = mkOption {
    type = types.bool;
    default = false;
  };
  anything = mkOption {
    type = types.anything;
    default = { };
  };
  packageOption = default: {
    package = mkOption {
      type = types.package;
      inherit default;
    };
  };
  unresolved = what: reason: [ (lockstep.unresolved { inherit what reason; }) ];

  # name → packages, of the option's configuration and the flake's inputs.
  table = {
    difftastic = _: _: [ pkgs.difftastic ];
    delta = _: _: [ pkgs.delta ];
    mergiraf = _: _: [ pkgs.mergiraf ];
    just = c: _: [ c.package ];
    # A program of its own that calls the one it is named after.
    aws-vault = c: _: lib.optional c.awscli2WrapperEnable (pkgs.writeScriptBin "aws" "");
    conan =
      _: inputs:
      if inputs ? conan-flake then
        unresolved "conan" "what conan-flake composes from the options of `conan` is not known here"
      else
        unresolved "conan" "devenv takes Conan from the input `conan-flake`, which the flake does not have";
    starship = c: _: [ c.package ];
    android = _: _: unresolved "android" "devenv composes the Android SDK and its tools from the options of `android`";
    treefmt =
      c: inputs:
      if inputs ? treefmt-nix then
        [ c.config.build.wrapper ]
      else
        unresolved "treefmt" "devenv takes treefmt from the input `treefmt-nix`, which the flake does not have";
  };
  silent = lib.genAttrs [ "cachix" "claude" "devcontainer" "direnv" "dotenv" "git" "opencode" "secretspec" ] (_: null);
  more = inputs: {
    starship = packageOption pkgs.starship;
    just = packageOption pkgs.just // {
      features = anything;
      commonFileName = anything;
    };
    aws-vault = packageOption pkgs.aws-vault // {
      profile = anything;
      awscli2WrapperEnable = flag;
      terraformWrapperEnable = flag;
    };
    conan.config = anything;
    # What is set is a module of treefmt-nix, and what is read its configuration.
    treefmt.config = mkOption {
      type = types.deferredModule;
      default = { };
      apply = module: (inputs.treefmt-nix.lib.evalModule pkgs module).config;
    };
  };
in
{ config, options, inputs, ... }:
{
  _file = "devenv/integrations";
  options = lib.mapAttrs (name: _: { enable = flag; } // (more inputs).${name} or { }) table;
  config.packages = lib.mkMerge (
    lib.mapAttrsToList (
      name: packages: lib.mkIf config.${name}.enable (lockstep.placed name config.${name} "enable" (packages config.${name} inputs))
    ) table
    # Any other that is switched on and that nobody declares, but those that bring no package.
    ++ [ (lockstep.part "devenv-unlisted" null (silent // options) config) ]
  );
  config.languages = lib.mkIf (config.aws-vault.enable && config.aws-vault.terraformWrapperEnable) {
    terraform.package = pkgs.writeScriptBin "terraform" "";
  };
}
