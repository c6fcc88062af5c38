# Messages of the module system that take some work to make.
{ lib }:
let
  inherit (builtins) attrNames filter head isAttrs length;
in
{
  # A definition for which no option exists, with the names that come near.
  unknownOption =
    { prefix, options, merged }:
    let
      first = head merged.unmatchedDefns;
      place = lib.showOption (prefix ++ first.prefix);
      definitions = lib.showDefs [ first ];
      base = "The option `${place}' does not exist. Definition values:${definitions}";
      siblings = lib.attrByPath (lib.init first.prefix) { } options;
      names = if isAttrs siblings && !(lib.isOption siblings) then attrNames (removeAttrs siblings [ "_module" ]) else [ ];
      wanted = lib.last first.prefix;
      ranked = lib.sortOn (name: lib.strings.levenshtein wanted name) (
        filter (name: lib.strings.levenshteinAtMost 3 wanted name || lib.hasPrefix wanted name) names
      );
      shown = map (name: "`${lib.showOption (prefix ++ lib.init first.prefix ++ [ name ])}'") (lib.take 3 ranked);
      near =
        if shown == [ ] then
          ""
        else if length shown == 1 then
          "\n\nDid you mean ${head shown}?"
        else
          "\n\nDid you mean ${lib.concatStringsSep ", " (lib.init shown)} or ${lib.last shown}?";
      noOptions = attrNames options == [ "_module" ];
      explanation =
        if noOptions then
          let
            name = lib.showOption prefix;
          in
          if name == "" then
            "\n\nIt seems as if you're trying to declare an option by placing it into `config' rather than `options'!"
          else
            "\n\nHowever there are no options defined in `${name}'. Are you sure you've declared your options properly? This can happen if you e.g. declared your options in `types.submodule' under `config' rather than `options'."
        else
          near;
    in
    throw (base + explanation);

  # A set where options are declared that is marked as something else, such as a bare type.
  notAnOption =
    loc: declaration:
    let
      kind = declaration.options._type;
      name = lib.strings.escapeNixIdentifier (lib.last loc);
    in
    "In module ${toString declaration._file}: expected an option declaration at option path `${lib.showOption loc}` but got an attribute set with type ${kind}"
    + lib.optionalString (kind == "option-type") "\n\nA type stands in an option: `${name} = lib.mkOption { type = …; };`.";

  configNotSet =
    prefix: entry:
    let
      place = lib.concatStringsSep "." prefix;
    in
    "In module `${toString entry.file}', you're trying to define a value of type `${builtins.typeOf entry.config}'\nrather than an attribute set for the option\n`${place}'!\n\nThis usually happens if `${place}' has option\ndefinitions inside that are not matched. Please check how to properly define\nthis option by e.g. referring to `man 5 configuration.nix'!\n";

  optionInOption =
    loc: option: inner:
    let
      below = lib.concatMap (
        declaration:
        map (
          name: " - option(s) with prefix `${lib.showOption (loc ++ [ name ])}' in module `${toString declaration._file}'"
        ) (attrNames declaration.options)
      ) inner;
    in
    "The option `${lib.showOption loc}' in module `${toString option._file}' would be a parent of the following options, but its type `${
      option.options.type.description or "<no description>"
    }' does not support nested options.\n${lib.concatStringsSep "\n" (builtins.sort (a: b: a < b) below)}";

  # A value marked as something else in a list of modules.
  notAModule =
    class: file: kind:
    let
      advice = {
        configuration = "A configuration is made of modules: import those instead.";
        flake = "Name one of its modules, such as `inputs.someflake.${
          if class == "nixos" || class == "darwin" then "${class}Modules" else "modules.${if class == null then "someApp" else class}"
        }.default`.";
      };
    in
    "Expected a module, but found a value of type ${lib.strings.escapeNixString kind}${
      lib.optionalString (file != "<unknown-file>") ", while trying to load a module into ${toString file}"
    }.${lib.optionalString (advice ? ${kind}) "\n\n${advice.${kind}}"}";

  disabledTwice =
    module: item:
    "Module `${toString module._file}` contains a disabledModules item that is an attribute set that can be converted to a string (${toString item}) but also has a `.key` attribute (${item.key}) with a different value. This makes it ambiguous which module should be disabled.";
  notDisabled =
    module: item:
    if isAttrs item then
      "Module `${toString module._file}` contains a disabledModules item that is an attribute set, presumably a module, that does not have a `key` attribute. Name the module by a path, by a string relative to modulesPath, or by its `key`."
    else
      "Each disabledModules item must be a path, string, or a attribute set with a key attribute, or a value supported by toString. However, one of the disabledModules items in `${toString module._file}` is none of that, but is of type ${builtins.typeOf item}.";
}
