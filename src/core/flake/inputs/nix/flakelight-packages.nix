# The overlay of the packages that a flake of flakelight has itself.
# https://github.com/nix-community/flakelight/blob/master/API_GUIDE.md
{ lib, ... }:
# default: the names that the default package has besides; packages: name → function
{ applied, default, packages }:
final: prev:
let
  inherit (builtins) functionArgs isFunction isPath isString;
in
lib.mapAttrs (
  name: given:
  let
    value = if isPath given || isString given then import given else given;
    wanted = if isFunction value then functionArgs value else { };
    # One that asks for its own name gets the one of that name from before.
    before = lib.genAttrs (if name == "default" then default else [ name ]) (
      own: prev.${own} or (throw "${own} depends on ${own}, but no existing ${own}.")
    );
  in
  if wanted == { } then
    applied (final // before) value
  else
    final.callPackage value (builtins.intersectAttrs wanted before // lib.optionalAttrs (wanted ? pkgs) { pkgs = final // before; })
) packages
