# Derivations that are only evaluated when they are needed.
{ lib }:
{
  lazyDerivation =
    args@{
      derivation,
      meta ? null,
      passthru ? { },
      outputs ? [ "out" ],
    }:
    let
      checked =
        lib.throwIfNot (derivation.type or null == "derivation")
          "lazyDerivation: input must be a derivation." derivation;
      outputAttrs = lib.genAttrs outputs (name: checked.${name});
    in
    {
      type = "derivation";
      inherit (checked) outPath outputName drvPath name system;
      inherit outputs;
    }
    // outputAttrs
    // lib.optionalAttrs (meta != null) { inherit meta; }
    // lib.optionalAttrs (args ? meta && meta == null) { inherit (checked) meta; }
    // passthru;
  optionalDrvAttr = condition: value: if condition then value else null;
  warnOnInstantiate =
    message: drv:
    let
      warned = lib.warn message;
    in
    drv
    // {
      drvPath = warned drv.drvPath;
      outPath = warned drv.outPath;
    };
}
