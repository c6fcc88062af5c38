# accelbread/flakelight-rust: flakelight for a Rust project: its crate as the default package, and a shell with Rust's tools.
{ lib, lockstep, inputs, ... }:
let
  flakelight = (lockstep.part "flakelight").outputs;
  # Crates are built by naersk, and were by crane before.
  builder = if inputs ? naersk then "naersk" else "crane";
  rustModule =
    src:
    { lib, ... }:
    let
      there = builtins.pathExists (src + "/Cargo.toml");
      manifest = builtins.fromTOML (builtins.readFile (src + "/Cargo.toml"));
    in
    {
      _file = "flakelight-rust/flakelight-rust.nix";
      # Which files the crate is built from.
      options.fileset = lib.mkOption { type = lib.types.raw; default = null; };
      config = lib.mkMerge [
        # Its nixpkgs is flakelight's, where the flake has none.
        (lib.mkIf (inputs ? flakelight.inputs.nixpkgs) {
          inputs.nixpkgs = lib.mkOptionDefault inputs.flakelight.inputs.nixpkgs;
        })
        (lib.mkIf there {
          pname = (manifest.package or manifest.workspace.package).name;
          withOverlays =
            final: prev:
            if builder == "naersk" then
              (lockstep.part "naersk").outputs.overlays.default final prev
            else
              { craneLib = (lockstep.part "crane").outputs.mkLib final; };
          package =
            if builder == "naersk" then
              { naersk, defaultMeta }: naersk.buildPackage { inherit src; strictDeps = true; }
            else
              { craneLib, defaultMeta }: craneLib.buildPackage { inherit src; doCheck = false; strictDeps = true; };
        })
        {
          devShell = {
            packages =
              pkgs: with pkgs; [
                (if builder == "naersk" then rust-analyzer-unwrapped else rust-analyzer)
                cargo
                clippy
                rustc
                rustfmt
              ];
            env = { rustPlatform, ... }: { RUST_SRC_PATH = "${rustPlatform.rustLibSrc}"; };
          };
        }
      ];
    };
  mkFlake = src: root: flakelight.lib.mkFlake src { imports = [ (rustModule src) root ]; };
in
{
  outputs = {
    __functor = _: mkFlake;
    lib = { inherit mkFlake; };
    flakelightModules.default = { src, ... }: { imports = [ (rustModule src) ]; };
  };
}
