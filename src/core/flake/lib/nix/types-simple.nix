# Option types of numbers, text, paths, packages and fixed choices.
{ lib }:
let
  inherit (builtins) elem head isAttrs isFloat isInt isString length match toString;
  inherit (lib) mergeEqualOption mergeOneOption;
  inherit (lib.types) addCheck defaultFunctor mkOptionType;

  between =
    low: high: name: description:
    addCheck int (value: value >= low && value <= high)
    // {
      inherit name description;
      descriptionClass = "noun";
    };
  unsigned = bits: power: between 0 (power - 1) "unsignedInt${toString bits}" "${toString bits} bit unsigned integer; between 0 and ${toString (power - 1)} (both inclusive)";
  signed = bits: half: between (-half) (half - 1) "signedInt${toString bits}" "${toString bits} bit signed integer; between ${toString (-half)} and ${toString (half - 1)} (both inclusive)";

  int = mkOptionType {
    name = "int";
    description = "signed integer";
    descriptionClass = "noun";
    check = isInt;
    merge = mergeEqualOption;
  };
  float = mkOptionType {
    name = "float";
    description = "floating point number";
    descriptionClass = "noun";
    check = isFloat;
    merge = mergeEqualOption;
  };
  number = lib.types.either int float;
  str = mkOptionType {
    name = "str";
    description = "string";
    descriptionClass = "noun";
    check = isString;
    merge = mergeEqualOption;
  };
  path = pathWith { absolute = true; };
  pathWith =
    {
      inStore ? null,
      absolute ? null,
    }:
    lib.throwIf (inStore == true && absolute == false) "In pathWith, inStore means the path must be absolute" mkOptionType {
      name = "path";
      description =
        (if absolute == null then "" else if absolute then "absolute " else "relative ")
        + "path"
        + (if inStore == null then "" else if inStore then " in the Nix store" else " not in the Nix store");
      descriptionClass = "noun";
      check =
        value:
        let
          text = toString value;
          inStoreNow = lib.path.hasStorePathPrefix (
            if builtins.isPath value then value else /. + builtins.unsafeDiscardStringContext value
          );
          # A path value would end up in the store.
          fits = if inStore == false then builtins.isString else lib.isStringLike;
        in
        fits value
        && (inStore == null || inStore == inStoreNow)
        && (absolute == null || absolute == (builtins.substring 0 1 text == "/"));
      merge = mergeEqualOption;
      functor = defaultFunctor "path" // {
        type = pathWith;
        payload = { inherit inStore absolute; };
        binOp = a: b: if a == b then a else null;
      };
    };
in
rec {
  inherit int float number str path pathWith;
  port = ints.u16 // { description = "16 bit unsigned integer; between 0 and 65535 (both inclusive)"; };
  ints = {
    between =
      low: high:
      assert lib.assertMsg (low <= high) "ints.between: lowest must be smaller than highest";
      between low high "intBetween" "integer between ${toString low} and ${toString high} (both inclusive)";
    unsigned = addCheck int (value: value >= 0) // {
      name = "unsignedInt";
      description = "unsigned integer, meaning >=0";
      descriptionClass = "nonRestrictiveClause";
    };
    positive = addCheck int (value: value > 0) // {
      name = "positiveInt";
      description = "positive integer, meaning >0";
      descriptionClass = "nonRestrictiveClause";
    };
    u8 = unsigned 8 256;
    u16 = unsigned 16 65536;
    u32 = unsigned 32 4294967296;
    s8 = signed 8 128;
    s16 = signed 16 32768;
    s32 = signed 32 2147483648;
  };
  numbers = {
    between =
      low: high:
      assert lib.assertMsg (low <= high) "numbers.between: lowest must be smaller than highest";
      addCheck number (value: value >= low && value <= high)
      // {
        name = "numberBetween";
        description = "integer or floating point number between ${builtins.toJSON low} and ${builtins.toJSON high} (both inclusive)";
      };
    nonnegative = addCheck number (value: value >= 0) // {
      name = "numberNonnegative";
      description = "nonnegative integer or floating point number, meaning >=0";
      descriptionClass = "nonRestrictiveClause";
    };
    positive = addCheck number (value: value > 0) // {
      name = "numberPositive";
      description = "positive integer or floating point number, meaning >0";
      descriptionClass = "nonRestrictiveClause";
    };
  };

  nonEmptyStr = mkOptionType {
    name = "nonEmptyStr";
    description = "non-empty string";
    descriptionClass = "noun";
    check = value: isString value && match "[ \t\n]*" value == null;
    inherit (str) merge;
  };
  # One line; a newline at its end is dropped.
  singleLineStr =
    let
      inherit (strMatching "[^\n\r]*\n?") check;
    in
    mkOptionType {
      name = "singleLineStr";
      description = "(optionally newline-terminated) single-line string";
      descriptionClass = "noun";
      inherit check;
      merge = loc: defs: lib.removeSuffix "\n" (mergeEqualOption loc defs);
    };
  strMatching =
    pattern:
    mkOptionType {
      name = "strMatching ${lib.strings.escapeNixString pattern}";
      description = "string matching the pattern ${pattern}";
      descriptionClass = "noun";
      check = value: isString value && match pattern value != null;
      inherit (str) merge;
      functor = defaultFunctor "strMatching" // {
        type = payload: strMatching payload.pattern;
        payload = { inherit pattern; };
        binOp = a: b: if a == b then a else null;
      };
    };
  separatedString =
    separator:
    mkOptionType {
      name = "separatedString";
      description =
        if separator == "" then "Concatenated string" else "strings concatenated with ${builtins.toJSON separator}";
      descriptionClass = "noun";
      check = isString;
      merge = loc: defs: lib.concatStringsSep separator (lib.getValues defs);
      functor = defaultFunctor "separatedString" // {
        type = payload: separatedString payload.sep;
        payload.sep = separator;
        binOp = a: b: if a.sep == b.sep then a else null;
      };
    };
  lines = separatedString "\n";
  commas = separatedString ",";
  envVar = separatedString ":";
  string = separatedString "" // {
    name = "string";
    deprecationMessage = "See https://github.com/NixOS/nixpkgs/pull/66346 for better alternative types.";
  };
  passwdEntry =
    type:
    addCheck type (value: !(lib.hasInfix ":" value) && !(lib.hasInfix "\n" value))
    // {
      name = "passwdEntry ${type.name}";
      description = "${
        lib.types.optionDescriptionPhrase (class: class == "noun") type
      }, not containing newlines or colons";
      descriptionClass = "nonRestrictiveClause";
    };

  pathInStore = pathWith { inStore = true; };
  externalPath = pathWith {
    absolute = true;
    inStore = false;
  };
  pkgs = addCheck (lib.types.unique { message = "A Nixpkgs pkgs set can not be merged with another pkgs set."; } attrs // {
    name = "pkgs";
    descriptionClass = "noun";
    description = "Nixpkgs package set";
  }) (value: value._type or null == "pkgs");
  package = mkOptionType {
    name = "package";
    description = "package";
    descriptionClass = "noun";
    check = value: lib.isDerivation value || lib.isStorePath value;
    merge =
      loc: defs:
      let
        value = mergeOneOption loc defs;
      in
      if builtins.isPath value || isString value && !(builtins.hasContext value) then lib.toDerivation value else value;
  };
  shellPackage = package // { check = value: lib.isDerivation value && value ? shellPath; };
  fileset = mkOptionType {
    name = "fileset";
    description = "fileset";
    descriptionClass = "noun";
    check = lib.fileset.isFileset;
    merge = loc: defs: lib.fileset.unions (lib.getValues defs);
    emptyValue.value = lib.fileset.empty;
  };
  # Sets of which the first definition of a name wins.
  attrs = mkOptionType {
    name = "attrs";
    description = "attribute set";
    check = isAttrs;
    merge = loc: defs: builtins.foldl' (all: def: lib.mergeAttrs all def.value) { } defs;
    emptyValue.value = { };
  };
  attrset = attrs;
  optionType = mkOptionType {
    name = "optionType";
    description = "optionType";
    descriptionClass = "noun";
    check = value: value._type or null == "option-type";
    merge =
      loc: defs:
      if length defs == 1 then
        (head defs).value
      else
        let
          # Each definition as a declaration of one option: that merges the types.
          declarations = map (
            { value, file, ... }:
            {
              _file = file;
              options = lib.mkOption { type = value; };
            }
          ) defs;
        in
        (lib.fixupOptionType loc (lib.mergeOptionDecls loc declarations)).type;
  };
  enum =
    values:
    let
      show =
        value:
        if isString value then
          builtins.toJSON value
        else if isInt value then
          toString value
        else if builtins.isBool value then
          lib.boolToString value
        else
          "<${builtins.typeOf value}>";
    in
    mkOptionType {
      name = "enum";
      description =
        if values == [ ] then
          "impossible (empty enum)"
        else if length values == 1 then
          "value ${show (head values)} (singular enum)"
        else
          "one of ${lib.concatMapStringsSep ", " show values}";
      descriptionClass = if length values < 2 then "noun" else "conjunction";
      check = value: elem value values;
      merge = mergeEqualOption;
      functor = defaultFunctor "enum" // {
        type = payload: enum payload.values;
        payload = { inherit values; };
        binOp = a: b: { values = lib.unique (a.values ++ b.values); };
      };
    };
  luaInline = mkOptionType {
    name = "luaInline";
    description = "inline lua";
    descriptionClass = "noun";
    check = value: value._type or null == "lua-inline";
    merge = mergeOneOption;
  };
}
