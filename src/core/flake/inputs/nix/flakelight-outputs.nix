# The outputs of flakelight that are listed only: apps, checks, formatters, overlays, templates, modules and functions.
# https://github.com/nix-community/flakelight/blob/master/API_GUIDE.md
{ lib, lockstep, ... }:
{ config, systems, bySystem, byPackages, byModule, hasFormatters, packagesOf, applied, checkNames }:
let
  inherit (builtins) isFunction;
  # What an option has in all of its definitions, and in the one of a single `default`.
  all =
    apply: name: single:
    lib.foldl' (known: one: known // apply one) { } config.${name}
    // lib.optionalAttrs (config.${single} or [ ] != [ ]) { default = lib.last config.${single}; };
  isNothing = name: single: config.${name} == [ ] && config.${single} == [ ];
  whole = output: name: single: lib.optional (!(isNothing name single)) { ${output} = all byModule name single; };

  hasPackages = config.package != [ ] || config.packages != [ ];

  app =
    pkgs: given:
    let
      value = byPackages pkgs given;
    in
    if lockstep.isUnknown value || value.type or "" == "app" then value else { type = "app"; program = "${value}"; };
  check =
    pkgs: name: given:
    let
      value = if isFunction given then byPackages pkgs given else given;
    in
    if lockstep.isUnknown value || lib.isDerivation value then value else pkgs.runCommand "check-${name}" { } "";
  # Machines and homes that say for which system they are have a check of their own.
  configurationCheck =
    { kind, prefix }:
    let
      known = all byModule kind "";
    in
    lib.optionalAttrs (config.${kind} != [ ] && !(lockstep.isUnknown known)) {
      checks = lib.foldl' lib.recursiveUpdate { } (
        lib.mapAttrsToList (
          name: given:
          let
            value = byModule given;
            system = value.system or null;
          in
          if !(lockstep.isUnknown value) && builtins.isString system then { ${system}."${prefix}-${name}" = { type = "derivation"; }; } else { }
        ) known
      );
    };
in
lib.optional hasFormatters { formatter = bySystem (pkgs: pkgs.writeShellScriptBin "formatter" ""); }
++ lib.optional (!(isNothing "apps" "app")) {
  apps = bySystem (pkgs: lib.mapAttrs (_: app pkgs) (all (byPackages pkgs) "apps" "app"));
}
++ lib.optional (!(isNothing "bundlers" "bundler")) {
  bundlers = bySystem (pkgs: all (byPackages pkgs) "bundlers" "bundler");
}
++ lib.optional (hasPackages || checkNames != [ ] || config.checks != [ ]) {
  checks = bySystem (
    pkgs:
    lib.mapAttrs' (name: _: lib.nameValuePair "packages-${name}" pkgs.${name}) (packagesOf pkgs.system)
    // lib.genAttrs checkNames (name: pkgs.runCommand "check-${name}" { } "")
    // lib.mapAttrs (check pkgs) (all (byPackages pkgs) "checks" "")
  );
}
++ map configurationCheck [ { kind = "nixosConfigurations"; prefix = "nixos"; } { kind = "homeConfigurations"; prefix = "home"; } ]
++ lib.optional hasPackages {
  overlays.default = final: prev: lib.mapAttrs (_: applied final) (removeAttrs (packagesOf final.system) [ "default" ]);
}
++ whole "overlays" "overlays" "overlay"
++ whole "templates" "templates" "template"
++ whole "nixosModules" "nixosModules" "nixosModule"
++ whole "homeModules" "homeModules" "homeModule"
++ lib.optional (config.lib != [ ]) { lib = all byModule "lib" ""; }
++ lib.optional (config.functor != [ ]) { __functor = lib.last config.functor; }
