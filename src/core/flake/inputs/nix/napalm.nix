# nix-community/napalm: npm packages that are built against a registry of what their lock lists.
{ lib, lockstep, ... }:
let
  makeFor =
    pkgs:
    let
      registry = lockstep.package {
        inherit (pkgs.stdenv.hostPlatform) system;
        attribute = "napalm-registry";
        pname = "napalm-registry";
        certainty = "unknown";
        reason = "the napalm-registry of the locked revision";
      };
    in
    {
      buildPackage =
        src: args:
        let
          file = (args.root or src) + "/package.json";
          there = builtins.pathExists file;
          manifest = if !(lockstep.isUnknown there) && there then builtins.fromJSON (builtins.readFile file) else { };
        in
        pkgs.stdenv.mkDerivation (
          removeAttrs args [ "packageLock" "additionalPackageLocks" "npmCommands" "customPatchPackages" "patchPackages" "packageName" "preNpmHook" "postNpmHook" "nodejs" "root" ]
          // {
            inherit src;
            # `@scope/name` is `scope-name`.
            pname = args.pname or args.name or (lib.replaceStrings [ "@" "/" ] [ "" "-" ] (manifest.name or "build-npm-package"));
            version = args.version or manifest.version or "0.0.0";
            buildInputs = args.buildInputs or [ ] ++ [
              registry
              pkgs.fswatch
              pkgs.jq
              pkgs.netcat-gnu
              (args.nodejs or pkgs.nodejs)
            ];
          }
        );
      napalm-registry = registry;
      snapshotFromPackageLockJson = lockstep.opaque "the snapshots of napalm are not read here";
    };
  overlay = final: prev: { napalm = makeFor final; };
in
{
  outputs = {
    legacyPackages = lib.genAttrs lib.systems.flakeExposed (system: makeFor (lockstep.pkgsFor system));
    packages = lib.genAttrs lib.systems.flakeExposed (system: {
      inherit (makeFor (lockstep.pkgsFor system)) napalm-registry;
    });
    inherit overlay;
    overlays.default = overlay;
  };
  files."default.nix" = { pkgs ? lockstep.pkgsFor "x86_64-linux", ... }: makeFor pkgs;
}
