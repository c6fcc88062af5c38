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

  # `{ name, extras, marker }` of a requirement (PEP 508), or null.
  requirement =
    text:
    let
      halves = match "([^;]*)(;(.*))?" text;
      found = match "[[:space:]]*([A-Za-z0-9][A-Za-z0-9._-]*)[[:space:]]*([[]([^]]*)[]])?.*" (head halves);
      extras = builtins.elemAt found 2;
      condition = builtins.elemAt halves 2;
    in
    if halves == null || found == null then
      null
    else
      {
        name = normalise (head found);
        extras = if extras == null then [ ] else map lib.trim (lib.splitString "," extras);
        wanted = environ: if condition == null || lib.trim condition == "" then true else holds environ condition;
      };

  # The same of an entry of Poetry's table, whose `python` is another way to write a marker.
  poetryRequirement =
    name: entry:
    let
      condition = entry.markers or null;
      range = entry.python or null;
    in
    {
      name = normalise name;
      extras = entry.extras or [ ];
      wanted =
        environ:
        both (if condition == null then true else holds environ condition) (
          if range == null then
            true
          else if environ.python_version == null then
            null
          else
            satisfies (poetryRange range) environ.python_version
        );
    };
  poetryRange =
    text:
    lib.concatMapStringsSep "," (
      part:
      let
        found = match "([~^]?)([0-9]+)([.]([0-9]+))?.*" (lib.trim part);
        version = lib.removePrefix (head found) (lib.trim part);
        major = lib.toInt (builtins.elemAt found 1);
        minor = builtins.elemAt found 3;
        next = if minor == null || (head found == "^" && major > 0) then toString (major + 1) else "${toString major}.${toString (lib.toInt minor + 1)}";
      in
      if found == null then part else if head found == "" then "==${version}" else ">=${version},<${next}"
    ) (lib.splitString "," text);

  required =
    environ: entries:
    map (entry: { inherit (entry) name extras; wanted = entry.wanted environ; }) (builtins.filter (entry: entry != null) entries);

  # Whether a marker holds: true, false, or null where it is not known.
  both = left: right: if left == false || right == false then false else if left == null || right == null then null else true;
  either = left: right: if left == true || right == true then true else if left == null || right == null then null else false;
  holds =
    environ: text:
    let
      tokens = concatMap (part: if builtins.isList part then [ (head part) ] else [ ]) (
        builtins.split "(\"[^\"]*\"|'[^']*'|[()]|===|~=|==|!=|<=|>=|<|>|[A-Za-z_.]+)" text
      );
      any =
        rest:
        let
          left = all rest;
          right = any (builtins.tail left.rest);
        in
        if left.rest != [ ] && head left.rest == "or" then { value = either left.value right.value; inherit (right) rest; } else left;
      all =
        rest:
        let
          left = one rest;
          right = all (builtins.tail left.rest);
        in
        if left.rest != [ ] && head left.rest == "and" then { value = both left.value right.value; inherit (right) rest; } else left;
      one =
        rest:
        let
          inner = any (builtins.tail rest);
          negated = builtins.elemAt rest 1 == "not";
          operator = if negated then "not in" else builtins.elemAt rest 1;
          after = lib.drop (if negated then 3 else 2) rest;
        in
        if head rest == "(" then
          { inherit (inner) value; rest = builtins.tail inner.rest; }
        else
          { value = compared (head rest) operator (head after); rest = builtins.tail after; };
      isText = token: match "[\"'].*" token != null;
      valueOf = token: if isText token then builtins.substring 1 (builtins.stringLength token - 2) token else environ.${token} or null;
      turned = { "<" = ">"; ">" = "<"; "<=" = ">="; ">=" = "<="; };
      compared =
        left: operator: right:
        let
          names = builtins.filter (token: !(isText token)) [ left right ];
          values = map valueOf [ left right ];
          ofVersions = builtins.any (name: builtins.elem name [ "python_version" "python_full_version" "implementation_version" ]) names;
          contains = builtins.match ".*${lib.escapeRegex (toString (head values))}.*" (toString (lib.last values)) != null;
          among = builtins.elem (lib.findFirst builtins.isString "" values) environ.extra;
        in
        if builtins.any (value: value == null) values then
          null
        else if builtins.elem "extra" names then
          if operator == "!=" then !among else among
        else if operator == "in" then
          contains
        else if operator == "not in" then
          !contains
        else if ofVersions then
          if isText left then satisfies "${turned.${operator} or operator}${head values}" (lib.last values) else satisfies "${operator}${lib.last values}" (head values)
        else if operator == "!=" then
          head values != lib.last values
        else
          head values == lib.last values;
    in
    (any tokens).value;

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
in
rec {
  inherit normalise packagesOf read requirementName satisfies;

  # Name → entry, of uv.lock or poetry.lock.
  lockedPackages = lock: listToAttrs (map (entry: lib.nameValuePair (normalise entry.name) entry) (packagesOf lock));

  # An environment that is built from a lock: its interpreter, one item that says what cannot be read and why, and what is
  # added to it. Nothing that the interpreter is built with plays a part in building it.
  environment =
    { python, what, lockFile, builder, more ? _: [ ] }:
    let
      unread = lockstep.unresolved {
        inherit what;
        reason = told { inherit builder lockFile; };
        attribute = baseNameOf (toString lockFile);
      };
      whole = if lockstep.isUnknown python then unread else python;
    in
    lockstep.composite (
      whole
      // {
        name = what;
        pname = what;
        nativeBuildInputs = [ ];
        buildInputs = [ ];
        propagatedBuildInputs = [ ];
        propagatedNativeBuildInputs = [ ];
      }
    ) ([ python unread ] ++ more (python.pkgs or { }));
  # Why an environment is not read, with what its lock tells.
  told =
    { builder, lockFile }:
    let
      summary = lockstep.lockSummary lockFile;
    in
    "${builder} builds this Python environment from ${baseNameOf (toString lockFile)}, which ${if summary == null then "lists nothing that can be read" else summary}";

  # What a project asks for, as `{ name, extras, wanted }`: [project] (PEP 621), or Poetry's own table. `wanted` is null
  # where its marker asks for what is not known here.
  dependencies =
    { pyproject, environ, extras ? [ ], groups ? [ ] }:
    let
      project = pyproject.project or { };
      poetry = pyproject.tool.poetry or { };
      table = pyproject.dependency-groups or { };
      ofGroup =
        name:
        concatMap (entry: if builtins.isString entry then [ entry ] else ofGroup (entry.include-group or "")) (table.${name} or [ ]);
      listed =
        (project.dependencies or [ ])
        ++ concatMap (extra: project.optional-dependencies.${extra} or [ ]) extras
        ++ concatMap ofGroup groups;
      entriesOf = entries: concatMap (name: map (poetryRequirement name) (lib.toList entries.${name})) (attrNames (removeAttrs entries [ "python" ]));
      fromPoetry =
        if project ? name then
          [ ]
        else
          entriesOf (poetry.dependencies or { }) ++ concatMap (extra: entriesOf (poetry.group.${extra}.dependencies or { })) extras;
    in
    required (environ // { extra = extras; }) (map requirement listed ++ fromPoetry);

  # What its build system is made of; without one, what pip would take.
  buildSystem =
    { pyproject, environ }:
    let
      listed = pyproject.build-system.requires or [ ];
    in
    required environ (map requirement (if listed == [ ] then [ "setuptools" "wheel" ] else listed));

  # What markers compare (PEP 508), of a Python of nixpkgs.
  environOf =
    python:
    let
      platform = python.pkgs.callPackage ({ stdenv }: stdenv.hostPlatform) { };
      known = value: if lockstep.isUnknown value then null else value;
    in
    {
      os_name = "posix";
      sys_platform = if platform.isDarwin then "darwin" else "linux";
      platform_system = if platform.isDarwin then "Darwin" else "Linux";
      platform_machine = if platform.isDarwin && platform.isAarch64 then "arm64" else platform.parsed.cpu.name;
      platform_python_implementation = if python.isPyPy or false then "PyPy" else "CPython";
      implementation_name = if python.isPyPy or false then "pypy" else "cpython";
      python_version = known python.pythonVersion;
      python_full_version = known python.version;
      implementation_version = known python.version;
      extra = [ ];
    };
}
