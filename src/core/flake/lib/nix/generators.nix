# Values as text in the formats of configuration files.
{ lib }:
let
  inherit (builtins)
    concatLists elem isAttrs isBool isFloat isFunction isInt isList isPath isString mapAttrs match replaceStrings toString
    typeOf;
  inherit (lib) concatMapStringsSep concatStringsSep mapAttrsToList;
  inherit (lib.strings) escape escapeNixIdentifier escapeXML;

  # A list of lines for each attribute, or one line each.
  listLines = toLine: listsAsDuplicateKeys: attrs:
    concatLists (
      mapAttrsToList (
        name: value:
        if listsAsDuplicateKeys && isList value then map (toLine name) value else [ (toLine name value) ]
      ) attrs
    );
in
rec {
  mkValueStringDefault =
    { }:
    value:
    let
      refuse = kind: shown: abort "generators.mkValueStringDefault: ${kind} not supported: ${toPretty { } shown}";
      fail = kind: refuse kind value;
    in
    if isInt value then
      toString value
    else if lib.isDerivation value then
      toString value
    else if isString value then
      value
    else if value == true then
      "true"
    else if value == false then
      "false"
    else if value == null then
      "null"
    else if isList value then
      fail "lists"
    else if isAttrs value then
      fail "attrsets"
    else if isFunction value then
      fail "functions"
    else if isFloat value then
      lib.strings.floatToString value
    else
      refuse "this value is" (toString value);
  mkKeyValueDefault =
    {
      mkValueString ? mkValueStringDefault { },
    }:
    separator: name: value:
    "${escape [ separator ] name}${separator}${mkValueString value}";

  toKeyValue =
    {
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
      indent ? "",
    }:
    attrs:
    lib.concatStrings (listLines (name: value: indent + mkKeyValue name value + "\n") listsAsDuplicateKeys attrs);
  toINI =
    {
      mkSectionName ? (name: escape [ "[" "]" ] name),
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    sections:
    concatStringsSep "\n" (
      mapAttrsToList (
        name: values: "[${mkSectionName name}]\n" + toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } values
      ) sections
    );
  toINIWithGlobalSection =
    {
      mkSectionName ? (name: escape [ "[" "]" ] name),
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    {
      globalSection,
      sections ? { },
    }:
    (if globalSection == { } then "" else toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } globalSection + "\n")
    + toINI { inherit mkSectionName mkKeyValue listsAsDuplicateKeys; } sections;
  toGitINI =
    attrs:
    let
      sectionName =
        name:
        let
          parts = lib.splitString "." name;
          section = builtins.head parts;
          middle = lib.drop 1 parts;
        in
        if middle == [ ] || lib.hasInfix "\"" name then name else "${section} \"${concatStringsSep "." middle}\"";
      keyValue =
        name: value:
        let
          text = if isString value then "\"${replaceStrings [ "\n" "\t" "\"" "\\" ] [ "\\n" "\\t" "\\\"" "\\\\" ] value}\"" else mkValueStringDefault { } value;
        in
        "\t${name} = ${text}";
      deep =
        path: value:
        if isAttrs value && !(lib.isDerivation value) then
          concatLists (mapAttrsToList (name: deep ([ name ] ++ path)) value)
        else if builtins.length path > 1 then
          [ { ${concatStringsSep "." (lib.reverseList (builtins.tail path))}.${builtins.head path} = value; } ]
        else
          [ { ${builtins.head path} = value; } ];
      sections = builtins.foldl' lib.recursiveUpdate { } (deep [ ] attrs);
    in
    toINI {
      mkSectionName = sectionName;
      mkKeyValue = keyValue;
      listsAsDuplicateKeys = true;
    } sections;
  mkDconfKeyValue = mkKeyValueDefault { mkValueString = value: toString (lib.gvariant.mkValue value); } "=";
  toDconfINI = toINI { mkKeyValue = mkDconfKeyValue; };

  withRecursion =
    {
      depthLimit,
      throwOnDepthLimit ? true,
    }:
    assert isInt depthLimit;
    let
      special = [ "__functor" "__functionArgs" "__toString" "__pretty" ];
      step =
        depth:
        if depthLimit != null && depth > depthLimit then
          if throwOnDepthLimit then
            throw "Exceeded maximum eval-depth limit of ${toString depthLimit} while trying to evaluate with `generators.withRecursion'!"
          else
            lib.const "<unevaluated>"
        else
          lib.id;
      go =
        depth: value:
        let
          inner = x: go (depth + 1) (step (depth + 1) x);
        in
        if isAttrs value then
          mapAttrs (name: x: if elem name special then x else inner x) value
        else if isList value then
          map inner value
        else
          step (depth + 1) value;
    in
    go 0;

  # As the language would write it.
  toPretty =
    {
      multiline ? true,
      allowPrettyValues ? false,
      indent ? "",
    }:
    let
      go =
        indent: value:
        let
          open = if multiline then "\n${indent}  " else " ";
          close = if multiline then "\n${indent}" else " ";
          text =
            let
              lines = lib.splitString "\n" value;
              last = lib.last lines;
              body = replaceStrings [ "''" "\${" ] [ "'''" "''\${" ];
            in
            if builtins.length lines <= 1 || !multiline then
              "\"" + concatStringsSep "\\n" (map (escape [ "\\" "\"" "\${" ]) lines) + "\""
            else
              "''"
              + open
              + concatStringsSep open (map body (lib.init lines))
              + (if last == "" then close else open + body last)
              + "''";
        in
        if isInt value then
          toString value
        else if isFloat value then
          builtins.toJSON value
        else if isString value then
          text
        else if value == true then
          "true"
        else if value == false then
          "false"
        else if value == null then
          "null"
        else if isPath value then
          toString value
        else if isList value then
          if value == [ ] then
            "[ ]"
          else
            "[" + open + concatMapStringsSep open (go (indent + "  ")) value + close + "]"
        else if lib.isFunction value then
          let
            args = lib.functionArgs value;
            shown = concatStringsSep ", " (mapAttrsToList (name: optional: if optional then name + "?" else name) args);
          in
          if args == { } then "<function>" else "<function, args: {${shown}}>"
        else if isAttrs value then
          if allowPrettyValues && value ? __pretty && value ? val then
            value.__pretty value.val
          else if value == { } then
            "{ }"
          else if value.type or "" == "derivation" then
            "<derivation ${value.name or "???"}>"
          else
            "{"
            + open
            + concatStringsSep open (
              mapAttrsToList (
                name: inner:
                "${escapeNixIdentifier name} = ${
                  builtins.addErrorContext "while evaluating an attribute `${name}`" (go (indent + "  ") inner)
                };"
              ) value
            )
            + close
            + "}"
        else
          abort "generators.toPretty: should never happen (v = ${typeOf value})";
    in
    go indent;

  toJSON = { }: builtins.toJSON;
  toYAML = toJSON;
  toXML = _: builtins.toXML;

  toPlist =
    { escape ? false }:
    value:
    let
      text = if escape then escapeXML else lib.id;
      expr =
        indent: value:
        if value == null then
          ""
        else if isBool value then
          "${indent}${if value then "<true/>" else "<false/>"}"
        else if isInt value then
          "${indent}<integer>${toString value}</integer>"
        else if isString value || isPath value then
          "${indent}<string>${text (toString value)}</string>"
        else if isList value then
          "${indent}<array>\n${concatMapStringsSep "\n" (expr (indent + "\t")) value}\n${indent}</array>"
        else if isAttrs value then
          "${indent}<dict>\n${
            concatStringsSep "\n" (
              mapAttrsToList (name: inner: "${indent}\t<key>${text name}</key>\n${expr (indent + "\t") inner}") (
                lib.filterAttrs (name: inner: name != "_module" && inner != null) value
              )
            )
          }\n${indent}</dict>"
        else if isFloat value then
          "${indent}<real>${toString value}</real>"
        else
          abort "generators.toPlist: should never happen (v = ${typeOf value})";
    in
    lib.warnIf (!escape && lib.oldestSupportedReleaseIsAtLeast 2505)
      "Using `lib.generators.toPlist` without `escape = true` is deprecated"
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n${expr "" value}\n</plist>";

  toDhall =
    { }@args:
    value:
    if isAttrs value then
      "{ ${concatStringsSep ", " (mapAttrsToList (name: inner: "${name} = ${toDhall args inner}") value)} }"
    else if isList value then
      "[ ${concatMapStringsSep ", " (toDhall args) value} ]"
    else if isInt value then
      "${if value < 0 then "" else "+"}${toString value}"
    else if isBool value then
      if value then "True" else "False"
    else if isFunction value then
      abort "generators.toDhall: cannot convert a function to Dhall"
    else if value == null then
      abort "generators.toDhall: cannot convert a null to Dhall"
    else
      builtins.toJSON value;

  mkLuaInline = expr: {
    _type = "lua-inline";
    inherit expr;
  };
  toLua =
    {
      multiline ? true,
      indent ? "",
      asBindings ? false,
    }@args:
    value:
    let
      inner = indent + "  ";
      separator = if multiline then "\n${inner}" else " ";
      innerArgs = args // {
        indent = inner;
        asBindings = false;
      };
      items = text: "{${if multiline then "\n${inner}" else " "}${concatStringsSep ",${separator}" text}${if multiline then "\n${indent}" else " "}}";
      identifier = "[[:alpha:]_][[:alnum:]_]*";
      unusable = builtins.filter (name: match "${identifier}(\\.${identifier})*" name == null) (builtins.attrNames value);
      bindings =
        assert lib.assertMsg (unusable == [ ]) "Bad Lua var names: ${toPretty { } unusable}";
        mapAttrsToList (name: item: "${indent}${name} = ${toLua (innerArgs // { inherit indent; }) item}") value;
    in
    if asBindings then
      lib.concatLines bindings
    else if value == null then
      "nil"
    else if isInt value || isFloat value || isString value || isBool value then
      builtins.toJSON value
    else if isPath value || lib.isDerivation value then
      builtins.toJSON "${value}"
    else if isList value then
      if value == [ ] then "{}" else items (map (toLua innerArgs) value)
    else if isAttrs value then
      if value._type or "" == "lua-inline" then
        "(${value.expr})"
      else if value == { } then
        "{}"
      else
        items (mapAttrsToList (name: item: "[${builtins.toJSON name}] = ${toLua innerArgs item}") value)
    else
      abort "generators.toLua: type ${typeOf value} is unsupported";
}
