# Folders as sources, with some of their files left out.
{ lib }:
let
  inherit (builtins) baseNameOf pathExists readFile substring split;
  inherit (lib) hasPrefix hasSuffix;

  # A source that was filtered before keeps its origin and its filters.
  toSourceAttributes =
    src:
    if src ? _isLibCleanSourceWith then
      {
        inherit (src) origSrc filter name;
        subpath = src.subpath or "";
      }
    else
      {
        origSrc = src;
        filter = _: _: true;
        name = "source";
        subpath = "";
      };
  fromSourceAttributes =
    { origSrc, filter, name, ... }:
    {
      _isLibCleanSourceWith = true;
      inherit origSrc filter name;
      outPath = builtins.path {
        inherit filter name;
        path = origSrc;
      };
    };
  versionControl = [ ".git" ".svn" "CVS" ".hg" ".jj" ".pijul" "_darcs" ".bzr" ];
in
rec {
  inherit (lib.filesystem) pathType pathIsDirectory pathIsRegularFile;
  pathIsGitRepo = path: (commitIdFromGitRepoOrError path) ? value;
  cleanSourceFilter =
    name: type:
    let
      base = baseNameOf (toString name);
    in
    !(
      builtins.elem base versionControl && (type == "directory" || base == ".git")
      || hasSuffix "~" base
      || builtins.match "^\\.sw[a-z]$" base != null
      || builtins.match "^\\..*\\.sw[a-z]$" base != null
      || hasSuffix ".o" base
      || hasSuffix ".so" base
      || (type == "symlink" && hasPrefix "result" base)
      || type == "unknown"
    );
  cleanSource = src: cleanSourceWith { filter = cleanSourceFilter; inherit src; };
  cleanSourceWith =
    {
      filter ? (_: _: true),
      src,
      name ? null,
    }:
    let
      orig = toSourceAttributes src;
    in
    fromSourceAttributes {
      inherit (orig) origSrc;
      filter = path: type: filter path type && orig.filter path type;
      name = if name != null then name else orig.name;
    };
  sourceByRegex =
    src: patterns:
    let
      isFiltered = src ? _isLibCleanSourceWith;
      origSrc = if isFiltered then src.origSrc else src;
    in
    lib.cleanSourceWith {
      filter =
        path: type:
        let
          relative = lib.removePrefix (toString origSrc + "/") (toString path);
        in
        lib.any (pattern: builtins.match pattern relative != null) patterns;
      inherit src;
    };
  sourceFilesBySuffices =
    src: suffixes:
    cleanSourceWith {
      filter =
        path: type: type == "directory" || lib.any (suffix: hasSuffix suffix (baseNameOf path)) suffixes;
      inherit src;
    };
  trace =
    src:
    let
      attributes = toSourceAttributes src;
    in
    fromSourceAttributes (
      attributes
      // {
        filter =
          path: type:
          let
            kept = attributes.filter path type;
          in
          builtins.trace "${toString path} ${type}: ${lib.boolToString kept}" kept;
      }
    );
  canCleanSource = src: src ? _isLibCleanSourceWith || !(lib.isStorePath (toString src));
  pathHasContext = path: builtins.hasContext path || hasPrefix builtins.storeDir path;
  commitIdFromGitRepo =
    path:
    let
      found = commitIdFromGitRepoOrError path;
    in
    found.value or (throw found.error);
  commitIdFromGitRepoOrError =
    path:
    let
      read =
        file: dir:
        let
          name = "${toString dir}/${file}";
          packed = "${toString dir}/packed-refs";
          text = lib.fileContents name;
          ref = builtins.match "^ref: (.*)$" text;
        in
        if pathExists name && lib.filesystem.pathIsRegularFile name then
          if ref == null then { value = text; } else read (builtins.head ref) dir
        else if pathExists packed then
          let
            lines = builtins.filter builtins.isString (split "\n" (readFile packed));
            hits = builtins.filter (line: hasSuffix " ${file}" line) lines;
          in
          if hits == [ ] then
            { error = "Could not find ${file} in ${packed}"; }
          else
            { value = substring 0 40 (builtins.head hits); }
        else
          { error = "Not a .git directory: ${toString dir}"; };
    in
    read "HEAD" (if pathExists (toString path + "/.git") then toString path + "/.git" else path);
  urlToName =
    url:
    let
      base = baseNameOf (lib.removeSuffix "/" (lib.last (lib.splitString ":" (toString url))));
      found = builtins.match "(.*)\\.git" base;
    in
    if lib.isStorePath (toString url) then "source" else if found != null then builtins.head found else base;
  shortRev =
    rev:
    let
      hash = builtins.match "[a-f0-9]+" rev;
      # Other names (tags, branches) stay as they are, after their last slash.
      named = builtins.baseNameOf rev;
    in
    if hash != null then substring 0 7 rev else named;
  revOrTag =
    rev: tag:
    if tag != null && rev != null then
      throw "lib.sources: only one of rev and tag can be given"
    else if tag != null then
      tag
    else if rev != null then
      rev
    else
      "HEAD";
  repoRevToName =
    kind: repo: revision:
    if kind == "source" then
      "source"
    else if kind == "versioned" then
      "${repo}-${shortRev revision}-source"
    else if kind == "full" then
      "${repo}-${shortRev revision}-source"
    else
      throw "repoRevToName: invalid kind ${kind}";
}
