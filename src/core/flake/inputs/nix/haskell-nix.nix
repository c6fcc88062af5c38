# input-output-hk/haskell.nix: an overlay with projects that Cabal or Stack plan. The plan is made while Nix evaluates, by
# building it: what a project depends on is one thing that cannot be known; its compiler and tools are asked for by name.
# https://github.com/input-output-hk/haskell.nix/blob/master/docs/tutorials/development.md
{ lib, lockstep, ... }:
let
  inherit (builtins) attrNames concatMap elemAt isAttrs isFunction isList isString match removeAttrs;

  package =
    attribute: version: unknown:
    lockstep.package {
      inherit attribute version;
      pname = attribute;
      certainty = if version == null then "unknown" else "exact";
      reason = if version == null then unknown else "the version that the flake asks haskell.nix for";
    };

  # `ghc8107` is 8.10.7, `ghc96` the newest 9.6. A minor of two digits starts with 1.
  compiler =
    name:
    let
      parts = match "ghc([89])(1[0-9]|[02-9])([0-9]?)" name;
      whole = parts != null && elemAt parts 2 != "";
    in
    package "ghc" (if whole then lib.concatStringsSep "." parts else null) "the newest that haskell.nix calls ${name}";

  tool =
    name: asked:
    let
      attribute = { cabal = "cabal-install"; hls = "haskell-language-server"; }.${name} or name;
      said = if isAttrs asked then asked.version or "latest" else asked;
    in
    package attribute (if isString said && match "[0-9][0-9.]*" said != null then said else null)
      "haskell.nix takes the newest of its Hackage snapshot";
  toolsOf = tools: concatMap (name: lockstep.placed "tools.${name}" tools name [ (tool name tools.${name}) ]) (attrNames tools);

  # Arguments may be modules: functions, and several in a list.
  settings =
    final: given:
    if isList given then
      builtins.foldl' (all: each: joined all (settings final each)) { } given
    else if isFunction given then
      given { pkgs = final; inherit lib; config = { }; }
    else
      given;
  joined =
    under: over:
    under
    // over
    // (if under ? shell && over ? shell then { shell = joinedShell under.shell over.shell; } else { });
  joinedShell =
    under: over:
    under
    // over
    // { tools = (under.tools or { }) // (over.tools or { }); }
    // lib.genAttrs [ "buildInputs" "nativeBuildInputs" "inputsFrom" ] (list: (under.${list} or [ ]) ++ (over.${list} or [ ]));

  shellOf =
    final: args: shell:
    final.mkShell (
      removeAttrs shell [ "packages" "components" "additional" "tools" "withHoogle" "withHaddock" "exactDeps" "crossPlatforms" "allToolDeps" "packageSetupDeps" ]
      // {
        nativeBuildInputs = [ (compiler (args.compiler-nix-name or "ghc")) ] ++ toolsOf (shell.tools or { }) ++ (shell.nativeBuildInputs or [ ]);
        buildInputs =
          (shell.buildInputs or [ ])
          ++ lib.optional (shell.withHoogle or true) (package "hoogle" null "haskell.nix makes an index of the project's packages")
          ++ [
            (lockstep.unresolved {
              what = "packages of the project";
              reason = "haskell.nix plans from the Cabal files what the project is built with";
            })
          ];
      }
    );

  # Since 2023 a shell with more arguments keeps those of the project.
  keeps = isSince 1672531200;
  isSince = date: (lockstep.input.lastModified or 0) == 0 || lockstep.input.lastModified >= date;

  project =
    final: given:
    let
      args = settings final given;
      shellArgs = settings final (args.shell or { });
      shellFor = more: shellOf final args (if keeps then joinedShell shellArgs more else more);
      component = name: package (lib.last (lib.splitString ":" name)) null "the project makes it itself";
      self = {
        inherit args shellFor;
        pkgs = final;
        shell = shellOf final args shellArgs;
        flake = _: {
          packages = lockstep.anyName component;
          checks = lockstep.anyName component;
          apps = { };
          devShell = self.shell;
        }
        // lib.optionalAttrs (isSince 1650000000) { devShells.default = self.shell; };
        flake' = self.flake { };
        appendModule = more: project final (joined args (settings final more));
        addModule = self.appendModule;
        appendOverlays = _: self;
        addOverlay = _: self;
        tool = name: asked: tool name asked;
        tools = lib.mapAttrs tool;
        projectCross = lockstep.anyName (_: self);
        hsPkgs = lockstep.anyName (_: lockstep.unknown.hsPkgs);
      };
    in
    self;

  functionsFor =
    final:
    let
      make = project final;
      named = {
        project = make;
        project' = make;
        cabalProject = make;
        cabalProject' = make;
        stackProject = make;
        stackProject' = make;
        tool = _: tool;
        tools = _: lib.mapAttrs tool;
        compiler = lockstep.anyName compiler;
        haskellLib = lockstep.anyName (
          name:
          if name == "cleanGit" || name == "cleanSourceWith" then source: source.src else lockstep.unknown.haskellLib.${name}
        );
        cleanSourceHaskell = source: source.src or source;
      };
    in
    lockstep.anyName (name: named.${name} or lockstep.unknown.haskell-nix.${name});

  overlay = final: prev: { haskell-nix = functionsFor final; };
  packages = lib.genAttrs lib.systems.flakeExposed (system: (lockstep.pkgsFor system).extend overlay);
in
{
  outputs = {
    inherit overlay;
    overlays = { combined = overlay; default = overlay; };
    config = { };
    legacyPackages = packages;
  };
}
