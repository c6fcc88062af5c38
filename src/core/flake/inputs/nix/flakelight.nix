# nix-community/flakelight: a flake's outputs from one module and the files of a folder. What depends on the system is
# written as functions of the package set, so options keep their definitions and are merged where a system is known.
# https://github.com/nix-community/flakelight/blob/master/API_GUIDE.md
{ self, lib, lockstep, inputs, ... }:
let
  inherit (builtins) functionArgs isAttrs isFunction isPath isString pathExists readDir;
  inherit (lib) concatMap mkOption types;
  own = inputs;

  keptType = lib.mkOptionType {
    name = "kept";
    description = "definitions as they are";
    # The default is a definition too, when there is no other.
    merge =
      _: definitions:
      let
        first = (builtins.head definitions).value;
      in
      if builtins.length definitions == 1 && !(lockstep.isUnknown first) && builtins.isList first && first == [ ] then [ ] else map (definition: definition.value) definitions;
  };
  kept = mkOption {
    type = keptType;
    default = [ ];
  };
  keptAll = lib.flip lib.genAttrs (_: kept);
  # Each may also be a file or folder below `nixDir`.
  keptNames = [
    "systems" "outputs" "perSystem" "withOverlays" "package" "packages" "pname" "devShell" "devShells" "formatter" "legacyPackages" "nixosConfigurations" "homeConfigurations"
    "app" "apps" "bundler" "bundlers" "checks" "flakelightModule" "flakelightModules" "formatters" "functor" "homeModule" "homeModules" "lib" "nixosModule" "nixosModules" "overlay" "overlays" "template" "templates"
  ];

  # `name.nix` and folders with a `default.nix`; a leading underscore keeps a name from meaning the folder itself.
  importDir =
    folder:
    lib.mapAttrs' (file: _: lib.nameValuePair (lib.removePrefix "_" (lib.removeSuffix ".nix" file)) (import (folder + "/${file}"))) (
      lib.filterAttrs (
        file: type: if type == "directory" then pathExists (folder + "/${file}/default.nix") else lib.hasSuffix ".nix" file && file != "default.nix"
      ) (readDir folder)
    );
  # The value that a folder has for an option, as a list of one, or none.
  autoload =
    folder: name:
    if pathExists (folder + "/${name}.nix") then
      [ (import (folder + "/${name}.nix")) ]
    else if pathExists (folder + "/${name}/default.nix") then
      [ (import (folder + "/${name}")) ]
    else if pathExists (folder + "/${name}") then
      [ (if name == "withOverlays" then builtins.attrValues (importDir (folder + "/${name}")) else importDir (folder + "/${name}")) ]
    else
      [ ];

  # A function of the package set, or of packages that it names, or a value.
  applied =
    pkgs: given:
    let
      value = if isPath given || isString given then import given else given;
    in
    if !(isFunction value) then
      value
    else if functionArgs value == { } then
      value pkgs
    else
      pkgs.callPackage value { };
  withPkgs = pkgs: value: if isFunction value then value pkgs else value;
  withArgs = args: value: if isFunction value then value args else value;

  shellOf = lockstep.part "flakelight-shells" { inherit keptAll applied withPkgs; };

  # Until nodePackages went from nixpkgs, in spring of 2026, its formatters were in the shell as well.
  bringsFormatters = (lockstep.input.lastModified or 0) < 1775001600;

  listedOnly = lockstep.part "flakelight-outputs";

  # A module that is not known may declare any option; otherwise one that flakelight does not have is told, as Nix would.
  undeclared =
    { config, options, _module, ... }:
    lib.optionals (_module.unknown == [ ]) (
      map (name: lockstep.unresolved { what = name; reason = "flakelight has no option `${name}' that is known here; Nix refuses one that does not exist."; }) (
        builtins.attrNames (removeAttrs config (builtins.attrNames options))
      )
    );

  mkFlakeWith =
    more: src: root:
    let
      # Before its formatters left the shell, `null` meant those that it brings.
      hasFormatters =
        config.formatter == [ ]
        && (config.flakelight.builtinFormatters || config.formatters != [ ])
        && (bringsFormatters || evaluated.config.formatter == [ ]);
      # One definition that is not known is the option's value as it is: here it is one of a list, too. `null` is none.
      config = evaluated.config // lib.genAttrs keptNames (
        name:
        let
          value = evaluated.config.${name};
          given = if lockstep.isUnknown value then [ value ] else lib.filter (one: lockstep.isUnknown one || one != null) value;
        in
        if builtins.length given > 1 && builtins.elem name [ "systems" "package" "formatter" ] then
          throw "The option `${name}' is defined multiple times while it's expected to be unique."
        else
          given
      );
      systems = lib.last config.systems;
      moduleArgs = {
        inherit src lib config pkgsFor moduleArgs;
        inherit (evaluated) options;
        inherit (config) inputs;
        specialArgs.modulesPath = "flakelight/builtinModules";
        modulesPath = "flakelight/builtinModules";
        flakelight = self.lib;
        outputs = result;
      };
      packagesOf =
        system:
        lib.foldl' (all: one: all // withArgs (moduleArgs // { inherit system; }) one) { } config.packages
        // lib.optionalAttrs (config.package != [ ]) { default = lib.last config.package; };
      importWith =
        system: overlays:
        import config.inputs.nixpkgs {
          inherit system;
          inherit (config.nixpkgs) config;
          overlays = [ (builtinOverlay system) ] ++ config.nixpkgs.overlays ++ concatMap overlayList config.withOverlays ++ overlays;
        };
      # A list of overlays, one, or a function of the module's arguments that gives a list.
      overlayList =
        given:
        if builtins.isList given then
          given
        else
          let
            first = given moduleArgs;
          in
          if !(isFunction given) || functionArgs given == { } || isFunction first then [ given ] else first;
      builtinOverlay =
        system: final: prev: {
          inherit src moduleArgs system;
          inherit (moduleArgs) inputs outputs flakelight;
          inputs' = lib.mapAttrs (_: lib.mapAttrs (_: member: member.${system} or { })) config.inputs;
          outputs' = lib.mapAttrs (_: member: member.${system} or { }) result;
          defaultMeta.platforms = systems;
        };
      ownPackages = system: default: lockstep.part "flakelight-packages" { inherit applied default; packages = packagesOf system; };
      # The default package has a name of its own too, which only it tells.
      nameOfDefault =
        system:
        let
          package = (importWith system [ (ownPackages system [ ]) ]).default;
          name = builtins.tryEval (package.pname or (builtins.parseDrvName package.name).name);
          isKnown = lib.all (value: !(lockstep.isUnknown value)) [ package name name.success ];
        in
        if config.pname != [ ] then
          [ (lib.last config.pname) ]
        else
          lib.optional (isKnown && name.success && !(lockstep.isUnknown name.value)) name.value;
      # Of packages that are not known, whether one of them is the default is not known either.
      hasDefault = system: let has = packagesOf system ? default; in !(lockstep.isUnknown has) && has;
      ownOverlays =
        system:
        [ (ownPackages system (lib.optionals (hasDefault system) (nameOfDefault system))) ]
        ++ lib.optional (hasDefault system) (final: prev: lib.genAttrs (nameOfDefault system) (_: final.default));
      pkgsFor = lib.genAttrs systems (system: importWith system (ownOverlays system));
      bySystem = f: lib.genAttrs systems (system: f pkgsFor.${system});

      # Definitions of each shell by name: `devShell` is the default one.
      builtinShell =
        pkgs:
        lib.optional (config.flakelight.builtinFormatters && bringsFormatters) { packages = [ pkgs.nixpkgs-fmt pkgs.nodePackages.prettier ]; }
        ++ lib.optional (hasDefault pkgs.system) { inputsFrom = [ pkgs.default ]; };
      hasDevShell = (config.flakelight.builtinFormatters && bringsFormatters) || config.package != [ ] || config.packages != [ ];
      shells = lib.zipAttrs (
        map (withArgs moduleArgs) config.devShells ++ map (one: { default = one; }) config.devShell ++ lib.optional hasDevShell { default = { }; }
      );
      unknown = evaluated._module.unknown ++ undeclared evaluated;
      devShells = bySystem (
        pkgs:
        lib.mapAttrs (name: definitions: shellOf pkgs unknown name (lib.optionals (name == "default") (builtinShell pkgs) ++ definitions)) shells
      );

      evaluated = lib.evalModules {
        modules = [
          (
            { config, ... }:
            {
              _file = "flakelight/builtinModules";
              freeformType = types.lazyAttrsOf keptType;
              options = keptAll keptNames // {
                inputs = mkOption { type = types.lazyAttrsOf types.raw; };
                nixDir = mkOption { type = types.raw; default = src + "/nix"; };
                nixDirAliases = mkOption { type = types.lazyAttrsOf (types.listOf types.str); default = { }; };
                nixDirPathAttrs = mkOption { type = types.listOf types.str; default = [ ]; };
                license = mkOption { type = types.raw; default = null; };
                description = mkOption { type = types.raw; default = null; };
                nixpkgs.config = mkOption { type = types.lazyAttrsOf types.raw; default = { }; };
                nixpkgs.overlays = mkOption { type = types.listOf types.raw; default = [ ]; };
                nixpkgs.patches = mkOption { type = types.listOf types.raw; default = [ ]; };
                flakelight.editorconfig = mkOption { type = types.bool; default = true; };
                flakelight.builtinFormatters = mkOption {
                  type = types.bool;
                  default = !(lockstep.isUnknown config.formatter) && lib.all (one: !(lockstep.isUnknown one) && one == null) config.formatter;
                };
              };
              config = {
                _module.args = removeAttrs moduleArgs [ "lib" "config" "options" "specialArgs" ] // { genSystems = bySystem; };
                nixDirAliases.nixosConfigurations = [ "nixos" ];
                nixDirAliases.homeConfigurations = [ "home" ];
                inputs = lib.mapAttrs (_: lib.mkDefault) (own // removeAttrs (lockstep.flakeAt src).inputs [ "self" ]);
                # A module for flakelight may have a default of its own.
                systems = lib.mkOverride 1400 [ "x86_64-linux" "aarch64-linux" ];
              };
            }
          )
          (
            { config, ... }:
            {
              _file = "flakelight/builtinModules/nixDir.nix";
              config = lib.genAttrs (keptNames ++ [ "inputs" "nixDirAliases" "license" "description" ]) (
                name:
                lib.mkMerge (
                  lib.optionals (config.nixDir != null) (
                    concatMap (autoload config.nixDir) (
                      [ name ] ++ lib.optionals (name != "nixDirAliases") (config.nixDirAliases.${name} or [ ])
                    )
                  )
                )
              );
            }
          )
        ]
        ++ more
        ++ [ (lib.setDefaultModuleLocation (src + "/flake.nix") root) ];
      };

      result = lib.foldl' lib.recursiveUpdate { } (
        [ { inherit devShells; } ]
        ++ lib.optional (config.package != [ ] || config.packages != [ ]) {
          packages = bySystem (pkgs: lib.mapAttrs (name: _: pkgs.${name}) (packagesOf pkgs.system));
        }
        ++ listedOnly {
          inherit config bySystem packagesOf applied hasFormatters systems;
          byPackages = withPkgs;
          byModule = withArgs moduleArgs;
          checkNames = lib.optional (hasFormatters || config.formatter != [ ]) "formatting" ++ lib.optional (pathExists (src + "/.editorconfig") && config.flakelight.editorconfig) "editorconfig";
        }
        ++ lib.optional (config.formatter != [ ]) { formatter = bySystem (pkgs: applied pkgs (lib.last config.formatter)); }
        ++ lib.optional (config.legacyPackages != [ ]) {
          legacyPackages = bySystem (pkgs: withPkgs pkgs (lib.last config.legacyPackages));
        }
        ++ lib.optional (config.flakelightModule != [ ] || config.flakelightModules != [ ]) {
          flakelightModules =
            lib.foldl' (all: one: all // withArgs moduleArgs one) { } config.flakelightModules
            // lib.optionalAttrs (config.flakelightModule != [ ]) { default = lib.last config.flakelightModule; };
        }
        ++ lockstep.part "flakelight-configurations" {
          inherit config moduleArgs result pkgsFor ownOverlays importWith builtinOverlay;
          overlays = concatMap overlayList config.withOverlays;
          byModule = withArgs moduleArgs;
        }
        ++ concatMap (
          f: map (system: lib.mapAttrs (_: value: { ${system} = value; }) (withPkgs pkgsFor.${system} f)) systems
        ) config.perSystem
        ++ map (withArgs moduleArgs) config.outputs
      );
    in
    result;
  # `mkFlake`, and one that takes modules along: `mkFlake.extend [ … ]`.
  mkFlakeFrom = more: { __functor = _: mkFlakeWith more; extend = modules: mkFlakeFrom (more ++ modules); };
  mkFlake = mkFlakeFrom [ ];
in
{
  # For models of modules for it.
  inherit autoload keptAll withArgs;
  outputs = {
    __functor = _: mkFlake;
    lib = {
      inherit mkFlake importDir;
      mkFlake' = mkFlake;
      systems = {
        linuxDefault = [ "x86_64-linux" "aarch64-linux" ];
        linuxAll = [ "x86_64-linux" "aarch64-linux" "armv6l-linux" "armv7l-linux" "i686-linux" ];
      };
    };
    # What it adds are outputs for other flakes, and the options of these are taken without it.
    flakelightModules = lib.genAttrs [ "default" "extendFlakelight" "flakelightModule" ] (_: { });
  };
}
