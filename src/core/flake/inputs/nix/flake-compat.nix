# flake-compat: a flake for those who call it without flakes.
{ lockstep, lib, ... }:
let
  compat =
    { src, system ? "x86_64-linux", ... }:
    let
      flake = lockstep.flakeAt src;
    in
    {
      defaultNix = flake // lib.optionalAttrs (flake ? packages.${system}.default) { default = flake.packages.${system}.default; };
      shellNix = flake // { default = flake.devShells.${system}.default or flake.devShell.${system}; };
      outputs = flake;
    };
in
{
  outputs.lib = { };
  files."default.nix" = compat;
}
