{
  description = "Storefront: a web client on Node and an API in Go";

  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forAllSystems = f: nixpkgs.lib.genAttrs systems (system: f (import nixpkgs { inherit system; }));
    in
    {
      packages = forAllSystems (pkgs: {
        api = pkgs.buildGoModule {
          pname = "storefront-api";
          version = "2.4.0";
          src = ./api;
          vendorHash = null;
          nativeBuildInputs = [ pkgs.protobuf ];
        };
        default = self.packages.${pkgs.system}.api;
      });

      devShells = forAllSystems (pkgs: {
        default = pkgs.mkShell {
          inputsFrom = [
            self.devShells.${pkgs.system}.web
            self.devShells.${pkgs.system}.api
          ];
          packages = import ./nix/operations.nix { inherit pkgs; };
        };

        web = pkgs.mkShell {
          packages = with pkgs; [
            nodejs_20
            nodePackages.pnpm
            typescript
            esbuild
            turbo
          ];
          NODE_ENV = "development";
        };

        api = pkgs.mkShell {
          inputsFrom = [ self.packages.${pkgs.system}.api ];
          packages = with pkgs; [
            go_1_21
            gopls
            delve
            golangci-lint
            buf
            protoc-gen-go
            sqlc
            air
          ];
          CGO_ENABLED = "0";
          env.GOFLAGS = "-mod=readonly";
        };
      });

      formatter = forAllSystems (pkgs: pkgs.nixpkgs-fmt);
    };
}
