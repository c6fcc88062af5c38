# Questions about a parsed platform (`isLinux`, `isAarch64` …): parts of it that a platform has to have, in one of the ways.
{ lib }:
let
  inherit (builtins) concatMap filter isList mapAttrs;
  inherit (lib.systems.parse) cpuTypes kernels kernelFamilies significantBytes execFormats;
  abis = mapAttrs (_: abi: removeAttrs abi [ "assertions" ]) lib.systems.parse.abis;

  family = name: { cpu.family = name; };
  familyBits = name: bits: { cpu = { family = name; inherit bits; }; };
  kernel = name: { kernel = kernels.${name}; };
  anyAbi = map (name: { abi = abis.${name}; });

  patterns = {
    isi686.cpu = cpuTypes.i686;
    isx86_32 = familyBits "x86" 32;
    isx86_64 = familyBits "x86" 64;
    isx86 = family "x86";
    isPower = family "power";
    isPower64 = familyBits "power" 64;
    isAbiElfv2 = [ { abi.abi = "elfv2"; } (familyBits "power" 64 // { abi.name = "musl"; }) ];
    isAarch = family "arm";
    isAarch32 = familyBits "arm" 32;
    isAarch64 = familyBits "arm" 64;
    isArmv7 = map ({ arch, ... }: { cpu = { inherit arch; }; }) (filter (cpu: lib.hasPrefix "armv7" cpu.arch or "") (builtins.attrValues cpuTypes));
    isMicroBlaze = family "microblaze";
    isMips = family "mips";
    isMips32 = familyBits "mips" 32;
    isMips64 = familyBits "mips" 64;
    isMips64n32 = familyBits "mips" 64 // { abi.abi = "n32"; };
    isMips64n64 = familyBits "mips" 64 // { abi.abi = "64"; };
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
    isJavaScript.cpu = cpuTypes.javascript;

    is32bit.cpu.bits = 32;
    is64bit.cpu.bits = 64;
    isILP32 = [ (familyBits "wasm" 32) ] ++ map (abi: { abi = { inherit abi; }; }) [ "n32" "ilp32" "x32" ];
    isBigEndian.cpu.significantByte = significantBytes.bigEndian;
    isLittleEndian.cpu.significantByte = significantBytes.littleEndian;

    isBSD.kernel.families = { inherit (kernelFamilies) bsd; };
    isDarwin.kernel.families = { inherit (kernelFamilies) darwin; };
    isUnix = [ patterns.isBSD patterns.isDarwin patterns.isLinux patterns.isSunOS patterns.isCygwin patterns.isRedox ];
    isMacOS = kernel "macos";
    isiOS = kernel "ios";
    isLinux = kernel "linux";
    isSunOS = kernel "solaris";
    isFreeBSD.kernel.name = "freebsd";
    isNetBSD = kernel "netbsd";
    isOpenBSD = kernel "openbsd";
    isWindows = kernel "windows";
    isCygwin = kernel "windows" // { abi = abis.cygnus; };
    isMinGW = kernel "windows" // { abi = abis.gnu; };
    isMsvc = kernel "windows" // { abi = abis.msvc; };
    isWasi = kernel "wasi";
    isRedox = kernel "redox";
    isGhcjs = kernel "ghcjs";
    isGenode = kernel "genode";
    isNone = kernel "none";

    isAndroid = anyAbi [ "android" "androideabi" ];
    isGnu = anyAbi [ "gnuabi64" "gnuabin32" "gnu" "gnueabi" "gnueabihf" "gnuabielfv1" "gnuabielfv2" ];
    isMusl = anyAbi [ "musl" "musleabi" "musleabihf" "muslabin32" "muslabi64" ];
    isUClibc = anyAbi [ "uclibc" "uclibceabi" "uclibceabihf" ];
    isEfi =
      map (version: { cpu = { family = "arm"; inherit version; }; }) [ "6" "7" "8" ]
      ++ map family [ "riscv" "x86" "loongarch" ];
    isElf.kernel.execFormat = execFormats.elf;
    isMacho.kernel.execFormat = execFormats.macho;
  };

  matchAnyAttrs =
    pattern: if isList pattern then attrs: lib.any (one: lib.matchAttrs one attrs) pattern else lib.matchAttrs pattern;

  # Parts that have no name in common say different things of the same thing, of which nixpkgs keeps the second.
  both =
    one: other:
    one
    // mapAttrs (
      name: part:
      if !(one ? ${name}) || builtins.intersectAttrs one.${name} part == { } || one.${name} == part then
        part
      else
        throw "pattern conflict at path ${name}:\n  ${builtins.toJSON one.${name}}\n  ${builtins.toJSON part}\n"
    ) other;
  predicates = mapAttrs (_: matchAnyAttrs) patterns;
in
{
  inherit patterns predicates matchAnyAttrs;
  patternLogicalAnd = one: other: concatMap (a: map (both a) (lib.toList other)) (lib.toList one);
  # What a platform has that its parsed form does not tell.
  platformPatterns.isStatic = { parsed = { }; isStatic = true; };
}
