# snowfallorg/lib: outputs by where files stand: `shells/<name>/default.nix`, `packages/<name>/default.nix` …
{ lib, ... }:
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
          overlays = (given.overlays or [ ]) ++ [ (final: prev: { ${namespace} = packagesFor system; }) ];
        };
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
          target = system;
          host = null;
          virtual = false;
          format = "linux";
        };
      load = folder: system: let
        pkgs = pkgsFor system;
      in lib.mapAttrs (name: _: lib.callPackageWith (argsFor system pkgs) (root + "/${folder}/${name}") { }) (folders (root + "/${folder}"));
      packagesFor = load "packages";
      aliased =
        kind: set:
        set // lib.mapAttrs (_: target: set.${target}) (given.alias.${kind} or { });
      perSystem = if given ? outputs-builder then lib.genAttrs systems (system: given.outputs-builder { nixpkgs = pkgsFor system; inherit system; }) else { };
      built = lib.foldl' (all: system: lib.recursiveUpdate all (lib.mapAttrs (_: value: { ${system} = value; }) perSystem.${system})) { } (builtins.attrNames perSystem);
    in
    lib.recursiveUpdate {
      devShells = lib.genAttrs systems (system: aliased "shells" (load "shells" system));
      packages = lib.genAttrs systems (system: aliased "packages" (packagesFor system));
      checks = lib.genAttrs systems (load "checks");
      lib = ownLib;
      templates = given.templates or { };
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
