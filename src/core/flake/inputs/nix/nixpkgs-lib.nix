# nix-community/nixpkgs.lib: the library alone.
{ lib, ... }:
{
  outputs = { inherit lib; };
  files."default.nix" = lib;
  files."lib/default.nix" = lib;
}
