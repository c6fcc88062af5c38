# Languages, services and integrations (`kind` is null) of devenv that its model has no table entry for: when one is enabled,
# what it brings is not known.
{ lib, lockstep, ... }:
kind: table: settings:
lib.concatMap (
  name:
  let
    given = settings.${name};
    option = if kind == null then name else "${kind}.${name}";
  in
  if table ? ${name} || !(builtins.isAttrs given) || !(given.enable or false) then
    [ ]
  else
    lockstep.placed option given "enable" [
      (lockstep.unresolved {
        what = option;
        reason = "what devenv brings for this is not known here";
      })
    ]
) (builtins.attrNames settings)
