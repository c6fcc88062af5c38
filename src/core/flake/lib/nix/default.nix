# The library's names. A file is read when a name that stands in it is first used.
#
# `maintainers` and `teams`: people are not known here; who embeds the library may give a value that answers any name.
# `isUnknown`: whether a value is one of whom nothing is known; `isUnknownModule`: the same of a module that is imported,
# which then turns checks off.
# `isBroken`: whether evaluating a value fails.
# `keepPlaces`: the second set, its members being written where the first one has them.
# `overlay`: `previous // changes`, where changes may be unknown, or in part (`__rest`).
# `openTo`: the second set, any other name being one of the values listed first, of which nothing is known.
# `file`: gives the function in a file of this folder by its name, such as `lists`.
{
  file ? name: import (./. + "/${name}.nix"),
  isUnknown ? _: false,
  isUnknownModule ? isUnknown,
  isBroken ? _: false,
  keepPlaces ? _: made: made,
  openTo ? _: known: known,
  overlay ? previous: changes: previous // changes,
  maintainers ? { },
  teams ? { },
}:
let
  makeExtensible =
    f:
    let
      self = f self // {
        __unfix__ = f;
        extend =
          overlay:
          makeExtensible (
            final:
            let
              prev = f final;
            in
            prev // overlay final prev
          );
      };
    in
    self;
in
makeExtensible (
  lib:
  let
    load = name: file name { inherit lib; };
  in
  {
    trivial = load "trivial";
    fixedPoints = load "fixed-points";
    attrsets = load "attrsets";
    lists = load "lists";
    strings = load "strings";
    stringsWithDeps = load "strings-with-deps";
    cli = load "cli";
    customisation = load "customisation";
    derivations = load "derivations";
    meta = load "meta";
    versions = load "versions";
    modules = load "modules";
    options = load "options";
    types = load "types";
    licenses = load "licenses";
    sourceTypes = load "source-types";
    systems = load "systems";
    gvariant = load "gvariant";
    generators = load "generators";
    asserts = load "asserts";
    debug = load "debug";
    misc = load "misc";
    fetchers = load "fetchers";
    filesystem = load "filesystem";
    fileset = load "fileset";
    sources = load "sources";
    path = load "path";
    network = load "network";
    kernel = load "kernel";
    flakes = load "flakes";
    inherit maintainers teams;
    platforms = lib.systems.doubles;
    callLibs = path: import path { inherit lib; };

    # Files that others here are made of.
    __parts = {
      inherit isUnknown isUnknownModule isBroken keepPlaces openTo overlay;
      module-merge = load "module-merge";
      module-properties = load "module-properties";
      module-errors = load "module-errors";
      module-renames = load "module-renames";
      strings-more = load "strings-more";
      systems-architectures = load "systems-architectures";
      systems-doubles = load "systems-doubles";
      systems-inspect = load "systems-inspect";
      systems-parse = load "systems-parse";
      systems-platforms = load "systems-platforms";
      types-simple = load "types-simple";
      types-submodule = load "types-submodule";
    };

    inherit (builtins)
      add addErrorContext attrNames concatLists deepSeq elem elemAt filter genericClosure genList getAttr hasAttr head
      isAttrs isBool isInt isList isPath isString length lessThan listToAttrs pathExists readFile replaceStrings seq match split typeOf unsafeGetAttrPos
      stringLength sub substring tail trace;
    inherit (lib.trivial)
      id const pipe concat "or" and xor implies mul bitAnd bitOr bitXor bitNot boolToString boolToYesNo mergeAttrs flip
      mapNullable defaultTo inNixShell isFloat min max importJSON importTOML warn warnIf warnIfNot throwIf throwIfNot
      checkListOfEnum info showWarnings nixpkgsVersion version isInOldestRelease oldestSupportedRelease
      oldestSupportedReleaseIsAtLeast mod compare splitByAndCompare functionArgs setFunctionArgs isFunction toFunction
      mirrorFunctionArgs fromHexString toHexString toBaseDigits inPureEvalMode;
    inherit (lib.fixedPoints)
      fix fix' converge extends composeExtensions composeManyExtensions makeExtensible makeExtensibleWithCustomName
      toExtension;
    inherit (lib.attrsets)
      attrByPath hasAttrByPath setAttrByPath getAttrFromPath attrVals attrValues getAttrs catAttrs filterAttrs
      filterAttrsRecursive foldlAttrs foldAttrs collect nameValuePair mapAttrs mapAttrs' mapAttrsToList attrsToList
      concatMapAttrs mapAttrsRecursive mapAttrsRecursiveCond mapAttrsToListRecursive mapAttrsToListRecursiveCond genAttrs
      genAttrs' isDerivation toDerivation optionalAttrs zip zipAttrsWithNames zipAttrsWith zipAttrs recursiveUpdateUntil
      recursiveUpdate matchAttrs mergeAttrsList overrideExisting showAttrPath getOutput getFirstOutput getBin getLib
      getStatic getDev getInclude getMan chooseDevOutputs zipWithNames recurseIntoAttrs dontRecurseIntoAttrs
      cartesianProduct cartesianProductOfSets mapCartesianProduct updateManyAttrsByPath longestValidPathPrefix
      unionOfDisjoint removeAttrs intersectAttrs;
    inherit (lib.lists)
      singleton forEach map foldr fold foldl foldl' imap0 imap1 ifilter0 concatMap flatten remove findSingle findFirst any
      all count optional optionals toList range replicate partition zipListsWith zipLists reverseList listDfs toposort
      sort sortOn naturalSort compareLists take takeEnd drop dropEnd sublist last init crossLists unique uniqueStrings
      allUnique intersectLists subtractLists mutuallyExclusive groupBy groupBy' concatAttrValues;
    inherit (lib.strings)
      concatStrings concatMapStrings concatImapStrings stringAsChars intersperse concatStringsSep concatMapStringsSep
      concatMapAttrsStringSep concatImapStringsSep concatLines trim trimWith makeSearchPath makeSearchPathOutput
      makeLibraryPath makeIncludePath makeBinPath join replaceString optionalString hasInfix hasPrefix hasSuffix stringToCharacters escape
      escapeShellArg escapeShellArgs isStorePath isStringLike isValidPosixName toShellVar toShellVars escapeRegex
      escapeURL escapeXML lowerChars upperChars toLower toUpper toSentenceCase toCamelCase addContextFrom splitString
      splitStringBy removePrefix removeSuffix versionOlder versionAtLeast getName getVersion nameFromURL mesonOption
      mesonBool mesonEnable cmakeOptionType cmakeBool cmakeFeature enableFeature enableFeatureAs withFeature withFeatureAs
      fixedWidthString fixedWidthNumber toInt toIntBase10 readPathsFromFile fileContents sanitizeDerivationName
      isConvertibleWithToString isCoercibleToString charToInt normalizePath escapeC floatToString replaceChars;
    inherit (lib.stringsWithDeps)
      textClosureList textClosureMap noDepEntry fullDepEntry packEntry stringAfter;
    inherit (lib.customisation)
      overrideDerivation makeOverridable callPackageWith callPackagesWith extendDerivation hydraJob makeScope
      makeScopeWithSplicing makeScopeWithSplicing' extendMkDerivation renameCrossIndexFrom renameCrossIndexTo
      mapCrossIndex;
    inherit (lib.derivations) lazyDerivation optionalDrvAttr warnOnInstantiate;
    inherit (lib.meta)
      addMetaAttrs dontDistribute setName updateName appendToName mapDerivationAttrset setPrio lowPrio lowPrioSet hiPrio
      hiPrioSet licensesSpdx getLicenseFromSpdxId getLicenseFromSpdxIdOr getExe getExe' platformMatch availableOn;
    inherit (lib.filesystem)
      pathType pathIsDirectory pathIsRegularFile packagesFromDirectoryRecursive listFilesRecursive haskellPathsInDir
      locateDominatingFile resolveDefaultNix;
    inherit (lib.sources)
      cleanSourceFilter cleanSource sourceByRegex sourceFilesBySuffices commitIdFromGitRepo cleanSourceWith pathIsGitRepo
      revOrTag repoRevToName canCleanSource pathHasContext urlToName shortRev;
    inherit (lib.modules)
      evalModules setDefaultModuleLocation unifyModuleSyntax applyModuleArgsIfFunction mergeModules mergeModules'
      mergeOptionDecls mergeDefinitions pushDownProperties dischargeProperties filterOverrides filterOverrides'
      sortProperties fixupOptionType mkIf mkAssert mkDefinition mkMerge mkOverride mkOptionDefault mkDefault
      mkImageMediaOverride mkForce mkVMOverride mkFixStrictness mkStrict mkOrder mkBefore mkAfter mkAliasDefinitions
      mkAliasAndWrapDefinitions mkAliasAndWrapDefsWithPriority mkAliasIfDef mkDerivedConfig doRename mkRemovedOptionModule
      mkRenamedOptionModule mkRenamedOptionModuleWith mkMergedOptionModule mkChangedOptionModule mkAliasOptionModule
      mkAliasOptionModuleMD mergeAttrDefinitionsWithPrio evalOptionValue defaultOverridePriority defaultOrderPriority
      importApply collectModules fixMergeModules;
    inherit (lib.options)
      isOption mkOption mkEnableOption mkPackageOption mkPackageOptionMD mkSinkUndeclaredOptions mergeDefaultOption
      mergeOneOption mergeUniqueOption mergeEqualOption getValues getFiles optionAttrSetToDocList
      optionAttrSetToDocList' scrubOptionValue literalExpression literalExample literalCode literalMD mdDoc showOption
      showFiles showDefs showOptionWithDefLocs unknownModule;
    inherit (lib.types) isType setType defaultTypeMerge defaultFunctor isOptionType mkOptionType;
    inherit (lib.versions) splitVersion;
    inherit (lib.asserts) assertMsg assertOneOf assertEachOneOf checkAssertWarn;
    inherit (lib.debug)
      addErrorContextToAttrs traceIf traceVal traceValFn traceSeq traceSeqN traceValSeq traceValSeqFn traceValSeqN traceValSeqNFn traceFnSeqN
      runTests testAllTrue throwTestFailures;
    inherit (lib.misc)
      maybeEnv maybeAttr maybeAttrNullable ifEnable defaultMergeArg defaultMerge foldArgs checkFlag getValue checkReqs uniqList uniqListExt condConcat
      lazyGenericClosure innerModifySumArgs modifySumArgs innerClosePropagation closePropagation mapAttrsFlatten nvs
      setAttr setAttrMerge mergeAttrsWithFunc mergeAttrsConcatenateValues mergeAttrsNoOverride mergeAttrByFunc
      mergeAttrsByFuncDefaults mergeAttrsByFuncDefaultsClean mergeAttrBy nixType imap fakeHash fakeSha256 fakeSha512;
    inherit (lib.generators) mkLuaInline;
    inherit (lib.cli)
      toGNUCommandLine toGNUCommandLineShell toCommandLine toCommandLineShell toCommandLineGNU toCommandLineShellGNU;
    inherit (lib.flakes) parseFlakeRef flakeRefToString;
  }
)
