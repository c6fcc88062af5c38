# `pkgs.poetry2nix`, as nixpkgs had it until 2024: environments and applications that are built from `poetry.lock`.
{ lockstep, lib, final }:
let
  # What pyproject.toml says of the project, where it can be read.
  projectOf =
    args:
    let
      file = args.pyproject or (if args ? projectDir then args.projectDir + "/pyproject.toml" else null);
      there = file != null && builtins.pathExists file;
      table = if lockstep.isOpaque there || !there then { } else builtins.fromTOML (builtins.readFile file);
    in
    table.tool.poetry or table.project or { };

  locked =
    args:
    let
      lists = if args ? projectDir || args ? poetrylock then lockstep.lockSummary (args.poetrylock or (args.projectDir + "/poetry.lock")) else null;
    in
    lockstep.opaque "poetry2nix builds this Python environment from poetry.lock${if lists == null then "" else ", which ${lists}"}";

  environment =
    args:
    let
      python = args.python or final.python3;
      env = lockstep.composite python [
        python
        (locked args)
      ];
    in
    env // { env = final.mkShellNoCC { name = "interactive-poetry-env"; packages = [ env ]; }; };
  application =
    args:
    let
      project = projectOf args;
      python = args.python or final.python3;
      own = [ "projectDir" "pyproject" "poetrylock" "overrides" "python" "groups" "checkGroups" "extras" "preferWheels" "editablePackageSources" ];
    in
    python.pkgs.buildPythonApplication (
      {
        pname = project.name or args.pname or "poetry-application";
        version = project.version or args.version or "0";
      }
      // builtins.removeAttrs args own
      // { propagatedBuildInputs = args.propagatedBuildInputs or [ ] ++ [ (locked args) ]; }
    )
    // {
      dependencyEnv = environment args;
      inherit python;
    };

  overlay = { __functor = _: _: _: { }; extend = _: overlay; overrideOverlay = _: overlay; };
in
{
  mkPoetryEnv = environment;
  mkPoetryApplication = application;
  mkPoetryEditablePackage = application;
  mkPoetryPackages = args: {
    python = args.python or final.python3;
    poetryPackages = [ (environment args) ];
    poetryLock = { };
  };
  mkPoetryScriptsPackage = application;
  defaultPoetryOverrides = overlay;
  overrides = {
    withDefaults = _: overlay;
    withoutDefaults = _: overlay;
  };
  cleanPythonSources = { src, ... }: src;
  cli = lockstep.package "poetry2nix";
}
