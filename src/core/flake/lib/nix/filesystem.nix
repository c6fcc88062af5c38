# Looking at files and folders.
{ lib }:
let
  inherit (builtins) pathExists readDir;
in
rec {
  pathType =
    builtins.readFileType or (
      path:
      if !pathExists path then
        throw "lib.filesystem.pathType: Path ${toString path} does not exist."
      else if dirOf path == path then
        "directory"
      else
        (readDir (dirOf path)).${baseNameOf path}
    );
  pathIsDirectory = path: pathExists path && pathType path == "directory";
  pathIsRegularFile = path: pathExists path && pathType path == "regular";
  haskellPathsInDir =
    root:
    let
      found = lib.concatMap (
        name:
        let
          cabal = builtins.match "(.*)\\.cabal" name;
        in
        if cabal != null then
          [ { name = builtins.head cabal; value = root; } ]
        else if pathIsDirectory (root + "/${name}") && pathExists (root + "/${name}/${name}.cabal") then
          [ { inherit name; value = root + "/${name}"; } ]
        else
          [ ]
      ) (builtins.attrNames (readDir root));
    in
    builtins.listToAttrs found;
  # The nearest folder upwards with a file whose name fits: null or `{ path, matches }`.
  locateDominatingFile =
    pattern: file:
    let
      go =
        path:
        let
          matches = builtins.filter (found: found != null) (map (builtins.match pattern) (builtins.attrNames (readDir path)));
        in
        if matches != [ ] then { inherit path matches; } else if path == /. then null else go (dirOf path);
      start = if pathIsDirectory file then file else dirOf file;
    in
    go start;
  listFilesRecursive =
    dir:
    lib.flatten (
      lib.mapAttrsToList (
        name: type: if type == "directory" then listFilesRecursive (dir + "/${name}") else dir + "/${name}"
      ) (readDir dir)
    );
  packagesFromDirectoryRecursive =
    {
      callPackage ? throw "lib.packagesFromDirectoryRecursive: You need to supply at least one of `callPackage` or `newScope` as an argument.",
      newScope ? throw "lib.packagesFromDirectoryRecursive: You need to supply at least one of `callPackage` or `newScope` as an argument.",
      directory,
      recurseIntoDirectory ? null,
    }@args:
    let
      packageFile = directory + "/package.nix";
      inner = dir: packagesFromDirectoryRecursive (args // { directory = dir; });
      call = if args ? newScope && !(args ? callPackage) then newScope { } else callPackage;
    in
    if pathExists packageFile then
      call packageFile { }
    else
      lib.concatMapAttrs (
        name: type:
        let
          path = directory + "/${name}";
        in
        if type == "directory" then
          { ${name} = inner path; }
        else if type == "regular" && lib.hasSuffix ".nix" name then
          { ${lib.removeSuffix ".nix" name} = call path { }; }
        else if type == "regular" then
          { }
        else
          throw "lib.filesystem.packagesFromDirectoryRecursive: Unsupported file type ${type} at path ${toString path}"
      ) (readDir directory);
  resolveDefaultNix =
    path:
    if (pathExists path && pathIsDirectory path) || lib.hasSuffix "/" (toString path) then
      path + "/default.nix"
    else
      path;
}
