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

  isStrict = (lockstep.input.lastModified or 0) >= 1704067200;

  # Attributes that are for crane itself, not for the derivation.
  own = [ "cargoExtraArgs" "cargoLock" "cargoLockContents" "cargoLockParsed" "cargoToml" "cargoTomlContents" "dummySrc" "outputHashes" "inputsFrom" "checks" "packages" "stdenv" "wasm-bindgen-cli" ];

  # Its functions take their tools from the scope, so that an overlay changes them.
  scopeOf =
    pkgs: final:
    let
      tool = name: final.${name} or pkgs.${name};
      toolchain = [ final.rustc final.cargo final.clippy final.rustfmt ];
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
            nativeBuildInputs = (args.nativeBuildInputs or [ ]) ++ tools ++ [ final.cargo (tool "rsync") final.rustc (tool "zstd") ];
            cargoArtifacts = args.cargoArtifacts or null;
          }
        );
      # Builds first what a crate depends on, where nobody else did.
      buildAll = suffix: tools: args: build suffix tools ({ cargoArtifacts = final.buildDepsOnly args; } // args);
      # Goes on from what was built before, which must be told; years ago some built it themselves.
      continued = suffix: tools: if isStrict then { cargoArtifacts, ... }@args: build suffix tools args else build suffix tools;
      nextest =
        { partitions ? 1, ... }@args:
        let
          run = suffix: continued suffix [ (tool "cargo-nextest") ] args;
        in
        # Partitions are derivations of their own that another depends on.
        if lockstep.isUnknown partitions || partitions <= 1 then
          run "-nextest"
        else
          pkgs.runCommand "cargo-nextest-tests" { buildInputs = lib.genList (part: run "-nextest-p${toString (part + 1)}") partitions; } "";
      # The toolchain, the inputs of the checks, and the packages that are asked for.
      devShell =
        { mkShell, cargo, clippy, rustc, rustfmt }:
        {
          checks ? { },
          inputsFrom ? [ ],
          packages ? [ ],
          ...
        }@args:
        mkShell (
          # The real one drops `nativeBuildInputs`: what a shell should have is asked for as `packages`.
          removeAttrs args [ "checks" "nativeBuildInputs" ]
          // {
            inputsFrom = builtins.attrValues checks ++ inputsFrom;
            packages = [ rustc cargo clippy rustfmt ] ++ packages;
          }
        );
    in
    {
      inherit (pkgs) cargo rustc clippy rustfmt;
      buildPackage = buildAll "" [ ];
      buildDepsOnly = build "-deps" [ ];
      cargoBuild = continued "-build" [ ];
      mkCargoDerivation = if isStrict then { cargoArtifacts, buildPhaseCargoCommand, ... }@args: build "" [ ] args else build "" [ ];
      buildTrunkPackage =
        args:
        buildAll "-trunk" [
          (tool "binaryen")
          (tool "dart-sass")
          (tool "trunk")
          (args.wasm-bindgen-cli or (tool "wasm-bindgen-cli"))
        ] args;
      # Commands with the tools that each needs; those that look at sources alone need nothing built.
      cargoAudit = { advisory-db, ... }@args: build "-audit" [ (tool "cargo-audit") ] args;
      cargoBench = continued "-bench" [ ];
      cargoCheck = continued "-check" [ ];
      cargoClippy = continued "-clippy" [ final.clippy ];
      cargoDeny = build "-deny" [ (tool "cargo-deny") ];
      cargoDoc = continued "-doc" [ ];
      cargoDocTest = continued "-doctest" [ ];
      cargoFmt = build "-fmt" [ final.rustfmt ];
      cargoLlvmCov = continued "-llvm-cov" [ (tool "cargo-llvm-cov") ];
      cargoNextest = nextest;
      cargoTarpaulin = continued "-tarpaulin" [ (tool "cargo-tarpaulin") ];
      cargoTest = continued "-test" [ ];
      taploFmt = build "-tomlfmt" [ (tool "taplo") ];
      crateNameFromCargoToml = crateFacts;
      cleanCargoSource = src: lib.cleanSourceWith { inherit src; filter = final.filterCargoSources; name = "source"; };
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
      devShell = lib.makeOverridable devShell ({ inherit (pkgs) mkShell; inherit (final) cargo clippy rustc rustfmt; });
    };

  # A scope with overlays, the first of which is crane's own.
  makeScope =
    pkgs: overlay:
    let
      self = lockstep.open "mkLib" (
        overlay self
        // {
          appendCrateRegistries = _: self;
          overrideToolchain =
            toolchain:
            self.overrideScope (
              final: prev: lib.genAttrs [ "cargo" "rustc" "clippy" "rustfmt" ] (_: if builtins.isFunction toolchain then toolchain pkgs else toolchain)
            );
          overrideScope = more: makeScope pkgs (lib.extends more overlay);
          overrideScope' = more: makeScope pkgs (lib.extends more overlay);
          callPackage = pkgs.newScope (pkgs // self);
          newScope = scope: pkgs.newScope (self // scope);
        }
      );
    in
    self;

  appliedTo = pkgs: makeScope pkgs (scopeOf pkgs);
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
