{
  description = "Quill: a command-line tool in Rust";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-utils.url = "github:numtide/flake-utils";
    rust-overlay = {
      url = "github:oxalica/rust-overlay";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      flake-utils,
      rust-overlay,
      ...
    }:
    let
      # Everything that builds Quill uses the toolchain that rust-toolchain.toml names.
      toolchain = final: prev: {
        quill-rust = prev.rust-bin.fromRustupToolchainFile ./rust-toolchain.toml;
        quill = final.callPackage ./package.nix { };
      };
    in
    {
      overlays.default = nixpkgs.lib.composeManyExtensions [
        rust-overlay.overlays.default
        toolchain
      ];
    }
    // flake-utils.lib.eachDefaultSystem (
      system:
      let
        pkgs = import nixpkgs {
          inherit system;
          overlays = [ self.overlays.default ];
        };
      in
      {
        packages.default = pkgs.quill;

        devShells.default = pkgs.mkShell {
          inputsFrom = [ pkgs.quill ];

          packages =
            (with pkgs; [
              quill-rust
              cargo-nextest
              cargo-deny
              bacon
              just
            ])
            ++ pkgs.lib.optional pkgs.stdenv.hostPlatform.isLinux pkgs.mold;

          RUST_BACKTRACE = "1";
          RUST_SRC_PATH = "${pkgs.quill-rust}/lib/rustlib/src/rust/library";
        };
      }
    );
}
