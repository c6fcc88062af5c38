# nix-systems/*: a list of systems to import, chosen by the repository's name.
{ lib, lockstep, ... }:
let
  lists = {
    default = [ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ];
    default-linux = [ "aarch64-linux" "x86_64-linux" ];
    default-darwin = [ "aarch64-darwin" "x86_64-darwin" ];
    x86_64-linux = [ "x86_64-linux" ];
    aarch64-linux = [ "aarch64-linux" ];
    x86_64-darwin = [ "x86_64-darwin" ];
    aarch64-darwin = [ "aarch64-darwin" ];
    triplet = [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" ];
    flake-exposed = lib.systems.flakeExposed;
    future-26_11 = [ "aarch64-darwin" "aarch64-linux" "x86_64-linux" ];
  };
  wanted = lockstep.input.repo or "default";
in
{
  outputs = { };
  files."default.nix" =
    lists.${wanted} or (
      if builtins.match "(aarch64|x86_64|i686|armv7l|armv6l|riscv64|powerpc64le)-(linux|darwin|freebsd)" wanted != null then [ wanted ] else lists.default
    );
}
