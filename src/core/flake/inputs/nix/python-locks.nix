# What Python lock files and project files tell, for the models of flakes that build environments from them.
{ lib, lockstep, ... }:
let
  inherit (builtins) attrNames concatMap fromTOML head length listToAttrs match pathExists readFile;

  # Nothing where there is no such file, or none that can be read here.
  read =
    path:
    let
      there = pathExists path;
      text = readFile path;
    in
    if lockstep.isUnknown there || !there || lockstep.isUnknown text then { } else fromTOML text;
  # As PEP 503: lower case, runs of `-_.` as one dash.
  normalise = name: lib.concatStringsSep "-" (builtins.filter (part: builtins.isString part && part != "") (builtins.split "[-_.]+" (lib.toLower name)));
  # The name at the start of a PEP 508 requirement.
  requirementName =
    text:
    let
      found = match "[[:space:]]*([A-Za-z0-9][A-Za-z0-9._-]*).*" text;
    in
    if found == null then null else normalise (head found);

  # Whether a version is within specifiers as `>=3.11,<3.14` or `==3.12.*` (PEP 440); none at all allow any.
  satisfies =
    specifiers: version:
    let
      parts = builtins.filter (part: part != "") (map lib.trim (lib.splitString "," specifiers));
      fits =
        part:
        let
          found = match "(===|~=|==|!=|<=|>=|<|>)[[:space:]]*([0-9]+([.][0-9]+)*)([.][*])?.*" part;
          operator = head found;
          wanted = builtins.elemAt found 1;
          order = builtins.compareVersions version wanted;
          isBelow = lib.hasPrefix "${wanted}." "${version}.";
          equal = if builtins.elemAt found 3 != null then isBelow else order == 0;
          # `~=3.11.2` is `>=3.11.2,==3.11.*`.
          series = lib.concatStringsSep "." (lib.init (lib.splitString "." wanted));
        in
        if found == null then
          false
        else if operator == ">=" then
          order >= 0
        else if operator == "<=" then
          order <= 0
        else if operator == ">" then
          order > 0 && !isBelow
        else if operator == "<" then
          order < 0
        else if operator == "!=" then
          !equal
        else if operator == "~=" then
          order >= 0 && lib.hasPrefix "${series}." "${version}."
        else
          equal;
    in
    specifiers == null || builtins.all fits parts;

  # Both locks have `[[package]]` with `name` and `version`.
  packagesOf =
    lock: builtins.filter (entry: entry ? name && entry ? version) (lock.package or [ ]);
  summary =
    entries:
    let
      shown = map (entry: "${entry.name} ${entry.version}") (lib.take 8 entries);
      more = length entries - length shown;
    in
    "${toString (length entries)} packages: ${lib.concatStringsSep ", " shown}${lib.optionalString (more > 0) " and ${toString more} more"}";
in
rec {
  inherit normalise packagesOf read requirementName satisfies;

  # Name → entry, of uv.lock or poetry.lock.
  lockedPackages = lock: listToAttrs (map (entry: lib.nameValuePair (normalise entry.name) entry) (packagesOf lock));

  # An environment that is built from a lock: its interpreter, and one item that says what cannot be read and why.
  environment =
    { python, what, lockFile, builder }:
    let
      present = builtins.isPath lockFile || lib.hasPrefix "/" lockFile;
      entries = if present then packagesOf (read lockFile) else [ ];
      known = entries != [ ];
    in
    lockstep.composite (python // { name = what; pname = what; }) [
      python
      (lockstep.unresolved {
        inherit what;
        reason =
          "${builder} builds this Python environment from ${baseNameOf (toString lockFile)}"
          + (if known then ", which lists ${summary entries}" else ", which lists nothing that can be read");
        attribute = baseNameOf (toString lockFile);
      })
    ];

  # Dependencies that pyproject.toml asks for: [project] (PEP 621), or Poetry's own table.
  dependencies =
    { pyproject, extras ? [ ], groups ? [ ] }:
    let
      project = pyproject.project or { };
      poetry = pyproject.tool.poetry or { };
      ofGroup = name: builtins.filter builtins.isString (pyproject.dependency-groups.${name} or [ ]);
      fromProject =
        (project.dependencies or [ ])
        ++ concatMap (extra: project.optional-dependencies.${extra} or [ ]) extras
        ++ concatMap ofGroup groups;
      fromPoetry = builtins.filter (name: name != "python") (attrNames (poetry.dependencies or { }));
    in
    builtins.filter (name: name != null) (map requirementName (fromProject ++ fromPoetry));
}
