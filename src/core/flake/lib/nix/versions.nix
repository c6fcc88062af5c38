# Parts of version numbers.
{ lib }:
rec {
  splitVersion = builtins.splitVersion;
  major = version: builtins.elemAt (splitVersion version) 0;
  minor = version: builtins.elemAt (splitVersion version) 1;
  patch = version: builtins.elemAt (splitVersion version) 2;
  majorMinor = version: builtins.concatStringsSep "." (lib.take 2 (splitVersion version));
  # Cut or filled with zeros to a number of parts.
  pad =
    count: version:
    let
      parts = lib.splitString "-" version;
      numbers = lib.splitString "." (builtins.head parts);
      padded = lib.take count (numbers ++ lib.replicate (lib.max 0 (count - builtins.length numbers)) "0");
      suffix = builtins.tail parts;
    in
    builtins.concatStringsSep "-" ([ (builtins.concatStringsSep "." padded) ] ++ suffix);
}
