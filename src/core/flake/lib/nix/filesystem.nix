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
        lib.optional (pathExists (root + "/${name}/${name}.cabal")) { inherit name; value = root + "/${name}"; }
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
  # Each `.nix` file of a folder called as a package; a folder with a `package.nix` is one package.
  packagesFromDirectoryRecursive =
    let
      processDir =
        { callPackage, directory, ... }@args:
        lib.concatMapAttrs (
          name: type:
          let
            path = directory + "/${name}";
          in
          if type == "directory" then
            { ${name} = packagesFromDirectoryRecursive (removeAttrs args [ "processDir" ] // { directory = path; }); }
          else if type != "regular" then
            throw "lib.filesystem.packagesFromDirectoryRecursive: Unsupported file type ${type} at path ${toString path}\n"
          else
            lib.optionalAttrs (lib.hasSuffix ".nix" name) { ${lib.removeSuffix ".nix" name} = callPackage path { }; }
        ) (readDir directory);
      # With `newScope` the packages of a folder see each other, and those of the folders above.
      inScope =
        { newScope, processDir, ... }@args:
        lib.recurseIntoAttrs (
          lib.makeScope newScope (self: processDir (args // { inherit (self) callPackage newScope; }))
        );
    in
    {
      directory,
      newScope ? throw "lib.packagesFromDirectoryRecursive: newScope wasn't passed in args",
      callPackage ? newScope { },
      recurseIntoDirectory ? if args ? newScope then inScope else processDir,
    }@args:
    let
      packageFile = directory + "/package.nix";
    in
    if pathExists packageFile then
      callPackage packageFile { }
    else
      recurseIntoDirectory (args // { inherit callPackage processDir; });
  resolveDefaultNix =
    path:
    if (pathExists path && pathIsDirectory path) || lib.hasSuffix "/" (toString path) then
      path + "/default.nix"
    else
      path;
}
