# nix-darwin: `lib.darwinSystem`. What its modules do is read apart (`modules/`).
{ lockstep, ... }:
let
  tool = (lockstep.part "tool-flake").outputs;
in
{
  outputs = tool // {
    lib = {
      darwinSystem = lockstep.configuration "darwin";
      evalConfig = lockstep.configuration "darwin";
    };
    darwinModules = { };
  };
}
