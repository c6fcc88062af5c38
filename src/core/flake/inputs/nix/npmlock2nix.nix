# nix-community/npmlock2nix: shells and builds with the node_modules that package-lock.json lists.
{ lib, lockstep, ... }:
let
  textOf = path: if lockstep.isUnknown path || !(builtins.pathExists path) then "{ }" else builtins.readFile path;
  makeFor =
    pkgs: defaultNodejs:
    let
      node_modules =
        args:
        let
          nodejs = args.nodejs or defaultNodejs;
          lockFile = args.packageLockJson or (args.src + "/package-lock.json");
          lock = builtins.fromJSON (textOf lockFile);
          listed = lockstep.lockSummary lockFile;
        in
        lockstep.composite (
          pkgs.stdenv.mkDerivation (
            removeAttrs args [ "src" "packageJson" "packageLockJson" "nodejs" "sourceOverrides" "githubSourceHashMap" ]
            // {
              pname = lock.name or "node_modules";
              version = lock.version or "0";
              propagatedBuildInputs = [ nodejs ];
              passthru = { inherit nodejs; } // args.passthru or { };
            }
          )
        ) [
          (lockstep.unresolved {
            what = "node_modules";
            reason = "they are what npmlock2nix installs from package-lock.json${if listed == null then "" else ", which ${listed}"}";
            attribute = "node_modules";
          })
        ];
      modulesOf =
        args: node_modules (lib.filterAttrs (name: _: name == "src" || name == "nodejs") args // args.node_modules_attrs or { });
      own = [ "node_modules_attrs" "node_modules_mode" "passthru" "buildCommands" ];
    in
    {
      inherit node_modules;
      shell =
        args:
        let
          modules = modulesOf args;
        in
        pkgs.mkShell (
          removeAttrs args own
          // {
            buildInputs = args.buildInputs or [ ] ++ [ modules.nodejs modules ];
            passthru = args.passthru or { } // { node_modules = modules; };
          }
        );
      build =
        args:
        let
          modules = modulesOf args;
        in
        pkgs.stdenv.mkDerivation (
          { inherit (modules) pname version; }
          // removeAttrs args own
          // {
            buildInputs = [ modules ] ++ args.buildInputs or [ ];
            passthru = args.passthru or { } // { node_modules = modules; };
          }
        );
      yarn = lockstep.opaque "the yarn functions of npmlock2nix are not read here";
    };
  forPkgs =
    pkgs:
    let
      v1 = makeFor pkgs pkgs.nodejs-14_x;
    in
    v1
    // {
      inherit v1;
      v2 = makeFor pkgs pkgs.nodejs-16_x;
    };
  overlay = final: prev: { npmlock2nix = forPkgs final; };
in
{
  outputs = {
    inherit overlay;
    overlays.default = overlay;
  };
  files."default.nix" = { pkgs ? lockstep.pkgsFor "x86_64-linux", ... }: forPkgs pkgs;
}
