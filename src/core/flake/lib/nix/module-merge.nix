# Lays the options and definitions of all modules over each other and merges each option's definitions.
{ lib }:
let
  inherit (builtins)
    addErrorContext all any attrNames concatLists concatMap filter head isAttrs length mapAttrs zipAttrsWith;
  inherit (lib.__parts) isUnknown keepPlaces;
  inherit (lib.__parts.module-properties) dischargeProperties filterOverrides' pushDownProperties sortProperties mkOptionDefault;

  # Context is text made for each name: only pay for it where a name is evaluated.
  whileEvaluating = loc: addErrorContext "while evaluating the option `${lib.showOption loc}':";

  mergeModules =
    prefix: modules:
    mergeModules' prefix modules (
      concatMap (
        module:
        map (config: {
          file = module._file;
          inherit config;
        }) (pushDownProperties module.config)
      ) modules
    );

  # options: `{ _file, options }` list; configs: `{ file, config }` list. Gives `matchedOptions` and `unmatchedDefns`.
  mergeModules' =
    prefix: modules: configs:
    let
      checkOptions =
        module:
        if isAttrs module.options then
          module.options
        else
          throw "An option declaration for `${lib.concatStringsSep "." prefix}' has type\n`${builtins.typeOf module.options}' rather than an attribute set.\nDid you mean to define this outside of `options'?\n";
      checkConfig =
        entry:
        if isAttrs entry.config then
          entry.config
        else
          throw (lib.__parts.module-errors.configNotSet prefix entry);

      declarations = zipAttrsWith (_: concatLists) (
        map (
          module:
          let
            set = checkOptions module;
          in
          mapAttrs (name: option: [
            {
              inherit (module) _file;
              pos = builtins.unsafeGetAttrPos name set;
              options = option;
            }
          ]) set
        ) modules
      );
      # For what lies deeper, properties are pushed down; for an option its definitions stay whole.
      deeper = zipAttrsWith (_: concatLists) (
        map (
          entry:
          mapAttrs (_: value: map (config: { inherit (entry) file; inherit config; }) (pushDownProperties value)) (checkConfig entry)
        ) configs
      );
      whole = zipAttrsWith (_: concatLists) (
        map (
          entry:
          mapAttrs (_: value: [
            {
              inherit (entry) file;
              inherit value;
            }
          ]) (checkConfig entry)
        ) configs
      );

      results = mapAttrs (
        name: found:
        let
          loc = prefix ++ [ name ];
          definitions = whole.${name} or [ ];
          areOptions = filter (
            declaration:
            declaration.options ? _type
            && (lib.isOption declaration.options || throw (lib.__parts.module-errors.notAnOption loc declaration))
          ) found;
          evaluated =
            decls:
            let
              option = fixupOptionType loc (mergeOptionDecls loc decls);
            in
            {
              matchedOptions = evalOptionValue loc option definitions;
              unmatchedDefns = [ ];
            };
        in
        if length areOptions == length found then
          evaluated found
        else if areOptions != [ ] then
          # Options below an option: right where the option takes submodules.
          let
            submodule = filter (declaration: declaration.options.type.name or null == "submodule") areOptions;
            asSubmodule =
              declaration:
              if lib.isOption declaration.options then
                declaration
              else
                declaration
                // {
                  options = lib.mkOption {
                    type = types.submoduleWith {
                      modules = [
                        {
                          _file = declaration._file;
                          inherit (declaration) options;
                        }
                      ];
                      shorthandOnlyDefinesConfig = null;
                    };
                  };
                };
          in
          if length submodule == length areOptions then
            evaluated (map asSubmodule found)
          else
            throw (lib.__parts.module-errors.optionInOption loc (head areOptions) (
              filter (declaration: !(lib.isOption declaration.options)) found
            ))
        else
          mergeModules' loc found (deeper.${name} or [ ])
      ) declarations;

      # Those without an option here, and those further down.
      unmatched = removeAttrs whole (attrNames results) // mapAttrs (_: result: result.unmatchedDefns) results;
    in
    {
      matchedOptions = keepPlaces whole (mapAttrs (_: result: result.matchedOptions) results);
      unmatchedDefns =
        if configs == [ ] then
          [ ]
        else
          concatLists (
            lib.mapAttrsToList (
              name: map (definition: definition // { prefix = [ name ] ++ definition.prefix or [ ]; })
            ) unmatched
          );
    };

  inherit (lib) types;

  # Several declarations of one option: their types merged, anything else at most once.
  mergeOptionDecls =
    loc: declarations:
    let
      step =
        result: declaration:
        let
          here = declaration.options;
          both = result.type or null != null && here ? type && result ? type;
          merged = if both then result.type.typeMerge here.type.functor else null;
          clash = name: here ? ${name} && result ? ${name};
        in
        if any clash [ "default" "example" "description" "apply" ] || both && merged == null then
          throw "The option `${lib.showOption loc}' in `${toString declaration._file}' is already declared in ${lib.showFiles result.declarations}."
        else
          here
          // result
          // {
            declarations = result.declarations ++ [ declaration._file ];
            declarationPositions = result.declarationPositions ++ [
              (if declaration.pos or null == null then { file = declaration._file; line = null; column = null; } else declaration.pos)
            ];
            # Submodules of all declarations, for `fixupOptionType`.
            options =
              (if here.type.getSubModules or null == null then [ ] else map (lib.setDefaultModuleLocation declaration._file) here.type.getSubModules)
              ++ result.options;
          }
          // lib.optionalAttrs both { type = merged; };
    in
    builtins.foldl' step {
      inherit loc;
      declarations = [ ];
      declarationPositions = [ ];
      options = [ ];
    } declarations;

  # An option without a type takes anything once.
  fixupOptionType =
    loc: option:
    if option.type.getSubModules or null == null then
      option // { type = option.type or types.unspecified; }
    else
      option
      // {
        type = option.type.substSubModules option.options;
        options = [ ];
      };

  evalOptionValue =
    loc: option: definitions:
    let
      withDefault =
        (if option ? default then [
          {
            file = head (option.declarations ++ [ "<unknown-file>" ]);
            value = mkOptionDefault option.default;
          }
        ] else [ ])
        ++ definitions;
      result =
        if option.readOnly or false && length withDefault > 1 then
          throw "The option `${lib.showOption loc}' is read-only, but it's set multiple times. Definition values:${
            lib.showDefs (
              map (definition: definition // { value = (mergeDefinitions loc option.type [ definition ]).mergedValue; }) withDefault
            )
          }"
        else
          mergeDefinitions loc option.type withDefault;
      value = whileEvaluating loc (if option ? apply then option.apply result.mergedValue else result.mergedValue);
      warnDeprecation =
        if option.type.deprecationMessage or null == null then
          lib.id
        else
          lib.warn "The type `types.${option.type.name}' of option `${lib.showOption loc}' defined in ${lib.showFiles option.declarations} is deprecated. ${option.type.deprecationMessage}";
    in
    warnDeprecation (
      option
      // {
        inherit loc value;
        inherit (result.defsFinal') highestPrio;
        definitions = map (definition: definition.value) result.defsFinal;
        files = map (definition: definition.file) result.defsFinal;
        definitionsWithLocations = result.defsFinal;
        inherit (result) isDefined;
        __toString = _: lib.showOption loc;
      }
    );

  # Definitions of one value, merged by a type.
  mergeDefinitions =
    loc: type: definitions:
    let
      defsFinal' =
        let
          plain = concatMap (
            definition:
            map (value: if isOther value then value else definition // { inherit value; }) (
              addErrorContext "while evaluating definitions from `${toString definition.file}':" (dischargeProperties definition.value)
            )
          ) definitions;
          strongest = filterOverrides' plain;
        in
        {
          values = sortProperties strongest.values;
          inherit (strongest) highestPrio;
        };
      defsFinal = defsFinal'.values;
      isDefined = defsFinal != [ ];
      # A definition that says itself where it is from.
      isOther =
        value: !isUnknown value && isAttrs value && value ? _type && !isUnknown value._type && value._type == "definition";
      accepts = definition: isUnknown definition.value || type.check definition.value;
      mergedValue =
        if !isDefined then
          throw "The option `${lib.showOption loc}' was accessed but has no value defined. Try setting the option."
        else if length defsFinal == 1 && isUnknown (head defsFinal).value then
          (head defsFinal).value
        else if all accepts defsFinal then
          type.merge loc defsFinal
        else
          throw "A definition for option `${lib.showOption loc}' is not of type `${type.description}'. Definition values:${
            lib.showDefs (filter (definition: !(accepts definition)) defsFinal)
          }";
    in
    {
      inherit defsFinal' defsFinal isDefined mergedValue;
      optionalValue = if isDefined then { value = mergedValue; } else { };
    };
in
{
  inherit mergeModules mergeModules' mergeDefinitions mergeOptionDecls evalOptionValue fixupOptionType;
}
