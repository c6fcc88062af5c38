# Command-line arguments from attribute sets.
{ lib }:
rec {
  toGNUCommandLineShell = options: attrs: lib.escapeShellArgs (toGNUCommandLine options attrs);
  toGNUCommandLine =
    {
      mkOptionName ? (name: if builtins.stringLength name == 1 then "-${name}" else "--${name}"),
      mkBool ? (name: value: lib.optional value (mkOptionName name)),
      mkList ? (name: values: lib.concatMap (mkOption name) values),
      mkOption ? (
        name: value:
        if value == null then
          [ ]
        else if optionValueSeparator == null then
          [
            (mkOptionName name)
            (lib.generators.mkValueStringDefault { } value)
          ]
        else
          [ "${mkOptionName name}${optionValueSeparator}${lib.generators.mkValueStringDefault { } value}" ]
      ),
      optionValueSeparator ? null,
    }:
    attrs:
    let
      render =
        name: value:
        if builtins.isBool value then
          mkBool name value
        else if builtins.isList value then
          mkList name value
        else
          mkOption name value;
    in
    builtins.concatLists (lib.mapAttrsToList render attrs);

  # Newer: what each option looks like is decided by a function of its name.
  toCommandLineShell = optionFormat: attrs: lib.escapeShellArgs (toCommandLine optionFormat attrs);
  toCommandLine =
    optionFormat: attrs:
    let
      complete =
        {
          option,
          sep,
          explicitBool,
          formatArg ? lib.generators.mkValueStringDefault { },
          listRepr ? "repeat",
          splitList ? (values: [ values ]),
        }:
        {
          inherit option sep explicitBool formatArg listRepr splitList;
        };
      # What of a list each stands behind the option once.
      pieces =
        format: values:
        let
          ways = {
            repeat = values;
            join = [ values ];
            spread = format.splitList values;
          };
          known = lib.concatStringsSep ", " (builtins.attrNames ways);
        in
        ways.${format.listRepr} or (throw "lib.cli.toCommandline requires that listRepr is one of: ${known}");
      one =
        format: value:
        if value == null then
          [ ]
        else if builtins.isBool value && !format.explicitBool then
          lib.optional value format.option
        else if builtins.isList value && format.listRepr == "spread" then
          [ format.option ] ++ map format.formatArg value
        else if format.sep == null then
          [ format.option (format.formatArg value) ]
        else
          [ "${format.option}${format.sep}${format.formatArg value}" ];
      render =
        name: value:
        let
          format = complete (optionFormat name);
        in
        lib.throwIf (name == "") "lib.cli.toCommandLine only accepts non-empty option names." (
          lib.concatMap (one format) (if builtins.isList value then pieces format value else [ value ])
        );
    in
    builtins.concatLists (lib.mapAttrsToList render attrs);
  toCommandLineShellGNU = options: attrs: lib.escapeShellArgs (toCommandLineGNU options attrs);
  toCommandLineGNU =
    {
      isLong ? (name: builtins.stringLength name > 1),
      explicitBool ? false,
      formatArg ? lib.generators.mkValueStringDefault { },
      listRepr ? (_: "repeat"),
      formatList ? (values: lib.concatMapStringsSep "," formatArg values),
      splitList ? (_: values: [ values ]),
    }:
    toCommandLine (name: {
      option = if isLong name then "--${name}" else "-${name}";
      sep = if isLong name then "=" else "";
      listRepr = listRepr name;
      splitList = splitList name;
      formatArg =
        value: if builtins.isList value && listRepr name == "join" then formatList value else formatArg value;
      inherit explicitBool;
    });
}
