# Tracing values, and a small test runner.
{ lib }:
let
  inherit (builtins) trace isAttrs isList mapAttrs;
  show = value: lib.generators.toPretty { multiline = false; } value;
in
rec {
  addErrorContextToAttrs = mapAttrs (
    name: value: builtins.addErrorContext "while evaluating an attribute `${name}`" value
  );
  traceIf = condition: message: value: if condition then trace message value else value;
  traceValFn = f: value: trace (f value) value;
  traceVal = traceValFn lib.id;
  traceSeq = x: y: trace (builtins.deepSeq x x) y;
  traceSeqN =
    depth: x: y:
    let
      as = text: value: { __pretty = _: text; val = value; };
      snip = value: if isList value then as "[…]" value else if isAttrs value then as "{…}" value else value;
      cut =
        n: value:
        if n == 0 then
          snip value
        else if isList value then
          map (cut (n - 1)) value
        else if isAttrs value then
          mapAttrs (_: cut (n - 1)) value
        else
          value;
    in
    trace (lib.generators.toPretty { allowPrettyValues = true; } (cut depth x)) y;
  traceValSeqFn = f: value: traceValFn f (builtins.deepSeq value value);
  traceValSeq = traceValSeqFn lib.id;
  traceValSeqNFn = f: depth: value: traceSeqN depth (f value) value;
  traceValSeqN = traceValSeqNFn lib.id;
  traceFnSeqN =
    depth: name: f: value:
    let
      result = f value;
    in
    traceSeqN (depth + 1) {
      fn = name;
      from = value;
      to = result;
    } result;
  # Tests `{ name = { expr; expected; }; }`; gives those that fail.
  runTests =
    tests:
    builtins.concatLists (
      builtins.attrValues (
        mapAttrs (
          name: test:
          let
            wanted = if tests ? tests then builtins.elem name tests.tests else lib.hasPrefix "test" name;
          in
          lib.optional (wanted && test.expr != test.expected) {
            inherit name;
            inherit (test) expected;
            result = test.expr;
          }
        ) (removeAttrs tests [ "tests" ])
      )
    );
  throwTestFailures =
    { failures, description ? "tests", ... }:
    if failures == [ ] then
      null
    else
      throw "${toString (builtins.length failures)} ${description} failed: ${lib.concatMapStringsSep ", " (failure: failure.name) failures}; ${show failures}";
  testAllTrue = expr: {
    inherit expr;
    expected = map (_: true) expr;
  };
}
