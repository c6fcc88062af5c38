# pyproject-nix/uv2nix: a workspace of uv as an overlay over pyproject.nix's package set.
{ lib, lockstep, ... }:
let
  locks = lockstep.part "python-locks";

  loadWorkspace =
    { workspaceRoot, config ? { }, ... }:
    let
      lockFile = workspaceRoot + "/uv.lock";
      lock = locks.read lockFile;
      pyproject = locks.read (workspaceRoot + "/pyproject.toml");
      entries = locks.lockedPackages lock;
      # Members of the workspace are those that the lock takes from a folder.
      isLocal = entry: entry ? source && (entry.source ? editable || entry.source ? virtual || entry.source ? directory);
      own = builtins.attrNames (lib.filterAttrs (_: isLocal) entries);
      ownName = pyproject.project.name or null;
      names = if own != [ ] then own else lib.optional (ownName != null) (locks.normalise ownName);
      package =
        name: entry:
        lockstep.package {
          attribute = "uv.lock: ${name}";
          pname = name;
          version = entry.version or null;
          certainty = "exact";
        };
      spec = lib.genAttrs names (_: [ ]);
      overlay =
        final: prev:
        lib.mapAttrs package entries
        // {
          __lockFile = lockFile;
        };
    in
    {
      inherit config;
      deps = {
        default = spec;
        all = spec;
        optionals = spec;
        groups = spec;
      };
      mkPyprojectOverlay = _: overlay;
      mkEditablePyprojectOverlay = _: _: _: { };
      inherit names;
      requires-python = lock.requires-python or null;
    };
in
{
  outputs = {
    lib = {
      workspace = {
        inherit loadWorkspace;
        loadConfig = _: { };
      };
      lock1 = { };
      scripts.loadScript =
        { script, ... }:
        {
          mkOverlay = _: _: _: { };
          mkVirtualEnv = { pythonSet, ... }: pythonSet.mkVirtualEnv (baseNameOf (toString script)) { };
          renderScript = _: "";
          name = baseNameOf (toString script);
        };
    };
    packages = lib.genAttrs lib.systems.flakeExposed (
      system:
      {
        uv-bin = (lockstep.pkgsFor system).uv;
        default = (lockstep.pkgsFor system).uv;
      }
    );
    overlays.default = _: _: { };
  };
}
