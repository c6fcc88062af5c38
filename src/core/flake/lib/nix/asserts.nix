# Assertions with a message.
{ lib }:
rec {
  assertMsg = condition: message: condition || throw message;
  assertOneOf =
    name: value: choices:
    assertMsg (builtins.elem value choices)
      "${name} must be one of ${lib.generators.toPretty { } choices}, but is: ${lib.generators.toPretty { } value}";
  assertEachOneOf =
    name: values: choices:
    assertMsg (builtins.all (value: builtins.elem value choices) values)
      "each element in ${name} must be one of ${lib.generators.toPretty { } choices}, but is: ${lib.generators.toPretty { } values}";
  checkAssertWarn =
    assertions: warnings: value:
    let
      failed = map (entry: entry.message) (builtins.filter (entry: !entry.assertion) assertions);
    in
    if failed != [ ] then
      throw "\nFailed assertions:\n${lib.concatStringsSep "\n" (map (text: "- ${text}") failed)}"
    else
      lib.showWarnings warnings value;
}
