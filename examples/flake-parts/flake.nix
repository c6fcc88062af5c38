{
  description = "Harbour: infrastructure and documentation of a platform team";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-parts.url = "github:hercules-ci/flake-parts";
    flake-parts.inputs.nixpkgs-lib.follows = "nixpkgs";
  };

  outputs =
    inputs@{ flake-parts, ... }:
    flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];

      imports = [ ./nix/documentation.nix ];

      perSystem =
        {
          config,
          pkgs,
          lib,
          system,
          ...
        }:
        {
          # Terraform is not free software since 1.6.
          _module.args.pkgs = import inputs.nixpkgs {
            inherit system;
            config.allowUnfreePredicate = pkg: builtins.elem (lib.getName pkg) [ "terraform" ];
          };

          packages.rollout = pkgs.writeShellApplication {
            name = "rollout";
            runtimeInputs = [
              pkgs.kubectl
              pkgs.kubernetes-helm
            ];
            text = ''
              helm upgrade --install "$1" "./charts/$1"
              kubectl rollout status "deployment/$1"
            '';
          };

          devShells.default = pkgs.mkShellNoCC {
            inputsFrom = [ config.devShells.documentation ];
            packages = [
              config.packages.rollout
            ]
            ++ builtins.attrValues {
              inherit (pkgs)
                terraform
                kubectl
                kubernetes-helm
                k9s
                awscli2
                sops
                age
                jq
                yq-go
                shellcheck
                shfmt
                actionlint
                ;
            };

            AWS_PROFILE = "harbour-development";
            KUBECONFIG = "./.kube/config";
          };

          formatter = pkgs.nixfmt-rfc-style;
        };
    };
}
