# nix-community/crate2nix: crates as packages, by Nix code that a build writes from Cargo.lock.
{ lib, lockstep, ... }:
let
  program =
    system:
    lockstep.package {
      inherit system;
      attribute = "crate2nix";
      pname = "crate2nix";
      certainty = "unknown";
      reason = "the crate2nix program as of the locked revision";
      mainProgram = "crate2nix";
    };
  tomlAt =
    file:
    let
      there = builtins.pathExists file;
    in
    if !(lockstep.isUnknown there) && there then builtins.fromTOML (builtins.readFile file) else { };

  toolsFor =
    pkgs:
    let
      # What the code gives is known by the project's own files; what crates are built with is not.
      cratesOf =
        args:
        let
          manifest = tomlAt (args.src + "/${args.cargoToml or "Cargo.toml"}");
          locked = (tomlAt (args.src + "/Cargo.lock")).package or [ ];
          versionOf =
            name:
            let
              found = lib.findFirst (each: each.name or null == name) { } locked;
            in
            found.version or (if manifest.package.name or null == name then manifest.package.version or "0" else "0");
          crate = name: {
            packageId = name;
            build = pkgs.stdenv.mkDerivation {
              pname = "rust_${name}";
              version = versionOf name;
              crateName = name;
              src = args.src;
              nativeBuildInputs = [
                (lockstep.unresolved {
                  what = "dependencies of the crate ${name}";
                  reason = "a build of crate2nix writes them down (import from derivation)";
                  attribute = name;
                })
              ];
            };
          };
          members = lib.unique (
            lib.optional (manifest ? package.name) manifest.package.name
            # The project's own crates have no source in the lock.
            ++ map (each: each.name) (builtins.filter (each: !(each ? source)) locked)
          );
          workspaceMembers = lib.genAttrs members crate;
        in
        {
          rootCrate = if manifest ? package.name then crate manifest.package.name else null;
          inherit workspaceMembers;
          allWorkspaceMembers = pkgs.symlinkJoin {
            name = "all-workspace-members";
            paths = map (each: each.build) (builtins.attrValues workspaceMembers);
          };
          internal = lockstep.opaque "what crate2nix writes down in a build is not known";
        };
    in
    rec {
      generatedCargoNix = args: {
        # `callPackage (generatedCargoNix …) { }` and `import (generatedCargoNix …) { … }`.
        __functor = _: { ... }: cratesOf args;
        __functionArgs = { };
        type = "derivation";
        name = "${args.name or "cargo"}-crate2nix";
        outPath = lockstep.opaque "a build of crate2nix writes this code down (import from derivation)";
      };
      appliedCargoNix = args: cratesOf args;
      generate = generatedCargoNix;
      generated = appliedCargoNix;
    };
in
{
  outputs = {
    tools = lib.genAttrs lib.systems.flakeExposed (system: toolsFor (lockstep.pkgsFor system));
    packages = lib.genAttrs lib.systems.flakeExposed (system: rec {
      default = program system;
      crate2nix = default;
    });
    apps = lib.genAttrs lib.systems.flakeExposed (system: {
      default = {
        type = "app";
        program = "${program system}/bin/crate2nix";
      };
    });
  };
  files."tools.nix" = { pkgs ? lockstep.pkgsFor "x86_64-linux", ... }: toolsFor pkgs;
}
