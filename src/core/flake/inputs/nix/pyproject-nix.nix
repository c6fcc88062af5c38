# nix-community/pyproject.nix: Python projects by their metadata, and sets of packages that are built from it.
{ lib, lockstep, ... }:
let
  locks = lockstep.part "python-locks";

  # Projects: their dependencies as nixpkgs names them.
  load =
    pyproject: projectRoot:
    let
      dependencies = { extras ? [ ], groups ? [ ], ... }: locks.dependencies { inherit pyproject extras groups; };
      choose =
        args: packages:
        map (name: packages.${name}) (dependencies args);
    in
    {
      inherit pyproject projectRoot;
      dependencies.dependencies = dependencies { };
      requires-python = pyproject.project.requires-python or null;
      renderers = {
        # For `python.withPackages`.
        withPackages = args: packages: choose args packages ++ (args.extraPackages or (_: [ ])) packages;
        buildPythonPackage =
          { python, ... }@args:
          {
            pname = pyproject.project.name or pyproject.tool.poetry.name or "python-project";
            version = pyproject.project.version or pyproject.tool.poetry.version or "0";
            src = projectRoot;
            pyproject = true;
            dependencies = choose args python.pkgs;
          };
        mkPythonEditablePackage =
          { python, ... }@args:
          {
            pname = pyproject.project.name or "python-project";
            version = pyproject.project.version or "0";
            dependencies = choose args python.pkgs;
          };
        meta = _: { };
      };
      validators = {
        validateVersionConstraints = _: { };
        validateExtras = _: [ ];
      };
    };
  requirements =
    text:
    let
      lines = map lib.trim (lib.splitString "\n" text);
      wanted = builtins.filter (line: line != "" && !(lib.hasPrefix "#" line) && !(lib.hasPrefix "-" line)) lines;
    in
    load { project.dependencies = wanted; };
  contents = projectRoot: locks.read (projectRoot + "/pyproject.toml");
  project = rec {
    loadPyproject = { projectRoot, pyproject ? contents projectRoot, ... }: load pyproject projectRoot;
    loadPoetryPyproject = loadPyproject;
    loadPDMPyproject = loadPyproject;
    loadUVPyproject = loadPyproject;
    loadPyprojectDynamic = loadPyproject;
    loadRequirementsTxt =
      { projectRoot, ... }@args:
      requirements (
        let
          given = args.requirements or (projectRoot + "/requirements.txt");
        in
        if builtins.isPath given then builtins.readFile given else given
      ) projectRoot;
  };

  # The released interpreters that a project's `requires-python` allows, the newest first.
  filterPythonInterpreters =
    {
      pythonInterpreters,
      requires-python ? requires,
      requires ? null,
      pre ? false,
      ...
    }:
    let
      isAllowed = version: !(lockstep.isUnknown version) && (pre || builtins.match "[0-9.]+" version != null) && locks.satisfies requires-python version;
      fitting = builtins.filter (python: isAllowed python.version) (
        map (minor: pythonInterpreters."python3${toString minor}") (lib.reverseList (lib.range 6 30))
      );
    in
    if lockstep.isUnknown requires-python || fitting == [ ] then
      [ (lockstep.opaque "which Python the project's requires-python chooses is not known here") ]
    else
      fitting;

  # The set of packages that uv2nix's overlays are laid over.
  packageSet =
    {
      python,
      pkgs ? null,
      ...
    }:
    let
      base = final: {
        inherit python pkgs;
        pythonPkgsBuildHost = final;
        pythonPkgsHostHost = final;
        hooks = lockstep.anyName (name: lockstep.package { attribute = "hooks.${name}"; pname = name; certainty = "unknown"; reason = "a build hook of pyproject.nix"; });
        resolveBuildSystem = _: [ ];
        resolveVirtualEnv = spec: map (name: final.${name}) (builtins.attrNames spec);
        mkVirtualEnv =
          name: _:
          locks.environment {
            inherit python;
            what = name;
            lockFile = if final.__lockFile == null then "uv.lock" else final.__lockFile;
            builder = "uv2nix";
          };
        mkApplication = { venv, package, ... }: package;
        __lockFile = null;
      };
      make =
        f:
        let
          final = f final;
        in
        final
        // {
          overrideScope = overlay: make (lib.extends overlay f);
          pythonPackagesOverlay = _: _: { };
          callPackage = package: args: (lib.callPackageWith (final // { inherit python; })) package args;
        };
    in
    make base;
in
{
  outputs = {
    lib = {
      inherit project;
      pypa = { };
      pep508 = { };
      pep621 = { };
      scripts.loadScript = { script, ... }: { renderers = (load { } null).renderers; name = baseNameOf (toString script); };
      renderers = { };
      util = { inherit filterPythonInterpreters; };
      pep440.parseVersionConds = lib.id;
    };
    build = {
      # For `pkgs.callPackage`: its arguments by name.
      packages =
        { python, pkgs ? null, stdenv ? null, newScope ? null, pythonPkgsBuildHost ? null, ... }@args: packageSet args;
      util = lockstep.anyName (_: _: { mkApplication = { venv, package, ... }: package; });
      lib = { };
      hooks = { };
    };
    overlays.default = _: _: { };
  };
}
