# The module system: modules in, merged `options` and `config` out.
#
# A module is collected (functions called, imports followed, disabled ones dropped), its options and definitions are
# laid over those of all others name by name, and each option then merges its definitions with its type.
{ lib }:
let
  inherit (builtins)
    attrNames concatMap elem filter head isAttrs isFunction isList isString mapAttrs toString;
  inherit (lib.__parts.module-merge) mergeModules;
  inherit (lib.__parts.module-properties) mkOverride;

  types = lib.types;

  internalModule = prefix: extendModules: type: specialArgs: {
    _file = "lib/modules.nix";
    key = "lib/modules.nix";
    options = {
      _module.args = lib.mkOption (
        {
          type = types.lazyAttrsOf types.raw;
          description = "Arguments that every module can ask for by name.";
        }
        # Told once, not for every submodule.
        // lib.optionalAttrs (prefix != [ ]) { internal = true; }
      );
      _module.check = lib.mkOption {
        type = types.bool;
        internal = true;
        default = true;
        description = "Whether a definition without an option is an error.";
      };
      _module.unknown = lib.mkOption {
        type = types.listOf types.raw;
        internal = true;
        default = [ ];
        description = "Modules that were imported and are not known.";
      };
      _module.freeformType = lib.mkOption {
        type = types.nullOr types.optionType;
        internal = true;
        default = null;
        description = "Type of what is defined without an option of its own.";
      };
      _module.specialArgs = lib.mkOption {
        readOnly = true;
        internal = true;
        type = types.lazyAttrsOf types.raw;
        description = "Arguments that can be used in imports.";
      };
    };
    config._module = {
      args = {
        inherit extendModules;
        moduleType = type;
      };
      inherit specialArgs;
    };
  };

  evalModules =
    {
      modules,
      prefix ? [ ],
      specialArgs ? { },
      class ? null,
      args ? { },
      check ? null,
    }:
    let
      legacy =
        lib.optional (args != { }) { config._module.args = args; }
        ++ lib.optional (check != null) { config._module.check = mkOverride 1000 check; };

      callArgs = {
        inherit lib options specialArgs;
        inherit config;
        _class = class;
        _prefix = prefix;
      } // specialArgs;

      collected = collectModules class (specialArgs.modulesPath or "") (
        modules ++ legacy ++ [ (internalModule prefix extendModules type specialArgs) ]
      ) callArgs;
      merged = mergeModules prefix (lib.reverseList collected);
      options = merged.matchedOptions;

      declared = lib.mapAttrsRecursiveCond (value: !(lib.isOption value)) (_: option: option.value) options;
      # Only paths without an option end in it, so that the update below never replaces a value.
      freeform =
        if merged.unmatchedDefns == [ ] then
          { }
        else
          declared._module.freeformType.merge prefix (
            map (definition: {
              inherit (definition) file;
              value = lib.setAttrByPath definition.prefix definition.value;
            }) merged.unmatchedDefns
          );
      known =
        if declared._module.freeformType == null then declared else lib.recursiveUpdate freeform declared;
      # An option that nobody declares may be one of a module that is not known.
      config =
        if declared._module.unknown == [ ] then known else lib.__parts.openTo declared._module.unknown known;

      checkUnmatched =
        if config._module.check && config._module.freeformType == null && merged.unmatchedDefns != [ ] then
          lib.__parts.module-errors.unknownOption { inherit prefix options merged; }
        else
          null;
      checked = builtins.seq checkUnmatched;

      extendModules =
        {
          modules ? [ ],
          specialArgs ? { },
          prefix ? [ ],
        }@more:
        evalModules (
          given
          // {
            modules = given.modules ++ modules;
            specialArgs = given.specialArgs or { } // specialArgs;
            prefix = more.prefix or given.prefix or [ ];
          }
        );
      given = {
        inherit modules prefix specialArgs class args check;
      };
      type = types.submoduleWith {
        inherit modules specialArgs class;
      };
    in
    {
      _type = "configuration";
      options = checked options;
      config = checked (removeAttrs config [ "_module" ]);
      _module = checked config._module;
      inherit extendModules type class;
      graph = map (module: { inherit (module) key _file; }) collected;
    };

  # All modules that `initial` leads to, each key once, without the disabled ones.
  collectModules =
    class: modulesPath: initial: args:
    let
      checkClass =
        module:
        if class == null || module._class == null || module._class == class then
          module
        else
          throw "The module `${module._file}` (class: ${lib.strings.escapeNixString module._class}) cannot be imported into a module evaluation that expects class ${lib.strings.escapeNixString class}.\n";

      loadModule =
        args: fallbackFile: fallbackKey: module:
        if lib.__parts.isUnknownModule module then
          # What it declares cannot be known: definitions for it are not errors.
          unifyModuleSyntax fallbackFile fallbackKey {
            _module.check = lib.mkForce false;
            _module.unknown = [ module ];
          }
        else if isFunction module || module ? __functor then
          unifyModuleSyntax fallbackFile fallbackKey (applyModuleArgs fallbackKey module args)
        else if isAttrs module then
          if module._type or "module" == "module" then
            unifyModuleSyntax fallbackFile fallbackKey module
          else if module._type == "if" || module._type == "override" then
            loadModule args fallbackFile fallbackKey { config = module; }
          else
            throw (lib.__parts.module-errors.notAModule class fallbackFile module._type)
        else if isList module then
          throw "Module imports can't be nested lists. Perhaps you meant to remove one level of lists? Definitions: ${
            lib.showDefs [
              {
                file = fallbackFile;
                value = module;
              }
            ]
          }"
        else
          let
            file = toString module;
          in
          loadModule args file file (import module);

      # One entry a module, with those that it imports.
      collect =
        parentFile: parentKey: modules:
        let
          entries = lib.imap1 (
            index: module:
            let
              loaded = checkClass (loadModule args parentFile "${parentKey}:anon-${toString index}" module);
            in
            {
              inherit (loaded) key;
              module = loaded;
              below = collect loaded._file loaded.key loaded.imports;
            }
          ) modules;
        in
        {
          disabled = concatMap (entry: lib.optional (entry.module.disabledModules != [ ]) entry.module ++ entry.below.disabled) entries;
          inherit entries;
        };

      tree = collect unknownModule "" initial;
      disabledKeys = concatMap (
        module:
        map (
          what:
          if isString what then
            if builtins.substring 0 1 what == "/" then what else "${toString modulesPath}/${what}"
          else if lib.strings.isConvertibleWithToString what then
            if what ? key && what.key != toString what then
              throw (lib.__parts.module-errors.disabledTwice module what)
            else
              toString what
          else
            what.key or (throw (lib.__parts.module-errors.notDisabled module what))
        ) module.disabledModules
      ) tree.disabled;
      kept = filter (entry: !(elem entry.key disabledKeys));
      reached = builtins.genericClosure {
        startSet = kept tree.entries;
        operator = entry: kept entry.below.entries;
      };
    in
    map (entry: entry.module) reached;

  unknownModule = "<unknown-file>";

  # Any way to write a module, as one shape.
  unifyModuleSyntax =
    file: key: module:
    let
      withMeta =
        config:
        if module ? meta then
          lib.mkMerge [ config { inherit (module) meta; } ]
        else
          config;
      withFreeform =
        config:
        if module ? freeformType then
          lib.mkMerge [ config { _module.freeformType = module.freeformType; } ]
        else
          config;
      common = {
        _file = toString (module._file or file);
        _class = module._class or null;
        key = toString (module.key or key);
        disabledModules = module.disabledModules or [ ];
        imports = module.imports or [ ];
      };
      known = [ "_class" "_file" "key" "disabledModules" "imports" "options" "config" "meta" "freeformType" ];
      # `require` is the name that `imports` had long ago.
      shorthand = removeAttrs module [ "_class" "_file" "key" "disabledModules" "require" "imports" "freeformType" "meta" ];
    in
    if module ? config || module ? options then
      let
        unsupported = removeAttrs module known;
      in
      if unsupported != { } then
        throw "Module `${key}' has an unsupported attribute `${head (attrNames unsupported)}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: ${toString (attrNames unsupported)}) into the explicit `config' attribute."
      else
        common
        // {
          options = module.options or { };
          config = withFreeform (withMeta (module.config or { }));
        }
    else
      lib.throwIfNot (isAttrs module) "module ${toString file} (${key}) does not look like a module." (
        common
        // {
          imports = module.require or [ ] ++ common.imports;
          options = { };
          config = withFreeform (withMeta shorthand);
        }
      );

  applyModuleArgsIfFunction =
    key: f: args:
    if lib.isFunction f then applyModuleArgs key f args else f;

  # Named arguments are looked up in `_module.args` when they are used, so that they may depend on the configuration.
  applyModuleArgs =
    key: f: args:
    let
      named = mapAttrs (
        name: _:
        builtins.addErrorContext "while evaluating the module argument `${name}' in \"${key}\":" (
          args.${name} or args.config._module.args.${name}
        )
      ) (lib.functionArgs f);
    in
    f (args // named);
in
{
  inherit
    evalModules unifyModuleSyntax applyModuleArgs applyModuleArgsIfFunction collectModules;

  # A module with a file name for messages.
  setDefaultModuleLocation = file: module: {
    _file = file;
    imports = [ module ];
  };
  importApply = path: staticArg: lib.modules.setDefaultModuleLocation path (import path staticArg);
  importJSON = file: {
    _file = file;
    config = lib.importJSON file;
  };
  importTOML = file: {
    _file = file;
    config = lib.importTOML file;
  };

  # A module evaluation as it was called before there was `_module`.
  fixMergeModules =
    modules: args:
    evalModules {
      inherit modules args;
      check = false;
    };

  inherit (lib.__parts.module-merge)
    mergeModules mergeModules' mergeDefinitions mergeOptionDecls evalOptionValue fixupOptionType;
  inherit (lib.__parts.module-properties)
    mkIf mkAssert mkMerge mkOverride mkDefinition mkOrder mkFixStrictness mkStrict defaultOverridePriority defaultPriority
    mkOptionDefault mkDefault mkImageMediaOverride mkForce mkVMOverride defaultOrderPriority mkBefore mkAfter
    pushDownProperties dischargeProperties filterOverrides filterOverrides' sortProperties mkAliasDefinitions
    mkAliasAndWrapDefinitions mkAliasAndWrapDefsWithPriority mkAliasIfDef mkDerivedConfig mergeAttrDefinitionsWithPrio;
  inherit (lib.__parts.module-renames)
    doRename mkRemovedOptionModule mkRenamedOptionModule mkRenamedOptionModuleWith mkMergedOptionModule
    mkChangedOptionModule mkAliasOptionModule mkAliasOptionModuleMD;
}
