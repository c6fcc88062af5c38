# nix-community/pyproject.nix: Python projects by their metadata, and sets of packages that are built from it.
{ lib, lockstep, ... }:
let
  locks = lockstep.part "python-locks";

  # Projects: their dependencies as nixpkgs names them.
  load =
    pyproject: projectRoot:
    let
      of =
        { python, extras ? [ ], groups ? [ ], ... }@args:
        locks.dependencies { inherit pyproject extras groups; environ = args.environ or (locks.environOf python); };
      buildSystemOf = { python, ... }@args: locks.buildSystem { inherit pyproject; environ = args.environ or (locks.environOf python); };
      # What the marker of one cannot be told of is said, and so is what an extra brings: nixpkgs' own package knows.
      choose =
        entries: packages:
        builtins.concatMap (
          entry:
          (
            if entry.wanted == null then
              [ (told entry.name "Whether the project wants it hangs on a marker that is not known here.") ]
            else if entry.wanted then
              [ packages.${entry.name} ] ++ map (extra: told "${entry.name}[${extra}]" "What ${entry.name} needs for its extra ${extra} is known only to nixpkgs itself.") entry.extras
            else
              [ ]
          )
        ) entries;
      told = what: reason: lockstep.unresolved { inherit what reason; attribute = "pyproject.toml"; };
      project = pyproject.project or (pyproject.tool.poetry or { });
      rendered =
        { python, ... }@args:
        let
          packages = args.pythonPackages or python.pkgs;
        in
        {
          pname = project.name or "python-project";
          version = project.version or "0";
          dependencies = choose (of args) packages;
          build-system = choose (buildSystemOf args) packages;
          optional-dependencies = builtins.mapAttrs (
            extra: _: choose (locks.dependencies { pyproject.project.dependencies = project.optional-dependencies.${extra}; environ = locks.environOf python; }) packages
          ) (project.optional-dependencies or { });
        };
    in
    {
      inherit pyproject projectRoot;
      dependencies.dependencies = pyproject.project.dependencies or [ ];
      requires-python = pyproject.project.requires-python or null;
      renderers = {
        # For `python.withPackages`: what the project is built with as well.
        withPackages =
          { python, ... }@args:
          packages:
          choose (of args ++ buildSystemOf args) (args.pythonPackages or packages) ++ (args.extraPackages or (_: [ ])) packages;
        buildPythonPackage = args: rendered args // { src = projectRoot; pyproject = true; };
        mkPythonEditablePackage = rendered;
        meta = _: { };
      };
      validators = {
        validateVersionConstraints = _: { };
        validateExtras = _: [ ];
      };
    };
  # The lines of requirements.txt, and of the files that it names.
  requirementLines =
    file: text:
    let
      whole = builtins.replaceStrings [ "\\\n" ] [ " " ] text;
      lines = builtins.filter (line: line != "") (map (line: lib.trim (builtins.head (lib.splitString "#" line))) (lib.splitString "\n" whole));
      ofLine =
        line:
        let
          other = builtins.match "-r +(.+)" line;
          path = dirOf file + "/${builtins.head other}";
        in
        if other != null && file != null then
          requirementLines path (builtins.readFile path)
        else if lib.hasPrefix "-c " line then
          throw "Unsupported flag: -c"
        else
          lib.optional (!(lib.hasPrefix "-" line)) line;
    in
    builtins.concatMap ofLine lines;
  requirements =
    given:
    let
      isFile = builtins.isPath given;
    in
    load {
      project.dependencies = requirementLines (if isFile then given else null) (if isFile then builtins.readFile given else given);
    };
  contents = projectRoot: locks.read (projectRoot + "/pyproject.toml");
  project = rec {
    loadPyproject = { projectRoot, pyproject ? contents projectRoot, ... }: load pyproject projectRoot;
    loadPoetryPyproject = loadPyproject;
    loadPDMPyproject = loadPyproject;
    loadUVPyproject = loadPyproject;
    loadPyprojectDynamic = loadPyproject;
    loadRequirementsTxt =
      { projectRoot ? null, ... }@args: requirements (args.requirements or (projectRoot + "/requirements.txt")) projectRoot;
  };

  # A script whose dependencies stand in a comment of its own; what it is rendered to is a text.
  loadScript =
    { script, ... }:
    let
      text = builtins.readFile script;
    in
    {
      name = lib.removeSuffix ".py" (baseNameOf (toString script));
      script = text;
      render = { python, ... }: "#!${python.interpreter}\n${text}";
    };

  # The released interpreters that a project's `requires-python` allows, by their names: the first is mostly the oldest.
  # It is `3.12` that must be allowed, not `3.12.4`.
  # https://github.com/pyproject-nix/pyproject.nix/pull/403
  filterPythonInterpreters =
    {
      pythonInterpreters,
      requires-python ? requires,
      requires ? null,
      pre ? false,
      ...
    }:
    let
      names = builtins.sort builtins.lessThan (map (minor: "python3${toString minor}") (lib.range 6 30));
      isAllowed =
        python:
        !(lockstep.isUnknown python.version)
        && (pre || builtins.match "[0-9.]+" python.version != null)
        && locks.satisfies requires-python (lib.versions.majorMinor python.version);
      fitting = builtins.filter isAllowed (map (name: pythonInterpreters.${name}) names);
    in
    if lockstep.isUnknown requires-python || fitting == [ ] then
      [ (lockstep.opaque "which Python the project's requires-python chooses is not known here") ]
    else
      fitting;

  # Between its sets and those of nixpkgs.
  hacks =
    { pkgs, lib, ... }:
    {
      nixpkgsPrebuilt =
        { from, prev ? { }, ... }:
        pkgs.stdenv.mkDerivation {
          inherit (from) pname version;
          passthru = prev.passthru or { };
        };
      importCargoLock = { prev, ... }: prev;
      toNixpkgs =
        { pythonSet, packages ? null }:
        let
          isWanted = name: packages == null || (if builtins.isList packages then builtins.elem name packages else packages name);
        in
        _: _: lib.filterAttrs (name: package: isWanted name && lib.isDerivation package) (removeAttrs pythonSet hookNames);
    };
  hookNames = [
    "python" "pyprojectConfigureHook" "pyprojectBuildHook" "pyprojectInstallHook" "pyprojectOutputSetupHook"
    "pyprojectCrossShebangHook" "pyprojectMakeVenvHook" "pyprojectHook" "pyprojectWheelHook" "pyprojectBuildEditableHook"
    "pyprojectFixupEditableHook" "pyprojectEditableHook" "pyprojectInstallDistHook" "pyprojectDistHook"
    "pyprojectPypaInstallHook"
  ];

  # The set of packages that uv2nix's overlays are laid over.
  packageSet =
    {
      python,
      pkgs ? null,
      stdenv ? pkgs.stdenv,
      ...
    }:
    let
      builder = "uv2nix";
      base = final: lib.genAttrs (builtins.tail hookNames) (name: final.hooks.${name}) // {
        inherit python pkgs stdenv;
        pythonPkgsBuildHost = final;
        pythonPkgsHostHost = final;
        hooks = lockstep.anyName (name: lockstep.package { attribute = "hooks.${name}"; pname = name; certainty = "unknown"; reason = "a build hook of pyproject.nix"; });
        resolveBuildSystem = _: [ ];
        # Those that are named, and what they need.
        resolveVirtualEnv =
          spec:
          map (name: final.${name}) (builtins.attrNames spec)
          ++ [
            (lockstep.unresolved {
              what = "what ${lib.concatStringsSep ", " (builtins.attrNames spec)} needs";
              reason = locks.told { inherit builder; lockFile = final.__lockFile; };
            })
          ];
        mkVirtualEnv =
          name: _:
          locks.environment {
            inherit python builder;
            what = name;
            lockFile = final.__lockFile;
          };
        mkApplication = { venv, package, ... }: package;
        __lockFile = "uv.lock";
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
          callPackage = package: args: (lib.callPackageWith ((if pkgs == null then { } else pkgs) // final)) package args;
        };
    in
    make base;
in
{
  outputs = {
    lib = {
      inherit project;
      pypa = lockstep.open "lib.pypa" { normalizePackageName = locks.normalise; };
      pep508 = lockstep.open "lib.pep508" { };
      pep621 = lockstep.open "lib.pep621" { };
      scripts = lockstep.open "lib.scripts" { inherit loadScript; };
      renderers = lockstep.open "lib.renderers" { };
      util = lockstep.open "lib.util" { inherit filterPythonInterpreters; };
      pep440 = lockstep.open "lib.pep440" { parseVersionConds = lib.id; };
    };
    build = {
      inherit hacks;
      # For `pkgs.callPackage`: its arguments by name.
      packages =
        { python, pkgs ? null, stdenv ? null, newScope ? null, pythonPkgsBuildHost ? null, ... }@args: packageSet args;
      # For `pkgs.callPackages`.
      util = { runCommand, ... }: { mkApplication = { venv, package, ... }: package; };
      lib = lockstep.open "build.lib" { };
      hooks = lockstep.open "build.hooks" { };
    };
    overlays.default = _: _: { };
  };
}
