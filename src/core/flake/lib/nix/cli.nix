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
      render =
        name: value:
        let
          format = {
            sep = null;
            explicitBool = false;
            formatArg = lib.generators.mkValueStringDefault { };
          } // optionFormat name;
          one =
            argument:
            if builtins.isBool argument && !format.explicitBool then
              lib.optional argument format.option
            else if format.sep == null then
              [ format.option (format.formatArg argument) ]
            else
              [ "${format.option}${format.sep}${format.formatArg argument}" ];
        in
        if value == null then
          [ ]
        else if builtins.isList value then
          lib.concatMap one value
        else
          one value;
    in
    builtins.concatLists (lib.mapAttrsToList render attrs);
  toCommandLineGNU =
    {
      isLong ? (name: builtins.stringLength name > 1),
      explicitBool ? false,
      formatArg ? lib.generators.mkValueStringDefault { },
    }:
    toCommandLine (name: {
      option = if isLong name then "--${name}" else "-${name}";
      sep = if isLong name then "=" else null;
      inherit explicitBool formatArg;
    });
}
