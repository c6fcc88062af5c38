{
  description = "Two NixOS machines that share a module";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs =
    { self, nixpkgs }:
    let
      mkHost =
        name: module:
        nixpkgs.lib.nixosSystem {
          specialArgs.tools = [ "git" "ripgrep" ];
          modules = [
            ./modules/work.nix
            module
            {
              networking.hostName = name;
              nixpkgs.hostPlatform = "x86_64-linux";
              system.stateVersion = "24.05";
            }
          ];
        };
    in
    {
      nixosConfigurations = builtins.mapAttrs mkHost {
        laptop = ./hosts/laptop.nix;
        server = ./hosts/server.nix;
      };
    };
}
