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
      # What follows the first dash stays as it is.
      release = builtins.head (lib.splitString "-" version);
      padded = lib.take count (splitVersion release ++ lib.genList (_: "0") count);
    in
    builtins.concatStringsSep "." padded + lib.removePrefix release version;
}
