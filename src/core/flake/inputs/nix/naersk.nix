# nix-community/naersk: building Cargo projects.
{ lib, lockstep, ... }:
let
  makeFor =
    pkgs:
    {
      cargo ? pkgs.cargo,
      rustc ? pkgs.rustc,
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
        in
        pkgs.stdenv.mkDerivation (
          removeAttrs args [ "root" "cargoBuildOptions" "cargoTestOptions" "overrideMain" "override" "mode" ]
          // {
            pname = args.pname or args.name or manifest.package.name or "rust-workspace";
            version = args.version or (if builtins.isString version then version else "unknown");
            # rustc comes in a variable.
            nativeBuildInputs = [ cargo pkgs.jq pkgs.rsync ] ++ (args.nativeBuildInputs or [ ]);
            RUSTC = "${rustc}/bin/rustc";
          }
        );
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
    { pkgs ? null, lib ? null, stdenv, cargo, rustc, jq, rsync, callPackage ? null, ... }:
    makeFor { inherit stdenv cargo rustc jq rsync; } { inherit cargo rustc; };
}
