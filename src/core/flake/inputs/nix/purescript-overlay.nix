# thomashoneyman/purescript-overlay: PureScript's tools, some of which nixpkgs has as well.
{ lib, lockstep, ... }:
let
  tools = [ "purs" "spago" "purs-tidy" "purs-backend-es" "purescript-language-server" ];
  package =
    system: name:
    let
      # `purs-0_15_15`.
      numbered = builtins.match "([a-z-]+)-([0-9]+(_[0-9]+)+)" name;
      version = if numbered == null then null else builtins.replaceStrings [ "_" ] [ "." ] (builtins.elemAt numbered 1);
      program = if numbered == null then lib.removeSuffix "-unstable" name else builtins.head numbered;
    in
    lockstep.package {
      inherit system version;
      attribute = name;
      pname = program;
      mainProgram = program;
      certainty = if version == null then "unknown" else "exact";
      reason = if version == null then "the newest ${program} that the locked overlay knows" else null;
    };
  numbered = system: lockstep.anyName (package system);
  toolsFor =
    system:
    lib.listToAttrs (
      lib.concatMap (name: [
        (lib.nameValuePair name (package system name))
        (lib.nameValuePair "${name}-unstable" (package system "${name}-unstable"))
        (lib.nameValuePair "${name}-bin" (numbered system))
      ]) tools
    );
  overlay = final: prev: toolsFor final.stdenv.hostPlatform.system // { __rest = lockstep.unknown.overlays.default; };
in
{
  outputs = {
    packages = lib.genAttrs lib.systems.flakeExposed numbered;
    overlays.default = overlay;
  };
}
