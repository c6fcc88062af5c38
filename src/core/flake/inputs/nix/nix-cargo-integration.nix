# 90-008/nix-cargo-integration: Cargo projects for flake-parts: `nci.outputs.<crate>.devShell`.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  rust = (lockstep.part "rust-overlay").outputs.lib.mkRustBin { };
  anything = mkOption {
    type = types.lazyAttrsOf types.anything;
    default = { };
  };
  maybe = mkOption {
    type = types.raw;
    default = null;
  };
  inputLists = [ "nativeBuildInputs" "buildInputs" "propagatedBuildInputs" "propagatedNativeBuildInputs" ];

  # The crates of a project, by its Cargo.toml; those of a member that is a pattern are the folders that match it.
  readToml =
    file:
    let
      there = builtins.pathExists file;
      text = builtins.readFile file;
    in
    if lockstep.isUnknown there || !there || lockstep.isUnknown text then { } else builtins.fromTOML text;
  cratesOf =
    path:
    let
      cargo = readToml (path + "/Cargo.toml");
      nameOf = toml: lib.optional (toml ? package.name) toml.package.name;
      expand =
        member:
        let
          parent = path + "/${lib.removeSuffix "/*" member}";
          entries = builtins.readDir parent;
        in
        if !(lib.hasSuffix "/*" member) then
          [ (path + "/${member}") ]
        else if builtins.pathExists parent then
          map (name: parent + "/${name}") (builtins.attrNames (lib.filterAttrs (_: type: type == "directory") entries))
        else
          [ ];
    in
    if lockstep.isUnknown path || path == null then
      [ ]
    else
      lib.unique (nameOf cargo ++ lib.concatMap (folder: nameOf (readToml (folder + "/Cargo.toml"))) (lib.concatMap expand (cargo.workspace.members or [ ])));

  flakeModule =
    { lib, config, flake-parts-lib, self, ... }:
    let
      top = config;
    in
    {
      _file = "nix-cargo-integration/flake-module.nix";
      options.nci.source = mkOption {
        type = types.raw;
        default = self;
      };
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          nci = config.nci;
          bin = rust pkgs;
          files = builtins.filter builtins.pathExists (map (name: top.nci.source + "/${name}") [ "rust-toolchain.toml" "rust-toolchain" ]);
          base =
            if nci.toolchainConfig != null then
              if builtins.isAttrs nci.toolchainConfig then
                bin.fromRustupToolchain (nci.toolchainConfig.toolchain or nci.toolchainConfig)
              else
                bin.fromRustupToolchainFile nci.toolchainConfig
            else if files != [ ] then
              bin.fromRustupToolchainFile (builtins.head files)
            else
              bin.stable.latest.default;
          usual = base.override { extensions = [ "rust-src" "rustfmt" "clippy" "rust-analyzer" ]; };
          toolchain =
            if nci.toolchains.mkShell != null then
              nci.toolchains.mkShell pkgs
            else if nci.toolchains.shell != null then
              nci.toolchains.shell
            else
              usual;

          projectCrates = lib.mapAttrs (_: project: cratesOf (project.path or null)) nci.projects;
          projectOf = crate: lib.findFirst (name: builtins.elem crate projectCrates.${name}) crate (builtins.attrNames projectCrates);
          # What is configured of crates, and of the projects that they belong to.
          settingsOf =
            name:
            let
              crates = if nci.projects ? ${name} then projectCrates.${name} else [ name ];
            in
            lib.optional (nci.projects ? ${projectOf name}) nci.projects.${projectOf name}
            ++ map (crate: nci.crates.${crate}) (builtins.filter (crate: nci.crates ? ${crate}) (lib.unique ([ name ] ++ crates)));
          derivationsOf = name: lib.concatMap (s: [ (s.drvConfig or { }) (s.depsDrvConfig or { }) ]) (settingsOf name);
          inputsOf = name: list: lib.unique (lib.concatMap (d: d.mkDerivation.${list} or [ ]) (derivationsOf name));
          environmentOf = name: lib.foldl' (all: d: all // (d.env or { })) { } (derivationsOf name);

          # What `overrideAttrs` adds as `packages` or `nativeBuildInputs` comes before what the shell has.
          overridable =
            shell:
            shell
            // {
              overrideAttrs =
                change:
                overridable (
                  shell.overrideAttrs (
                    old:
                    let
                      attrs = if builtins.isFunction change then change old else change;
                    in
                    removeAttrs attrs [ "packages" ]
                    // {
                      nativeBuildInputs = (attrs.packages or [ ]) ++ (attrs.nativeBuildInputs or [ ]) ++ (old.nativeBuildInputs or [ ]);
                    }
                  )
                );
            };
          shell =
            name:
            let
              libraries = lib.concatMap (s: s.runtimeLibs or [ ]) (settingsOf name);
              lists = lib.genAttrs inputLists (inputsOf name);
            in
            overridable (
              pkgs.mkShell (
                environmentOf name
                // lists
                // {
                  name = "${name}-devshell";
                  nativeBuildInputs = [ toolchain ] ++ lists.nativeBuildInputs;
                }
                // lib.optionalAttrs (libraries != [ ]) { LD_LIBRARY_PATH = lib.makeLibraryPath libraries; }
              )
            );
          package =
            crate: profile:
            pkgs.stdenv.mkDerivation (
              lib.genAttrs inputLists (inputsOf crate)
              // {
                name = "${crate}-${profile}";
                nativeBuildInputs = [ toolchain ] ++ inputsOf crate "nativeBuildInputs";
              }
            );
          profilesOf =
            name: lib.foldl' (found: s: if s.profiles or null != null then s.profiles else found) { dev = { }; release = { }; } (settingsOf name);
          packagesOf = name: if nci.projects ? ${name} && !(builtins.elem name projectCrates.${name}) then { } else lib.mapAttrs (profile: _: package name profile) (profilesOf name);

          isExported =
            name:
            let
              own = nci.crates.${name}.export or null;
            in
            if own == null then nci.projects.${projectOf name}.export or true else own;
          exported = builtins.filter isExported (
            lib.unique (builtins.attrNames nci.projects ++ lib.concatLists (builtins.attrValues projectCrates))
          );
          exportedAs = name: let given = nci.crates.${name}.renameTo or null; in if given == null then name else given;
        in
        {
          options.nci = {
            projects = anything;
            crates = anything;
            toolchainConfig = maybe;
            toolchains = lib.genAttrs [ "build" "shell" "mkBuild" "mkShell" ] (_: maybe);
            outputs = mkOption {
              type = types.raw;
              default = lockstep.anyName (name: {
                devShell = shell name;
                packages = packagesOf name;
                allTargets = { };
              });
            };
          };
          config = {
            devShells = lib.listToAttrs (map (name: lib.nameValuePair (exportedAs name) (lib.mkDefault (shell name))) exported);
            packages = lib.listToAttrs (
              lib.concatMap (
                name: lib.mapAttrsToList (profile: drv: lib.nameValuePair "${exportedAs name}-${profile}" (lib.mkDefault drv)) (packagesOf name)
              ) exported
            );
          };
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
