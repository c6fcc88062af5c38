# Kernel and compiler settings that nixpkgs takes for a platform on which nothing else is said.
{ lib }:
let
  board = name: baseConfig: extra: {
    linux-kernel = { inherit name baseConfig; } // extra;
  };
  gcc = arch: extra: { gcc = { inherit arch; } // extra; };
  modular = { autoModules = true; };
  tree = { DTB = true; autoModules = true; preferBuiltin = true; };
  uImage = address: { autoModules = false; makeFlags = [ "LOADADDR=${address}" ]; target = "uImage"; };
  mips = arch: abi: gcc arch { float = "hard"; inherit abi; };
in
rec {
  pc = board "pc" "defconfig" (modular // { target = "bzImage"; });
  pc_simplekernel = lib.recursiveUpdate pc { linux-kernel.autoModules = false; };
  powernv = board "PowerNV" "powernv_defconfig" (modular // { target = "vmlinux"; });
  pogoplug4 = board "pogoplug4" "multi_v5_defconfig" (uImage "0x8000") // gcc "armv5te" { };
  sheevaplug = board "sheevaplug" "multi_v5_defconfig" (uImage "0x0200000" // { DTB = true; }) // gcc "armv5te" { };
  raspberrypi = board "raspberrypi" "bcm2835_defconfig" (tree // { target = "zImage"; }) // gcc "armv6kz" { fpu = "vfpv2"; };
  raspberrypi2 = armv7l-hf-multiplatform;
  armv7l-hf-multiplatform =
    board "armv7l-hf-multiplatform" "multi_v7_defconfig" (tree // { Major = "2.6"; target = "zImage"; })
    // gcc "armv7-a" { fpu = "vfpv3-d16"; };
  aarch64-multiplatform = board "aarch64-multiplatform" "defconfig" (tree // { target = "Image"; }) // gcc "armv8-a" { };
  apple-m1 = gcc "armv8.3-a+crypto+sha2+aes+crc+fp16+lse+simd+ras+rdm+rcpc" { cpu = "apple-a13"; };
  fuloong2f_n32 = mips "loongson2f" "n32";
  gcc_mips32r2_o32 = mips "mips32r2" "32";
  gcc_mips32r6_o32 = mips "mips32r6" "32";
  gcc_mips64r2_n32 = mips "mips64r2" "n32";
  gcc_mips64r6_n32 = mips "mips64r6" "n32";
  gcc_mips64r2_64 = mips "mips64r2" "64";
  gcc_mips64r6_64 = mips "mips64r6" "64";
  riscv-multiplatform = board "riscv-multiplatform" "defconfig" (tree // { target = "Image"; });
  loongarch64-multiplatform =
    board "loongarch-multiplatform" "defconfig" (tree // { target = "vmlinuz.efi"; })
    // gcc "la64v1.0" { strict-align = false; cmodel = "medium"; };

  select =
    platform:
    let
      version = platform.parsed.cpu.version or null;
      cpu = platform.parsed.cpu.name;
    in
    if platform.isx86 then
      pc
    else if platform.isAarch32 then
      if version == null then
        pc
      else if lib.versionOlder version "6" then
        sheevaplug
      else if lib.versionOlder version "7" then
        raspberrypi
      else
        armv7l-hf-multiplatform
    else if platform.isAarch64 then
      (if platform.isDarwin then apple-m1 else aarch64-multiplatform)
    else if platform.isLoongArch64 then
      loongarch64-multiplatform
    else if platform.isRiscV then
      riscv-multiplatform
    else if cpu == "mipsel" then
      { config = "mipsel-unknown-linux-gnu"; } // gcc_mips32r2_o32
    else if cpu == "powerpc64le" then
      powernv
    else
      { };
}
