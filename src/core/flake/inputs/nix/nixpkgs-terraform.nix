# stackbuilders/nixpkgs-terraform: Terraform by version: `"1.5.7"`, or `"1.5"` for the newest of it; also with `terraform-`.
{ lib, lockstep, ... }:
let
  package =
    system: name:
    let
      asked = builtins.match "(terraform-)?([0-9]+\\.[0-9]+(\\.[0-9]+.*)?)" name;
      version = builtins.elemAt asked 1;
      isExact = builtins.elemAt asked 2 != null;
    in
    if asked == null then
      throw "attribute '${name}' missing"
    else
      lockstep.package {
        inherit system;
        attribute = name;
        pname = "terraform";
        version = if isExact then version else null;
        certainty = if isExact then "exact" else "unknown";
        reason = if isExact then null else "the newest Terraform ${version} that the locked nixpkgs-terraform knows";
      };
  packagesFor = system: lockstep.anyName (package system);
  overlay = final: prev: { terraform-versions = packagesFor final.stdenv.hostPlatform.system; };
  build = { version, system ? "x86_64-linux", ... }: package system version;
in
{
  outputs = {
    packages = lib.genAttrs lib.systems.flakeExposed packagesFor;
    # It was one of each system for a while.
    overlays = lib.genAttrs lib.systems.flakeExposed (_: overlay) // { default = overlay; };
    lib = {
      mkTerraform = build;
      buildTerraform = build;
    };
  };
}
