# cargo2nix/cargo2nix: Cargo workspaces by a Cargo.nix that its program writes. What counts for a shell: the toolchain
# of `makePackageSet`, and what is asked for besides the crates.
{ lib, inputs, lockstep, ... }:
let
  program =
    system:
    lockstep.package {
      inherit system;
      attribute = "cargo2nix";
      pname = "cargo2nix";
      certainty = "unknown";
      reason = "the cargo2nix program as of the locked revision";
      mainProgram = "cargo2nix";
    };
  rustOverlay = (inputs.rust-overlay or (lockstep.part "rust-overlay").outputs).overlays.default;

  # Libraries are given to crates by the overrides of cargo2nix, by the names of the crates in Cargo.nix.
  needs =
    what:
    lockstep.unresolved {
      inherit what;
      reason = "the overrides of cargo2nix give crates what they are built with";
      attribute = "crates";
    };

  makePackageSet =
    pkgs:
    {
      rustChannel ? null,
      rustVersion ? null,
      rustToolchain ? null,
      rustProfile ? "minimal",
      extraRustComponents ? [ ],
      target ? null,
      ...
    }:
    let
      # A channel that is a version is how versions were given at first.
      isVersion = rustChannel != null && builtins.match "1(\\.[0-9]+){2}" rustChannel != null;
      of =
        if isVersion && rustVersion != null then
          throw "makePackageSet: rustChannel is a version already, so rustVersion has no place"
        else if isVersion then
          pkgs.rust-bin.stable.${rustChannel}
        else if rustChannel == "nightly" && (rustVersion == null || rustVersion == "latest") then
          pkgs.rust-bin.selectLatestNightlyWith (each: each)
        else
          pkgs.rust-bin.${if rustChannel == null then "stable" else rustChannel}.${rustVersion};
      toolchain =
        if rustToolchain != null then
          rustToolchain
        else
          of.${rustProfile}.override {
            extensions = [ "rust-src" ] ++ extraRustComponents;
            targets = lib.optional (target != null) target;
          };
      crate =
        name: _:
        lockstep.package {
          attribute = name;
          pname = name;
          certainty = "unknown";
          reason = "its Cargo.nix tells the version when it is built";
          passthru = {
            nativeBuildInputs = [ toolchain (needs "dependencies of the crate ${name}") ];
            buildInputs = [ ];
            propagatedBuildInputs = [ ];
          };
        };
    in
    {
      workspace = lockstep.anyName crate;
      rustToolchain = toolchain;
      inherit pkgs;
      workspaceShell =
        args:
        pkgs.mkShell (
          args
          // {
            nativeBuildInputs = [ toolchain pkgs.cacert (needs "dependencies of the workspace's crates") ] ++ args.nativeBuildInputs or [ ];
            RUST_SRC_PATH = "${toolchain}/lib/rustlib/src/rust/library";
          }
        );
    };

  # Without Rust's toolchains, as the file `overlay` has it.
  bare = final: _: {
    rustBuilder = {
      makePackageSet = makePackageSet final;
      makePackageSet' = makePackageSet final;
      overrides = lockstep.anyName (_: [ ]);
      rustLib = lockstep.anyName (name: lockstep.unknown.rustLib.${name});
    };
  };
  overlay = lib.composeExtensions rustOverlay bare;
  bySystem = lib.genAttrs lib.systems.flakeExposed (system: {
    cargo2nix = program system;
    default = program system;
  });
in
{
  files = {
    overlay = bare;
    "overlay/default.nix" = bare;
  };
  outputs = {
    overlays = {
      default = overlay;
      cargo2nix = bare;
    };
    inherit overlay;
    packages = bySystem;
    defaultPackage = lib.mapAttrs (_: packages: packages.default) bySystem;
    apps = lib.mapAttrs (_: packages: lib.genAttrs [ "cargo2nix" "default" ] (_: { type = "app"; program = lib.getExe packages.default; })) bySystem;
  };
}
