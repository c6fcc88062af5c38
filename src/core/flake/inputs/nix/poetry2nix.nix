# nix-community/poetry2nix: Python applications and environments from poetry.lock.
{ lib, lockstep, ... }:
let
  locks = lockstep.part "python-locks";

  makeFor =
    pkgs:
    let
      paths =
        {
          projectDir ? null,
          # A source with files left out: the whole folder has the same locks.
          folder ? projectDir.origSrc or projectDir,
          poetrylock ? folder + "/poetry.lock",
          pyproject ? folder + "/pyproject.toml",
          ...
        }:
        {
          inherit poetrylock pyproject;
        };
      facts =
        args:
        let
          table = locks.read (paths args).pyproject;
          poetry = table.tool.poetry or table.project or { };
        in
        {
          name = poetry.name or "python-project";
          version = poetry.version or null;
        };
      environment =
        args:
        let
          at = paths args;
          made = locks.environment {
            python = args.python or pkgs.python3;
            what = "${(facts args).name}-env";
            lockFile = at.poetrylock;
            builder = "poetry2nix";
            more = args.extraPackages or (_: [ ]);
          };
        in
        # `.env` is for `nix develop`: a derivation that has the environment among its inputs.
        made // { env = pkgs.mkShell { packages = [ made ]; }; };
      # An application: built from the project itself, its environment hanging on it.
      application =
        args:
        let
          project = facts args;
        in
        pkgs.stdenv.mkDerivation {
          pname = project.name;
          version = if project.version == null then "0" else project.version;
          src = args.projectDir or args.src or null;
          nativeBuildInputs = args.nativeBuildInputs or [ ];
          buildInputs = (args.buildInputs or [ ]);
          propagatedBuildInputs = (args.propagatedBuildInputs or [ ]) ++ [ (environment args) ];
          passthru = {
            dependencyEnv = environment args;
            python = args.python or pkgs.python3;
          };
        }
        // {
          dependencyEnv = environment args;
          python = args.python or pkgs.python3;
        };
      # Overrides change how packages are built, not which there are.
      overrides = rec {
        __functor = _: _: [ ];
        withDefaults = _: [ ];
        withoutDefaults = _: [ ];
        extend = _: overrides;
        overrideOverlay = _: overrides;
      };
      self = {
        mkPoetryEnv = environment;
        mkPoetryApplication = application;
        mkPoetryEditablePackage = application;
        mkPoetryScriptsPackage = application;
        mkPoetryPackages = args: {
          python = args.python or pkgs.python3;
          poetryPackages = [ (environment args) ];
          pyProject = locks.read (paths args).pyproject;
          poetryLock = locks.read (paths args).poetrylock;
        };
        defaultPoetryOverrides = overrides;
        inherit overrides;
        cleanPythonSources = { src }: src;
        overrideScope = _: self;
        overrideScope' = _: self;
      };
    in
    self;
  bySystem = lib.genAttrs lib.systems.flakeExposed (system: makeFor (lockstep.pkgsFor system));
  overlay = final: prev: {
    poetry2nix = makeFor final;
    poetry = prev.poetry;
  };
in
{
  outputs = {
    lib.mkPoetry2Nix = { pkgs, ... }: makeFor pkgs;
    overlays.default = overlay;
    inherit overlay;
    legacyPackages = bySystem;
    mkPoetryEnv = lib.mapAttrs (_: made: made.mkPoetryEnv) bySystem;
    mkPoetryApplication = lib.mapAttrs (_: made: made.mkPoetryApplication) bySystem;
  };
  files = {
    "default.nix" = { pkgs ? lockstep.pkgsFor "x86_64-linux", ... }: makeFor pkgs;
    "overlay.nix" = overlay;
  };
}
