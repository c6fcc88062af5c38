# numtide/blueprint: outputs by where files stand: `devshell.nix`, `devshells/`, `packages/`, `formatter.nix` …
{ lib, ... }:
let
  inherit (builtins) pathExists readDir;

  # `name.nix` and `name/default.nix` of a folder: name → path.
  entries =
    folder:
    if !(pathExists folder) then
      { }
    else
      lib.concatMapAttrs (
        name: type:
        let
          path = folder + "/${name}";
        in
        if type == "directory" && pathExists (path + "/default.nix") then
          { ${name} = path; }
        else if type == "directory" && pathExists (path + "/devshell.toml") then
          { ${name} = path + "/devshell.toml"; }
        else if type != "directory" && lib.hasSuffix ".nix" name && name != "default.nix" then
          { ${lib.removeSuffix ".nix" name} = path; }
        else if type != "directory" && lib.hasSuffix ".toml" name then
          { ${lib.removeSuffix ".toml" name} = path; }
        else
          { }
      ) (readDir folder);

  blueprint =
    {
      inputs,
      prefix ? null,
      systems ? inputs.systems or [ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ],
      nixpkgs ? { },
      ...
    }:
    let
      flake = inputs.self;
      root = if prefix == null then flake.outPath else if builtins.isPath prefix then prefix else "${flake.outPath}/${prefix}";
      systemList = if builtins.isList systems then systems else import systems;

      argsFor =
        system:
        let
          pkgs =
            if nixpkgs.config or { } == { } && nixpkgs.overlays or [ ] == [ ] then
              inputs.nixpkgs.legacyPackages.${system}
            else
              import inputs.nixpkgs { inherit system; config = nixpkgs.config or { }; overlays = nixpkgs.overlays or [ ]; };
        in
        {
          inherit inputs flake pkgs system;
          perSystem = lib.mapAttrs (_: input: (input.legacyPackages.${system} or { }) // (input.packages.${system} or { })) inputs;
        };
      # A file's function gets those arguments that it names, packages of nixpkgs included.
      call =
        args: name: path:
        let
          f = import path;
          all = args // {
            pname = name;
          };
        in
        if !(builtins.isFunction f) then f else f (builtins.intersectAttrs (lib.functionArgs f) (args.pkgs // all) // (if lib.functionArgs f == { } then all else { }));
      shell =
        args: name: path:
        if lib.hasSuffix ".toml" (toString path) then
          (inputs.devshell.legacyPackages.${args.system}).fromTOML path
        else
          call args name path;
      one = file: name: lib.optionalAttrs (pathExists (root + "/${file}")) { ${name} = root + "/${file}"; };
      bySystem = f: lib.genAttrs systemList (system: f (argsFor system));
    in
    {
      devShells = bySystem (
        args: lib.mapAttrs (shell args) (entries (root + "/devshells") // one "devshell.toml" "default" // one "devshell.nix" "default")
      );
      packages = bySystem (
        args: lib.mapAttrs (call args) (entries (root + "/packages") // one "package.nix" "default" // one "formatter.nix" "formatter")
      );
      formatter = bySystem (
        args:
        if pathExists (root + "/formatter.nix") then call args "formatter" (root + "/formatter.nix") else args.pkgs.nixfmt-tree or args.pkgs.nixfmt
      );
      checks = bySystem (args: lib.mapAttrs (call args) (entries (root + "/checks")));
      lib = if pathExists (root + "/lib/default.nix") then import (root + "/lib") { inherit flake inputs; } else { };
      templates = { };
    };
in
{
  outputs = {
    __functor = _: blueprint;
    lib.mkBlueprint = blueprint;
  };
}
