# Questions about a parsed platform: `isLinux`, `isAarch64` …
{ lib }:
let
  inherit (builtins) elem mapAttrs;

  family = name: parsed: parsed.cpu.family == name;
  familyBits = name: bits: parsed: parsed.cpu.family == name && parsed.cpu.bits == bits;
  cpu = name: parsed: parsed.cpu.name == name;
  kernel = name: parsed: parsed.kernel.name == name;
  abi = names: parsed: elem parsed.abi.name names;
  any = functions: parsed: lib.any (f: f parsed) functions;
  bits = number: parsed: parsed.cpu.bits == number;

  predicates = {
    isi686 = cpu "i686";
    isx86_32 = familyBits "x86" 32;
    isx86_64 = familyBits "x86" 64;
    isx86 = family "x86";
    isPower = family "power";
    isPower64 = familyBits "power" 64;
    isAbiElfv2 = parsed: parsed.abi.name == "gnuabielfv2" || parsed.abi.name == "musl" || cpu "powerpc64le" parsed;
    isAarch = family "arm";
    isAarch32 = familyBits "arm" 32;
    isAarch64 = familyBits "arm" 64;
    isArmv7 = parsed: family "arm" parsed && parsed.cpu.version or "" == "7";
    isMicroBlaze = family "microblaze";
    isMips = family "mips";
    isMips32 = familyBits "mips" 32;
    isMips64 = familyBits "mips" 64;
    isMips64n32 = parsed: familyBits "mips" 64 parsed && abi [ "gnuabin32" "muslabin32" ] parsed;
    isMips64n64 = parsed: familyBits "mips" 64 parsed && abi [ "gnuabi64" "muslabi64" ] parsed;
    isMmix = family "mmix";
    isRiscV = family "riscv";
    isRiscV32 = familyBits "riscv" 32;
    isRiscV64 = familyBits "riscv" 64;
    isRx = family "rx";
    isSparc = family "sparc";
    isSparc64 = familyBits "sparc" 64;
    isWasm = family "wasm";
    isMsp430 = family "msp430";
    isVc4 = family "vc4";
    isAvr = family "avr";
    isArc = family "arc";
    isAlpha = family "alpha";
    isOr1k = family "or1k";
    isM68k = family "m68k";
    isS390 = family "s390";
    isS390x = familyBits "s390" 64;
    isLoongArch64 = familyBits "loongarch" 64;
    isJavaScript = family "javascript";

    is8bit = bits 8;
    is16bit = bits 16;
    is32bit = bits 32;
    is64bit = bits 64;
    isILP32 = abi [ "androideabi" "eabi" "eabihf" "gnueabi" "gnueabihf" "musleabi" "musleabihf" "gnu_ilp32" "gnuabin32" "muslabin32" ];
    isBigEndian = parsed: parsed.cpu.significantByte.name == "bigEndian";
    isLittleEndian = parsed: parsed.cpu.significantByte.name == "littleEndian";

    isBSD = parsed: parsed.kernel.families ? bsd;
    isDarwin = parsed: parsed.kernel.families ? darwin;
    isUnix = any [ predicates.isBSD predicates.isDarwin predicates.isLinux predicates.isSunOS predicates.isCygwin predicates.isRedox ];
    isMacOS = kernel "darwin";
    isiOS = kernel "ios";
    isLinux = kernel "linux";
    isSunOS = kernel "solaris";
    isFreeBSD = kernel "freebsd";
    isNetBSD = kernel "netbsd";
    isOpenBSD = kernel "openbsd";
    isWindows = kernel "windows";
    isCygwin = parsed: kernel "windows" parsed && abi [ "cygnus" ] parsed;
    isMinGW = parsed: kernel "windows" parsed && abi [ "gnu" ] parsed;
    isMsvc = parsed: kernel "windows" parsed && abi [ "msvc" ] parsed;
    isWasi = kernel "wasi";
    isRedox = kernel "redox";
    isGhcjs = kernel "ghcjs";
    isGenode = kernel "genode";
    isNone = kernel "none";
    isMMIXware = kernel "mmixware";

    isAndroid = abi [ "android" "androideabi" ];
    isGnu = abi [ "gnuabi64" "gnuabin32" "gnu" "gnueabi" "gnueabihf" "gnuabielfv1" "gnuabielfv2" "gnu_ilp32" ];
    isMusl = abi [ "musl" "musleabi" "musleabihf" "muslabin32" "muslabi64" ];
    isUClibc = abi [ "uclibc" "uclibceabi" "uclibceabihf" ];
    isEfi = any [ (family "arm") (family "x86") (family "riscv") ];
    isElf = parsed: parsed.kernel.execFormat.name == "elf";
    isMacho = parsed: parsed.kernel.execFormat.name == "macho";
    isArmv5 = parsed: family "arm" parsed && parsed.cpu.version or "" == "5";
    isArmv6 = parsed: family "arm" parsed && parsed.cpu.version or "" == "6";
  };

  # As parts of a platform, for `meta.platforms` that are patterns.
  cpuPattern = attrs: { cpu = attrs; };
  kernelPattern = name: { kernel = { inherit name; }; };
  patterns = {
    isi686 = cpuPattern { name = "i686"; };
    isx86_32 = cpuPattern { family = "x86"; bits = 32; };
    isx86_64 = cpuPattern { family = "x86"; bits = 64; };
    isx86 = cpuPattern { family = "x86"; };
    isPower = cpuPattern { family = "power"; };
    isPower64 = cpuPattern { family = "power"; bits = 64; };
    isAarch = cpuPattern { family = "arm"; };
    isAarch32 = cpuPattern { family = "arm"; bits = 32; };
    isAarch64 = cpuPattern { family = "arm"; bits = 64; };
    isMips = cpuPattern { family = "mips"; };
    isRiscV = cpuPattern { family = "riscv"; };
    isRiscV32 = cpuPattern { family = "riscv"; bits = 32; };
    isRiscV64 = cpuPattern { family = "riscv"; bits = 64; };
    isWasm = cpuPattern { family = "wasm"; };
    is32bit = cpuPattern { bits = 32; };
    is64bit = cpuPattern { bits = 64; };
    isBSD = { kernel.families.bsd.name = "bsd"; };
    isDarwin = { kernel.families.darwin.name = "darwin"; };
    isLinux = kernelPattern "linux";
    isFreeBSD = kernelPattern "freebsd";
    isNetBSD = kernelPattern "netbsd";
    isOpenBSD = kernelPattern "openbsd";
    isWindows = kernelPattern "windows";
    isWasi = kernelPattern "wasi";
    isNone = kernelPattern "none";
  };
in
{
  inherit predicates patterns;
  predicatesOf = parsed: mapAttrs (_: predicate: predicate parsed) predicates;
}
