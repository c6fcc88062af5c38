# lenianiva/lean4-nix: overlays that put the Lean of a toolchain file in the place of nixpkgs' one.
{ lib, lockstep, ... }:
let
  packageOf =
    version: name:
    lockstep.package {
      attribute = "lean.${name}";
      pname = name;
      inherit version;
      certainty = if version == null then "unknown" else "exact";
      reason = if version == null then "the Lean that was given to lean4-nix, or the newest that it knows" else null;
      mainProgram = { lean-all = "lean"; }.${name} or name;
    };
  # A library or a program of Lean: its derivation is one of several members.
  builtPackage =
    args:
    let
      manifest = args.manifestFile or (args.src + "/lake-manifest.json");
      name = args.name or (if builtins.pathExists manifest then (lib.importJSON manifest).name else "lean-package");
      self = lockstep.package {
        attribute = "lake.${name}";
        pname = name;
        certainty = "unknown";
        reason = "lean4-nix builds it from the project";
        passthru = lib.genAttrs [ "executable" "modRoot" "sharedLib" "staticLib" "cTree" "oTree" "iTree" ] (_: self);
      };
    in
    self;
  leanOf =
    version:
    lockstep.open "lean" (
      lib.genAttrs [ "lean" "lean-all" "leanc" "lake" "leanshared" "cacheRoots" ] (packageOf version)
      // { buildLeanPackage = builtPackage; }
    );
  overlayOf = version: final: prev: { lean = leanOf version; };

  # `v4.12.0`: stable releases since 4.11.
  tagged =
    tag:
    let
      numbers = builtins.match "v(4\\.([0-9]+)\\.[0-9]+)" tag;
    in
    if numbers == null || lib.toInt (lib.last numbers) < 11 then
      throw "attribute '${tag}' missing"
    else
      overlayOf (builtins.head numbers);
  readToolchain =
    given:
    let
      text = if builtins.isAttrs given then given.toolchain else given;
      tag = builtins.match "[[:space:]]*leanprover/lean4:([a-zA-Z0-9.-]+)[[:space:]]*" text;
    in
    if tag == null then
      throw "Only leanprover/lean4:{tag} toolchains are supported"
    else
      tagged (builtins.head tag);
in
{
  outputs = {
    inherit readToolchain;
    readToolchainFile =
      given:
      readToolchain (builtins.readFile (if builtins.isAttrs given && !(given ? outPath) then given.toolchain else given));
    tags = lockstep.anyName tagged;
    readBinaryToolchain = manifest: tagged manifest.tag;
    readRev = given: if given ? tag then tagged given.tag else overlayOf null;
    readFromGit = _: overlayOf null;
    readSrc = _: overlayOf null;
    lake =
      { pkgs, ... }:
      {
        mkPackage = builtPackage;
        buildDeps = _: lockstep.opaque "the packages that lake-manifest.json names are fetched by lean4-nix";
        importLakeManifest = lib.importJSON;
      };
    packages = lib.genAttrs lib.systems.flakeExposed (
      _: lib.genAttrs [ "lean" "lean-all" "leanc" "lake" "leanshared" "cacheRoots" "toolchain-fetch" ] (packageOf null)
    );
  };
}
