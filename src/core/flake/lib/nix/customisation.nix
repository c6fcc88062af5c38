# Functions that can be called again with other arguments.
{ lib }:
let
  inherit (builtins) attrNames functionArgs head intersectAttrs isAttrs isFunction length listToAttrs mapAttrs;
in
rec {
  # A derivation made anew from changed arguments of the old one.
  overrideDerivation =
    drv: f:
    let
      changed = derivation (drv.drvAttrs // f drv);
    in
    lib.flip (extendDerivation (builtins.seq drv.drvPath true)) changed (
      { meta = drv.meta or { }; passthru = drv.passthru or { }; }
      // drv.passthru or { }
      // lib.optionalAttrs (drv ? __spliced) { __spliced = { }; }
    );

  makeOverridable =
    f:
    let
      mirror = lib.mirrorFunctionArgs f;
    in
    mirror (
      origArgs:
      let
        result = f origArgs;
        copyArgs = g: lib.setFunctionArgs g (lib.functionArgs f);
        overrideWith = newArgs: origArgs // (if lib.isFunction newArgs then newArgs origArgs else newArgs);
        overrideArgs = copyArgs (newArgs: makeOverridable f (overrideWith newArgs));
        overrideResult = g: makeOverridable (copyArgs (args: g (f args))) origArgs;
      in
      if isAttrs result then
        result
        // {
          override = overrideArgs;
          overrideDerivation = g: overrideResult (x: overrideDerivation x g);
          ${if result ? overrideAttrs then "overrideAttrs" else null} = g: overrideResult (x: x.overrideAttrs g);
        }
      else if isFunction result then
        lib.setFunctionArgs result (functionArgs result) // { override = overrideArgs; }
      else
        result
    );

  callPackageWith =
    autoArgs: package: args:
    let
      f = if lib.isFunction package then package else import package;
      wanted = lib.functionArgs f;
      allArgs = intersectAttrs wanted autoArgs // args;
      missing = lib.filterAttrs (name: hasDefault: !(hasDefault || allArgs ? ${name})) wanted;
      name = head (attrNames missing);
      # Distances to all of nixpkgs would take seconds: names that begin alike are enough.
      candidates = builtins.filter (
        other: builtins.substring 0 2 other == builtins.substring 0 2 name && lib.strings.levenshteinAtMost 2 name other
      ) (attrNames autoArgs);
      near = lib.take 3 (lib.sortOn (other: lib.strings.levenshtein name other) candidates);
      quoted = map (other: "\"${other}\"") near;
      suggestion =
        if quoted == [ ] then
          ""
        else if length quoted == 1 then
          ", did you mean ${head quoted}?"
        else
          ", did you mean ${lib.concatStringsSep ", " (lib.init quoted)} or ${lib.last quoted}?";
      position = builtins.unsafeGetAttrPos name wanted;
      place =
        if position != null then
          "${position.file}:${toString position.line}"
        else if !(lib.isFunction package) then
          toString package + lib.optionalString (lib.pathIsDirectory package) "/default.nix"
        else
          "<unknown location>";
    in
    if missing == { } then
      makeOverridable f allArgs
    else
      abort "lib.customisation.callPackageWith: Function called without required argument \"${name}\" at ${place}${suggestion}";
  callPackagesWith =
    autoArgs: package: args:
    let
      f = if lib.isFunction package then package else import package;
      auto = intersectAttrs (lib.functionArgs f) autoArgs;
      allArgs = auto // args;
      packages = f allArgs;
      make = name: _: makeOverridable (lib.mirrorFunctionArgs f (newArgs: (f newArgs).${name})) allArgs;
    in
    if lib.isDerivation packages then
      throw "function `callPackages` was called on a *single* derivation \"${packages.name or "<unknown-name>"}\"; did you mean to use `callPackage` instead?"
    else
      mapAttrs make packages;

  # A derivation with more attributes, each of its outputs included; `condition` is checked when it is built.
  extendDerivation =
    condition: passthru: drv:
    let
      outputs = drv.outputs or [ "out" ];
      common =
        drv
        // listToAttrs outputsList
        // { all = map (output: output.value) outputsList; }
        // passthru;
      outputsList = map (name: {
        inherit name;
        value =
          common
          // {
            inherit (drv.${name}) type outputName;
            outputSpecified = true;
            drvPath =
              assert condition;
              drv.${name}.drvPath;
            outPath =
              assert condition;
              drv.${name}.outPath;
          }
          // lib.optionalAttrs (passthru ? overrideAttrs) {
            overrideAttrs = changes: (passthru.overrideAttrs changes).${name};
          };
      }) outputs;
    in
    common
    // {
      drvPath =
        assert condition;
        drv.drvPath;
      outPath =
        assert condition;
        drv.outPath;
    };

  hydraJob =
    drv:
    let
      outputs = drv.outputs or [ "out" ];
      common =
        {
          inherit (drv) name system meta;
          inherit outputs;
        }
        // lib.optionalAttrs (drv._hydraAggregate or false) {
          _hydraAggregate = true;
          constituents = map hydraJob (lib.flatten drv.constituents);
        }
        // listToAttrs outputsList;
      outputsList = map (output: {
        name = output;
        value = common // {
          outPath = drv.${output}.outPath;
          drvPath = drv.${output}.drvPath;
          type = "derivation";
          outputName = output;
        };
      }) outputs;
    in
    if drv == null then null else (head outputsList).value;

  makeScope =
    newScope: f:
    let
      self = f self // {
        newScope = scope: newScope (self // scope);
        callPackage = self.newScope { };
        overrideScope = overlay: makeScope newScope (lib.extends overlay f);
        overrideScope' = overlay: makeScope newScope (lib.extends overlay f);
        packages = f;
      };
    in
    self;
  makeScopeWithSplicing =
    splicePackages: newScope: otherSplices: keep: extra: f:
    makeScopeWithSplicing' { inherit splicePackages newScope; } { inherit otherSplices keep extra f; };
  makeScopeWithSplicing' =
    { splicePackages, newScope }:
    {
      otherSplices,
      f,
      keep ? (_: { }),
      extra ? (_: { }),
    }:
    let
      spliced0 = splicePackages {
        pkgsBuildBuild = otherSplices.selfBuildBuild;
        pkgsBuildHost = otherSplices.selfBuildHost;
        pkgsBuildTarget = otherSplices.selfBuildTarget;
        pkgsHostHost = otherSplices.selfHostHost;
        pkgsHostTarget = self;
        pkgsTargetTarget = otherSplices.selfTargetTarget;
      };
      spliced = extra spliced0 // spliced0 // keep self;
      self = f self // {
        newScope = scope: newScope (spliced // scope);
        callPackage = newScope spliced;
        overrideScope =
          overlay:
          makeScopeWithSplicing' { inherit splicePackages newScope; } {
            inherit otherSplices keep extra;
            f = lib.extends overlay f;
          };
        packages = f;
      };
    in
    self;

  # A builder such as buildGoModule on top of another one, taking a set or a function of the final attributes.
  extendMkDerivation =
    let
      extendsWithExclusion =
        excluded: g: f: final:
        let
          previous = f final;
        in
        removeAttrs previous excluded // g final previous;
    in
    {
      constructDrv,
      excludeDrvArgNames ? [ ],
      excludeFunctionArgNames ? [ ],
      extendDrvArgs,
      inheritFunctionArgs ? true,
      transformDrv ? lib.id,
    }:
    lib.setFunctionArgs
      (
        fpargs:
        transformDrv (constructDrv (extendsWithExclusion excludeDrvArgNames extendDrvArgs (lib.toFunction fpargs)))
      )
      (
        removeAttrs (
          lib.functionArgs (extendDrvArgs { }) // lib.optionalAttrs inheritFunctionArgs (lib.functionArgs constructDrv)
        ) excludeFunctionArgNames
      );

  renameCrossIndexFrom = prefix: set: {
    pkgsBuildBuild = set."${prefix}BuildBuild";
    pkgsBuildHost = set."${prefix}BuildHost";
    pkgsBuildTarget = set."${prefix}BuildTarget";
    pkgsHostHost = set."${prefix}HostHost";
    pkgsHostTarget = set."${prefix}HostTarget";
    pkgsTargetTarget = set."${prefix}TargetTarget";
  };
  renameCrossIndexTo = prefix: set: {
    "${prefix}BuildBuild" = set.pkgsBuildBuild;
    "${prefix}BuildHost" = set.pkgsBuildHost;
    "${prefix}BuildTarget" = set.pkgsBuildTarget;
    "${prefix}HostHost" = set.pkgsHostHost;
    "${prefix}HostTarget" = set.pkgsHostTarget;
    "${prefix}TargetTarget" = set.pkgsTargetTarget;
  };
  mapCrossIndex =
    f: set: mapAttrs (_: f) {
      inherit (set) pkgsBuildBuild pkgsBuildHost pkgsBuildTarget pkgsHostHost pkgsHostTarget pkgsTargetTarget;
    };
}
