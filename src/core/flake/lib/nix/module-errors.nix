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

  configNotSet =
    prefix: entry:
    "You're trying to define a value of type `${builtins.typeOf entry.config}' rather than an attribute set for the option `${lib.showOption prefix}'!\n\nThis usually happens if `${lib.showOption prefix}' has option definitions inside that are not matched. Please check how to properly define this option by e.g. referring to `man 5 configuration.nix'! (defined in ${toString entry.file})";

  optionInOption =
    loc: option: files:
    "The option `${lib.showOption loc}' in `${toString option._file}' is a prefix of options in ${
      lib.concatMapStringsSep " and " (file: "`${toString file}'") files
    }";
}
