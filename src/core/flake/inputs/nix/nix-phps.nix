# fossar/nix-phps: versions of PHP that nixpkgs dropped; those which it has are taken from it.
{ lib, lockstep, ... }:
let
  lockedAt = lockstep.input.lastModified or 0;
  # The last release of each that came to its end before 2024; of later ones it depends on the day.
  last = {
    php56 = "5.6.40";
    php70 = "7.0.33";
    php71 = "7.1.33";
    php72 = "7.2.34";
    php73 = "7.3.33";
    php74 = "7.4.33";
    php80 = "8.0.30";
  };
  isLast = name: last ? ${name} && lockedAt > 1704067200;
  own =
    name:
    let
      package =
        attribute: pname:
        lockstep.package {
          inherit attribute pname;
          certainty = "unknown";
          reason = "the ${pname} of the locked nix-phps";
        };
      self = lockstep.package {
        attribute = name;
        pname = "php";
        version = if isLast name then last.${name} else null;
        certainty = if isLast name then "exact" else "unknown";
        reason = if isLast name then null else "the newest release of it that the locked nix-phps knows";
        passthru = {
          buildEnv = _: self;
          withExtensions = _: self;
          extensions = lockstep.anyName (extension: package "${name}Extensions.${extension}" "php-${extension}");
          packages = lockstep.anyName (tool: package "${name}Packages.${tool}" tool);
          unwrapped = self;
        };
      };
    in
    self;
  names = builtins.attrNames last ++ [ "php81" "php82" "php83" "php84" "php85" ];
  of = pkgs: name: if !(last ? ${name}) && pkgs ? ${name} then pkgs.${name} else own name;
  overlay = final: prev: lib.genAttrs names (of prev);
in
{
  outputs = {
    packages = lib.genAttrs lib.systems.flakeExposed (
      system:
      let
        pkgs = lockstep.pkgsFor system;
      in
      lib.genAttrs names (of pkgs) // { inherit (pkgs) php; }
    );
    overlays.default = overlay;
    inherit overlay;
  };
}
