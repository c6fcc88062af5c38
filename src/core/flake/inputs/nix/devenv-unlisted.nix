# Languages and services of devenv that its model has no table entry for: when one is enabled, what it brings is not known.
{ lib, lockstep, ... }:
kind: table: settings:
lib.concatMap (
  name:
  let
    given = settings.${name};
  in
  if table ? ${name} || !(builtins.isAttrs given) || !(given.enable or false) then
    [ ]
  else
    lockstep.placed "${kind}.${name}" given "enable" [
      (lockstep.unresolved {
        what = "${kind}.${name}";
        reason = "what devenv brings for this is not known here";
      })
    ]
) (builtins.attrNames settings)
