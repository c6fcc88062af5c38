# oxalica/rust-overlay: `pkgs.rust-bin` and the packages of the flake; and the channels of its forerunner, nixpkgs-mozilla.
{ lib, lockstep, ... }:
let
  rust = lockstep.part "rust-toolchains";

  component =
    system: prefix: facts: name:
    lockstep.package {
      inherit system;
      attribute = "${prefix}.${name}";
      pname = name;
      inherit (facts) version certainty reason;
      mainProgram = { rust-std = null; rust-src = null; rust-docs = null; llvm-tools = null; }.${name} or lib.removeSuffix "-preview" name;
    };
  profile =
    system: prefix: facts: name:
    lib.makeOverridable (
      { extensions, targets, targetExtensions }:
      lockstep.package {
        inherit system;
        attribute = "${prefix}.${name}";
        pname = if name == "rust" then name else "rust-${name}";
        inherit (facts) version certainty reason;
        components = lib.unique ((rust.profiles.${name} or rust.profiles.default) ++ extensions);
        inherit targets;
        passthru = {
          availableComponents = lib.genAttrs rust.components (component system prefix facts);
        };
      }
    ) {
      extensions = [ ];
      targets = [ ];
      targetExtensions = [ ];
    };
  toolchain =
    system: prefix: facts:
    lib.genAttrs rust.components (component system prefix facts)
    // lib.genAttrs [ "minimal" "default" "complete" ] (profile system prefix facts)
    // {
      rust = profile system prefix facts "rust";
      _version = facts.version;
      _profiles = lib.genAttrs [ "minimal" "default" "complete" ] (profile system prefix facts);
      _components = { };
    };

  stableNames = lib.concatMap (
    minor:
    map (patch: "1.${toString minor}.${toString patch}") ([ 0 ] ++ rust.calendar.pointsOf minor)
  ) (rust.calendar.minorsUntil (if rust.lockedDay == null then 30000 else rust.lockedDay + 1));

  rustBin =
    system:
    let
      stable =
        lib.genAttrs stableNames (version: toolchain system "rust-bin.stable.${builtins.toJSON version}" (rust.channel version))
        // { latest = toolchain system "rust-bin.stable.latest" rust.stable; };
      dated =
        channel: facts:
        lockstep.anyName (
          date:
          if date == "latest" then
            toolchain system "rust-bin.${channel}.latest" (facts null)
          else if rust.calendar.dayOfText date == null then
            throw "${channel} ${date} is not available"
          else
            toolchain system "rust-bin.${channel}.${builtins.toJSON date}" (facts date)
        );
      fromRustupToolchain =
        {
          path ? null,
          channel ? null,
          profile ? null,
          components ? [ ],
          targets ? [ ],
        }:
        if path != null then
          throw "`path` is not supported, please directly add it to your PATH instead"
        else if channel == null then
          throw "`channel` is required"
        else
          (toolchain system "rust-bin.fromRustupToolchain.${builtins.toJSON channel}" (rust.channel channel))
          .${if profile == null then "default" else profile}.override { extensions = components; inherit targets; };
    in
    {
      inherit stable fromRustupToolchain;
      beta = dated "beta" rust.beta;
      nightly = dated "nightly" rust.nightly;
      fromRustupToolchainFile = file: fromRustupToolchain (rust.fromFile file);
      selectLatestNightlyWith = select: select (toolchain system "rust-bin.nightly.latest" (rust.nightly null));
      fromRustcRev =
        { rev, pname ? "rust-custom", version ? builtins.substring 0 7 rev, ... }:
        lockstep.package {
          inherit system pname version;
          attribute = "rust-bin.fromRustcRev";
          certainty = "exact";
        };
      distRoot = "https://static.rust-lang.org/dist";
    };

  overlay = final: prev: {
    rust-bin = (prev.rust-bin or { }) // rustBin final.stdenv.hostPlatform.system;
    rustChannelOf =
      {
        channel ? "stable",
        date ? null,
        rustToolchain ? null,
        ...
      }:
      toolchain final.stdenv.hostPlatform.system "rustChannelOf" (
        rust.channel (
          if rustToolchain != null then
            (rust.fromFile rustToolchain).channel
          else if date == null then
            channel
          else
            "${channel}-${date}"
        )
      );
    latest.rustChannels = {
      stable = final.rust-bin.stable.latest;
      beta = final.rust-bin.beta.latest;
      nightly = final.rust-bin.nightly.latest;
    };
    rustChannels = final.latest.rustChannels;
  };

  packagesFor =
    system:
    let
      bin = rustBin system;
      # The default profile, which has the minimal one as a member.
      select = set: set.default // { inherit (set) minimal; };
      named =
        lib.listToAttrs (
          map (version: {
            name = "rust_${builtins.replaceStrings [ "." ] [ "_" ] version}";
            value = select bin.stable.${version};
          }) stableNames
        )
        // rec {
          rust = select bin.stable.latest;
          rust-beta = select bin.beta.latest;
          rust-nightly = select bin.nightly.latest;
          default = rust;
        };
    in
    # Besides those one of each day.
    lockstep.anyName (
      name:
      let
        dated = builtins.match "rust-(beta|nightly)_([0-9]{4}-[0-9]{2}-[0-9]{2})" name;
      in
      if named ? ${name} then
        named.${name}
      else if dated != null then
        select bin.${builtins.head dated}.${lib.last dated}
      else
        throw "attribute '${name}' missing in the packages of rust-overlay"
    );
in
{
  outputs = {
    lib.mkRustBin = { distRoot ? null }: pkgs: rustBin pkgs.stdenv.hostPlatform.system;
    overlays = {
      default = overlay;
      rust-overlay = overlay;
      rust = overlay;
    };
    inherit overlay;
    packages = lib.genAttrs lib.systems.flakeExposed packagesFor;
    defaultPackage = lib.genAttrs lib.systems.flakeExposed (system: (packagesFor system).default);
  };
  files = {
    "default.nix" = overlay;
    "rust-overlay.nix" = overlay;
  };
}
