# nix-community/gomod2nix: Go applications and environments from gomod2nix.toml.
{ lib, lockstep, ... }:
let
  tool =
    system:
    lockstep.package {
      inherit system;
      attribute = "gomod2nix";
      pname = "gomod2nix";
      certainty = "unknown";
      reason = "the gomod2nix program as of the locked revision";
      mainProgram = "gomod2nix";
    };
  makeFor =
    pkgs:
    let
      system = pkgs.stdenv.hostPlatform.system;
      # nixpkgs' newest Go that is no older than go.mod's `go 1.22` asks for; its usual one where there is no go.mod.
      goOf =
        { go ? null, pwd ? null, ... }:
        let
          there = pwd != null && builtins.pathExists (pwd + "/go.mod");
          found = if !(lockstep.isUnknown there) && there then builtins.match ".*\ngo ([0-9]+)\\.([0-9]+).*" ("\n" + builtins.readFile (pwd + "/go.mod")) else null;
          oldest = lib.toInt (builtins.elemAt found 1);
          # Of a nixpkgs that is not recorded any name may be there: one that has a version is.
          isThere = name: pkgs ? ${name} && !(lockstep.isUnknown pkgs.${name}.version);
          newest = lib.findFirst (minor: isThere "go_1_${toString minor}") null (lib.reverseList (lib.range oldest 60));
        in
        if go != null then
          go
        else if found != null && newest != null then
          pkgs."go_1_${toString newest}"
        else
          pkgs.go;
    in
    {
      gomod2nix = tool system;
      buildGoApplication =
        args:
        pkgs.stdenv.mkDerivation (
          removeAttrs args [ "go" "modules" "pwd" "subPackages" "vendorHash" ]
          // {
            nativeBuildInputs = [ pkgs.rsync (goOf args) ] ++ (args.nativeBuildInputs or [ ]);
            passthru = {
              go = goOf args;
            }
            // args.passthru or { };
          }
        );
      # An environment with Go and the tools that tools.go names.
      mkGoEnv =
        args:
        let
          go = goOf args;
          toolsFile = args.toolsGo or (args.pwd + "/tools.go");
          tools = (args ? pwd || args ? toolsGo) && builtins.pathExists toolsFile;
          locked = lockstep.lockSummary (args.pwd + "/go.sum");
        in
        lockstep.composite (
          go
          // {
            name = "go-env";
            nativeBuildInputs = [ pkgs.rsync ];
            buildInputs = [ ];
            propagatedBuildInputs = [ go ];
            propagatedNativeBuildInputs = [ ];
          }
        ) (
          [ go ]
          ++ lib.optional tools (
            lockstep.unresolved {
              what = "tools of tools.go";
              reason = "gomod2nix builds the tools that tools.go imports${if locked == null then " from gomod2nix.toml" else " as go.sum has them, which ${locked}"}";
              attribute = "tools.go";
            }
          )
        );
      mkVendorEnv = _: pkgs.runCommand "vendor-env" { } "";
    };
  overlay = final: prev: makeFor final;
in
{
  outputs = {
    overlays.default = overlay;
    inherit overlay;
    legacyPackages = lib.genAttrs lib.systems.flakeExposed (system: makeFor (lockstep.pkgsFor system));
    packages = lib.genAttrs lib.systems.flakeExposed (system: {
      default = tool system;
      gomod2nix = tool system;
    });
    apps = lib.genAttrs lib.systems.flakeExposed (system: {
      default = {
        type = "app";
        program = "${tool system}/bin/gomod2nix";
      };
    });
  };
  files."overlay.nix" = overlay;
  files."default.nix" = { pkgs ? lockstep.pkgsFor "x86_64-linux", ... }: makeFor pkgs;
}
