# tweag/opam-nix: scopes of packages from the opam repository. Which versions, and what they are built with, opam itself
# decides when the scope is built; a scope has whatever it is asked for.
{ lib, lockstep, ... }:
let
  package =
    query: name:
    let
      asked = query.${name} or "*";
      isExact = builtins.isString asked && builtins.match "[0-9][^*]*" asked != null;
      needs = lockstep.opaque "opam-nix reads what ${name} is built with from its opam file";
    in
    lockstep.package {
      attribute = name;
      pname = name;
      version = if isExact then asked else null;
      certainty = if isExact then "exact" else "unknown";
      reason = if isExact then "the version that the flake asks opam for" else "opam chooses the version when the scope is built";
      passthru = {
        nativeBuildInputs = [ needs ];
        buildInputs = [ ];
        propagatedBuildInputs = [ ];
      };
    };

  scopeOf =
    query: overlays:
    let
      base = lockstep.anyName (
        name: if name == "overrideScope" || name == "overrideScope'" then overlay: scopeOf query (overlays ++ [ overlay ]) else package query name
      );
      self = builtins.foldl' (previous: overlay: previous // overlay self previous) base overlays;
    in
    self;
  scope = query: scopeOf (if builtins.isAttrs query then query else { }) [ ];

  functions = {
    queryToScope = _: scope;
    buildOpamProject = _: _: _: scope;
    buildOpamProject' = _: _: scope;
    buildDuneProject = _: _: _: scope;
    buildOpamMonorepo = _: _: scope;
    # What opam once chose, kept in a file with the versions.
    materializedDefsToScope =
      _: file:
      let
        defs = if builtins.pathExists file then builtins.fromJSON (builtins.readFile file) else { };
      in
      scope (builtins.mapAttrs (_: def: def.version or "*") (lib.filterAttrs (_: builtins.isAttrs) defs));
    # Its packages are those whose opam files stand in the folder.
    makeOpamRepo = folder: folder;
    makeOpamRepoRec = folder: folder;
    listRepo =
      folder:
      lib.genAttrs
        (map (lib.removeSuffix ".opam") (
          builtins.filter (lib.hasSuffix ".opam") (
            if lockstep.isUnknown folder then [ ] else builtins.attrNames (builtins.readDir folder)
          )
        ))
        (_: [ "dev" ]);
  };
in
{
  outputs.lib = lib.genAttrs lib.systems.flakeExposed (
    _: functions // lockstep.anyName (name: functions.${name} or lockstep.unknown.lib.${name})
  );
}
