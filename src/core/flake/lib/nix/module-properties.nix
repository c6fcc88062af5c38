# Wrappers around option definitions (`mkIf`, `mkMerge`, `mkForce` …) and how they are taken off again.
{ lib }:
let
  inherit (builtins) concatMap filter head isAttrs length mapAttrs;

  inherit (lib.__parts) isUnknown;
  # The kind of a wrapper; a value of which nothing is known is taken as it is.
  kindOf =
    value:
    if isUnknown value || !(isAttrs value) then
      ""
    else
      let
        kind = value._type or "";
      in
      if isUnknown kind then "" else kind;
in
rec {
  mkIf = condition: content: {
    _type = "if";
    inherit condition content;
  };
  mkAssert =
    assertion: message: content:
    mkIf (if assertion then true else throw "\nFailed assertion: ${message}") content;
  mkMerge = contents: {
    _type = "merge";
    inherit contents;
  };
  mkOverride = priority: content: {
    _type = "override";
    inherit priority content;
  };
  mkDefinition = { file, value, ... }@args: args // { _type = "definition"; };
  mkOrder = priority: content: {
    _type = "order";
    inherit priority content;
  };
  mkFixStrictness = lib.warn "lib.mkFixStrictness has no effect and will be removed. It returns its argument unmodified, so you can just remove any calls." lib.id;
  mkStrict = value: value;

  # The lower number wins.
  defaultOverridePriority = 100;
  defaultPriority = defaultOverridePriority;
  mkOptionDefault = mkOverride 1500;
  mkDefault = mkOverride 1000;
  mkImageMediaOverride = mkOverride 60;
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;

  defaultOrderPriority = 1000;
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;

  # A module's `config` with mkIf and mkMerge moved from the top to each attribute: a list of plain sets.
  pushDownProperties =
    config:
    let
      kind = kindOf config;
    in
    if kind == "merge" then
      concatMap pushDownProperties config.contents
    else if kind == "if" then
      map (mapAttrs (_: mkIf config.condition)) (pushDownProperties config.content)
    else if kind == "override" then
      map (mapAttrs (_: mkOverride config.priority)) (pushDownProperties config.content)
    else
      [ config ];

  # A definition's values: mkMerge spread out, mkIf decided.
  dischargeProperties =
    definition:
    let
      kind = kindOf definition;
    in
    if kind == "merge" then
      concatMap dischargeProperties definition.contents
    else if kind == "if" then
      if isUnknown definition.condition then
        # Neither yes nor no: what hangs on it is as unknown.
        [ definition.condition ]
      else if builtins.isBool definition.condition then
        if definition.condition then dischargeProperties definition.content else [ ]
      else
        throw "‘mkIf’ called with a non-Boolean condition"
    else
      [ definition ];

  priorityOf = definition: if kindOf definition.value == "override" then definition.value.priority else defaultOverridePriority;

  # Definitions of the strongest priority only, without the wrapper.
  filterOverrides = definitions: (filterOverrides' definitions).values;
  filterOverrides' =
    definitions:
    let
      highestPrio = builtins.foldl' (prio: definition: lib.min (priorityOf definition) prio) 9999 definitions;
      strip =
        definition:
        if kindOf definition.value == "override" then definition // { value = definition.value.content; } else definition;
    in
    {
      values = map strip (filter (definition: priorityOf definition == highestPrio) definitions);
      inherit highestPrio;
    };

  # Definitions by mkOrder's number, those of the same number as they came.
  sortProperties =
    definitions:
    let
      strip =
        definition:
        if kindOf definition.value == "order" then
          definition
          // {
            value = definition.value.content;
            inherit (definition.value) priority;
          }
        else
          definition;
      rank = definition: definition.priority or defaultOrderPriority;
    in
    if builtins.any (definition: kindOf definition.value == "order") definitions then
      lib.sort (a: b: rank a < rank b) (map strip definitions)
    else
      definitions;

  # Only the definitions of an option, to be given to another one.
  mkAliasDefinitions = mkAliasAndWrapDefinitions lib.id;
  mkAliasAndWrapDefinitions = wrap: option: mkAliasIfDef option (wrap (mkMerge option.definitions));
  mkAliasAndWrapDefsWithPriority =
    wrap: option:
    let
      prio = option.highestPrio or defaultOverridePriority;
      wrapped = map (mkOverride prio) option.definitions;
    in
    mkAliasIfDef option (wrap (mkMerge wrapped));
  mkAliasIfDef = option: mkIf (isAttrs option && option._type or null == "option" && option.isDefined);
  mkDerivedConfig = option: f: mkOverride (option.highestPrio or defaultOverridePriority) (f option.value);

  # Definitions of each attribute with the priority of the whole.
  mergeAttrDefinitionsWithPrio =
    option:
    let
      pieces = concatMap (
        definition:
        lib.mapAttrsToList (name: value: {
          inherit name;
          definition = definition // { inherit value; };
        }) definition.value
      ) option.definitionsWithLocations;
      byName = mapAttrs (_: map (piece: piece.definition)) (builtins.groupBy (piece: piece.name) pieces);
    in
    if option.type.nestedTypes ? elemType then
      mapAttrs (
        name: definitions:
        let
          merged = lib.modules.mergeDefinitions (option.loc ++ [ name ]) option.type.nestedTypes.elemType definitions;
        in
        {
          value = merged.mergedValue;
          inherit (merged.defsFinal') highestPrio;
        }
      ) byName
    else
      throw "mergeAttrDefinitionsWithPrio: option ${lib.showOption option.loc} has no element type (${toString (length (head [ option.definitions ]))} definitions)";
}
