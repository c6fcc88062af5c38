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
      lib.mapAttrs (_: path: if file == "default.nix" then path else path + "/${file}") (subfolders folder)
    );
  # The folders in a folder: name → path.
  subfolders =
    folder:
    lib.optionalAttrs (pathExists folder) (
      lib.mapAttrs (name: _: folder + "/${name}") (lib.filterAttrs (_: type: type == "directory") (readDir folder))
    );
  # `name.nix` and folders, the file before the folder; `default.nix` is one of them.
  entries = folder: lib.optionalAttrs (pathExists folder) (subfolders folder // files folder ".nix");
  # Of shells those folders only that have a `default.nix`.
  shellEntries = folder: lib.optionalAttrs (pathExists folder) (folders folder "default.nix" // files folder ".nix");
  # What says that it is for other systems is left out.
  ofSystem =
    system:
    lib.filterAttrs (
      _: value:
      let
        platforms = value.meta.platforms or [ ];
        isListed = platforms == [ ] || builtins.elem system platforms;
      in
      lockstep.isUnknown value || lockstep.isUnknown platforms || lockstep.isUnknown isListed || isListed
    );
  tomlEntries = folder: lib.optionalAttrs (pathExists folder) (files folder ".toml");

  blueprint =
    {
      inputs,
      prefix ? null,
      systems ? inputs.systems or own.systems or [ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ],
      nixpkgs ? { },
      ...
    }@given:
    let
      # What the flake does not have itself, blueprint's own inputs are for.
      inputs = own // given.inputs;
      flake = inputs.self;
      root = 
        if prefix == null then
          flake.outPath
        else if builtins.isPath prefix then
          prefix
        else if builtins.isString prefix then
          "${flake.outPath}/${prefix}"
        else
          throw "${builtins.typeOf prefix} is not supported for the prefix";
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
          perSystem = lib.mapAttrs (
            name: input: (input.legacyPackages.${system} or { }) // (if name == "self" then ownPackages.${system} else input.packages.${system} or { })
          ) inputs;
        };
      # Before those are left out that are for other systems.
      ownPackages = bySystem (
        args: lib.mapAttrs (call args) (entries (root + "/packages") // one "package.nix" "default" // one "formatter.nix" "formatter")
      );
      # A file's function gets those arguments that it names: these few, never a package of nixpkgs, and nothing where it names none.
      scope = args: lib.makeScope lib.callPackageWith (_: args);
      call = args: name: path: (scope args).newScope { pname = name; } path { };
      shell =
        args: name: path:
        let
          devshell = args.perSystem.devshell or (throw "Loading TOML devshells requires `inputs.devshell.url = \"github:numtide/devshell\";` in your flake");
        in
        if lib.hasSuffix ".toml" (toString path) then
          devshell.mkShell {
            _module.args = { inherit (args) perSystem; };
            imports = [ (devshell.importTOML path) ];
          }
        else
          call args name path;
      # Machines by the file that their folder has, and their users, who are Home Manager's.
      specialArgs = { inherit inputs flake; self = throw "self was renamed to flake"; };
      hostFolders = lib.optionalAttrs (pathExists (root + "/hosts")) (subfolders (root + "/hosts") // files (root + "/hosts") ".nix");
      users = lib.filterAttrs (_: of: of != { }) (lib.mapAttrs (_: host: usersIn (host + "/users")) hostFolders);
      usersIn = folder: lib.optionalAttrs (pathExists folder) (folders folder "home-configuration.nix" // files folder ".nix");
      needed = name: inputs.${name} or (throw "blueprint needs the input `${name}` for what is in the folder `hosts`");
      knowing = system: { _module.args.perSystem = (argsFor system).perSystem; };
      machine =
        hostName: path: homeModule:
        {
          modules = [
            path
            # What the flake's packages are made with.
            { nixpkgs = lib.filterAttrs (name: value: builtins.elem name [ "config" "overlays" ] && value != { } && value != [ ]) nixpkgs; }
            (
              { config, ... }:
              let
                platform = config.nixpkgs.hostPlatform;
              in
              knowing (platform.system or platform)
            )
          ]
          ++ lib.optional (users ? ${hostName}) (
            { config, ... }:
            let
              platform = config.nixpkgs.hostPlatform;
            in
            {
              imports = [ (needed "home-manager").${homeModule}.default ];
              home-manager = {
                sharedModules = [ (knowing (platform.system or platform)) ];
                extraSpecialArgs = specialArgs;
                users = users.${hostName};
                useGlobalPkgs = lib.mkDefault true;
                useUserPackages = lib.mkDefault true;
              };
            }
          );
          specialArgs = specialArgs // {
            inherit hostName;
          };
        };
      hosts = lib.filterAttrs (_: host: host != null) (
        lib.mapAttrs (
          hostName: folder:
          let
            has = file: pathExists (folder + "/${file}.nix");
            made = class: value: { inherit class value; };
          in
          if has "default" then
            import (folder + "/default.nix") { inherit flake inputs hostName; }
          else if has "configuration" then
            made "nixos" (inputs.nixpkgs.lib.nixosSystem (machine hostName (folder + "/configuration.nix") "nixosModules"))
          else if has "rpi-configuration" then
            made "nixos" (
              let
                given = machine hostName (folder + "/rpi-configuration.nix") "nixosModules";
                nixos-raspberrypi = needed "nixos-raspberrypi";
              in
              nixos-raspberrypi.lib.nixosSystem (given // { specialArgs = given.specialArgs // { inherit nixos-raspberrypi; }; })
            )
          else if has "darwin-configuration" then
            made "nix-darwin" ((needed "nix-darwin").lib.darwinSystem (machine hostName (folder + "/darwin-configuration.nix") "darwinModules"))
          else if has "system-configuration" then
            made "system-manager" (
              (needed "system-manager").lib.makeSystemConfig {
                modules = [ (folder + "/system-configuration.nix") ];
                extraSpecialArgs = specialArgs;
              }
            )
          else if users ? ${hostName} then
            null
          else
            throw "host '${hostName}' does not have a configuration"
        ) hostFolders
      );
      # One that is of no kind that is known keeps all of them from being told.
      classes = [ "nixos" "nix-darwin" "system-manager" "robotnix" "nix-on-droid" ];
      classOf = name: host: if builtins.elem host.class classes then host.class else throw "host '${name}' of class '${host.class}' not supported";
      # Kinds that came later, which only a `default.nix` names, are outputs where there is one.
      namesClasses = lib.any (folder: pathExists (folder + "/default.nix")) (builtins.attrValues hostFolders);
      hostsOf = class: lib.mapAttrs (_: host: host.value) (lib.filterAttrs (name: host: classOf name host == class) hosts);
      homesFor =
        args:
        lib.concatMapAttrs (
          hostName:
          lib.mapAttrs' (
            username: path:
            lib.nameValuePair "${username}@${hostName}" (
              (needed "home-manager").lib.homeManagerConfiguration {
                inherit (args) pkgs;
                extraSpecialArgs = specialArgs;
                modules = [
                  (knowing args.system)
                  path
                  {
                    home.username = lib.mkDefault username;
                    home.homeDirectory = lib.mkDefault "${if args.pkgs.stdenv.hostPlatform.isDarwin then "/Users" else "/home"}/${username}";
                  }
                ];
              }
            )
          )
        ) users;

      # A module that asks for nothing but the flake or its inputs is called with those of the flake that it stands in.
      published =
        path:
        let
          module = import path;
          own = { inherit flake inputs; };
          isWrapped = builtins.isFunction module && builtins.all (name: own ? ${name}) (builtins.attrNames (builtins.functionArgs module));
        in
        if isWrapped then lib.setDefaultModuleLocation path (module (if builtins.functionArgs module == { } then own else builtins.intersectAttrs (builtins.functionArgs module) own)) else path;
      modules = lib.mapAttrs (_: folder: lib.mapAttrs (_: published) (subfolders folder // files folder ".nix")) (subfolders (root + "/modules"));
      prefixed = prefix: lib.mapAttrs' (name: lib.nameValuePair "${prefix}-${name}");
      one = file: name: lib.optionalAttrs (pathExists (root + "/${file}")) { ${name} = root + "/${file}"; };
      bySystem = f: lib.genAttrs systemList (system: f (argsFor system));
    in
    {
      devShells = bySystem (
        args:
        lib.mapAttrs (shell args) (
          tomlEntries (root + "/devshells")
          // shellEntries (root + "/devshells")
          // one "devshell.toml" "default"
          // one "devshell.nix" "default"
        )
      );
      packages = lib.mapAttrs ofSystem ownPackages;
      formatter = bySystem (args: ownPackages.${args.system}.formatter or args.pkgs.nixfmt-tree or args.pkgs.nixfmt);
      # Besides its own a flake's packages with their tests and its shells are checked.
      checks = bySystem (
        args:
        prefixed "pkgs" (
          lib.concatMapAttrs (
            name: package:
            let
              tests = package.passthru.tests or { };
            in
            { ${name} = package; } // lib.optionalAttrs (!(lockstep.isUnknown tests)) (prefixed name (ofSystem args.system tests))
          ) (flake.packages.${args.system} or { })
        )
        // prefixed "devshell" (flake.devShells.${args.system} or { })
        # Called with everything there is, unlike packages.
        // ofSystem args.system (lib.mapAttrs (pname: path: import path (scope args // { inherit pname; })) (entries (root + "/checks")))
        // lib.optionalAttrs (flake.lib.tests or { } != { }) { lib-tests = args.pkgs.runCommandLocal "lib-tests" { } ""; }
      );
      nixosConfigurations = hostsOf "nixos";
      darwinConfigurations = hostsOf "nix-darwin";
      systemConfigs = hostsOf "system-manager";
      inherit modules;
      nixosModules = modules.nixos or { };
      darwinModules = modules.darwin or { };
      homeModules = modules.home or { };
      lib = if pathExists (root + "/lib") then import (root + "/lib") specialArgs else { };
      templates = lib.mapAttrs (
        name: path: { inherit path; description = if pathExists (path + "/flake.nix") then (import (path + "/flake.nix")).description or name else name; }
      ) (entries (root + "/templates"));
    }
    // lib.optionalAttrs namesClasses {
      robotnixConfigurations = hostsOf "robotnix";
      nixOnDroidConfigurations = hostsOf "nix-on-droid";
    }
    // lib.optionalAttrs (users != { }) { legacyPackages = bySystem (args: { homeConfigurations = homesFor args; }); };
in
{
  outputs = {
    __functor = _: blueprint;
    lib.mkBlueprint = blueprint;
    # Its own, which no shell but its own needs, are not read: they are there, for all that is known.
    packages = lib.genAttrs lib.systems.flakeExposed (system: lockstep.unknown.packages.${system});
  };
}
