# typelevel/typelevel-nix: shells of Scala projects, on top of numtide/devshell.
{ lib, inputs, lockstep, ... }:
let
  inherit (lib) mkOption optionals types;
  devshell = (lockstep.part "devshell").outputs;
  flag = mkOption {
    type = types.bool;
    default = false;
  };

  # The module and its options had the name `typelevel-shell` at first.
  typelevelShell = shellModule "typelevelShell";
  shellModule =
    name:
    { config, pkgs, ... }:
    let
      cfg = config.${name};
    in
    {
      _file = "typelevel-nix/modules/${name}.nix";
      options.${name} = {
        jdk.package = mkOption {
          type = types.package;
          default = pkgs.jdk17;
        };
        nodejs = {
          enable = flag;
          package = mkOption {
            type = types.package;
            default = pkgs.nodejs;
          };
        };
        native = {
          enable = flag;
          libraries = mkOption {
            type = types.listOf types.package;
            default = [ pkgs.zlib ];
          };
        };
        sbtMicrosites = {
          enable = flag;
          siteDir = mkOption { type = types.path; };
        };
      };
      config = {
        commands = [
          { package = pkgs.metals.override { jre = cfg.jdk.package; }; }
          { package = pkgs.scala-cli; }
          { package = pkgs.sbt.override { jre = cfg.jdk.package; }; }
        ];
        devshell.packages =
          [ cfg.jdk.package ]
          ++ optionals cfg.nodejs.enable [ cfg.nodejs.package pkgs.yarn ]
          ++ optionals cfg.native.enable ([ pkgs.clang pkgs.llvmPackages.libcxxabi ] ++ cfg.native.libraries);
        env = [
          {
            name = "JAVA_HOME";
            value = "${cfg.jdk.package}";
          }
        ];
      };
    };

  shellsFor =
    system:
    let
      make = (import inputs.nixpkgs { inherit system; overlays = [ devshell.overlays.default ]; }).devshell.mkShell;
    in
    rec {
      library = make {
        imports = [ typelevelShell ];
        name = "typelevel-lib-shell";
        typelevelShell.nodejs.enable = true;
        typelevelShell.native.enable = true;
      };
      application = make {
        imports = [ typelevelShell ];
        name = "typelevel-app-shell";
      };
      default = application;
    };
in
{
  outputs = {
    inherit typelevelShell;
    typelevel-shell = shellModule "typelevel-shell";
    overlay = devshell.overlays.default;
    overlays.default = devshell.overlays.default;
    devShells = lib.genAttrs [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ] shellsFor;
  };
}
