# numtide/blueprint: outputs by where files stand: `devshell.nix`, `devshells/`, `packages/`, `formatter.nix` …
{ lib, inputs, lockstep, ... }:
let
  inherit (builtins) pathExists readDir;
  own = inputs;

  # Files of a folder with an ending: name → path.
  files =
    folder: ending:
    lib.mapAttrs' (name: _: lib.nameValuePair (lib.removeSuffix ending name) (folder + "/${name}")) (
      lib.filterAttrs (name: type: type != "directory" && lib.hasSuffix ending name) (readDir folder)
    );
  # Folders with a file in them: name → the path of that file, or of the folder where it is what Nix imports anyway.
  folders =
    folder: file:
    lib.filterAttrs (_: path: pathExists (if file == "default.nix" then path + "/default.nix" else path)) (
      lib.mapAttrs (name: _: folder + (if file == "default.nix" then "/${name}" else "/${name}/${file}")) (
        lib.filterAttrs (_: type: type == "directory") (readDir folder)
      )
    );
  # `name.nix` and `name/default.nix`, the file before the folder; `default.nix` is one of them.
  entries = folder: lib.optionalAttrs (pathExists folder) (folders folder "default.nix" // files folder ".nix");
  tomlEntries = folder: lib.optionalAttrs (pathExists folder) (files folder ".toml");

  blueprint =
    {
      inputs,
      prefix ? null,
      systems ? inputs.systems or [ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ],
      nixpkgs ? { },
      ...
    }@given:
    let
      # What the flake does not have itself, blueprint's own inputs are for.
      inputs = own // given.inputs;
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
          args.perSystem.devshell.mkShell {
            _module.args = { inherit (args) perSystem; };
            imports = [ (args.perSystem.devshell.importTOML path) ];
          }
        else
          call args name path;
      # Machines by the file that their folder has.
      hosts =
        file: make:
        lib.optionalAttrs (pathExists (root + "/hosts")) (
          lib.mapAttrs (
            hostName: path:
            make {
              modules = [
                path
                (
                  { config, ... }:
                  let
                    platform = config.nixpkgs.hostPlatform;
                  in
                  {
                    _module.args.perSystem = (argsFor (platform.system or platform)).perSystem;
                  }
                )
              ];
              specialArgs = { inherit inputs flake hostName; };
            }
          ) (folders (root + "/hosts") file)
        );
      one = file: name: lib.optionalAttrs (pathExists (root + "/${file}")) { ${name} = root + "/${file}"; };
      bySystem = f: lib.genAttrs systemList (system: f (argsFor system));
    in
    {
      devShells = bySystem (
        args:
        lib.mapAttrs (shell args) (
          tomlEntries (root + "/devshells")
          // entries (root + "/devshells")
          // one "devshell.toml" "default"
          // one "devshell.nix" "default"
        )
      );
      packages = bySystem (
        args: lib.mapAttrs (call args) (entries (root + "/packages") // one "package.nix" "default" // one "formatter.nix" "formatter")
      );
      formatter = bySystem (
        args:
        if pathExists (root + "/formatter.nix") then call args "formatter" (root + "/formatter.nix") else args.pkgs.nixfmt-tree or args.pkgs.nixfmt
      );
      checks = bySystem (args: lib.mapAttrs (call args) (entries (root + "/checks")));
      nixosConfigurations = hosts "configuration.nix" inputs.nixpkgs.lib.nixosSystem;
      darwinConfigurations = hosts "darwin-configuration.nix" inputs.nix-darwin.lib.darwinSystem;
      lib = if pathExists (root + "/lib/default.nix") then import (root + "/lib") { inherit flake inputs; } else { };
      templates = { };
    };
in
{
  outputs = {
    __functor = _: blueprint;
    lib.mkBlueprint = blueprint;
    # Its own, which no shell but its own needs, are not read: they are there, for all that is known.
    packages = lib.genAttrs lib.systems.flakeExposed (system: lockstep.unknown.packages.${system});
  };
}
