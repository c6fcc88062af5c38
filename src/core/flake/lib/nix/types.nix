# Types of options: what is accepted (`check`) and how several definitions become one value (`merge`).
{ lib }:
let
  inherit (builtins)
    all concatLists elem filter head isAttrs isBool isList length mapAttrs toString zipAttrsWith;
  inherit (lib) mergeEqualOption mergeOneOption mergeUniqueOption showOption;
  inherit (lib.__parts) isUnknown;

  # A description in parentheses where it would be misread as a part of a longer one.
  describeIn =
    classes: type: if elem (type.descriptionClass or null) classes then type.description else "(${type.description})";

  # Types around one element type merge when their elements do.
  elemFunctor =
    name: make: elemType:
    types.defaultFunctor name
    // {
      type = payload: make payload.elemType;
      payload = { inherit elemType; };
      binOp =
        a: b:
        let
          merged = a.elemType.typeMerge b.elemType.functor;
        in
        if merged == null then null else { elemType = merged; };
      wrapped = elemType;
    };

  mergeElements =
    elemType: loc: name: defs:
    lib.mergeDefinitions (loc ++ [ name ]) elemType defs;

  # Definitions of sets, by name.
  byName =
    defs:
    zipAttrsWith (_: values: values) (
      map (def: mapAttrs (_: value: { inherit (def) file; inherit value; }) def.value) defs
    );

  types = rec {
    isType = type: value: value._type or "" == type;
    setType = typeName: value: value // { _type = typeName; };

    defaultFunctor = name: {
      inherit name;
      type = types.${name} or null;
      wrapped = null;
      payload = null;
      binOp = a: b: null;
    };
    defaultTypeMerge =
      f: g:
      if f.name != g.name then
        null
      else if f.payload or null != null && g.payload or null != null then
        let
          payload = f.binOp f.payload g.payload;
        in
        if payload == null then null else f.type payload
      else if f.wrapped or null != null && g.wrapped or null != null then
        let
          wrapped = f.wrapped.typeMerge g.wrapped.functor;
        in
        if wrapped == null then null else f.type wrapped
      else if f.payload or null == null && g.payload or null == null && f.wrapped or null == null && g.wrapped or null == null then
        f.type
      else
        null;

    isOptionType = isType "option-type";
    mkOptionType =
      {
        name,
        description ? null,
        descriptionClass ? null,
        check ? (_: true),
        merge ? lib.options.mergeDefaultOption,
        emptyValue ? { },
        getSubOptions ? (_: { }),
        getSubModules ? null,
        substSubModules ? (_: null),
        typeMerge ? defaultTypeMerge functor,
        functor ? defaultFunctor name,
        deprecationMessage ? null,
        nestedTypes ? { },
      }:
      {
        _type = "option-type";
        inherit
          name check merge emptyValue getSubOptions getSubModules substSubModules typeMerge deprecationMessage nestedTypes
          descriptionClass;
        functor = functor // { wrapped = functor.wrapped or null; };
        description = if description == null then name else description;
      };

    # Plain values.
    unspecified = mkOptionType {
      name = "unspecified";
      description = "unspecified value";
      descriptionClass = "noun";
    };
    raw = mkOptionType {
      name = "raw";
      description = "raw value";
      descriptionClass = "noun";
      merge = mergeOneOption;
    };
    anything = mkOptionType {
      name = "anything";
      description = "anything";
      descriptionClass = "noun";
      merge =
        loc: defs:
        let
          kindOf = value: if isAttrs value && lib.isStringLike value then "stringCoercibleSet" else builtins.typeOf value;
          kinds = lib.unique (map (def: kindOf def.value) defs);
          kind =
            if length kinds == 1 then
              head kinds
            else
              throw "The option `${showOption loc}' has conflicting option types in ${lib.showFiles (lib.getFiles defs)}";
          merges = {
            set = (attrsOf anything).merge;
            stringCoercibleSet = mergeOneOption;
            lambda =
              loc: defs: argument:
              anything.merge (loc ++ [ "<function body>" ]) (
                map (def: {
                  inherit (def) file;
                  value = def.value argument;
                }) defs
              );
          };
        in
        (merges.${kind} or mergeEqualOption) loc defs;
    };
    bool = mkOptionType {
      name = "bool";
      description = "boolean";
      descriptionClass = "noun";
      check = isBool;
      merge = mergeEqualOption;
    };
    boolByOr = mkOptionType {
      name = "boolByOr";
      description = "boolean (merged using or)";
      descriptionClass = "noun";
      check = isBool;
      merge = loc: defs: builtins.any (def: def.value) defs;
    };

    inherit (lib.__parts.types-simple)
      int ints float number numbers port str singleLineStr nonEmptyStr strMatching separatedString lines commas envVar
      string passwdEntry path pathInStore externalPath pathWith pkgs package shellPackage fileset attrs attrset optionType
      enum luaInline;

    # Containers.
    listOf =
      elemType:
      mkOptionType {
        name = "listOf";
        description = "list of ${describeIn [ "noun" "composite" ] elemType}";
        descriptionClass = "composite";
        check = isList;
        merge =
          loc: defs:
          let
            one =
              index: def:
              if lib.__parts.isUnknown def.value then
                # As many elements as nobody knows: one that stands for them.
                [ def.value ]
              else if keepsPackages && all isPackage def.value then
                def.value
              else if keepsPackages then
                (builtins.foldl' (
                  { position, elements }:
                  value:
                  let
                    # Not `[ value ]`: that would be a new element, written here.
                    more = if isPackage value then builtins.attrValues { inherit value; } else mergeElement index def position value;
                    all = elements ++ more;
                  in
                  builtins.seq all { position = position + 1; elements = all; }
                ) { position = 1; elements = [ ]; } def.value).elements
              else
                concatLists (lib.imap1 (mergeElement index def) def.value);
            mergeElement =
              index: def: position: value:
              let
                merged = lib.mergeDefinitions (loc ++ [ "[definition ${toString index}-entry ${toString position}]" ]) elemType [
                  {
                    inherit (def) file;
                    inherit value;
                  }
                ];
              in
              if merged.isDefined then [ merged.mergedValue ] else [ ];
            # These types give a package back as it is. Passing the elements on untouched keeps the place where each was
            # written.
            keepsPackages = elem elemType.name [ "package" "shellPackage" "coercedTo" "nullOr" "raw" "unspecified" "anything" ];
            # One that cannot be evaluated is told where it is looked at, and hides no other.
            isPackage =
              value: lib.__parts.isBroken value || lib.__parts.isUnknown value || (lib.isDerivation value && elemType.check value);
          in
          concatLists (lib.imap1 one defs);
        emptyValue.value = [ ];
        getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "*" ]);
        inherit (elemType) getSubModules;
        substSubModules = modules: listOf (elemType.substSubModules modules);
        functor = elemFunctor "listOf" listOf elemType;
        nestedTypes.elemType = elemType;
      };
    nonEmptyListOf =
      elemType:
      let
        list = addCheck (listOf elemType) (value: value != [ ]);
      in
      list
      // {
        description = "non-empty ${describeIn [ "noun" ] list}";
        emptyValue = { };
        substSubModules = modules: nonEmptyListOf (elemType.substSubModules modules);
      };
    attrsOf = elemType: attrsWith { inherit elemType; };
    lazyAttrsOf = elemType: attrsWith { inherit elemType; lazy = true; };
    attrsWith =
      {
        elemType,
        lazy ? false,
        placeholder ? "name",
      }:
      mkOptionType {
        name = if lazy then "lazyAttrsOf" else "attrsOf";
        description = "${if lazy then "lazy attribute set" else "attribute set"} of ${describeIn [ "noun" "composite" ] elemType}";
        descriptionClass = "composite";
        check = isAttrs;
        # A lazy set keeps every name that is defined, without looking at conditions.
        merge =
          loc: defs:
          if lazy then
            mapAttrs (
              name: found:
              let
                merged = mergeElements elemType loc name found;
              in
              merged.optionalValue.value or elemType.emptyValue.value or merged.mergedValue
            ) (byName defs)
          else
            mapAttrs (_: merged: merged.mergedValue) (
              lib.filterAttrs (_: merged: merged.isDefined) (mapAttrs (mergeElements elemType loc) (byName defs))
            );
        emptyValue.value = { };
        getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "<${placeholder}>" ]);
        inherit (elemType) getSubModules;
        substSubModules = modules: attrsWith { elemType = elemType.substSubModules modules; inherit lazy placeholder; };
        functor = defaultFunctor "attrsWith" // {
          type = attrsWith;
          payload = { inherit elemType lazy placeholder; };
          wrapped = elemType;
          binOp =
            a: b:
            let
              merged = a.elemType.typeMerge b.elemType.functor;
              # A placeholder that somebody chose wins over the usual one.
              placeholders = filter (text: text != "name") (lib.unique [ a.placeholder b.placeholder ]);
            in
            if merged == null || a.lazy != b.lazy || length placeholders > 1 then
              null
            else
              {
                elemType = merged;
                inherit (a) lazy;
                placeholder = if placeholders == [ ] then "name" else head placeholders;
              };
        };
        nestedTypes.elemType = elemType;
      };
    loaOf =
      elemType:
      attrsOf elemType
      // {
        name = "loaOf";
        deprecationMessage = "Mixing lists with attribute values is no longer possible; please use `types.attrsOf` instead. See https://github.com/NixOS/nixpkgs/issues/1800 for the motivation.";
      };
    # One of several names with a type each: `{ a = 1; }` or `{ b = "x"; }`.
    attrTag =
      tags:
      let
        quoted = lib.strings.escapeNixIdentifier;
        # What is no option, in a few words.
        kindOf =
          value:
          if value._type or null == "option-type" then
            "was a bare type, not wrapped in mkOption."
          else if value ? _type then
            "was of type ${lib.strings.escapeNixString value._type}."
          else
            "was not.";
        tagged = mapAttrs (
          name: option:
          let
            position = builtins.unsafeGetAttrPos name tags;
            here = if position == null then [ ] else [ position ];
          in
          lib.throwIf (option._type or null != "option")
            "In attrTag, each tag value must be an option, but tag ${quoted name} ${kindOf option}"
            (
              {
                declarations = map (place: place.file) here;
                declarationPositions = here;
              }
              // option
              // { type = option.type or unspecified; }
            )
        ) tags;
      in
      mkOptionType {
        name = "attrTag";
        description = "attribute-tagged union";
        descriptionClass = "noun";
        getSubOptions =
          prefix: mapAttrs (name: option: { ${showOption prefix} = option // { loc = prefix ++ [ name ]; }; }) tagged;
        check = value: isAttrs value && length (builtins.attrNames value) == 1 && tags ? ${head (builtins.attrNames value)};
        merge =
          loc: defs:
          let
            choice = head (builtins.attrNames (head defs).value);
            inner = map (def: {
              inherit (def) file;
              value =
                def.value.${choice}
                  or (throw "The option `${showOption loc}` is defined both as `${choice}` and `${head (builtins.attrNames def.value)}`, in ${lib.showFiles (lib.getFiles defs)}.");
            }) defs;
            option = lib.modules.evalOptionValue (loc ++ [ choice ]) tagged.${choice} inner;
          in
          {
            ${choice} = option.value;
          };
        nestedTypes = tagged;
        functor = defaultFunctor "attrTag" // {
          type = payload: attrTag payload.tags;
          payload.tags = tagged;
          # A tag that both have is one option declared twice.
          binOp =
            a: b:
            let
              declared = option: {
                options = option;
                _file = "<attrTag {...}>";
                pos = null;
              };
              both =
                name: option:
                lib.mergeOptionDecls [ name ] [ (declared a.tags.${name}) (declared option) ]
                // {
                  declarations = a.tags.${name}.declarations ++ option.declarations;
                  declarationPositions = a.tags.${name}.declarationPositions ++ option.declarationPositions;
                };
            in
            {
              tags = a.tags // b.tags // mapAttrs both (builtins.intersectAttrs a.tags b.tags);
            };
        };
      };
    uniq = unique { message = ""; };
    unique =
      { message }:
      type:
      type
      // {
        name = "unique";
        merge = mergeUniqueOption {
          inherit message;
          inherit (type) merge;
        };
        typeMerge = defaultTypeMerge (elemFunctor "unique" (unique { inherit message; }) type);
        functor = elemFunctor "unique" (unique { inherit message; }) type;
        substSubModules = modules: uniq (type.substSubModules modules);
        nestedTypes.elemType = type;
      };
    nullOr =
      elemType:
      mkOptionType {
        name = "nullOr";
        description = "null or ${describeIn [ "noun" "conjunction" ] elemType}";
        descriptionClass = "conjunction";
        check = value: value == null || elemType.check value;
        merge =
          loc: defs:
          let
            nulls = lib.count (def: def.value == null) defs;
          in
          if nulls == length defs then
            null
          else if nulls != 0 then
            throw "The option `${showOption loc}` is defined both null and not null, in ${lib.showFiles (lib.getFiles defs)}."
          else
            elemType.merge loc defs;
        emptyValue.value = null;
        inherit (elemType) getSubOptions getSubModules;
        substSubModules = modules: nullOr (elemType.substSubModules modules);
        functor = elemFunctor "nullOr" nullOr elemType;
        nestedTypes.elemType = elemType;
      };
    functionTo =
      elemType:
      mkOptionType {
        name = "functionTo";
        description = "function that evaluates to a(n) ${describeIn [ "noun" "composite" ] elemType}";
        descriptionClass = "composite";
        check = lib.isFunction;
        merge =
          loc: defs:
          let
            argumentNames = mapAttrs (_: lib.all lib.id) (
              zipAttrsWith (_: values: values) (map (def: lib.functionArgs def.value) defs)
            );
          in
          lib.setFunctionArgs (
            argument:
            (lib.mergeDefinitions (loc ++ [ "<function body>" ]) elemType (
              map (def: {
                inherit (def) file;
                value = def.value argument;
              }) defs
            )).mergedValue
          ) argumentNames;
        getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "<function body>" ]);
        inherit (elemType) getSubModules;
        substSubModules = modules: functionTo (elemType.substSubModules modules);
        functor = elemFunctor "functionTo" functionTo elemType;
        nestedTypes.elemType = elemType;
      };

    # Modules inside of an option.
    submodule =
      modules:
      submoduleWith {
        shorthandOnlyDefinesConfig = true;
        modules = lib.toList modules;
      };
    inherit (lib.__parts.types-submodule) submoduleWith deferredModule deferredModuleWith;

    # One of several types.
    oneOf =
      list:
      let
        wrong = throw "types.oneOf needs to get at least one type in its argument";
      in
      if list == [ ] then wrong else builtins.foldl' either (head list) (builtins.tail list);
    either =
      a: b:
      mkOptionType {
        name = "either";
        description =
          # A clause after a comma ends with one.
          if a.descriptionClass or null == "nonRestrictiveClause" then
            "${a.description}, or ${describeIn [ "noun" "conjunction" ] b}"
          else
            "${describeIn [ "noun" "conjunction" ] a} or ${describeIn [ "noun" "conjunction" "composite" ] b}";
        descriptionClass = "conjunction";
        check = value: a.check value || b.check value;
        merge =
          loc: defs:
          let
            values = lib.getValues defs;
          in
          if all a.check values then
            a.merge loc defs
          else if all b.check values then
            b.merge loc defs
          else
            lib.mergeOneOption loc defs;
        typeMerge =
          other:
          let
            mergedA = a.typeMerge (builtins.elemAt other.payload.types 0).functor;
            mergedB = b.typeMerge (builtins.elemAt other.payload.types 1).functor;
          in
          if other.name == "either" && mergedA != null && mergedB != null then either mergedA mergedB else null;
        functor = defaultFunctor "either" // {
          type = payload: either (builtins.elemAt payload.types 0) (builtins.elemAt payload.types 1);
          payload.types = [ a b ];
        };
        nestedTypes.left = a;
        nestedTypes.right = b;
      };
    coercedTo =
      from: convert: to:
      lib.throwIfNot (from.getSubModules == null) "coercedTo: coercedType must not have submodules (it’s a ${from.description})" (mkOptionType {
        name = "coercedTo";
        description = "${describeIn [ "noun" ] to} or ${describeIn [ "noun" ] from} convertible to it";
        check = value: (from.check value && (isUnknown (convert value) || to.check (convert value))) || to.check value;
        merge =
          loc: defs:
          let
            converted = map (def: def // { value = if from.check def.value then convert def.value else def.value; }) defs;
            first = (head converted).value;
          in
          # What of a value is not known does not make the option itself unknown.
          if length converted == 1 && isUnknown first then first else to.merge loc converted;
        inherit (to) emptyValue getSubOptions getSubModules;
        substSubModules = modules: coercedTo from convert (to.substSubModules modules);
        typeMerge = _: null;
        functor = defaultFunctor "coercedTo" // { wrapped = to; };
        nestedTypes.coercedType = from;
        nestedTypes.finalType = to;
      });
    # One type that takes what two declarations of an option take.
    mergeTypes =
      a: b:
      assert isOptionType a && isOptionType b;
      let
        merged = a.typeMerge b.functor;
      in
      if merged == null then setType "merge-error" { error = "Cannot merge types"; } else merged;
    optionDescriptionPhrase =
      unparenthesize: type: if unparenthesize (type.descriptionClass or null) then type.description else "(${type.description})";
    # With it the options of modules can be listed without their definitions being right.
    noCheckForDocsModule = {
      _file = "<built-in module that disables checks for the purpose of documentation generation>";
      config._module.check = lib.mkForce false;
    };
    addCheck = type: check: type // { check = value: type.check value && check value; };
    inherit types;
  };
in
types
