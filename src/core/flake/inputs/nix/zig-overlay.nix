# mitchellh/zig-overlay: Zig by version.
{ lib, lockstep, ... }:
let
  package =
    system: attribute: version: reason:
    lockstep.package {
      inherit system attribute version;
      pname = "zig";
      certainty = if version == null then "unknown" else "exact";
      reason = if version == null then reason else null;
      mainProgram = "zig";
    };
  packagesFor =
    system:
    lockstep.anyName (
      name:
      let
        numbered = builtins.match "[0-9]+\\.[0-9]+\\.[0-9]+" name;
        dated = builtins.match "master-([0-9]{4}-[0-9]{2}-[0-9]{2})" name;
      in
      if numbered != null then
        package system name name null
      else if name == "master" || name == "master-latest" then
        package system name null "the newest development build that the locked overlay knows"
      else if dated != null then
        package system name null "the development build of ${builtins.head dated}"
      else if name == "default" then
        package system name null "the newest release that the locked overlay knows"
      else
        throw "zig-overlay has no package ${name}"
    );
  bySystem = lib.genAttrs lib.systems.flakeExposed packagesFor;
  overlay = final: prev: { zigpkgs = packagesFor final.stdenv.hostPlatform.system; };
in
{
  outputs = {
    packages = bySystem;
    overlays.default = overlay;
    inherit overlay;
  };
  files."default.nix" = { system ? "x86_64-linux", ... }: packagesFor system;
}
