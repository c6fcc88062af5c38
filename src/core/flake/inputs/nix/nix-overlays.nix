# nix-ocaml/nix-overlays: nixpkgs with other versions of OCaml and of what is written in it.
{ lib, inputs, lockstep, ... }:
let
  other =
    attribute:
    lockstep.package {
      inherit attribute;
      pname = lib.last (lib.splitString "." attribute);
      reason = "nix-overlays has versions of its own of what is written in OCaml";
    };
  builders = [ "buildDunePackage" "buildTopkgPackage" "buildOasisPackage" "buildOcaml" "callPackage" "newScope" ];

  # A set of nixpkgs of which only the builders stay.
  ocamlPackages =
    path: base:
    let
      member = name: other "${path}.${name}";
      tools = base.overrideScope (_: _: lib.genAttrs [ "ocaml" "findlib" "dune_3" "ocamlbuild" "topkg" ] member);
      extended =
        overlays:
        let
          self = builtins.foldl' (previous: overlay: previous // overlay self previous) (
            lockstep.anyName (name: if builtins.elem name builders then tools.${name} else member name)
            // {
              overrideScope = overlay: extended (overlays ++ [ overlay ]);
              overrideScope' = overlay: extended (overlays ++ [ overlay ]);
            }
          ) overlays;
        in
        self;
    in
    extended [ ];

  overlay =
    final: prev:
    lib.genAttrs [ "ocaml" "dune" "dune_2" "dune_3" "dune-release" "ocamlformat" "opam" "esy" "melange-relay-compiler" ] other
    // {
      ocamlPackages = ocamlPackages "ocamlPackages" prev.ocamlPackages;
      ocaml-ng = lockstep.anyName (name: ocamlPackages "ocaml-ng.${name}" prev.ocaml-ng.${name});
      ocaml-lsp = other "ocaml-lsp";
    }
    # C libraries that are built for OCaml.
    // lib.genAttrs [ "openssl-oc" "zlib-oc" "zstd-oc" "libffi-oc" "pcre-oc" "gmp-oc" "libev-oc" "libpq-oc" "sqlite-oc" ] other;

  makePkgs =
    {
      system ? builtins.currentSystem,
      extraOverlays ? [ ],
      overlays ? [ ],
      ...
    }@args:
    import inputs.nixpkgs (
      builtins.removeAttrs args [ "extraOverlays" ] // { inherit system; overlays = [ overlay ] ++ overlays ++ extraOverlays; }
    );
in
{
  outputs = {
    inherit makePkgs;
    inherit (inputs.nixpkgs) lib;
    legacyPackages = lib.genAttrs lib.systems.flakeExposed (system: makePkgs { inherit system; });
    overlays = lib.genAttrs lib.systems.flakeExposed (_: overlay) // { default = overlay; };
    overlay = lib.genAttrs lib.systems.flakeExposed (_: overlay);
  };
  files."default.nix" = makePkgs;
}
