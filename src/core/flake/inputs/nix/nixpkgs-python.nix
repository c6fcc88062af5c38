# cachix/nixpkgs-python: Python by version.
{ lib, lockstep, ... }:
let
  python =
    system: version:
    let
      exact = builtins.match "[0-9]+\\.[0-9]+\\.[0-9]+" version != null;
      minor = lib.concatStringsSep "." (lib.take 2 (lib.splitString "." version));
      nixpkgs = (lockstep.pkgsFor system).python3;
      self =
        lockstep.package {
          inherit system;
          attribute = "packages.${system}.${builtins.toJSON version}";
          pname = "python3";
          version = if exact then version else null;
          certainty = if exact then "exact" else "unknown";
          reason = if exact then null else "the newest Python ${version} that the locked nixpkgs-python knows";
          mainProgram = "python3";
        }
        // {
          pkgs = nixpkgs.pkgs;
          withPackages = choose: lockstep.composite self ([ self ] ++ choose nixpkgs.pkgs);
          pythonVersion = minor;
          sitePackages = "lib/python${minor}/site-packages";
          libPrefix = "python${minor}";
          executable = "python${minor}";
          interpreter = "${self}/bin/python${minor}";
        };
    in
    self;
in
{
  outputs.packages = lib.genAttrs lib.systems.flakeExposed (system: lockstep.anyName (python system));
}
