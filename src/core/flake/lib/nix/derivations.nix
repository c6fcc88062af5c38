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
      list = lib.generators.toPretty { multiline = false; };
      checked =
        lib.throwIfNot (derivation.type or null == "derivation") "lazyDerivation: input must be a derivation."
          lib.throwIfNot
          (derivation.outputs == outputs)
          "lib.lazyDerivation: The derivation ${derivation.name or "<unknown>"} has outputs that don't match the assumed outputs: ${list derivation.outputs}, not ${list outputs}. Say them in `outputs`, in the same order."
          derivation;
      outputAttrs = lib.genAttrs outputs (name: checked.${name});
    in
    {
      type = "derivation";
      inherit (checked) outPath outputName drvPath name system;
      inherit outputs;
      meta = args.meta or checked.meta;
    }
    // outputAttrs
    // passthru;
  optionalDrvAttr = condition: value: if condition then value else null;
  warnOnInstantiate =
    message: drv:
    drv // builtins.mapAttrs (_: lib.warn message) (removeAttrs drv [ "meta" "name" "type" ]);
}
