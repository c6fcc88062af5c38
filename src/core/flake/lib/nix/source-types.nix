# Where a package's content comes from.
{ lib }:
builtins.mapAttrs (shortName: attrs: { inherit shortName; } // attrs) {
  fromSource.isSource = true;
  binaryNativeCode.isSource = false;
  binaryBytecode.isSource = false;
  binaryFirmware.isSource = false;
}
