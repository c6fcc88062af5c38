# Modules that move, merge or remove options.
{ lib }:
let
  inherit (lib.__parts.module-properties) mkAliasAndWrapDefsWithPriority mkIf mkMerge;
  show = lib.showOption;

  doRename =
    {
      from,
      to,
      visible,
      warn,
      use,
      withPriority ? true,
      condition ? true,
    }:
    { config, options, ... }:
    let
      source = lib.getAttrFromPath from options;
      target = lib.attrByPath to (abort "Renaming error: option `${show to}' does not exist.");
      targetType = lib.attrByPath to { } options;
    in
    {
      options = lib.setAttrByPath from (
        lib.mkOption (
          {
            inherit visible;
            description = "Alias of {option}`${show to}`.";
            apply = value: use (target config);
          }
          // { type = targetType.type or (lib.types.submodule { }); }
        )
      );
      config = mkIf condition (mkMerge [
        (lib.optionalAttrs (options ? warnings) {
          warnings = lib.optional (warn && source.isDefined)
            "The option `${show from}' defined in ${lib.showFiles source.files} has been renamed to `${show to}'.";
        })
        (
          if withPriority then
            mkAliasAndWrapDefsWithPriority (lib.setAttrByPath to) source
          else
            lib.__parts.module-properties.mkAliasAndWrapDefinitions (lib.setAttrByPath to) source
        )
      ]);
    };
in
rec {
  inherit doRename;

  mkRemovedOptionModule =
    path: instructions:
    { options, ... }:
    {
      options = lib.setAttrByPath path (
        lib.mkOption {
          visible = false;
          apply = _: throw "The option `${show path}' can no longer be used since it's been removed. ${instructions}";
        }
      );
      config.assertions =
        let
          option = lib.getAttrFromPath path options;
        in
        [
          {
            assertion = !option.isDefined;
            message = "The option definition `${show path}' in ${lib.showFiles option.files} no longer has any effect; please remove it.\n${instructions}\n";
          }
        ];
    };
  mkRenamedOptionModule =
    from: to:
    doRename {
      inherit from to;
      visible = false;
      warn = true;
      use = builtins.trace "Obsolete option `${show from}' is used. It was renamed to `${show to}'.";
    };
  mkRenamedOptionModuleWith =
    { from, to, sinceRelease }:
    doRename {
      inherit from to;
      visible = false;
      warn = lib.oldestSupportedReleaseIsAtLeast sinceRelease;
      use = lib.warnIf (lib.oldestSupportedReleaseIsAtLeast sinceRelease)
        "Obsolete option `${show from}' is used. It was renamed to `${show to}'.";
    };
  mkMergedOptionModule =
    from: to: mergeFn:
    { config, options, ... }:
    {
      options = lib.foldl' lib.recursiveUpdate { } (
        map (
          path:
          lib.setAttrByPath path (
            lib.mkOption {
              visible = false;
              default = "_mkMergedOptionModule";
            }
          )
        ) from
      );
      config =
        {
          warnings = lib.filter (text: text != "") (
            map (
              path:
              let
                value = lib.getAttrFromPath path config;
                option = lib.getAttrFromPath path options;
              in
              lib.optionalString (value != "_mkMergedOptionModule")
                "The option `${show path}' defined in ${lib.showFiles option.files} has been changed to `${show to}' that has a different type. Please read `${show to}' documentation and update your configuration accordingly."
            ) from
          );
        }
        // lib.setAttrByPath to (
          mkMerge (
            lib.optional (lib.any (path: lib.getAttrFromPath path config != "_mkMergedOptionModule") from) (mergeFn config)
          )
        );
    };
  mkChangedOptionModule =
    from: to: changeFn:
    mkMergedOptionModule [ from ] to changeFn;
  mkAliasOptionModule =
    from: to:
    doRename {
      inherit from to;
      visible = true;
      warn = false;
      use = lib.id;
    };
  mkAliasOptionModuleMD = mkAliasOptionModule;
}
