# pyproject-nix/uv2nix: a workspace of uv as an overlay over pyproject.nix's package set.
{ lib, lockstep, ... }:
let
  locks = lockstep.part "python-locks";

  # The packages of a lock, laid over a set.
  overlayOf =
    lockFile: lock: final: prev:
    lib.mapAttrs (
      name: entry:
      lockstep.package {
        attribute = "uv.lock: ${name}";
        pname = name;
        version = entry.version or null;
        certainty = "exact";
      }
    ) (locks.lockedPackages lock)
    // {
      __lockFile = lockFile;
    };

  loadWorkspace =
    {
      workspaceRoot,
      config ? { },
      uvLock ? locks.read (workspaceRoot + "/uv.lock"),
      pyproject ? locks.read (workspaceRoot + "/pyproject.toml"),
      ...
    }:
    let
      lock = uvLock;
      entries = locks.lockedPackages lock;
      # Members of the workspace are those that the lock takes from a folder.
      isLocal = entry: entry ? source && (entry.source ? editable || entry.source ? virtual || entry.source ? directory);
      own = builtins.attrNames (lib.filterAttrs (_: isLocal) entries);
      ownName = pyproject.project.name or null;
      names = if own != [ ] then own else lib.optional (ownName != null) (locks.normalise ownName);
      # What is told of each member with extras and groups: their names.
      namesOf = fields: lib.genAttrs names (name: lib.unique (builtins.concatMap (field: builtins.attrNames (entries.${name}.${field} or { })) fields));
    in
    {
      inherit config;
      deps = {
        default = namesOf [ ];
        all = namesOf [ "optional-dependencies" "dev-dependencies" ];
        optionals = namesOf [ "optional-dependencies" ];
        groups = namesOf [ "dev-dependencies" ];
      };
      mkPyprojectOverlay = _: overlayOf (workspaceRoot + "/uv.lock") lock;
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
      # A script with a lock of its own beside it.
      scripts.loadScript =
        { script, lockPath ? script + ".lock", ... }:
        let
          name = lib.removeSuffix ".py" (baseNameOf (toString script));
        in
        {
          inherit name;
          config = { };
          mkOverlay = _: overlayOf lockPath (locks.read lockPath);
          mkVirtualEnv = { pythonSet, ... }: pythonSet.mkVirtualEnv "${name}-env" { };
          renderScript = { venv }: "#!${venv}/bin/python\n${builtins.readFile script}";
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
