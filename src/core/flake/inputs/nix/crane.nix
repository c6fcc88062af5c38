# ipetkov/crane: building Cargo projects. What counts for a shell: `devShell`, and the inputs of what it builds.
{ lib, lockstep, ... }:
let
  # The first line of `name = "…"` and `version = "…"` in a Cargo.toml, as the real one reads them.
  crateFacts =
    {
      src ? null,
      cargoToml ? if src == null then null else (src.origSrc or src) + "/Cargo.toml",
      cargoTomlContents ? null,
      ...
    }:
    let
      there = builtins.pathExists cargoToml;
      readable = cargoToml != null && !(lockstep.isUnknown there) && there;
      text = if cargoTomlContents != null then cargoTomlContents else if readable then builtins.readFile cargoToml else "";
      table = builtins.fromTOML text;
      field = name: value: if builtins.isString value then value else table.workspace.package.${name} or null;
      name = table.package.name or table.workspace.package.name or null;
      version = field "version" (table.package.version or null);
    in
    {
      pname = if name == null then "cargo-package" else name;
      version = if version == null then "0.0.1" else version;
    };

  # Attributes that are for crane itself, not for the derivation.
  own = [ "cargoExtraArgs" "cargoLock" "cargoLockContents" "cargoLockParsed" "cargoToml" "cargoTomlContents" "dummySrc" "outputHashes" "cargoArtifacts" "inputsFrom" "checks" "packages" "toolchain" ];

  makeLib =
    pkgs: extra:
    let
      toolchainPackages =
        if extra ? toolchain then
          [ (if builtins.isFunction extra.toolchain then extra.toolchain pkgs else extra.toolchain) ]
        else
          [ pkgs.rustc pkgs.cargo pkgs.clippy pkgs.rustfmt ];
      # What every build has besides its own inputs; the hooks of crane itself are no tools.
      build =
        suffix: tools: args:
        let
          facts = crateFacts args;
          plain = removeAttrs args own;
        in
        pkgs.stdenv.mkDerivation (
          plain
          // {
            pname = (args.pname or facts.pname) + suffix;
            version = args.version or facts.version;
            nativeBuildInputs =
              (args.nativeBuildInputs or [ ])
              ++ tools
              ++ (if extra ? toolchain then toolchainPackages ++ [ pkgs.rsync ] else [ pkgs.cargo pkgs.rsync pkgs.rustc ])
              ++ [ pkgs.zstd ];
            cargoArtifacts = args.cargoArtifacts or null;
          }
        );
      # Commands with the tools that each needs.
      commands = {
        cargoAudit = [ "cargo-audit" ];
        cargoBench = [ ];
        cargoCheck = [ ];
        cargoClippy = [ "clippy" ];
        cargoDeny = [ "cargo-deny" ];
        cargoDoc = [ ];
        cargoDocTest = [ ];
        cargoFmt = [ "rustfmt" ];
        cargoLlvmCov = [ "cargo-llvm-cov" ];
        cargoNextest = [ "cargo-nextest" ];
        cargoTarpaulin = [ "cargo-tarpaulin" ];
        cargoTest = [ ];
        taploFmt = [ "taplo" ];
      };
      toolOf = name: if extra ? toolchain && builtins.elem name [ "clippy" "rustfmt" ] then builtins.head toolchainPackages else pkgs.${name};
      self = lockstep.open "mkLib" known;
      known = {
        inherit (pkgs) cargo rustc clippy rustfmt;
        buildPackage = build "" [ ];
        buildDepsOnly = build "-deps" [ ];
        cargoBuild = build "" [ ];
        mkCargoDerivation = build "" [ ];
        buildTrunkPackage =
          args:
          build "-trunk" [ ] (
            args
            // {
              buildInputs = (args.buildInputs or [ ]) ++ [ pkgs.trunk (args.wasm-bindgen-cli or pkgs.wasm-bindgen-cli) pkgs.binaryen pkgs.dart-sass ];
            }
          );
        crateNameFromCargoToml = crateFacts;
        cleanCargoSource = src: lib.cleanSourceWith { inherit src; filter = self.filterCargoSources; name = "source"; };
        filterCargoSources =
          path: type:
          type == "directory" || lib.hasSuffix ".rs" path || lib.hasSuffix ".toml" path || baseNameOf path == "Cargo.lock" || lib.hasInfix "/.cargo/" path;
        fileset = rec {
          cargoTomlAndLock = path: lib.fileset.fileFilter (file: file.name == "Cargo.lock" || file.name == "Cargo.toml") path;
          rust = path: lib.fileset.fileFilter (file: file.hasExt "rs") path;
          toml = path: lib.fileset.fileFilter (file: file.hasExt "toml") path;
          configToml = path: lib.fileset.fileFilter (file: file.name == "config.toml") path;
          commonCargoSources = path: lib.fileset.unions [ (cargoTomlAndLock path) (rust path) (toml path) ];
        };
        vendorCargoDeps = args: pkgs.runCommand "vendor-cargo-deps" { } "";
        vendorMultipleCargoDeps = args: pkgs.runCommand "vendor-cargo-deps" { } "";
        path = value: builtins.path (if builtins.isAttrs value then value else { path = value; name = "source"; });
        registryFromDownloadUrl = args: args;
        registryFromGitIndex = args: args;
        registryFromSparse = args: args;
        appendCrateRegistries = _: self;
        overrideToolchain = toolchain: makeLib pkgs (extra // { inherit toolchain; });
        overrideScope = overlay: makeLib pkgs (extra // { overlay = overlay; });
        overrideScope' = overlay: makeLib pkgs (extra // { overlay = overlay; });
        callPackage = pkgs.newScope (pkgs // self);
        newScope = scope: pkgs.newScope (self // scope);

        # The toolchain, the inputs of the checks, and the packages that are asked for.
        devShell =
          {
            checks ? { },
            inputsFrom ? [ ],
            packages ? [ ],
            ...
          }@args:
          pkgs.mkShell (
            # The real one drops `nativeBuildInputs`: what a shell should have is asked for as `packages`.
            removeAttrs args [ "checks" "nativeBuildInputs" ]
            // {
              inputsFrom = builtins.attrValues checks ++ inputsFrom;
              packages = toolchainPackages ++ packages;
            }
          );
      }
      // lib.mapAttrs (
        name: tools: build "-${lib.toLower (lib.removePrefix "cargo" name)}" (map toolOf tools)
      ) commands;
    in
    if extra ? overlay then
      let
        final = self // extra.overlay final self;
      in
      final
    else
      self;

  appliedTo = pkgs: makeLib pkgs { };
  # The older `crane.lib.<system>`, which went in August of 2024 (https://github.com/ipetkov/crane/pull/692).
  hasLib = (lockstep.input.lastModified or 0) < 1725494400;
  bySystem = lib.genAttrs lib.systems.flakeExposed (system: appliedTo (lockstep.pkgsFor system));
in
{
  outputs = {
    mkLib = appliedTo;
    lib = if hasLib then bySystem else throw "attribute 'lib' missing: crane has had none since August of 2024, and `crane.mkLib pkgs` instead";
    overlays.default = final: prev: { };
  };
  files."default.nix" = { pkgs ? null, ... }: appliedTo pkgs;
}
