# The shells of flakelight: sets whose values may be functions of the package set, and functions that give such a set or
# a whole shell. https://github.com/nix-community/flakelight/blob/master/API_GUIDE.md
{ lib, lockstep, ... }:
{ keptAll, applied, withPkgs }:
let
  inherit (builtins) functionArgs isAttrs isFunction isPath isString;
  inherit (lib) types;

  options = keptAll [ "packages" "inputsFrom" "shellHook" "env" "stdenv" "hardeningDisable" ];
  isShell = value: !(lockstep.isUnknown value) && isAttrs value && value.type or "" == "derivation";
  # A function that gives no shell was meant to be called with the package set as it is.
  valueOf =
    pkgs: given:
    let
      called = applied pkgs given;
      value = if isPath given || isString given then import given else given;
    in
    if isFunction value && functionArgs value != { } && !(lockstep.isUnknown called) && !(isShell called) then value pkgs else called;
in
# pkgs → what stands for modules that are not known → the shell's name → its definitions → the shell
pkgs: unknown: name: definitions:
let
  values = map (valueOf pkgs) definitions;
  whole = lib.filter (value: lockstep.isUnknown value || isShell value) values;
  config = (lib.evalModules { prefix = [ "devShells" name ]; modules = [ { inherit options; } ] ++ values; }).config;
  # All definitions of an option as its type merges them, once they are called.
  merged =
    option: type: default:
    let
      found = config.${option};
      each = value: { file = "<unknown-file>"; value = withPkgs pkgs value; };
    in
    if !(lockstep.isUnknown found) && found == [ ] then
      default
    else
      (lib.mergeDefinitions [ "devShells" name option ] type (if lockstep.isUnknown found then [ (each found) ] else map each found)).mergedValue;
in
if whole != [ ] then
  lib.last whole
else
  (pkgs.mkShell.override { stdenv = merged "stdenv" types.package pkgs.stdenv; }) (
    merged "env" (types.lazyAttrsOf types.str) { }
    // {
      packages = merged "packages" (types.listOf types.package) [ ] ++ unknown;
      inputsFrom = merged "inputsFrom" (types.listOf types.package) [ ];
      shellHook = merged "shellHook" types.lines "";
    }
  )
