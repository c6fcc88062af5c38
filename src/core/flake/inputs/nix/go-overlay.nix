# purpleclay/go-overlay: Go by version, or as go.mod asks for it.
{ lib, lockstep, ... }:
let
  package =
    system: attribute: version: reason:
    lockstep.package {
      inherit system attribute version reason;
      pname = "go";
      certainty = if version == null then "unknown" else "exact";
      passthru = {
        withTools = tools: lockstep.composite (package system attribute version reason) [ (package system attribute version reason) ];
        withDefaultTools = package system attribute version reason;
      };
    };
  numbered = system: version: package system "go-bin.versions.${builtins.toJSON version}" version null;
  newest = system: attribute: package system attribute null "the newest Go that the locked go-overlay knows";

  # What go.mod says of the version: `toolchain go1.21.6`, else `go 1.21`.
  askedBy =
    file:
    let
      lines = lib.splitString "\n" (builtins.readFile file);
      found = pattern: lib.concatMap (line: let m = builtins.match pattern line; in if m == null then [ ] else m) lines;
      toolchain = found "[[:space:]]*toolchain[[:space:]]+go([0-9][^[:space:]]*).*";
      plain = found "[[:space:]]*go[[:space:]]+([0-9][^[:space:]]*).*";
    in
    if toolchain ++ plain == [ ] then throw "No go directive in ${toString file}" else builtins.head (toolchain ++ plain);
  isWhole = version: builtins.match "[0-9]+\\.[0-9]+(\\.[0-9]+|(rc|beta)[0-9]+)" version != null;

  goBin =
    system:
    {
      latest = newest system "go-bin.latest";
      latestStable = newest system "go-bin.latestStable";
      versions = lockstep.anyName (numbered system);
      hasVersion = isWhole;
      isDeprecated = _: lockstep.opaque "which versions of Go were old when go-overlay was locked is not known here";
      fromGoMod =
        file:
        let
          version = askedBy file;
        in
        if isWhole version then
          numbered system version
        else
          package system "go-bin.fromGoMod" null "the newest Go ${version} that the locked go-overlay knows";
      fromGoModStrict =
        file:
        let
          version = askedBy file;
        in
        if isWhole version then numbered system version else throw "Go version ${version} is not available";
    };
  overlay = final: prev: {
    go-bin = goBin final.stdenv.hostPlatform.system;
    buildGoApplication =
      args:
      final.stdenv.mkDerivation (
        removeAttrs args [ "modules" "go" ] // { nativeBuildInputs = [ (args.go or final.go-bin.latest) ] ++ args.nativeBuildInputs or [ ]; }
      );
    mkVendorEnv = _: final.runCommand "vendor-env" { } "";
    __rest = lockstep.unknown.overlays.default;
  };
  packagesFor =
    system:
    lockstep.anyName (
      name:
      let
        version = builtins.match "go_([0-9]+(_[0-9a-z]+)+)" name;
      in
      if name == "default" || name == "go" then
        newest system name
      else if version != null then
        numbered system (builtins.replaceStrings [ "_" ] [ "." ] (builtins.head version))
      else
        lockstep.package {
          inherit system;
          attribute = name;
          pname = name;
          certainty = "unknown";
          reason = "the ${name} of the locked go-overlay";
        }
    );
in
{
  outputs = {
    packages = lib.genAttrs lib.systems.flakeExposed packagesFor;
    overlays = {
      default = overlay;
      go-overlay = overlay;
    };
    lib.mkGoBin = pkgs: goBin pkgs.stdenv.hostPlatform.system;
  };
  files."default.nix" = overlay;
}
