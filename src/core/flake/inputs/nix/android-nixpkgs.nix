# tadfisher/android-nixpkgs: an Android SDK of the packages that a function chooses.
{ lib, lockstep, ... }:
let
  package =
    system: attribute: pname:
    let
      # `build-tools-35-0-0`, `platforms-android-35`; `cmdline-tools-latest` tells none.
      numbered = builtins.match "[a-z][a-z-]*-([0-9]+(-[0-9]+)*)" attribute;
      version = if numbered == null then null else builtins.replaceStrings [ "-" ] [ "." ] (builtins.head numbered);
    in
    lockstep.package {
      inherit system attribute pname version;
      certainty = if version == null then "unknown" else "exact";
      reason = if version == null then "the ${attribute} of the locked revision" else null;
    };
  packagesFor = system: lockstep.anyName (name: package system name name);
  sdkFor =
    system: choose:
    let
      sdk = package system "sdk" "android-sdk-env";
    in
    lockstep.composite sdk ([ sdk ] ++ choose (packagesFor system));
  bySystem = make: lib.genAttrs lib.systems.flakeExposed make;
  overlay =
    final: prev:
    let
      system = final.stdenv.hostPlatform.system;
    in
    { androidSdk = sdkFor system; androidSdkPackages = packagesFor system; };
in
{
  outputs = {
    packages = bySystem packagesFor;
    legacyPackages = bySystem packagesFor;
    # It was a function of the usual system at first.
    sdk = bySystem sdkFor // { __functor = _: sdkFor "x86_64-linux"; };
    overlays.default = overlay;
    inherit overlay;
    hmModule = lockstep.opaque "the Home Manager module of android-nixpkgs is not read here";
    hmModules = lockstep.opaque "the Home Manager module of android-nixpkgs is not read here";
  };
  files."default.nix" =
    { pkgs ? lockstep.pkgsFor "x86_64-linux", ... }:
    let
      system = pkgs.stdenv.hostPlatform.system;
    in
    { packages = packagesFor system; sdk = sdkFor system; };
}
