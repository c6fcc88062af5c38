# Flake references as attribute sets and back.
{ lib }:
{
  parseFlakeRef =
    builtins.parseFlakeRef or (_: throw "lib.flakes.parseFlakeRef: this evaluator has no builtins.parseFlakeRef");
  flakeRefToString =
    builtins.flakeRefToString or (_: throw "lib.flakes.flakeRefToString: this evaluator has no builtins.flakeRefToString");
  # Outputs of a flake whose source is at hand and whose inputs are given.
  callLocklessFlake =
    { path, inputs ? { } }:
    let
      self = {
        outPath = path;
      }
      // ((import (path + "/flake.nix")).outputs (inputs // { inherit self; }));
    in
    self;
}
