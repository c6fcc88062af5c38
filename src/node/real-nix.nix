# Applied to `devShells.<system>` (or a set that stands for it): what a reader wants to know of each shell. A key
# `outPath` would make Nix print the set as that path, so there is none.
structural: wanted: shells:
let
  flat =
    value:
    if builtins.isList value then
      builtins.concatLists (map flat value)
    else if value == null then
      [ ]
    else
      [ value ];
  text = value: builtins.unsafeDiscardStringContext (toString value);
  item =
    value:
    if builtins.isAttrs value then
      {
        name = text (value.name or "unnamed");
        pname = if value ? pname then text value.pname else null;
        version = if value ? version then text value.version else null;
      }
    else
      { name = text value; pname = null; version = null; };
  lists = [ "nativeBuildInputs" "buildInputs" "propagatedNativeBuildInputs" "propagatedBuildInputs" ];
  simple = value: builtins.isString value || builtins.isInt value || builtins.isBool value || builtins.isPath value;
  variables =
    attrs:
    builtins.listToAttrs (
      builtins.concatMap (
        name: if simple attrs.${name} then [ { inherit name; value = text attrs.${name}; } ] else [ ]
      ) (builtins.filter (name: !(builtins.elem name structural)) (builtins.attrNames attrs))
    );
in
builtins.mapAttrs (
  _: shell:
  {
    packages = map item (builtins.concatMap (list: flat (shell.${list} or [ ])) lists);
    variables = variables (shell.drvAttrs or { });
    shellHook = text (shell.shellHook or "");
  }
) (builtins.intersectAttrs (builtins.listToAttrs (map (name: { inherit name; value = null; }) wanted)) shells)
