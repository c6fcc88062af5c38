# snowfallorg/lib: outputs by where files stand: `shells/<name>/default.nix`, `packages/<name>/default.nix` …
{ lib, lockstep, ... }:
let
  inherit (builtins) pathExists readDir;

  folders =
    path:
    if pathExists path then
      lib.filterAttrs (name: type: type == "directory" && pathExists (path + "/${name}/default.nix")) (readDir path)
    else
      { };

  mkFlake =
    { inputs, src, ... }@given:
    let
      config = (given.snowfall or { });
      root = config.root or src;
      namespace = config.namespace or "internal";
      systems = given.supportedSystems or [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      pkgsFor =
        system:
        import inputs.nixpkgs {
          inherit system;
          config = given.channels-config or { };
          overlays = overlaysFor system;
        };
      # The flake's own packages below its namespace, the overlays that are named, and those of the folder.
      overlaysFor =
        system:
        [ (final: prev: { ${namespace} = (prev.${namespace} or { }) // packagesFor system; }) ]
        ++ (given.overlays or [ ])
        ++ map (
          path:
          import path (
            inputs
            // {
              inherit inputs namespace;
              lib = extended;
              channels = channelsFor system;
            }
          )
        ) (modulesBelow (root + "/overlays"));
      # Every input that is a package set.
      channelsFor =
        system:
        lib.mapAttrs (
          name: input: if name == "nixpkgs" then pkgsFor system else import input { inherit system; config = given.channels-config or { }; }
        ) inputs;
      ownLib =
        if pathExists (root + "/lib/default.nix") then
          import (root + "/lib") { inherit inputs lib; snowfall-inputs = inputs; }
        else
          { };
      extended = lib.extend (final: prev: { ${namespace} = ownLib; } // { inherit inputs; });
      argsFor =
        system: pkgs:
        pkgs
        // {
          inherit inputs pkgs system namespace;
          lib = extended;
          channels = channelsFor system;
          target = system;
          host = null;
          virtual = false;
          format = "linux";
        };
      # Folders at any depth, by their own names.
      load =
        folder: system:
        let
          pkgs = pkgsFor system;
        in
        lib.listToAttrs (
          map (path: lib.nameValuePair (baseNameOf path) (lib.callPackageWith (argsFor system pkgs) path { })) (
            modulesBelow (root + "/${folder}")
          )
        );
      # `default.nix` of every folder below, at any depth.
      modulesBelow =
        path:
        lib.concatMap (name: lib.optional (pathExists (path + "/${name}/default.nix")) (path + "/${name}") ++ modulesBelow (path + "/${name}")) (
          builtins.attrNames (lib.filterAttrs (_: type: type == "directory") (if pathExists path then readDir path else { }))
        );
      # Things in `<folder>/<architecture>-<format>/<name>`, as `make architecture-format name path`.
      byTarget =
        folder: wanted: make:
        let
          at = root + "/${folder}";
          targets = builtins.filter wanted (builtins.attrNames (if pathExists at then readDir at else { }));
        in
        lib.foldl' (all: target: all // lib.mapAttrs (name: _: make target name (at + "/${target}/${name}")) (folders (at + "/${target}"))) { } targets;
      isDarwin = lib.hasSuffix "-darwin";
      special = target: name: {
        inherit inputs namespace;
        lib = extended;
        system = target;
        inherit target;
        host = name;
        virtual = false;
        format = if isDarwin target then "darwin" else "linux";
        systems = { };
      };
      nixpkgsFor = target: {
        nixpkgs.hostPlatform = target;
        nixpkgs.config = given.channels-config or { };
        nixpkgs.overlays = overlaysFor target;
      };
      homeModules = modulesBelow (root + "/modules/home") ++ (given.homes.modules or [ ]);
      # Homes of this system's users: `alice@host`, or `alice` for every host.
      usersOf =
        target: host:
        lib.concatMapAttrs (
          name: path:
          let
            parts = lib.splitString "@" name;
          in
          if builtins.length parts == 1 || lib.last parts == host then { ${builtins.head parts} = path; } else { }
        ) (byTarget "homes" (each: each == target) (_: _: path: path));
      system =
        kind: make: target: name: path:
        make {
          specialArgs = special target name;
          modules =
            [ path (nixpkgsFor target) { networking.hostName = lib.mkDefault name; } ]
            ++ modulesBelow (root + "/modules/${kind}")
            ++ (given.systems.modules.${kind} or [ ])
            ++ (given.systems.hosts.${name}.modules or [ ])
            ++ [
              {
                home-manager.users = lib.mapAttrs (_: home: { imports = [ home ]; }) (usersOf target name);
                home-manager.sharedModules = homeModules;
                home-manager.extraSpecialArgs = special target name;
              }
            ];
        };
      nixosConfigurations = byTarget "systems" (target: !isDarwin target) (system "nixos" inputs.nixpkgs.lib.nixosSystem);
      darwinConfigurations = byTarget "systems" isDarwin (
        system "darwin" (inputs.darwin or inputs.nix-darwin or { lib.darwinSystem = _: lockstep.opaque "the flake has no input for nix-darwin"; }).lib.darwinSystem
      );
      homeConfigurations = byTarget "homes" (_: true) (
        target: name: path:
        inputs.home-manager.lib.homeManagerConfiguration {
          pkgs = pkgsFor target;
          extraSpecialArgs = special target name;
          modules = [
            path
            { home.username = lib.mkDefault (builtins.head (lib.splitString "@" name)); }
          ] ++ homeModules;
        }
      );
      packagesFor = load "packages";
      aliased =
        kind: set:
        set // lib.mapAttrs (_: target: set.${target}) (given.alias.${kind} or { });
      perSystem = if given ? outputs-builder || given ? outputsBuilder then lib.genAttrs systems (system: (given.outputs-builder or given.outputsBuilder) (channelsFor system)) else { };
      built = lib.foldl' (all: system: lib.recursiveUpdate all (lib.mapAttrs (_: value: { ${system} = value; }) perSystem.${system})) { } (builtins.attrNames perSystem);
    in
    lib.recursiveUpdate {
      devShells = lib.genAttrs systems (system: aliased "shells" (load "shells" system) // given.shells or { });
      packages = lib.genAttrs systems (system: aliased "packages" (packagesFor system) // given.packages or { });
      checks = lib.genAttrs systems (load "checks");
      lib = ownLib;
      templates = given.templates or { };
      inherit nixosConfigurations darwinConfigurations homeConfigurations;
    } built;
  mkLib = { inputs, src, ... }@base: {
    mkFlake = options: mkFlake (base // options);
    snowfall = { };
  };
in
{
  outputs = {
    inherit mkFlake mkLib;
    overlays.default = final: prev: { };
  };
}
