# Option types whose values are evaluated as modules.
{ lib }:
let
  inherit (builtins) isAttrs;
  inherit (lib.types) defaultFunctor mkOptionType;

  toModules =
    shorthandOnlyDefinesConfig: defs:
    map (
      { value, file, ... }:
      if isAttrs value && shorthandOnlyDefinesConfig == true then
        {
          _file = file;
          config = value;
        }
      else
        {
          _file = file;
          imports = [ value ];
        }
    ) defs;
in
rec {
  submoduleWith =
    {
      modules,
      specialArgs ? { },
      shorthandOnlyDefinesConfig ? false,
      description ? null,
      class ? null,
    }@attrs:
    let
      base = lib.evalModules {
        inherit class specialArgs;
        modules = [
          {
            # An argument that depends on where the submodule stands.
            _module.args.name = lib.mkOptionDefault "‹name›";
          }
        ]
        ++ modules;
      };
      freeform = base._module.freeformType;
    in
    mkOptionType {
      name = "submodule";
      description =
        if description != null then
          description
        else if freeform != null then
          "open submodule of ${
            lib.types.optionDescriptionPhrase (class: class == "noun" || class == "composite") freeform
          }"
        else
          "submodule";
      check = value: isAttrs value || lib.isFunction value || lib.types.path.check value;
      merge =
        loc: defs:
        (base.extendModules {
          modules = [ { _module.args.name = lib.last loc; } ] ++ toModules shorthandOnlyDefinesConfig defs;
          prefix = loc;
        }).config;
      emptyValue.value = { };
      getSubOptions =
        prefix:
        let
          documented = base.extendModules {
            inherit prefix;
            modules = [ lib.types.noCheckForDocsModule ];
          };
        in
        documented.options // (if freeform != null then { _freeformOptions = freeform.getSubOptions prefix; } else { });
      getSubModules = modules;
      substSubModules = m: submoduleWith (attrs // { modules = m; });
      nestedTypes = if freeform != null then { freeformType = freeform; } else { };
      functor = defaultFunctor "submodule" // {
        type = submoduleWith;
        payload = { inherit modules class specialArgs shorthandOnlyDefinesConfig description; };
        binOp =
          a: b:
          let
            # Both say the same, or one says nothing.
            agree =
              name: message:
              if a.${name} == null then
                b.${name}
              else if b.${name} == null then
                a.${name}
              else if a.${name} == b.${name} then
                a.${name}
              else
                throw message;
            shared = builtins.intersectAttrs a.specialArgs b.specialArgs;
          in
          {
            class = agree "class" "A submoduleWith option is declared multiple times with conflicting class values \"${toString a.class}\" and \"${toString b.class}\".";
            modules = a.modules ++ b.modules;
            specialArgs =
              if shared == { } then
                a.specialArgs // b.specialArgs
              else
                throw "A submoduleWith option is declared multiple times with the same specialArgs \"${toString (builtins.attrNames shared)}\"";
            shorthandOnlyDefinesConfig = agree "shorthandOnlyDefinesConfig" "A submoduleWith option is declared multiple times with conflicting shorthandOnlyDefinesConfig values";
            description = agree "description" "A submoduleWith option is declared multiple times with conflicting descriptions";
          };
      };
    };

  # A module that is kept for later instead of being evaluated.
  deferredModule = deferredModuleWith { };
  deferredModuleWith =
    {
      staticModules ? [ ],
    }:
    mkOptionType {
      name = "deferredModule";
      description = "module";
      descriptionClass = "noun";
      check = value: isAttrs value || lib.isFunction value || lib.types.path.check value;
      merge = loc: defs: {
        imports =
          staticModules
          ++ map (def: lib.setDefaultModuleLocation "${toString def.file}, via option ${lib.showOption loc}" def.value) defs;
      };
      inherit (submoduleWith { modules = staticModules; }) getSubOptions getSubModules;
      substSubModules = m: deferredModuleWith { staticModules = m; };
      functor = defaultFunctor "deferredModuleWith" // {
        type = deferredModuleWith;
        payload = { inherit staticModules; };
        binOp = a: b: { staticModules = a.staticModules ++ b.staticModules; };
      };
    };
}
