# nix-community/fenix: Rust toolchains by component.
{ lib, lockstep, ... }:
let
  rust = lockstep.part "rust-toolchains";

  make =
    system: attribute: pname: facts: more:
    lockstep.package (
      {
        inherit system attribute pname;
        inherit (facts) version certainty reason;
        passthru.toolchainFacts = facts;
      }
      // more
    );

  # Components of a channel, and what combines them.
  toolchain = toolchainOfProfile "complete";
  toolchainOfProfile =
    profile: system: prefix: suffix: facts:
    let
      component =
        name:
        make system "${prefix}.${name}" name facts {
          mainProgram = lib.removeSuffix "-preview" name;
        };
      combined =
        name: names:
        make system "${prefix}.${name}" "rust${suffix}" facts { components = names; };
    in
    lib.genAttrs rust.everyComponent component
    // {
      toolchain = combined "toolchain" rust.profiles.${profile};
      withComponents =
        names:
        let
          refused = builtins.filter (name: rust.refusedComponent facts.channel name != null) names;
        in
        if refused == [ ] then combined "withComponents" names else throw "attribute '${builtins.head refused}' missing";
      minimalToolchain = combined "minimalToolchain" rust.profiles.minimal;
      defaultToolchain = combined "defaultToolchain" rust.profiles.default;
      completeToolchain = combined "completeToolchain" rust.profiles.complete;
      rustc-unwrapped = component "rustc";
      manifest = {
        profiles = rust.profiles;
        inherit (facts) version;
      };
    };

  packagesFor =
    system:
    let
      nightly = rust.nightly null;
      # `latest` has every component there is.
      profileOf = name: if name == "latest" then "complete" else name;
      fromName =
        prefix: name:
        toolchain system prefix "-${name}" (rust.channel name);
      # Attributes that depend on the target of the compiled code.
      forTarget = {
        inherit fromToolchainFile fromToolchainName toolchainOf;
        fromManifest = _: toolchain system "fromManifest" "" nightly;
        fromManifestFile = _: toolchain system "fromManifestFile" "" nightly;
      };
      toolchainOf =
        {
          root ? null,
          channel ? "nightly",
          date ? null,
          sha256 ? null,
        }:
        fromName "toolchainOf" (if date == null then channel else "${channel}-${date}");
      fromToolchainFile =
        {
          root ? null,
          file ? null,
          dir ? null,
          sha256 ? null,
        }:
        let
          path =
            if file != null then
              file
            else if builtins.pathExists (dir + "/rust-toolchain") then
              dir + "/rust-toolchain"
            else
              dir + "/rust-toolchain.toml";
          wanted = rust.fromFile path;
          profile = if wanted.profile == null then "default" else wanted.profile;
        in
        make system "fromToolchainFile" "rust-${wanted.channel}" (rust.channel wanted.channel) {
          components = lib.unique (rust.profiles.${profile} ++ wanted.components);
          inherit (wanted) targets;
        };
      fromToolchainName =
        { name, sha256 ? "" }: fromName "fromToolchainName" name;
      nightlySets = lib.genAttrs [ "latest" "complete" "default" "minimal" ] (
        name: toolchainOfProfile (profileOf name) system name "-nightly-${name}" nightly
      );
      stable = toolchain system "stable" "-stable" rust.stable;
      beta = toolchain system "beta" "-beta" (rust.beta null);
    in
    nightlySets
    // forTarget
    // {
      inherit stable beta;
      combine =
        parts:
        let
          # One toolchain of several: as new as its compiler, or its first part.
          packages = builtins.filter (part: part ? version) (lib.flatten parts);
          compiler = lib.findFirst (part: builtins.elem (part.pname or "") [ "rustc" "cargo" ]) (builtins.head packages) packages;
        in
        make system "combine" "rust-mixed"
          (
            if packages == [ ] then
              { version = null; certainty = "unknown"; reason = "nothing that is combined has a version"; }
            else
              compiler.toolchainFacts or {
                version = compiler.version;
                certainty = "estimate";
                reason = "several Rust components combined: the version of ${compiler.pname or "the first"}";
              }
          )
          { components = map (part: part.pname) packages; };
      targets = lockstep.anyName (
        target:
        if rust.refusedTarget target != null then
          throw "attribute '${target}' missing"
        else
        lib.genAttrs [ "latest" "complete" "default" "minimal" ] (
          name: toolchainOfProfile (profileOf name) system "targets.${target}.${name}" "-nightly-${name}" nightly
        )
        // forTarget
        // {
          stable = toolchain system "targets.${target}.stable" "-stable" rust.stable;
          beta = toolchain system "targets.${target}.beta" "-beta" (rust.beta null);
        }
      );
      rust-analyzer = lockstep.package {
        inherit system;
        attribute = "rust-analyzer";
        pname = "rust-analyzer-nightly";
        version = null;
        certainty = "unknown";
        reason = "rust-analyzer as of the day when fenix was locked";
        mainProgram = "rust-analyzer";
      };
      rust-analyzer-vscode-extension = lockstep.package {
        inherit system;
        attribute = "rust-analyzer-vscode-extension";
        pname = "vscode-extension-rust-lang-rust-analyzer";
        certainty = "unknown";
        reason = "rust-analyzer as of the day when fenix was locked";
      };
    };

  overlay =
    final: prev:
    let
      packages = packagesFor final.stdenv.hostPlatform.system;
    in
    {
      fenix = packages;
      rust-analyzer-nightly = packages.rust-analyzer;
    };
in
{
  outputs = {
    packages = lib.genAttrs lib.systems.flakeExposed packagesFor;
    overlays.default = overlay;
    inherit overlay;
  };
  files."default.nix" =
    { system ? "x86_64-linux", pkgs ? null, ... }:
    packagesFor (if pkgs != null then pkgs.stdenv.hostPlatform.system else system);
  files."overlay.nix" = overlay;
}
