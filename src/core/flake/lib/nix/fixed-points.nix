# Self-referring attribute sets and the overlays that change them.
{ lib }:
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
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;
  composeExtensions =
    first: second: final: prev:
    let
      changes = first final prev;
    in
    changes // second final (prev // changes);
  composeManyExtensions = lib.foldr composeExtensions (_: _: { });

  makeExtensible = makeExtensibleWithCustomName "extend";
  makeExtensibleWithCustomName =
    name: f:
    fix' (
      self:
      f self
      // {
        ${name} = overlay: makeExtensibleWithCustomName name (extends overlay f);
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
