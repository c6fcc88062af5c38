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
      cellBlocks ? [ ],
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

  libFor = system: {
    dev = {
      mkShell = configuration: devshell.legacyPackages.${system}.mkShell { imports = [ { _module.check = false; } configuration ]; };
      mkNixago = _: { };
      mkMakes = _: _: { };
    };
    ops = lockstep.anyName (name: lockstep.opaque "std.lib.ops.${name} makes what is run elsewhere");
    cfg = lockstep.anyName (_: { });
    presets = { };
  };
in
{
  outputs = {
    inherit grow growOn harvest pick winnow blockTypes;
    clades = blockTypes;
    lib = lib.genAttrs defaultSystems libFor;
  }
  # Its own cells: profiles that add its command line, which is no tool of the project.
  // lib.genAttrs defaultSystems (_: { std.devshellProfiles = lockstep.anyName (_: { }); });
}
