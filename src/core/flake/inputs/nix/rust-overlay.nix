# oxalica/rust-overlay: `pkgs.rust-bin` and the packages of the flake; and the channels of its forerunner, nixpkgs-mozilla.
{ lib, lockstep, ... }:
let
  rust = lockstep.part "rust-toolchains";

  component =
    host: prefix: facts: name:
    lockstep.package {
      inherit (host) system;
      attribute = "${prefix}.${name}";
      pname = name;
      inherit (facts) version certainty reason;
      mainProgram = { rust-std = null; rust-src = null; rust-docs = null; llvm-tools = null; }.${name} or lib.removeSuffix "-preview" name;
    };
  profile =
    host: prefix: facts: name:
    lib.makeOverridable (
      { extensions, targets, targetExtensions }:
      let
        refusals = builtins.filter (refusal: refusal != null) (
          map rust.refusedTarget targets ++ map (rust.refusedComponent facts.channel) (extensions ++ targetExtensions)
        );
      in
      if refusals != [ ] then
        throw "Component resolution failed for rust-${name}: ${lib.concatStringsSep "; " refusals}"
      else
      lockstep.package {
        inherit (host) system;
        attribute = "${prefix}.${name}";
        pname = if name == "rust" then name else "rust-${name}";
        inherit (facts) version certainty reason;
        components = lib.unique ((rust.profiles.${name} or rust.profiles.default) ++ extensions);
        inherit targets;
        passthru = {
          availableComponents = lib.genAttrs rust.components (component host prefix facts);
          # A compiler for linking comes with it.
          depsHostHostPropagated = [ host.cc ];
        };
      }
    ) {
      extensions = [ ];
      targets = [ ];
      targetExtensions = [ ];
    };
  toolchain =
    host: prefix: facts:
    lib.genAttrs rust.everyComponent (component host prefix facts)
    // lib.genAttrs [ "minimal" "default" "complete" ] (profile host prefix facts)
    // {
      rust = profile host prefix facts "rust";
      _version = facts.version;
      _profiles = lib.genAttrs [ "minimal" "default" "complete" ] (profile host prefix facts);
      _components = { };
    };

  stableNames = lib.concatMap (
    minor:
    map (patch: "1.${toString minor}.${toString patch}") ([ 0 ] ++ rust.calendar.pointsOf minor)
  ) (rust.calendar.minorsUntil (if rust.lockedDay == null then 30000 else rust.lockedDay + 1));

  # Point releases that came after those which are listed.
  isUnlisted =
    version:
    let
      parts = builtins.match "1\\.([0-9]+)\\.[0-9]+" version;
      minor = lib.toInt (builtins.head parts);
    in
    parts != null && minor > rust.calendar.listedUntil && rust.mayHaveMinor minor;
  # Channels as toolchain files name them; whether a short version is there, its minor version tells.
  isAvailable =
    channel:
    let
      dated = builtins.match "(nightly|beta)-([0-9]{4}-[0-9]{2}-[0-9]{2})" channel;
      short = builtins.match "1\\.([0-9]+)" channel;
    in
    if dated != null then
      rust.mayHaveDay (lib.last dated)
    else if short != null then
      lib.toInt (builtins.head short) >= 29 && rust.mayHaveMinor (lib.toInt (builtins.head short))
    else if builtins.match "[0-9]+\\.[0-9]+\\.[0-9]+" channel != null then
      builtins.elem channel stableNames || isUnlisted channel
    else
      true;
  hostOf = pkgs: { inherit (pkgs.stdenv.hostPlatform) system; inherit (pkgs.stdenv) cc; };

  rustBin =
    host:
    let
      numbered = version: toolchain host "rust-bin.stable.${builtins.toJSON version}" (rust.channel version);
      stable =
        lockstep.anyOther
          (version: if isUnlisted version then numbered version else throw "Stable ${version} is not available${rust.asLocked}")
          (lib.genAttrs stableNames numbered // { latest = toolchain host "rust-bin.stable.latest" rust.stable; });
      dated =
        channel: facts:
        lockstep.anyName (
          date:
          if date == "latest" then
            toolchain host "rust-bin.${channel}.latest" (facts null)
          else if !(rust.mayHaveDay date) then
            throw "${if channel == "beta" then "Beta" else "Nightly"} ${date} is not available${rust.asLocked}"
          else
            toolchain host "rust-bin.${channel}.${builtins.toJSON date}" (facts date)
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
        else if !(isAvailable channel) then
          throw "Rust ${channel} is not available${rust.asLocked}"
        else
          (toolchain host "rust-bin.fromRustupToolchain.${builtins.toJSON channel}" (rust.channel channel))
          .${if profile == null then "default" else profile}.override { extensions = components; inherit targets; };
    in
    {
      inherit stable fromRustupToolchain;
      beta = dated "beta" rust.beta;
      nightly = dated "nightly" rust.nightly;
      fromRustupToolchainFile = file: fromRustupToolchain (rust.fromFile file);
      selectLatestNightlyWith = select: select (toolchain host "rust-bin.nightly.latest" (rust.nightly null));
      fromRustcRev =
        { rev, pname ? "rust-custom", version ? builtins.substring 0 7 rev, ... }:
        lockstep.package {
          inherit (host) system;
          inherit pname version;
          attribute = "rust-bin.fromRustcRev";
          certainty = "exact";
        };
      distRoot = "https://static.rust-lang.org/dist";
    };

  overlay = final: prev: {
    rust-bin = (prev.rust-bin or { }) // rustBin (hostOf final);
    rustChannelOf =
      {
        channel ? "stable",
        date ? null,
        rustToolchain ? null,
        ...
      }:
      let
        wanted =
          if rustToolchain != null then
            (rust.fromFile rustToolchain).channel
          else if date == null then
            channel
          else
            "${channel}-${date}";
      in
      # nixpkgs-mozilla asks the server.
      if lockstep.input.repo or null != "nixpkgs-mozilla" && !(isAvailable wanted) then
        throw "Rust ${wanted} is not available${rust.asLocked}"
      else
        toolchain (hostOf final) "rustChannelOf" (rust.channel wanted);
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
      bin = rustBin { inherit system; inherit ((lockstep.pkgsFor system).stdenv) cc; };
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
    lib.mkRustBin = { distRoot ? null }: pkgs: rustBin (hostOf pkgs);
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
