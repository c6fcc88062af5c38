# The machines, homes and modules of snowfallorg/lib: `systems/<target>/<name>`, `homes/<system>/<user>@<host>`, `modules/…`.
{ lib, lockstep, ... }:
let
  files = lockstep.part "snowfall-files";
  inherit (files) defaultsBelow directories;

  # Targets of nixos-generators, as in `x86_64-iso`; the first that the name has in it.
  formats = [
    "amazon" "azure" "cloudstack" "do" "gce" "hyperv" "install-iso-hyperv" "install-iso" "iso" "kexec" "kexec-bundle" "kubevirt"
    "lxc-metadata" "lxc" "openstack" "proxmox" "qcow" "raw" "raw-efi" "sd-aarch64-installer" "sd-aarch64" "vagrant-virtualbox"
    "virtualbox" "vm-bootloader" "vm-nogui" "vmware" "vm"
  ];
  formatOf = target: lib.findFirst (format: lib.hasInfix format target) "" formats;
in
{ given, inputs, root, namespace, alias, isDarwin, overlaysFor, pkgsFor, systemLib }:
let
  # Things in `<folder>/<target>/<name>` as { name, target, path }.
  thingsIn =
    folder:
    lib.concatMap (
      target:
      map (name: { inherit name target; path = root + "/${folder}/${target}/${name}"; }) (
        lib.filter (name: builtins.pathExists (root + "/${folder}/${target}/${name}/default.nix")) (
          builtins.attrNames (directories (root + "/${folder}/${target}"))
        )
      )
    ) (builtins.attrNames (directories (root + "/${folder}")));
  # One that only the options name is a machine of nothing but what they say.
  machines =
    thingsIn "systems"
    ++ lib.mapAttrsToList (name: options: { inherit name; target = options.system or "x86_64-linux"; path = null; }) (
      removeAttrs (given.systems.hosts or { }) (map (machine: machine.name) (thingsIn "systems"))
    );
  homes = thingsIn "homes";

  systemOf = target: let format = formatOf target; in if format == "" then target else builtins.replaceStrings [ format ] [ "linux" ] target;
  kindOf = target: let format = formatOf target; in if format != "" then format else if isDarwin target then "darwin" else "linux";
  special = target: name: {
    inherit inputs namespace target;
    lib = systemLib;
    system = systemOf target;
    host = name;
    virtual = formatOf target != "";
    format = kindOf target;
    systems = { };
  };
  nixpkgsFor = target: {
    nixpkgs.hostPlatform = systemOf target;
    nixpkgs.config = given.channels-config or given.channelsConfig or { };
    nixpkgs.overlays = overlaysFor (systemOf target);
  };

  modulesIn = kind: defaultsBelow (root + "/modules/${kind}");
  # Modules of the folder as outputs: by their path below it, with what Snowfall passes to its own machines.
  published =
    kind:
    let
      at = toString (root + "/modules/${kind}");
      made = lib.listToAttrs (
        map (path: lib.nameValuePair (lib.removePrefix "/" (lib.removeSuffix "/default.nix" (lib.removePrefix at (toString path)))) (moduleOf path)) (modulesIn kind)
      );
    in
    made // lib.mapAttrs (_: target: made.${target}) (alias.modules.${kind} or { }) // (given.modules.${kind} or { });
  moduleOf =
    path:
    { pkgs, ... }@args:
    let
      system = args.system or pkgs.stdenv.hostPlatform.system;
      target = args.target or system;
      module = import path;
      all = args // special target (args.host or null) // { inherit system; systems = args.systems or { }; virtual = args.virtual or (formatOf target != ""); };
    in
    (if lib.isFunction module then module all else module) // { _file = toString path; };

  homeModules = modulesIn "home" ++ (given.homes.modules or [ ]);
  homeOf = name: given.homes.users.${name} or { };
  # Homes of this system's users: `alice@host`, or `alice` for every host.
  usersOf =
    target: host:
    lib.listToAttrs (
      lib.concatMap (
        home:
        let
          parts = lib.splitString "@" home.name;
          isHere = if builtins.length parts == 1 then home.target == systemOf target else lib.last parts == host;
        in
        lib.optional isHere (lib.nameValuePair (builtins.head parts) { imports = [ home.path ] ++ (homeOf home.name).modules or [ ]; })
      ) homes
    );
  # What a machine itself says for a user's home is `snowfallorg.users.<name>.home.config`.
  homesModule =
    target: host:
    { config, ... }:
    {
      options.snowfallorg.users = lib.mkOption { type = lib.types.attrsOf lib.types.anything; default = { }; };
      config.home-manager = {
        users = lib.mapAttrs (
          name: home:
          let
            options = config.snowfallorg.users.${name}.home or { };
          in
          lib.optionalAttrs (options.enable or true) { imports = home.imports ++ [ (options.config or { }) ]; }
        ) (usersOf target host);
        sharedModules = homeModules;
        extraSpecialArgs = special target host;
      };
    };
  machineOf =
    { name, target, path }:
    let
      format = formatOf target;
      options = given.systems.hosts.${name} or { };
      kind = if isDarwin target then "darwin" else "nixos";
      args = {
        specialArgs = (options.specialArgs or { }) // special target name;
        modules =
          lib.optional (path != null) path
          ++ [ (nixpkgsFor target) { networking.hostName = lib.mkDefault name; } ]
          ++ lib.optionals (path != null) (modulesIn kind)
          ++ (options.modules or [ ])
          ++ lib.optionals (path != null) (given.systems.modules.${kind} or [ ])
          ++ lib.optional (path != null && inputs ? home-manager) (homesModule target name);
      };
    in
    if format != "" then
      (inputs.nixos-generators or (throw "In order to create virtual systems, you must include `nixos-generators` as a flake input.")).nixosGenerate (
        args // { inherit format; system = systemOf target; }
      )
    else if kind == "darwin" then
      (inputs.darwin or inputs.nix-darwin or { lib.darwinSystem = _: lockstep.opaque "the flake has no input for nix-darwin"; }).lib.darwinSystem args
    else
      inputs.nixpkgs.lib.nixosSystem args;
  outputOf = target: let format = formatOf target; in "${if format != "" then format else if isDarwin target then "darwin" else "nixos"}Configurations";
  configurations = lib.mapAttrs (_: found: lib.listToAttrs (map (machine: lib.nameValuePair machine.name (machineOf machine)) found)) (
    lib.groupBy (machine: outputOf machine.target) machines
  );
  homeConfigurations = lib.listToAttrs (
    map (
      { name, target, path }:
      lib.nameValuePair name (
        inputs.home-manager.lib.homeManagerConfiguration {
          pkgs = pkgsFor target;
          extraSpecialArgs = ((homeOf name).specialArgs or { }) // special target name // { format = "home"; user = builtins.head (lib.splitString "@" name); };
          modules = [ path { home.username = lib.mkDefault (builtins.head (lib.splitString "@" name)); } ] ++ ((homeOf name).modules or [ ]) ++ homeModules;
        }
      )
    ) homes
  );
in
if homes != [ ] && !(inputs ? home-manager) then
  throw "In order to create home-manager configurations, you must include `home-manager` as a flake input."
else
  configurations
  // lib.optionalAttrs (homes != [ ]) { inherit homeConfigurations; }
  // {
    nixosModules = published "nixos";
    darwinModules = published "darwin";
    homeModules = published "home";
  }
