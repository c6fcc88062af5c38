# Self-referring attribute sets and the overlays that change them.
{ lib }:
let
  inherit (lib.__parts) isUnknown overlay;
in
rec {
  fix =
    f:
    let
      self = f self;
    in
    self;
  fix' =
    f:
    let
      self = f self // {
        __unfix__ = f;
      };
    in
    self;
  converge =
    f: x:
    let
      next = f x;
    in
    if next == x then x else converge f next;

  extends =
    extension: f: final:
    let
      prev = f final;
    in
    overlay prev (extension final prev);
  # An overlay that is not known leaves the others known.
  composeExtensions =
    first: second: final: prev:
    let
      changes = first final prev;
      more = second final (overlay prev changes);
    in
    if isUnknown changes then
      (if isUnknown more then changes else { __rest = changes; } // more)
    else if isUnknown more then
      changes // { __rest = more; }
    else
      changes // more;
  composeManyExtensions = lib.foldr composeExtensions (_: _: { });

  makeExtensible = makeExtensibleWithCustomName "extend";
  makeExtensibleWithCustomName =
    name: f:
    fix' (
      self:
      f self
      // {
        ${name} = extension: makeExtensibleWithCustomName name (extends extension f);
      }
    );
  # A set, a function of `prev`, or a full overlay, as an overlay.
  toExtension =
    value:
    if lib.isFunction value then
      final: prev:
      let
        once = value prev;
      in
      if lib.isFunction once then value final prev else once
    else
      _: _: value;
}
