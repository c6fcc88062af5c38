# Packages of OCaml and of the provers that are written in it, with their builders.
{
  lockstep,
  lib,
  final,
  languages,
  packageSet,
}:
let
  # https://github.com/NixOS/nixpkgs/blob/nixos-25.05/pkgs/build-support/coq/default.nix and its twin for Rocq.
  # A prover is built with an OCaml of its own choice, and so is what extends it.
  derivationWith =
    path:
    languages.builder "coq" { } (
      _: args:
      let
        tool = name: lockstep.package "${path}.ocamlPackages.${name}";
        listed = name: args.${name} or [ ];
        dune = args.useDune or args.useDune2 or false;
      in
      builtins.removeAttrs args ([ "fetcher" "repo" "owner" "domain" "release" "releaseRev" "displayVersion" "defaultVersion" "namePrefix" "useDune" "useDune2" "useDuneifVersion" "useMelquiondRemake" "opam-name" "extraInstallFlags" "extraBuildInputs" "extraNativeBuildInputs" "overrideBuildInputs" "overrideNativeBuildInputs" "setCOQBIN" "mlPlugin" "dropAttrs" "dropDerivationAttrs" "keepAttrs" ] ++ listed "dropAttrs")
      // {
        nativeBuildInputs =
          args.overrideNativeBuildInputs or (
            [ final.which ]
            ++ lib.optional dune final.dune_3
            ++ lib.optionals (dune || args.mlPlugin or false) [ (tool "ocaml") (tool "findlib") ]
            ++ listed "nativeBuildInputs"
            ++ listed "extraNativeBuildInputs"
          );
        buildInputs = args.overrideBuildInputs or ([ (lockstep.package path) ] ++ listed "buildInputs" ++ listed "extraBuildInputs");
      }
    );
  # The set of a prover by its own name: `coq_8_20` has `coqPackages_8_20`.
  setOf =
    program: set: prover:
    let
      path = lockstep.pathOf prover;
      own = if path == null then null else builtins.match "${program}(_[0-9_]+)?" path;
    in
    if own == null then set else "${set}${toString own}";
in
rec {
  mkCoqPackages = coq: coqPackagesAt (setOf "coq" "coqPackages" coq) // { inherit coq; };
  mkRocqPackages = rocq: coqPackagesAt (setOf "rocq-core" "rocqPackages" rocq);

  ocamlPackagesAt =
    path:
    packageSet path (
      this:
      let
        # Those of the usual set stand at the top too, where their versions are known.
        usual = if path == "ocamlPackages" then final else this;
        builder =
          tools:
          languages.builder "ocaml" { } (_: args: { __brings = [ usual.ocaml ] ++ tools ++ [ this.findlib ]; } // args);
      in
      {
        buildDunePackage = builder [ usual.dune_3 ];
        buildTopkgPackage = builder [ this.ocamlbuild this.topkg ];
        buildOasisPackage = builder [ this.ocamlbuild ];
        buildOcaml = builder [ ];
      }
    ) [ ];

  coqPackagesAt =
    path:
    packageSet path (_: {
      mkCoqDerivation = derivationWith "${path}.coq";
      mkRocqDerivation = derivationWith "${path}.rocq-core";
      lib = lib // {
        # The version that is a folder is called `dev`.
        overrideCoqDerivation =
          change: drv:
          drv.overrideAttrs (
            old:
            let
              new = lib.toFunction change old;
            in
            new // lib.optionalAttrs (builtins.isPath (new.version or null)) { version = "dev"; }
          );
      };
    }) [ ];
}
