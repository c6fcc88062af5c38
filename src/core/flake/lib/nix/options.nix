# Declaring options, and showing them.
{ lib }:
let
  inherit (builtins) concatMap filter head isAttrs isBool isFunction isInt isList isString length mapAttrs toJSON;

  literal = text: {
    _type = "literalExpression";
    inherit text;
  };
  # What follows every report of definitions that do not agree.
  advice = "Use `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.\n";
in
rec {
  isOption = lib.isType "option";
  mkOption =
    {
      default ? null,
      defaultText ? null,
      example ? null,
      description ? null,
      relatedPackages ? null,
      type ? null,
      apply ? null,
      internal ? null,
      visible ? null,
      readOnly ? null,
    }@attrs:
    attrs // { _type = "option"; };
  mkEnableOption =
    name:
    mkOption {
      default = false;
      example = true;
      description = "Whether to enable ${name}.";
      type = lib.types.bool;
    };
  mkPackageOption =
    pkgs: name:
    {
      nullable ? false,
      default ? name,
      example ? null,
      extraDescription ? "",
      pkgsText ? "pkgs",
    }:
    let
      label = if isList name then lib.last name else name;
      defaultPath = if default == null then null else if isList default then default else [ default ];
      text = path: literal ("${pkgsText}." + lib.showAttrPath path);
    in
    mkOption (
      {
        description = "The ${label} package to use." + (if extraDescription == "" then "" else " ") + extraDescription;
        type = if nullable then lib.types.nullOr lib.types.package else lib.types.package;
      }
      // (
        if default != null then
          {
            default = lib.attrByPath defaultPath (throw "${lib.showAttrPath defaultPath} cannot be found in ${pkgsText}") pkgs;
            defaultText = text defaultPath;
          }
        else if nullable then
          { default = null; }
        else
          { }
      )
      // (
        if example == null then
          { }
        else
          { example = if isList example then text example else literal example; }
      )
    );
  mkPackageOptionMD = lib.warn "mkPackageOptionMD is deprecated and will be removed in 25.05; please use mkPackageOption." mkPackageOption;
  mkSinkUndeclaredOptions =
    attrs:
    mkOption (
      {
        internal = true;
        visible = false;
        default = false;
        description = "Sink for option definitions.";
        type = lib.mkOptionType {
          name = "sink";
          check = _: true;
          merge = _: _: false;
        };
        apply = x: throw "Option value is not readable because the option is not declared.";
      }
      // attrs
    );

  mergeDefaultOption =
    loc: defs:
    let
      values = getValues defs;
    in
    if length values == 1 then
      head values
    else if lib.all lib.isFunction values then
      x: mergeDefaultOption loc (map (f: f x) values)
    else if lib.all isList values then
      builtins.concatLists values
    else if lib.all isAttrs values then
      builtins.foldl' lib.mergeAttrs { } values
    else if lib.all isBool values then
      builtins.foldl' (a: b: a || b) false values
    else if lib.all isString values then
      lib.concatStrings values
    else if lib.all isInt values && lib.all (x: x == head values) values then
      head values
    else
      throw "Cannot merge definitions of `${showOption loc}'. Definition values:${showDefs defs}";
  mergeOneOption = mergeUniqueOption { message = ""; };
  mergeUniqueOption =
    {
      message,
      merge ? null,
    }:
    loc: defs:
    if length defs == 1 then
      if merge == null then (head defs).value else merge loc defs
    else
      assert length defs > 1;
      throw "The option `${showOption loc}' is defined multiple times while it's expected to be unique.\n${message}\nDefinition values:${showDefs defs}\n${advice}";
  mergeEqualOption =
    loc: defs:
    if defs == [ ] then
      abort "This case should never happen."
    else if length defs == 1 then
      (head defs).value
    else
      (builtins.foldl' (
        first: def:
        if def.value != first.value then
          throw "The option `${showOption loc}' has conflicting definition values:${showDefs [ first def ]}\n${advice}"
        else
          first
      ) (head defs) (builtins.tail defs)).value;

  getValues = map (def: def.value);
  getFiles = map (def: def.file);

  optionAttrSetToDocList = optionAttrSetToDocList' [ ];
  optionAttrSetToDocList' =
    _: options:
    concatMap (
      option:
      let
        name = showOption option.loc;
        entry = {
          inherit (option) loc;
          inherit name;
          description = option.description or null;
          declarations = filter (file: file != "<unknown-file>") option.declarations;
          internal = option.internal or false;
          visible = if hidden then true else option.visible or true;
          readOnly = option.readOnly or false;
          type = option.type.description or "unspecified";
        }
        // lib.optionalAttrs (option ? example) {
          example = builtins.addErrorContext "while evaluating the example of option `${name}`" (
            renderOptionValue option.example
          );
        }
        // lib.optionalAttrs (option ? defaultText || option ? default) {
          default = builtins.addErrorContext "while evaluating the ${
            if option ? defaultText then "defaultText" else "default value"
          } of option `${name}`" (renderOptionValue (option.defaultText or option.default));
        }
        // lib.optionalAttrs (option ? relatedPackages && option.relatedPackages != null) { inherit (option) relatedPackages; };
        below = option.type.getSubOptions option.loc;
        hidden = option.visible or true == "shallow";
      in
      [ entry ]
      ++ lib.optionals (entry.visible && !hidden && option ? type && below != { }) (
        optionAttrSetToDocList' option.loc below
      )
    ) (lib.collect isOption options);
  scrubOptionValue =
    value:
    if lib.isDerivation value then
      {
        type = "derivation";
        drvPath = value.name;
        outPath = value.name;
        inherit (value) name;
      }
    else if isList value then
      map scrubOptionValue value
    else if isAttrs value then
      mapAttrs (_: scrubOptionValue) (removeAttrs value [ "_args" ])
    else
      value;
  renderOptionValue = value: if value ? _type && value ? text then value else literal (lib.generators.toPretty { multiline = true; allowPrettyValues = true; } value);
  literalExpression =
    text: if isString text then literal text else throw "literalExpression expects a string.";
  literalExample = lib.warn "lib.literalExample is deprecated, use lib.literalExpression instead, or use lib.literalMD for a non-Nix description." literalExpression;
  literalCode = language: text: lib.literalMD "```${language}\n${text}\n```";
  literalMD =
    text:
    if isString text then
      {
        _type = "literalMD";
        inherit text;
      }
    else
      throw "literalMD expects a string.";
  mdDoc = text: text;
  unknownModule = "<unknown-file>";

  showOption =
    parts:
    let
      part =
        index: text:
        # "*" and "<name>" stand for any name.
        if builtins.elem text [ "*" "<name>" "<function body>" ] || builtins.match "<.*>" text != null then
          text
        else
          lib.strings.escapeNixIdentifier text;
    in
    lib.concatStringsSep "." (lib.imap0 part (map toString parts));
  showFiles = files: lib.concatStringsSep " and " (map (file: "`${toString file}'") files);
  showDefs =
    defs:
    lib.concatMapStrings (
      def:
      let
        # What cannot be evaluated is not shown: that would hide what this is told for.
        pretty = lib.generators.toPretty { } (lib.generators.withRecursion { depthLimit = 10; throwOnDepthLimit = false; } def.value);
        isShown = !(lib.__parts.isBroken (builtins.stringLength pretty)) && (builtins.tryEval (builtins.stringLength pretty)).success;
        lines = lib.splitString "\n" pretty;
        short =
          if lib.length lines > 5 then lib.take 5 lines ++ [ "..." ] else lines;
        # What has several lines begins on one of its own.
        start = if lib.length lines > 1 then ":\n    " else ": ";
        text = lib.optionalString isShown (start + lib.concatStringsSep "\n    " short);
      in
      "\n- In `${toString def.file}'${text}"
    ) defs;
  showOptionWithDefLocs =
    option: "${showOption option.loc}, with values defined in:\n${lib.concatMapStringsSep "\n" (file: "  - ${toString file}") option.files}\n";
}
