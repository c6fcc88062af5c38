# Cloudef/zig2nix: Zig by version, and environments that build with it.
{ lib, inputs, lockstep, ... }:
let
  zigOf =
    system: attribute: name:
    let
      numbered = builtins.match "(bin-|src-)?([0-9]+[._][0-9]+[._][0-9]+)" name;
      version = if numbered == null then null else builtins.replaceStrings [ "_" ] [ "." ] (lib.last numbered);
      self = lockstep.package {
        inherit system attribute version;
        pname = "zig";
        certainty = if version == null then "unknown" else "exact";
        reason =
          if version != null then null
          else if lib.hasInfix "master" name then "the development build that the locked zig2nix knows"
          else "the newest Zig that the locked zig2nix knows";
        # Versions were sets of a build of ours and one of theirs at first.
        passthru = { bin = self; src = self; };
      };
    in
    self;
  packagesFor =
    system:
    lockstep.anyName (
      name:
      if name == "zig" then
        lockstep.anyName (version: zigOf system "zig.${builtins.toJSON version}" version)
      else if lib.hasPrefix "zig-" name then
        zigOf system name (lib.removePrefix "zig-" name)
      else if name == "default" then
        zigOf system name "latest"
      else
        tool system name
    );
  tool =
    system: name:
    lockstep.package {
      inherit system;
      attribute = name;
      pname = name;
      certainty = "unknown";
      reason = "the ${name} of the locked zig2nix";
    };

  envFor =
    system:
    {
      zig ? zigOf system "zig-latest" "latest",
      nixpkgs ? null,
      pkgs ? if nixpkgs == null then lockstep.pkgsFor system else nixpkgs.legacyPackages.${system},
      customRuntimeDeps ? [ ],
      customDevShellHook ? "",
      ...
    }:
    let
      zig2nix = tool system "zig2nix";
      # Its own program came with the year 2025.
      lockedAt = lockstep.input.lastModified or 0;
      brought = if lockedAt != 0 && lockedAt < 1735689600 then [ zig ] ++ customRuntimeDeps else [ zig zig2nix pkgs.pkg-config ];
    in
    lockstep.open "zig-env" {
      inherit pkgs zig zig2nix;
      lib = pkgs.lib;
      mkShell =
        args:
        pkgs.mkShellNoCC (
          removeAttrs args [ "override" "overrideDerivation" ]
          // { nativeBuildInputs = lib.remove (zig.hook or null) (args.nativeBuildInputs or [ ]) ++ brought; }
        );
      # The shell of the first days.
      shell = pkgs.mkShell { buildInputs = [ zig ] ++ customRuntimeDeps; shellHook = customDevShellHook; };
      package =
        args:
        pkgs.stdenv.mkDerivation (
          { pname = "zig-package"; version = "unknown"; }
          // removeAttrs args [ "zigBuildFlags" "zigPreferMusl" "zigDisableWrap" "zigWrapperBins" "zigWrapperLibs" "zigWrapperArgs" "zigBuildZon" "zigBuildZonLock" "zigTarget" ]
          // { nativeBuildInputs = args.nativeBuildInputs or [ ] ++ [ zig ]; }
        );
      fromZON = _: lockstep.opaque "zig2nix reads build.zig.zon by a program of its own";
      target = _: lockstep.opaque "zig2nix asks Zig for its targets";
      app = _: _: { type = "app"; program = ""; };
    };
  bySystem = lib.genAttrs lib.systems.flakeExposed;
in
{
  outputs = {
    packages = bySystem packagesFor;
    zig-env = bySystem envFor;
    devShells = bySystem (
      system:
      lockstep.anyName (
        name: (envFor system { zig = zigOf system "zig-${name}" (if name == "default" then "latest" else name); }).mkShell { }
      )
    );
  };
}
