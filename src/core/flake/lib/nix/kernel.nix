# Values of Linux kernel options.
{ lib }:
let
  entry = tristate: { inherit tristate; };
in
{
  unset = entry null // { optional = false; };
  yes = entry "y" // { optional = false; };
  no = entry "n" // { optional = false; };
  module = entry "m" // { optional = false; };
  freeform = text: { freeform = text; optional = false; };
  option = value: value // { optional = true; };
  whenHelpers = version: {
    whenAtLeast = wanted: lib.mkIf (lib.versionAtLeast version wanted);
    whenOlder = wanted: lib.mkIf (lib.versionOlder version wanted);
    whenBetween = low: high: lib.mkIf (lib.versionAtLeast version low && lib.versionOlder version high);
  };
}
