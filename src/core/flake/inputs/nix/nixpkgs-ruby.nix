# bobvanderlinden/nixpkgs-ruby: Ruby by version: `ruby-3.1.2`, `ruby-3.1`, `ruby`; and RubyGems likewise.
{ lib, lockstep, ... }:
let
  package =
    system: name:
    let
      asked = builtins.match "(ruby|rubygems|jruby|truffleruby|mruby)(-(.+))?" name;
      kind = builtins.head asked;
      version = lib.last asked;
      isExact = version != null && builtins.match "[0-9]+\\.[0-9]+\\.[0-9]+.*" version != null;
    in
    if asked == null then
      throw "attribute '${name}' missing"
    else
      lockstep.package {
        inherit system;
        attribute = name;
        pname = kind;
        version = if isExact then version else null;
        certainty = if isExact then "exact" else "unknown";
        reason = if isExact then null else "the newest ${if version == null then kind else name} that the locked nixpkgs-ruby knows";
        passthru =
          let
            pkgs = lockstep.pkgsFor system;
          in
          {
            inherit (pkgs.ruby) gems;
            withPackages = choose: lockstep.composite (package system name) ([ (package system name) ] ++ choose pkgs.ruby.gems);
            rubyEngine = kind;
            gemPath = "lib/${kind}/gems/${if version == null then "0" else version}";
          };
      };
  packagesFor = system: lockstep.anyName (package system);
  rest.__rest = lockstep.unknown.overlays.default;
  # Releases that there are, and some that there are not: which, only the locked revision knows.
  minors = map (n: "2.${toString n}") (lib.range 0 7) ++ map (n: "3.${toString n}") (lib.range 0 5);
  versions = [ "2" "3" ] ++ minors ++ lib.concatMap (minor: map (patch: "${minor}.${toString patch}") (lib.range 0 12)) minors;
  overlay =
    final: prev:
    rest
    // lib.genAttrs ([ "ruby" ] ++ map (version: "ruby-${version}") versions) (package final.stdenv.hostPlatform.system);
  readFile =
    file:
    let
      parts = lib.splitString "-" (lib.trim (builtins.readFile file));
    in
    if builtins.length parts == 1 then
      { rubyEngine = "ruby"; version = builtins.head parts; }
    else
      { rubyEngine = builtins.head parts; version = lib.concatStringsSep "-" (builtins.tail parts); };
in
{
  outputs = {
    packages = lib.genAttrs lib.systems.flakeExposed packagesFor;
    lib = {
      mkRuby = { pkgs, rubyVersion }: package pkgs.stdenv.hostPlatform.system "ruby-${rubyVersion}";
      readRubyVersionFile = readFile;
      packageFromRubyVersionFile =
        { file, system }:
        let
          inherit (readFile file) rubyEngine version;
        in
        package system "${rubyEngine}-${version}";
    };
    overlays = {
      default = overlay;
      ruby = overlay;
      rubygems = final: prev: rest;
    };
  };
}
