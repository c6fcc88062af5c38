# Names of Rust's components and targets, and what a locked flake refuses of them for certain. Manifests are not at hand:
# a name that came after `knownUntil` may be right.
{ lib, lockstep, ... }:
let
  inherit (builtins) any elem length match;
  calendar = lockstep.part "rust-calendar";
  knownUntil = calendar.dayOfText "2025-12-01";
  lockedTime = lockstep.input.lastModified or null;
  areKnown = lockedTime != null && calendar.dayOfTime lockedTime <= knownUntil;

  rare = [
    "rust" "rust-mingw" "rust-docs-json" "rust-docs-json-preview" "lldb" "lldb-preview" "llvm-bitcode-linker"
    "llvm-bitcode-linker-preview" "rustc-codegen-gcc" "rustc-codegen-gcc-preview" "enzyme" "enzyme-preview" "gcc" "gcc-preview"
    "gcc-x86_64-unknown-linux-gnu"
  ];
  # Built for the nightly channel alone.
  ofNightly = [
    "miri" "miri-preview" "rustc-codegen-cranelift" "rustc-codegen-cranelift-preview" "rust-docs-json" "rust-docs-json-preview"
  ];
  # Targets are made of words, of which new ones are rare. These have many forms.
  architecture = "(aarch64|arm|hexagon|i[3-6]86|loongarch|mips|powerpc|riscv|s390|sparc|thumb|wasm|x86_64).*";
  # The others.
  words = [
    "android" "androideabi" "apple" "asmjs" "avr" "bpfeb" "bpfel" "csky" "cuda" "darwin" "eabi" "eabihf" "elf" "emscripten"
    "fortanix" "freebsd" "fuchsia" "gnu" "gnu_ilp32" "gnuabi64" "gnuabiv2" "gnuabiv2hf" "gnueabi" "gnueabihf" "gnullvm"
    "gnusf" "gnux32" "illumos" "ios" "linux" "m68k" "macabi" "macos" "msp430" "msvc" "musl" "muslabi64" "musleabi"
    "musleabihf" "muslabiv2" "musl_ilp32" "netbsd" "none" "none2" "nvidia" "nvptx64" "ohos" "openbsd" "pc" "redox" "rumprun"
    "sgx" "sim" "softfloat" "solaris" "sun" "threads" "trusty" "tvos" "uefi" "unknown" "uwp" "visionos" "wasi" "wasip1"
    "wasip2" "wasip3" "watchos" "windows" "xous" "gnueabihf_neon" "cloudabi" "haiku" "hermit" "l4re" "vxworks" "switch"
    "nintendo" "freestanding" "sony" "psp" "vita" "psx" "espidf" "esp" "esp32" "xtensa" "kmc" "solid_asp3" "nto" "qnx710" "qnx700"
    "teeos" "unikraft" "hurd" "aix" "ibm" "amd" "amdhsa" "amdgcn" "cygwin" "lynx" "lynxos178" "managarm" "mlibc" "nuttx"
    "rtems" "zkvm" "risc0" "3ds" "mti" "wrs" "newlibeabihf" "newlib" "motor" "genode" "uclibc" "uclibceabi" "uclibceabihf" "gnuspe" "muslspe" "spe"
  ];
in
rec {
  components = [
    "rustc" "cargo" "rust-std" "rust-docs" "rustfmt" "rustfmt-preview" "clippy" "clippy-preview" "rust-analyzer"
    "rust-analyzer-preview" "rust-src" "llvm-tools" "llvm-tools-preview" "miri" "miri-preview" "rust-analysis" "rustc-dev"
    "rustc-docs" "rls" "rls-preview" "reproducible-artifacts" "rustc-codegen-cranelift" "rustc-codegen-cranelift-preview"
  ];

  # With those that only some channels, days or systems have.
  everyComponent = components ++ rare;

  # Null, or the cause.
  refusedComponent =
    channel: name:
    if areKnown && !(elem name everyComponent) then
      "Unknown component `${name}`, typo or not support by this version?"
    else if channel != "nightly" && elem name ofNightly then
      "Host component `${name}` is built for the nightly channel alone"
    else
      null;
  refusedTarget =
    name:
    let
      parts = lib.splitString "-" name;
      isWord = part: match architecture part != null || elem part words;
    in
    if length parts < 2 || (areKnown && any (part: !(isWord part)) parts) then
      "Unknown target `${name}`, typo or not supported by this version?"
    else
      null;
}
