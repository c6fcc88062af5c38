# mirrexagon/nixpkgs-esp-dev: ESP-IDF and its compilers as packages, and a shell for each chip.
{ lib, lockstep, ... }:
let
  # `override { rev = "v5.4.1"; … }` takes another release.
  idf =
    pkgs: name:
    lib.makeOverridable (
      { rev, ... }:
      let
        release = if rev == null then null else builtins.match "v?([0-9]+(\\.[0-9]+)+.*)" rev;
      in
      lockstep.package {
        attribute = name;
        pname = "esp-idf";
        version = if release == null then null else builtins.head release;
        certainty = if release == null then "unknown" else "exact";
        reason = if release == null then "the ESP-IDF of the locked revision" else null;
        mainProgram = "idf.py";
        # What needs ESP-IDF needs these, too.
        passthru.propagatedBuildInputs = with pkgs; [ python3 git wget gnumake flex bison gperf pkg-config cmake ninja dfu-util ];
      }
    ) { rev = null; };
  other =
    name:
    lockstep.package {
      attribute = name;
      pname = name;
      certainty = "unknown";
      reason = "the ${name} of the locked revision";
    };
  chips = [ "esp32" "esp32c2" "esp32c3" "esp32c5" "esp32c6" "esp32h2" "esp32p4" "esp32s2" "esp32s3" ];
  idfNames = [ "esp-idf" "esp-idf-full" "esp-idf-riscv" "esp-idf-xtensa" ] ++ map (chip: "esp-idf-${chip}") chips;
  otherNames = [
    "crosstool-ng-xtensa" "esp-rustc" "esp-rustc-src" "esp8266-nonos-sdk" "esp8266-rtos-sdk" "gcc-riscv32-esp32c3-elf-bin"
    "gcc-xtensa-esp32-elf" "gcc-xtensa-esp32-elf-bin" "gcc-xtensa-esp32s2-elf-bin" "gcc-xtensa-esp32s3-elf-bin"
    "gcc-xtensa-lx106-elf" "gcc-xtensa-lx106-elf-bin" "llvm-xtensa" "llvm-xtensa-lib" "openocd-esp32-bin" "qemu-esp32"
    "qemu-esp32c3" "rust-xtensa"
  ];
  packagesFor = pkgs: lib.genAttrs idfNames (idf pkgs) // lib.genAttrs otherNames other;
  overlay = final: prev: packagesFor final;
  shellOf = pkgs: name: package: pkgs.mkShell { inherit name; buildInputs = [ package ]; };
  bySystem = f: lib.genAttrs lib.systems.flakeExposed (system: f (lockstep.pkgsFor system));
in
{
  outputs = {
    overlays.default = overlay;
    inherit overlay;
    packages = bySystem packagesFor;
    devShells = bySystem (
      pkgs:
      let
        packages = packagesFor pkgs;
      in
      lib.listToAttrs (
        map (chip: lib.nameValuePair "${chip}-idf" (shellOf pkgs "esp-idf-${chip}-shell" packages."esp-idf-${chip}")) chips
      )
      // rec {
        esp-idf-full = shellOf pkgs "esp-idf-full-shell" packages.esp-idf-full;
        esp8266-nonos-sdk = shellOf pkgs "esp8266-nonos-sdk-shell" packages.esp8266-nonos-sdk;
        esp8266-rtos-sdk = shellOf pkgs "esp8266-rtos-sdk-shell" packages.esp8266-rtos-sdk;
        default = esp-idf-full;
      }
    );
  };
  files = {
    "overlay.nix" = overlay;
    "default.nix" = { ... }: lockstep.unknown;
  };
}
