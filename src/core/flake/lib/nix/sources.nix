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
  versionControl = [ ".svn" "CVS" ".hg" ];
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
      base == ".git"
      || type == "directory" && builtins.elem base versionControl
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
          builtins.trace "${attributes.name}.filter ${path} = ${lib.boolToString kept}" kept;
      }
    )
    // {
      satisfiesSubpathInvariant = src.satisfiesSubpathInvariant or false;
    };
  canCleanSource = src: src ? _isLibCleanSourceWith || !(pathHasContext (toString src));
  pathHasContext = builtins.hasContext;
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
      # Endings of archives and repositories, as many as there are.
      strip =
        name:
        let
          found = builtins.match "(.*)\\.(git|tar|zip|gz|tgz|bz|tbz|bz2|tbz2|lzma|txz|xz|zstd)" name;
        in
        if found == null then name else strip (builtins.head found);
    in
    strip base;
  shortRev =
    rev:
    let
      base = baseNameOf (toString rev);
      hash = builtins.match "[a-f0-9]+" base;
      # A version after words, as in `release-v1.2`.
      version = builtins.match "([A-Za-z]+[-_. ]?)*(v)?([0-9.]+.*)" base;
    in
    if hash != null then
      substring 0 7 base
    else if version != null then
      lib.last version
    else
      base;
  revOrTag =
    rev: tag:
    if tag != null then
      tag
    else if rev != null then
      rev
    else
      "HEAD";
  # The name of a fetched source: `kind` is how much of the repository, the revision and the fetcher it tells.
  repoRevToName =
    kind:
    let
      full =
        repo: revision: fetcher:
        lib.concatStringsSep "-" (
          [ (urlToName repo) ]
          ++ lib.optional (revision != null) (shortRev revision)
          ++ lib.optional (fetcher != null) fetcher
          ++ [ "source" ]
        );
    in
    if kind == "source" then
      _: _: _: "source"
    else if kind == "versioned" then
      repo: revision: _: full repo revision null
    else if kind == "full" then
      full
    else
      throw "repoRevToName: invalid kind";
}
