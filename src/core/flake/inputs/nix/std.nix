# divnix/std and divnix/paisano: outputs from cells: `<cellsFrom>/<cell>/<block>.nix`, harvested into the usual places.
{ lib, lockstep, ... }:
let
  inherit (builtins) isAttrs pathExists readDir;
  devshell = (lockstep.part "devshell").outputs;
  defaultSystems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];

  # Inputs with their outputs of one system in front: `inputs.nixpkgs.hello`, `inputs.std.lib.dev`.
  forSystem =
    system:
    let
      flatten =
        value:
        if lockstep.isUnknown value || !isAttrs value then
          value
        else if value ? ${system} then
          removeAttrs value [ system ] // (if isAttrs value.${system} then value.${system} else { })
        else
          value;
    in
    lib.mapAttrs (
      name: input:
      if lockstep.isUnknown input || !isAttrs input then
        input
      else if name == "nixpkgs" then
        input.legacyPackages.${system} // { inherit (input) outPath lib; sourceInfo = input.sourceInfo or { }; }
      else
        input // (input.${system} or { }) // lib.mapAttrs (_: flatten) (builtins.intersectAttrs { packages = 1; lib = 1; devShells = 1; legacyPackages = 1; } input)
    );

  blockTypes = lockstep.anyName (type: name: { inherit name type; });

  grow =
    {
      inputs,
      cellsFrom,
      # As they were called before.
      organelles ? [ ],
      cellBlocks ? organelles,
      systems ? inputs.systems or defaultSystems,
      nixpkgsConfig ? { },
      ...
    }:
    let
      systemList = if builtins.isList systems then systems else import systems;
      cells = lib.filterAttrs (_: type: type == "directory") (readDir cellsFrom);
      blockNames = map (block: block.name) cellBlocks;
      fileOf =
        cell: block:
        let
          path = cellsFrom + "/${cell}/${block}";
        in
        if pathExists (path + ".nix") then path + ".nix" else if pathExists (path + "/default.nix") then path + "/default.nix" else null;
      make =
        system:
        let
          own = forSystem system inputs;
          all = lib.mapAttrs (
            cell: _:
            let
              blocks = lib.filterAttrs (_: path: path != null) (lib.genAttrs blockNames (fileOf cell));
              self = lib.mapAttrs (
                _: path:
                let
                  f = import path;
                in
                if lib.isFunction f then f { inputs = own // { cells = all; inherit system; }; cell = self; } else f
              ) blocks;
            in
            self
          ) cells;
        in
        all;
    in
    lib.genAttrs systemList make;

  # More outputs are laid over by calling the result again.
  soil = set: set // { __functor = _: more: soil (lib.recursiveUpdate set more); };
  growOn = args: soil (grow args);

  paths = path: if path == [ ] || builtins.isString (builtins.head path) then [ path ] else path;
  collect =
    wrap: flake: path:
    let
      systems = lib.filterAttrs (name: _: builtins.match "[a-z0-9_]+-[a-z]+" name != null) flake;
      of = set: lib.foldl' lib.recursiveUpdate { } (map (each: lib.attrByPath each { } set) (paths path));
    in
    wrap (lib.mapAttrs (_: of) systems);
  harvest = collect lib.id;
  pick = collect (bySystem: lib.foldl' lib.recursiveUpdate { } (builtins.attrValues bySystem));
  winnow = keep: flake: path: lib.mapAttrs (_: lib.filterAttrs keep) (harvest flake path);

  # Files that a shell writes (https://github.com/nix-community/nixago), each with the programs that it is for.
  pebblesFor =
    system:
    let
      pkgs = lockstep.pkgsFor system;
      command = package: { commands = [ { inherit package; } ]; };
      packages = package: { packages = [ package ]; };
      adrgen = lockstep.package {
        inherit system;
        attribute = "std.packages.adrgen";
        pname = "adrgen";
        certainty = "unknown";
        reason = "the adrgen that Standard builds";
      };
    in
    lib.mapAttrs (_: programs: { data = { }; } // programs) {
      adrgen = { output = "adrgen.config.yml"; format = "yaml"; } // command adrgen;
      cog = { output = "cog.toml"; } // command pkgs.cocogitto;
      conform = { output = ".conform.yaml"; format = "yaml"; } // packages pkgs.conform;
      editorconfig = { output = ".editorconfig"; } // packages pkgs.editorconfig-checker;
      githubsettings = { output = ".github/settings.yml"; format = "yaml"; };
      just = { output = "Justfile"; format = "text"; } // packages pkgs.just;
      lefthook = { output = "lefthook.yml"; format = "yaml"; } // packages pkgs.lefthook;
      mdbook = { output = "book.toml"; format = "toml"; } // command pkgs.mdbook;
      treefmt = { output = "treefmt.toml"; format = "toml"; } //
      # Of a nixpkgs that is not recorded any name may be there: one that has a version is.
      command (if pkgs ? treefmt1 && !(lockstep.isUnknown (pkgs.treefmt1.version or null)) then pkgs.treefmt1 else pkgs.treefmt);
    };
  # What a pebble is made of, which is given more by calling the result.
  mkNixago =
    given:
    let
      pebble = made: {
        __passthru = made;
        __functor =
          _:
          { packages ? [ ], commands ? [ ], output ? null, ... }@more:
          pebble (
            made
            // more
            // {
              packages = made.packages ++ packages;
              commands = made.commands ++ commands;
              output = if output != null then output else made.output or null;
            }
          );
        shellHook = "";
      };
    in
    pebble (given // { packages = given.packages or [ ]; commands = given.commands or [ ]; });
  nixagoModule =
    { config, ... }:
    let
      made = lib.catAttrs "__passthru" (builtins.filter (pebble: !(lockstep.isUnknown pebble)) config.nixago);
    in
    {
      _file = "std/nixago";
      options.nixago = lib.mkOption {
        type = lib.types.listOf lib.types.raw;
        default = [ ];
      };
      config = {
        packages = lib.concatMap (pebble: pebble.packages) made ++ unknownPebbles config.nixago;
        commands = lib.concatMap (pebble: pebble.commands) made;
      };
    };
  # One that is not known may bring anything.
  unknownPebbles =
    pebbles:
    map (
      _:
      lockstep.unresolved {
        what = "nixago";
        reason = "what a file of nixago brings with it is not known here";
      }
    ) (builtins.filter lockstep.isUnknown pebbles);

  libFor = system: {
    dev = {
      mkShell = configuration: devshell.legacyPackages.${system}.mkShell { imports = [ { _module.check = false; } configuration nixagoModule ]; };
      inherit mkNixago;
      mkMakes = _: _: { };
    };
    ops = lockstep.anyName (name: lockstep.opaque "std.lib.ops.${name} makes what is run elsewhere");
    # They were functions before they were plain data.
    cfg = lockstep.open "lib.cfg" (lib.mapAttrs (_: pebble: pebble // { __functor = _: mkNixago pebble; }) (pebblesFor system));
    presets = { };
  };
in
{
  outputs = {
    inherit grow growOn harvest pick winnow blockTypes;
    inherit (blockTypes) containers data devshells files functions installables microvms nixago runnables;
    clades = blockTypes;
    lib = lib.genAttrs defaultSystems libFor;
    # Its command line, whose version only the flake itself tells.
    packages = lib.genAttrs defaultSystems (system: lockstep.anyName (name: lockstep.unknown.packages.${system}.${name}));
  }
  # Its own cells: profiles that add its command line, which is no tool of the project.
  // lib.genAttrs defaultSystems (system: {
    std = {
      devshellProfiles = lockstep.anyName (_: { });
      # As they were called before they were plain data.
      nixago = lib.mapAttrs (_: mkNixago) (pebblesFor system);
    };
  });
}
