# srid/haskell-flake: Haskell projects for flake-parts: each has a shell with its compiler and tools.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  anything = mkOption {
    type = types.lazyAttrsOf types.raw;
    default = { };
  };
  # The folders that `packages:` of a cabal.project lists.
  foldersOf =
    text:
    let
      after = builtins.match "(.*\n)?packages:(.*)" text;
      words = lib.concatMap (line: builtins.filter (word: word != "") (lib.splitString " " (builtins.replaceStrings [ "\t" "," ] [ " " " " ] line))) (
        lib.splitString "\n" (lib.last after)
      );
      end = lib.lists.findFirstIndex (lib.hasSuffix ":") (builtins.length words) words;
    in
    if after == null then [ "." ] else map (lib.removeSuffix "/") (lib.take end words);
  # The name that a package.yaml gives its package.
  named =
    text:
    let
      found = builtins.match "(.*\n)?name:[ ]*['\"]?([A-Za-z0-9-]+).*" text;
    in
    lib.optional (found != null) (lib.last found);
  # Packages by the Cabal files of the folders of a project: name → folder.
  scan =
    root:
    let
      project = "${root}/cabal.project";
      folders = if builtins.pathExists project then foldersOf (builtins.readFile project) else [ "." ];
      folderOf = folder: if folder == "." || folder == "./" then "${root}" else "${root}/${folder}";
      isHere = folder: builtins.match "[A-Za-z0-9_./-]+" folder != null && !(lib.hasInfix ".." folder) && builtins.pathExists (folderOf folder);
      filesIn = folder: builtins.attrNames (builtins.readDir (folderOf folder));
    in
    lib.listToAttrs (
      lib.concatMap (
        folder:
        if lib.hasSuffix ".cabal" folder then
          [ (lib.nameValuePair (lib.removeSuffix ".cabal" (baseNameOf folder)) (folderOf (dirOf folder))) ]
        else
          map (name: lib.nameValuePair name (folderOf folder)) (
            map (lib.removeSuffix ".cabal") (builtins.filter (lib.hasSuffix ".cabal") (filesIn folder))
            ++ lib.optionals (builtins.elem "package.yaml" (filesIn folder)) (named (builtins.readFile "${folderOf folder}/package.yaml"))
          )
      ) (builtins.filter isHere folders)
    );

  flakeModule =
    { lib, flake-parts-lib, self, ... }:
    {
      _file = "haskell-flake/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          project =
            { name, config, ... }:
            let
              toolSet = (config.devShell.tools or (_: { })) config.basePackages;
              usual = hp: if config.defaults.enable or true then { inherit (hp) cabal-install ghcid hlint haskell-language-server; } else { };
              standard = (config.defaults.devShell.tools or usual) config.basePackages;
              tools = builtins.filter (tool: lockstep.isUnknown tool || tool != null) (builtins.attrValues (standard // toolSet));
              extra = config.devShell.mkShellArgs or { };
              # Those of the project itself, by default whatever has a Cabal file.
              root = if config.projectRoot == null then self else config.projectRoot;
              entries = builtins.readDir "${root}";
              isCabal = file: lib.hasSuffix ".cabal" file || builtins.elem file [ "cabal.project" "package.yaml" ];
              hasCabal = lockstep.isUnknown entries || builtins.any isCabal (builtins.attrNames entries);
              scanned = if lockstep.isUnknown entries then { } else scan root;
              given = lib.filterAttrs (_: package: builtins.isPath (package.source or null)) config.packages;
              local = lib.mapAttrs (packageName: folder: config.basePackages.callCabal2nix packageName folder { }) (
                (if (config.defaults.packages or null) == { } then { } else scanned) // lib.mapAttrs (_: package: package.source) given
              );
              ownPackages = config.packages != { } || (hasCabal && (config.defaults.packages or null) != { });
              needs = lib.optional ownPackages (lockstep.unresolved {
                what = "packages that ${name} needs";
                reason = "haskell-flake reads from the Cabal files what the packages of the project are built with";
              });
              shell = config.basePackages.shellFor (
                extra
                // {
                  packages = _: [ ];
                  withHoogle = config.devShell.hoogle or true;
                  # Libraries that the compiler finds besides those of the project.
                  extraDependencies =
                    hp:
                    let
                      more = (extra.extraDependencies or (_: { })) hp;
                    in
                    more
                    // {
                      libraryHaskellDepends =
                        more.libraryHaskellDepends or [ ] ++ builtins.attrValues ((config.devShell.extraLibraries or (_: { })) hp);
                    };
                  nativeBuildInputs = (extra.nativeBuildInputs or [ ]) ++ tools ++ needs;
                }
              );
            in
            {
              freeformType = types.lazyAttrsOf types.raw;
              options = {
                basePackages = mkOption {
                  type = types.raw;
                  default = pkgs.haskellPackages;
                };
                packages = anything;
                settings = anything;
                defaults = anything;
                devShell = mkOption {
                  type = types.submodule { freeformType = types.lazyAttrsOf types.raw; };
                  default = { };
                };
                autoWire = mkOption {
                  type = types.listOf types.str;
                  default = [ "packages" "checks" "apps" "devShells" ];
                };
                projectRoot = mkOption {
                  type = types.raw;
                  default = null;
                };
                outputs = mkOption { type = types.raw; };
              };
              config.outputs = {
                devShell = shell;
                packages = lib.mapAttrs (_: package: { inherit package; exes = { }; }) local;
                finalPackages = config.basePackages // local;
              };
            };
          wired = lib.filterAttrs (
            _: project: builtins.elem "devShells" project.autoWire && project.devShell.enable or true
          ) config.haskellProjects;
        in
        {
          options.haskellProjects = mkOption {
            type = types.attrsOf (types.submodule project);
            default = { };
          };
          # Those of another project than the default one have its name in theirs.
          config.packages = lib.concatMapAttrs (
            projectName: project:
            lib.mapAttrs' (
              name: made: lib.nameValuePair (if projectName == "default" then name else "${projectName}-${name}") (lib.mkDefault made.package)
            ) (lib.optionalAttrs (builtins.elem "packages" project.autoWire) project.outputs.packages)
          ) config.haskellProjects;
          config.devShells = lib.mapAttrs (_: project: lib.mkDefault project.outputs.devShell) wired;
        }
      );
    };
in
{
  outputs = {
    inherit flakeModule;
    flakeModules.default = flakeModule;
  };
}
