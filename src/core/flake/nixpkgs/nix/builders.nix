# Trivial builders and fetchers, and `callPackage`.
{
  lockstep,
  final,
  stdenv,
  isFunction,
  toFunction,
  # Where packages for building come from when they are not those for running; else null.
  tools,
}:
let
  derivation = kind: args: final.stdenvNoCC.make kind (x: x) args;
  # Most of these take either a name or a set with one.
  named = kind: name: derivation kind (if builtins.isAttrs name then name else { inherit name; });
  writer = kind: name: _: named kind name;

  runCommandWith =
    {
      name,
      derivationArgs ? { },
      ...
    }:
    _: derivation "command" ({ inherit name; } // derivationArgs);
  runCommand =
    name: env: _:
    derivation "command" ({ inherit name; } // env);

  fetcher =
    kind: args:
    derivation kind {
      name = args.name or args.pname or (lockstep.baseName (args.url or (builtins.head (args.urls or [ "source" ]))));
    };
  fetchSource =
    kind: args:
    let
      result = derivation kind {
        name = args.name or "source";
        inherit (args) rev tag;
      };
    in
    result
    // { rev = args.rev or args.tag or null; tag = args.tag or null; }
    // args
    # Another nixpkgs can be imported, as everywhere.
    // (
      if builtins.match "(nixpkgs|nixpkgs-channels)" (args.repo or "") == null then
        { }
      else
        {
          inherit
            (builtins.fetchTarball {
              url = "https://github.com/${args.owner}/${args.repo}/archive/${args.rev or args.tag or "master"}.tar.gz";
            })
            outPath
            ;
        }
    );

  writeShellApplication =
    args@{ name, runtimeInputs ? [ ], ... }:
    derivation "script" {
      inherit name runtimeInputs;
      meta = { mainProgram = name; } // (args.meta or { });
      passthru = args.passthru or { };
    };
  script = name: _: derivation "script" { inherit name; meta.mainProgram = name; };

  collection =
    kind: args:
    derivation kind (args // { name = args.name or "${args.pname or "env"}-${args.version or ""}"; });
  overridableCollection = kind: {
    __functor = _: makeOverridable (collection kind);
    override = change: args: makeOverridable (collection kind) (args // toFunction change args);
  };

  # A root file system with the packages that functions of nixpkgs give; the hook of its `env` goes into it. A shell whose
  # hook was replaced does not.
  fhs =
    args:
    let
      built = collection "fhs" args;
      enters = "exec ${built}/bin/${args.name or args.pname or "fhs"}";
    in
    built
    // {
      env = final.stdenvNoCC.make "shell" (x: x) (self: {
        name = "${args.name or args.pname or "fhs"}-shell-env";
        shellHook = enters;
        nativeBuildInputs =
          if lockstep.isOpaque self.shellHook || builtins.replaceStrings [ enters ] [ "" ] self.shellHook != self.shellHook then
            (args.targetPkgs or (_: [ ])) final ++ (if args.multiPkgs or null == null then [ ] else args.multiPkgs final)
          else
            [ ];
      });
    };

  # `f args`, with an `override` that calls `f` again.
  makeOverridable =
    f: args:
    let
      result = f args;
      again = change: makeOverridable f (args // toFunction change args);
      overridable =
        if builtins.isAttrs result then
          result
          // {
            override = again;
            overrideDerivation = g: makeOverridable (args: (f args).overrideDerivation or (_: f args) g) args;
          }
          // (
            if result ? overrideAttrs then
              { overrideAttrs = g: makeOverridable (args: (f args).overrideAttrs g) args; }
            else
              { }
          )
        else if builtins.isFunction result then
          {
            __functor = _: result;
            override = again;
          }
        else
          result;
    in
    if lockstep.isOpaque result then result else overridable;

  # What `callPackage` chooses from: the packages of `xorg` as well, and each with its twin for building.
  common = (if tools == null then scope: scope else lockstep.spliced tools) (lockstep.withXorg final);

  callPackageWith =
    scope: source: args:
    let
      f = if isFunction source then source else import source;
      found = lockstep.pick (f.__functionArgs or (builtins.functionArgs f)) scope;
    in
    if lockstep.isOpaque source || lockstep.isOpaque f then
      lockstep.call f args
    else
      makeOverridable f (found // args);

  fixScope =
    scope: names:
    let
      self = names self // {
        callPackage = callPackageWith (lockstep.layer scope self);
        newScope = extra: callPackageWith (lockstep.layer (lockstep.layer scope self) extra);
        overrideScope = change: fixScope scope (self: let old = names self; in old // change self old);
        overrideScope' = change: fixScope scope (self: let old = names self; in old // change self old);
        packages = names;
      };
    in
    self;
in
{
  inherit
    callPackageWith
    makeOverridable
    fixScope
    runCommand
    runCommandWith
    writeShellApplication
    collection
    derivation
    ;

  callPackage = callPackageWith common;
  # Of a function that gives several packages: what it gives has no `override` of its own.
  callPackages =
    source: args:
    let
      f = if isFunction source then source else import source;
      found = lockstep.pick (f.__functionArgs or (builtins.functionArgs f)) common;
    in
    lockstep.call f (found // args);
  newScope = extra: callPackageWith (lockstep.layer common extra);
  makeScope = newScope: names: fixScope final names;
  makeScopeWithSplicing = _: keep: extra: names: fixScope final (self: extra self // names self // keep self);
  makeScopeWithSplicing' =
    { keep ? _: { }, extra ? _: { }, f, ... }:
    fixScope final (self: extra self // f self // keep self);

  runCommandCC = runCommand;
  runCommandLocal = runCommand;
  runCommandNoCC = runCommand;
  runCommandNoCCLocal = runCommand;

  writeText = writer "text";
  writeTextFile = args: named "text" args.name // { inherit (args) text; };
  writeTextDir = path: _: named "text" (lockstep.baseName path);
  writeScript = script;
  writeScriptBin = script;
  writeShellScript = script;
  writeShellScriptBin = script;
  concatText = name: _: named "text" name;
  concatScript = name: _: named "script" name;
  concatTextFile = args: named "text" args.name;
  writeReferencesToFile = path: named "text" "runtime-deps";
  writeStringReferencesToFile = _: named "text" "string-references";
  # `writePython3Bin name options text` has one argument more than `writeBashBin name text`.
  writers = lockstep.functions "writers" (
    name: _:
    let
      self = script (lockstep.scriptName name) "";
    in
    self // { __functor = _: _: self; }
  );

  symlinkJoin = args: collection "join" args;
  buildEnv = overridableCollection "join";
  linkFarm = name: _: named "join" name;
  linkFarmFromDrvs = name: _: named "join" name;
  buildFHSEnv = fhs;
  buildFHSUserEnv = fhs;
  buildFHSEnvBubblewrap = fhs;
  buildFHSEnvChroot = fhs;
  buildFHSUserEnvBubblewrap = fhs;
  mkBinaryCache = args: named "join" (args.name or "binary-cache");
  makeDesktopItem = args: named "text" args.name;
  makeSetupHook = args: _: named "hook" (args.name or "hook");
  makeFontsConf = _: named "text" "fonts.conf";
  makeFontsCache = _: named "text" "fc-cache";
  substituteAll = args: named "text" (args.name or "substituted");
  substitute = args: named "text" (args.name or "substituted");
  replaceVars = path: _: named "text" "replaced";
  applyPatches = args: named "source" (args.name or "patched");
  srcOnly = args: named "source" "source";
  releaseTools = lockstep.functions "releaseTools" (_: args: derivation "derivation" args);
  emptyDirectory = named "join" "empty-directory";
  emptyFile = named "text" "empty-file";

  fetchurl = fetcher "fetch";
  fetchzip = args: fetchSource "fetch" args;
  fetchpatch = fetcher "fetch";
  fetchpatch2 = fetcher "fetch";
  fetchFromGitHub = fetchSource "fetch";
  fetchFromGitLab = fetchSource "fetch";
  fetchFromGitea = fetchSource "fetch";
  fetchFromForgejo = fetchSource "fetch";
  fetchFromCodeberg = fetchSource "fetch";
  fetchFromBitbucket = fetchSource "fetch";
  fetchFromSourcehut = fetchSource "fetch";
  fetchFromSavannah = fetchSource "fetch";
  fetchFromRepoOrCz = fetchSource "fetch";
  fetchFrom9Front = fetchSource "fetch";
  fetchgit = fetchSource "fetch";
  fetchgitLocal = fetchSource "fetch";
  fetchhg = fetchSource "fetch";
  fetchsvn = fetchSource "fetch";
  fetchCrate = fetchSource "fetch";
  fetchPypi = fetchSource "fetch";
  fetchMavenArtifact = args: named "fetch" (args.artifactId or "artifact");
  fetchDockerConfig = args: named "fetch" "docker-config";
  requireFile = args: named "fetch" (args.name or "file");
  fetchYarnDeps = args: named "fetch" "offline";
  fetchNpmDeps = args: named "fetch" "npm-deps";
  prefetch-npm-deps = lockstep.package "prefetch-npm-deps";
  copyPathToStore = path: path;
  copyPathsToStore = paths: paths;
  nix-gitignore = {
    gitignoreSource = _: path: path;
    gitignoreSourcePure = _: path: path;
    gitignoreRecursiveSource = _: path: path;
    gitignoreFilterSource = _: _: path: path;
    gitignoreFilterSourcePure = _: _: path: path;
    gitignoreFilterRecursiveSource = _: _: path: path;
  };
}
