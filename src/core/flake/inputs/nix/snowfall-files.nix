# How snowfallorg/lib finds things in folders, and what it makes of those below `lib` and `overlays`.
{ lib, lockstep, ... }:
let
  inherit (builtins) attrNames pathExists readDir;

  entriesOf = path: if pathExists path then readDir path else { };
  directories = path: lib.filterAttrs (_: type: type == "directory") (entriesOf path);
  # `default.nix` of the folder itself and of those in it at any depth, in the order of their paths.
  defaultsBelow =
    path:
    lib.concatLists (
      lib.mapAttrsToList (
        name: type:
        if type == "directory" then defaultsBelow (path + "/${name}") else lib.optional (name == "default.nix" && type == "regular") (path + "/${name}")
      ) (entriesOf path)
    );
  nameOf = path: baseNameOf (dirOf path);
  # By the name of the folder that each stands in; of two the last.
  byName = make: paths: lib.foldl' (all: path: all // { ${nameOf path} = make path; }) { } paths;

  extensionOf = file: let found = builtins.match ".*\\.(.*)$" (baseNameOf (toString file)); in if found == null then "" else builtins.head found;
  relative = at: {
    get-file = path: at.src + "/${path}";
    get-snowfall-file = path: at.root + "/${path}";
    get-files = path: pathsOf (type: type == "regular") path;
    get-directories = path: pathsOf (type: type == "directory") path;
    get-files-recursive = filesBelow;
    get-nix-files = path: nixFiles (pathsOf (type: type == "regular") path);
    get-nix-files-recursive = path: nixFiles (filesBelow path);
    get-default-nix-files = path: defaults (pathsOf (type: type == "regular") path);
    get-default-nix-files-recursive = path: defaults (filesBelow path);
    get-non-default-nix-files = path: others (nixFiles (pathsOf (type: type == "regular") path));
    get-non-default-nix-files-recursive = path: others (nixFiles (filesBelow path));
  };
  pathsOf = wanted: path: map (name: path + "/${name}") (attrNames (lib.filterAttrs (_: wanted) (entriesOf path)));
  filesBelow =
    path:
    lib.concatLists (
      lib.mapAttrsToList (name: type: if type == "directory" then filesBelow (path + "/${name}") else lib.optional (type == "regular") (path + "/${name}")) (
        entriesOf path
      )
    );
  # Sets of packages become one, packages stay as they are.
  mergePackages = lib.foldl' (
    all: more:
    all
    // lib.mapAttrs (
      name: value: if lockstep.isUnknown value || lib.isDerivation value || !(builtins.isAttrs value) then value else (all.${name} or { }) // value
    ) more
  ) { };
  nixFiles = lib.filter (path: extensionOf path == "nix");
  defaults = lib.filter (path: baseNameOf path == "default.nix");
  others = lib.filter (path: baseNameOf path != "default.nix");
in
{
  inherit byName defaultsBelow directories;

  # The flake's own library from `lib/`, and the one that its files get: nixpkgs', those of all inputs, and Snowfall's.
  library =
    { inputs, src, root, namespace, own }:
    let
      of = lib.mapAttrs (_: input: input.lib) (lib.filterAttrs (_: input: !(lockstep.isUnknown input) && input ? lib && builtins.isAttrs input.lib) (own // removeAttrs inputs [ "self" ]));
      whole = lib // of // {
        snowfall = lockstep.open "lib.snowfall" {
          fs = lockstep.open "lib.snowfall.fs" (relative { inherit src root; });
          path = lockstep.open "lib.snowfall.path" {
            get-file-extension = extensionOf;
            has-file-extension = extension: file: extensionOf file == extension;
            has-any-file-extension = file: extensionOf file != "";
            get-parent-directory = nameOf;
            get-file-name-without-extension = file: lib.removeSuffix ".${extensionOf file}" (baseNameOf file);
          };
          attrs = lockstep.open "lib.snowfall.attrs" {
            merge-deep = lib.foldl lib.recursiveUpdate { };
            merge-shallow = lib.foldl lib.mergeAttrs { };
            merge-shallow-packages = mergePackages;
            map-concat-attrs-to-list = f: set: lib.flatten (lib.mapAttrsToList f set);
          };
          fp = lockstep.open "lib.snowfall.fp" { compose = f: g: x: f (g x); call = f: x: f x; apply = x: f: f x; };
        };
      };
      args = {
        inputs = removeAttrs inputs [ "self" ];
        snowfall-inputs = own;
        inherit namespace;
        lib = whole // { ${namespace} = library; };
      };
      library = lib.foldl' (all: path: let value = import path; in lib.recursiveUpdate all (if lib.isFunction value then lib.callPackageWith args path { } else value)) { } (
        defaultsBelow (root + "/lib")
      );
    in
    {
      inherit whole;
      own = library;
    };

  # One overlay for each package, those of the folder, and all of them together. `__dontExport` keeps one out.
  overlays =
    { given, namespace, packagesIn, overlayOf, channels, packages, folder }:
    let
      systemOf = pkgs: pkgs.stdenv.hostPlatform.system;
      own = final: prev: { ${namespace} = (prev.${namespace} or { }) // packagesIn (systemOf prev) final; };
      single = lib.listToAttrs (
        map (path: lib.nameValuePair "package/${nameOf path}" (final: prev: { ${namespace} = (prev.${namespace} or { }) // { ${nameOf path} = (packagesIn (systemOf prev) final).${nameOf path}; }; })) packages
      );
      fake = { callPackage = x: x; isFakePkgs = true; lib = { }; system = "fake-system"; };
      isExported =
        path:
        let
          result = overlayOf { } path fake (fake // { ${namespace} = { }; });
          kept = !(result.__dontExport or false);
        in
        lib.__parts.isBroken result || lockstep.isUnknown kept || kept;
      named = byName (path: final: prev: overlayOf channels.${systemOf prev} path final (prev // own final prev)) (lib.filter isExported folder);
    in
    single
    // named
    // { default = final: prev: mergePackages ([ (own final prev) ] ++ map (overlay: overlay final prev) (builtins.attrValues named)); }
    // (given.extra-exported-overlays or { });
}
