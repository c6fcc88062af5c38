# snowfallorg/lib: outputs by where files stand: `shells/<name>/default.nix`, `packages/<name>/default.nix` …
{ lib, lockstep, inputs, ... }:
let
  inherit (builtins) attrNames pathExists;
  own = inputs;
  files = lockstep.part "snowfall-files";
  inherit (files) byName defaultsBelow directories;

  mkFlake =
    { inputs, src, ... }@given:
    let
      config = given.snowfall or { };
      root = config.root or src;
      namespace = config.namespace or "internal";
      systems = given.supportedSystems or [ "aarch64-linux" "aarch64-darwin" "x86_64-darwin" "x86_64-linux" ];
      alias = given.alias or { };
      below = folder: defaultsBelow (root + "/${folder}");
      isDarwin = lib.hasInfix "darwin";

      # Every input that is a package set. What the flake adds is in nixpkgs, and in channels that it names itself.
      channels = lib.genAttrs systems (
        system:
        lib.mapAttrs (
          name: input:
          import input {
            inherit system;
            config = (given.channels-config or given.channelsConfig or { }) // (given.channels.${name}.config or { });
            overlays = (given.sharedOverlays or [ ]) ++ lib.optionals (name == "nixpkgs" || given ? channels.${name}) (overlaysFor system);
          }
        ) (lib.filterAttrs (name: input: name == "nixpkgs" || lockstep.isUnknown input || input ? legacyPackages) inputs)
      );
      pkgsFor = system: channels.${system}.nixpkgs;
      overlayOf = channels: path: import path (withSrc // { inherit channels namespace; inputs = withSrc; lib = systemLib; });
      # The flake's own packages below its namespace, the overlays that are named, and those of the folder.
      overlaysFor =
        system:
        [ (final: prev: { ${namespace} = (prev.${namespace} or { }) // packagesIn system final; }) ]
        ++ (given.overlays or [ ])
        ++ map (overlayOf channels.${system}) (below "overlays");

      withSrc = inputs // { inherit src; };
      library = files.library { inherit inputs src root namespace own; };
      systemLib = library.whole // { inherit mkFlake; ${namespace} = library.own; };

      # What is no package, broken or for other systems is left out; what cannot be evaluated is told by its name.
      packagesOnly =
        system:
        lib.filterAttrs (
          _: value:
          let
            meta = value.meta or { };
            all = [ value meta (meta.broken or false) (meta.platforms or [ ]) (meta.badPlatforms or [ ]) ];
          in
          lib.__parts.isBroken value
          || lib.any lockstep.isUnknown (if lockstep.isUnknown value then [ value ] else all)
          || (
            lib.isDerivation value
            && !(meta.broken or false)
            && (!(meta ? platforms) || builtins.elem system meta.platforms)
            && !(builtins.elem system (meta.badPlatforms or [ ]))
          )
        );
      # Of a folder what its files make, under other names, and what the flake has itself.
      loaded = kind: call: overrides: let made = byName call (below kind); in made // lib.mapAttrs (_: target: made.${target}) (alias.${kind} or { }) // overrides;
      argsFor = system: pkgs: pkgs // { channels = channels.${system}; lib = systemLib; inherit inputs namespace; };
      call = system: let args = argsFor system (pkgsFor system); in path: lib.callPackageWith args path { };
      packagesIn =
        system: pkgs:
        let
          named.${namespace} = all;
          args = argsFor system (pkgs // named) // { pkgs = pkgs // named; inputs = withSrc; };
          all = byName (path: lib.callPackageWith args path { }) (below "packages");
        in
        packagesOnly system all;

      built = lib.genAttrs systems (
        system:
        let
          user = (given.outputs-builder or given.outputsBuilder or (_: { })) channels.${system};
          of = kind: output: packagesOnly system (loaded kind (call system) ((given.${kind} or { }) // (user.${output} or { })));
          packages = packagesIn system (pkgsFor system);
        in
        user
        // lib.mapAttrs (name: made: (user.${name} or { }) // made) (
          {
            devShells = of "shells" "devShells";
            checks = of "checks" "checks";
            packages = packagesOnly system (
              packages // lib.mapAttrs (_: target: packages.${target}) (alias.packages or { }) // (given.packages or { }) // (user.packages or { })
            );
          }
        )
        // lib.optionalAttrs (pathExists (root + "/formatter/default.nix")) { formatter = call system (root + "/formatter"); }
      );
      outputsOf =
        system:
        lib.mapAttrs (name: value: {
          ${system} = if rest ? ${name}.${system} && builtins.isAttrs value && !(lib.isDerivation value) then rest.${name}.${system} // value else value;
        }) built.${system};
      perSystem = lib.foldl' (all: system: lib.foldl' (sum: name: sum // { ${name} = (sum.${name} or { }) // (outputsOf system).${name}; }) all (attrNames built.${system})) { } systems;

      machines = lockstep.part "snowfall-machines" {
        inherit given inputs root namespace alias isDarwin overlaysFor pkgsFor systemLib;
      };
      overlays = files.overlays { inherit given namespace packagesIn overlayOf channels; packages = below "packages"; folder = below "overlays"; };
      # Whatever is no option of Snowfall's is an output.
      rest = removeAttrs given [
        "alias" "channels" "channels-config" "channelsConfig" "checks" "homes" "hosts" "inputs" "modules" "outputs-builder" "outputsBuilder"
        "overlays" "packages" "packagesPrefix" "sharedOverlays" "snowfall" "src" "supportedSystems" "systems" "templates" "hostDefaults"
        "darwinModules" "homeModules" "lib" "nixosModules" "self"
      ];
      templates =
        lib.genAttrs (attrNames (directories (root + "/templates"))) (name: (given.templates.${name} or { }) // { path = root + "/templates/${name}"; });
    in
    rest
    // lib.mapAttrs (name: value: if builtins.isAttrs value then (rest.${name} or { }) // value else value) (perSystem // machines)
    // {
      pkgs = channels;
      inherit overlays;
      lib = library.own;
      templates = templates // lib.mapAttrs (_: target: templates.${target}) (alias.templates or { }) // (lib.mapAttrs (name: value: (templates.${name} or { }) // value) (given.templates or { }));
      snowfall = { inherit config; raw-config = config; user-lib = library.own; };
    };
  mkLib =
    { inputs, src, snowfall ? { }, ... }@base:
    let
      library = files.library { inherit inputs src own; root = src; namespace = snowfall.namespace or "internal"; };
    in
    lib.recursiveUpdate (library.whole // { mkFlake = options: mkFlake (base // options); }) library.own;
in
{
  outputs = {
    inherit mkFlake mkLib;
    overlays.default = final: prev: { };
  };
}
