# `derivation`: the outputs as sets that refer to each other; nothing is computed before a path is asked for.
{ outputs ? [ "out" ], ... }@drvAttrs:
let
  strict = derivationStrict drvAttrs;
  named = map (outputName: {
    name = outputName;
    value = shared // {
      outPath = builtins.getAttr outputName strict;
      inherit (strict) drvPath;
      type = "derivation";
      inherit outputName;
    };
  }) outputs;
  shared = drvAttrs // builtins.listToAttrs named // {
    all = map (output: output.value) named;
    inherit drvAttrs;
  };
in
(builtins.head named).value
