# pyproject-nix/build-system-pkgs: build backends for pyproject.nix's package sets.
{ ... }:
let
  # They are for building only: a shell never names one.
  nothing = final: prev: { };
in
{
  outputs.overlays = {
    default = nothing;
    wheel = nothing;
    sdist = nothing;
  };
}
