# nix-community/naersk: building Cargo projects.
{ lib, lockstep, ... }:
let
  lockedAt = lockstep.input.lastModified or 0;
  # From 2024 on naersk gives crates of the project's lock what they need; before, everything on macOS had its frameworks.
  isNew = lockedAt == 0 || lockedAt >= 1717200000;
  hasFrameworks = lockedAt != 0 && lockedAt < 1704067200;

  makeFor =
    pkgs:
    {
      cargo ? pkgs.cargo,
      rustc ? pkgs.rustc,
      clippy ? pkgs.clippy,
      ...
    }:
    {
      buildPackage =
        given:
        let
          args = if builtins.isAttrs given && !(lib.isDerivation given) && !(given ? outPath && !(given ? src) && !(given ? root)) then given else { src = given; };
          given' = args.root or args.src or null;
          src = given'.origSrc or given';
          there = src != null && builtins.pathExists (src + "/Cargo.toml");
          manifest = if !(lockstep.isUnknown there) && there then builtins.fromTOML (builtins.readFile (src + "/Cargo.toml")) else { };
          version = manifest.package.version or "unknown";
          locked = src != null && builtins.pathExists (src + "/Cargo.lock");
          crates = if !(lockstep.isUnknown locked) && locked then (builtins.fromTOML (builtins.readFile (src + "/Cargo.lock"))).package or [ ] else [ ];
          # What it is built as is changed by the one for all builds, then by the one for the last.
          changed = built: lib.foldl' (made: change: made.overrideAttrs change) built (map (name: args.${name}) (lib.filter (name: args ? ${name}) [ "override" "overrideMain" ]));
          needsOpenssl = isNew && (args.autoCrateSpecificOverrides or true) && builtins.any (crate: crate.name or null == "openssl-sys" && lib.hasPrefix "registry+" (crate.source or "")) crates;
        in
        changed (pkgs.stdenv.mkDerivation (
          removeAttrs args [ "root" "cargoBuildOptions" "cargoTestOptions" "overrideMain" "override" "mode" "autoCrateSpecificOverrides" ]
          // {
            pname = args.pname or args.name or manifest.package.name or "rust-workspace";
            version = args.version or (if builtins.isString version then version else "unknown");
            # rustc comes in a variable.
            nativeBuildInputs =
              [ cargo pkgs.jq pkgs.rsync ]
              ++ (args.nativeBuildInputs or [ ])
              ++ lib.optional (args.mode or "build" == "clippy") clippy
              ++ lib.optional needsOpenssl pkgs.pkg-config;
            buildInputs =
              lib.optionals (hasFrameworks && pkgs.stdenv.hostPlatform.isDarwin) [ pkgs.darwin.apple_sdk.frameworks.Security pkgs.darwin.apple_sdk.frameworks.CoreServices pkgs.darwin.libiconv ]
              ++ (args.buildInputs or [ ])
              ++ lib.optional needsOpenssl pkgs.openssl;
            RUSTC = "${rustc}/bin/rustc";
          }
        ));
    };
in
{
  outputs = {
    lib = lib.genAttrs lib.systems.flakeExposed (
      system:
      let
        pkgs = lockstep.pkgsFor system;
      in
      lib.makeOverridable (makeFor pkgs) { }
    );
    overlay = final: prev: { naersk = makeFor final { }; };
    overlays.default = final: prev: { naersk = makeFor final { }; };
  };
  # `callPackage naersk { }`: the arguments by name, so that they are filled in.
  files."default.nix" =
    { pkgs ? null, lib ? null, stdenv, cargo, rustc, clippy, jq, rsync, pkg-config, openssl, darwin ? null, callPackage ? null, ... }:
    makeFor { inherit stdenv cargo rustc clippy jq rsync pkg-config openssl darwin; } { inherit cargo rustc clippy; };
}
