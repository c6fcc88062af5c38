# System strings (`x86_64-linux`, `aarch64-unknown-linux-musl`): read into CPU, vendor, kernel and ABI, and written again.
{ lib }:
let
  inherit (builtins) all any attrValues concatStringsSep elem elemAt head length mapAttrs match;
  inherit (lib.__parts.systems-inspect) predicates;
  inherit (lib) hasPrefix;

  marked = type: mapAttrs (name: about: { _type = type; inherit name; } // about);

  cpu = bits: family: extra: { inherit bits family; significantByte = significantBytes.littleEndian; } // extra;
  bigEnd = bits: family: extra: cpu bits family ({ significantByte = significantBytes.bigEndian; } // extra);
  armOf = version: arch: { inherit version arch; };

  significantBytes = marked "significant-byte" { bigEndian = { }; littleEndian = { }; };
  cpuTypes =
    marked "cpu-type" {
      arm = cpu 32 "arm" { };
      armv5tel = cpu 32 "arm" (armOf "5" "armv5t");
      armv6m = cpu 32 "arm" (armOf "6" "armv6-m");
      armv6l = cpu 32 "arm" (armOf "6" "armv6");
      armv7a = cpu 32 "arm" (armOf "7" "armv7-a");
      armv7r = cpu 32 "arm" (armOf "7" "armv7-r");
      armv7m = cpu 32 "arm" (armOf "7" "armv7-m");
      armv7l = cpu 32 "arm" (armOf "7" "armv7");
      armv8a = cpu 32 "arm" (armOf "8" "armv8-a");
      armv8r = cpu 32 "arm" (armOf "8" "armv8-a");
      armv8m = cpu 32 "arm" (armOf "8" "armv8-m");
      aarch64 = cpu 64 "arm" (armOf "8" "armv8-a");
      aarch64_be = bigEnd 64 "arm" (armOf "8" "armv8-a");
      i386 = cpu 32 "x86" { arch = "i386"; };
      i486 = cpu 32 "x86" { arch = "i486"; };
      i586 = cpu 32 "x86" { arch = "i586"; };
      i686 = cpu 32 "x86" { arch = "i686"; };
      x86_64 = cpu 64 "x86" { arch = "x86-64"; };
      microblaze = bigEnd 32 "microblaze" { };
      microblazeel = cpu 32 "microblaze" { };
      mips = bigEnd 32 "mips" { };
      mipsel = cpu 32 "mips" { };
      mips64 = bigEnd 64 "mips" { };
      mips64el = cpu 64 "mips" { };
      mmix = bigEnd 64 "mmix" { };
      m68k = bigEnd 32 "m68k" { };
      powerpc = bigEnd 32 "power" { };
      powerpcle = cpu 32 "power" { };
      powerpc64 = bigEnd 64 "power" { };
      powerpc64le = cpu 64 "power" { };
      riscv32 = cpu 32 "riscv" { };
      riscv64 = cpu 64 "riscv" { };
      s390 = bigEnd 32 "s390" { };
      s390x = bigEnd 64 "s390" { };
      sparc = bigEnd 32 "sparc" { };
      sparc64 = bigEnd 64 "sparc" { };
      wasm32 = cpu 32 "wasm" { };
      wasm64 = cpu 64 "wasm" { };
      alpha = cpu 64 "alpha" { };
      arc = cpu 32 "arc" { };
      rx = cpu 32 "rx" { };
      msp430 = cpu 16 "msp430" { };
      # A CPU of eight bits has no order of bytes.
      avr = { bits = 8; family = "avr"; };
      vc4 = cpu 32 "vc4" { };
      or1k = bigEnd 32 "or1k" { };
      loongarch64 = cpu 64 "loongarch" { };
      javascript = cpu 32 "javascript" { };
    }
    // {
      arm64 = cpuTypes.aarch64;
    };

  # Which CPUs run what was made for one, directly.
  runsOn = {
    i386 = [ "i486" ];
    i486 = [ "i586" ];
    i586 = [ "i686" ];
    i686 = [ "x86_64" ];
    arm = [ "armv5tel" ];
    armv5tel = [ "armv6l" ];
    armv6l = [ "armv6m" ];
    armv6m = [ "armv7l" ];
    armv7l = [ "armv7a" "armv7r" "armv7m" ];
    armv8a = [ "aarch64" ];
    armv8r = [ "armv8a" ];
    armv8m = [ "armv8a" ];
    powerpc = [ "powerpc64" ];
    powerpcle = [ "powerpc64le" ];
    mips = [ "mips64" ];
    mipsel = [ "mips64el" ];
    riscv32 = [ "riscv64" ];
    sparc = [ "sparc64" ];
    wasm32 = [ "wasm64" ];
  };
  isCompatible =
    a: b:
    a == b
    || b.name == "aarch64" && a.name == "armv8a"
    || any (name: isCompatible a cpuTypes.${name}) (runsOn.${b.name} or [ ]);

  vendors = marked "vendor" (lib.genAttrs [ "apple" "pc" "knuth" "w64" "none" "unknown" ] (_: { }));
  execFormats = marked "exec-format" (lib.genAttrs [ "aout" "elf" "macho" "pe" "wasm" "unknown" ] (_: { }));
  kernelFamilies = marked "exec-format" { bsd = { }; darwin = { }; };

  kernel = format: families: { execFormat = execFormats.${format}; families = lib.getAttrs families kernelFamilies; };
  kernels =
    marked "kernel" {
      macos = kernel "macho" [ "darwin" ] // { name = "darwin"; };
      ios = kernel "macho" [ "darwin" ];
      freebsd = kernel "elf" [ "bsd" ];
      linux = kernel "elf" [ ];
      netbsd = kernel "elf" [ "bsd" ];
      none = kernel "unknown" [ ];
      openbsd = kernel "elf" [ "bsd" ];
      solaris = kernel "elf" [ ];
      wasi = kernel "wasm" [ ];
      redox = kernel "elf" [ ];
      windows = kernel "pe" [ ];
      ghcjs = kernel "unknown" [ ];
      genode = kernel "elf" [ ];
      mmixware = kernel "unknown" [ ];
    }
    // {
      darwin = kernels.macos;
      watchos = kernels.ios;
      tvos = kernels.ios;
      win32 = kernels.windows;
    };

  refused = test: message: { assertions = [ { assertion = platform: !test platform; message = "${message}\n"; } ]; };
  onArm32 = platform: platform.isAarch32;
  onBigPower = platform: platform.isPower64 && platform.isBigEndian;
  abis = marked "abi" {
    cygnus = { };
    msvc = { };
    eabi.float = "soft";
    eabihf.float = "hard";
    elf = { };
    androideabi = { };
    android = refused onArm32 "The \"android\" ABI is not for 32-bit ARM. Use \"androideabi\" instead.";
    gnueabi.float = "soft";
    gnueabihf.float = "hard";
    gnu.assertions =
      (refused onArm32 "The \"gnu\" ABI is ambiguous on 32-bit ARM. Use \"gnueabi\" or \"gnueabihf\" instead.").assertions
      ++ (refused onBigPower "The \"gnu\" ABI is ambiguous on big-endian 64-bit PowerPC. Use \"gnuabielfv2\" or \"gnuabielfv1\" instead.").assertions;
    gnuabi64.abi = "64";
    muslabi64.abi = "64";
    gnuabin32.abi = "n32";
    muslabin32.abi = "n32";
    gnuabielfv1.abi = "elfv1";
    gnuabielfv2.abi = "elfv2";
    musleabi.float = "soft";
    musleabihf.float = "hard";
    musl = { };
    uclibceabi.float = "soft";
    uclibceabihf.float = "hard";
    uclibc = { };
    unknown = { };
  };

  open = name: description: check: lib.mkOptionType { inherit name description check; merge = lib.mergeOneOption; };
  oneOf = values: lib.types.enum (attrValues values);
  types = {
    openSignificantByte = open "significant-byte" "Endianness" (_: true);
    significantByte = oneOf significantBytes;
    bitWidth = lib.types.enum [ 8 16 32 64 128 ];
    openCpuType = open "cpu-type" "instruction set architecture name and information" (
      x: types.bitWidth.check x.bits && (if x.bits > 8 then types.significantByte.check x.significantByte else !(x ? significantByte))
    );
    cpuType = oneOf cpuTypes;
    openVendor = open "vendor" "vendor for the platform" (_: true);
    vendor = oneOf vendors;
    openExecFormat = open "exec-format" "executable container used by the kernel" (_: true);
    execFormat = oneOf execFormats;
    openKernelFamily = open "exec-format" "executable container used by the kernel" (_: true);
    kernelFamily = oneOf kernelFamilies;
    openKernel = open "kernel" "kernel name and information" (
      x: types.execFormat.check x.execFormat && all types.kernelFamily.check (attrValues x.families)
    );
    kernel = oneOf kernels;
    openAbi = open "abi" "binary interface for compiled code and syscalls" (_: true);
    abi = oneOf abis;
    parsedPlatform = open "system" "fully parsed representation of llvm- or nix-style platform tuple" isWhole;
  };
  # Apart from its type, for which all option types would be loaded.
  isWhole =
    { cpu, vendor, kernel, abi }:
    known cpuTypes cpu && known vendors vendor && known kernels kernel && known abis abi;
  # Kernels stand under more names than their own.
  known = values: x: (if values ? ${x.name} then values.${x.name}.name == x.name else false);

  mkSystem =
    parts:
    assert isWhole parts;
    { _type = "system"; } // parts;

  mkSkeletonFromList =
    parts:
    let
      text = concatStringsSep "-" parts;
      first = head parts;
      second = elemAt parts 1;
      third = elemAt parts 2;
      ambiguous = number: throw "system string '${text}' with ${number} is ambiguous";
      startsWith = prefixes: text: any (prefix: hasPrefix prefix text) prefixes;
    in
    {
      "1" = if first == "avr" then { cpu = first; kernel = "none"; abi = "unknown"; } else ambiguous "1 component";
      "2" =
        if second == "cygwin" then
          { cpu = first; kernel = "windows"; abi = "cygnus"; }
        else if second == "windows" then
          { cpu = first; kernel = "windows"; abi = "msvc"; }
        else if second == "elf" then
          { cpu = first; vendor = "unknown"; kernel = "none"; abi = "elf"; }
        else
          { cpu = first; kernel = second; };
      "3" =
        if second == "linux" || elem third [ "eabi" "eabihf" "elf" "gnu" ] then
          { cpu = first; vendor = "unknown"; kernel = second; abi = third; }
        else if
          second == "apple"
          || elem third [ "redox" "mmixware" "ghcjs" "mingw32" ]
          || startsWith [ "freebsd" "netbsd" "openbsd" "genode" ] third
          || hasPrefix "wasm32" first
        then
          { cpu = first; vendor = second; kernel = if third == "mingw32" then "windows" else third; }
        else
          ambiguous "3 components";
      "4" = { cpu = first; vendor = second; kernel = third; abi = elemAt parts 3; };
    }
    .${toString (length parts)}
      or (throw "system string '${text}' has invalid number of hyphen-separated components");

  named = kind: values: name: values.${name} or (throw "Unknown ${kind}: ${name}");
  mkSystemFromSkeleton =
    { cpu, kernel, vendor ? null, abi ? null }@given:
    let
      kernelName =
        if hasPrefix "darwin" kernel then
          "darwin"
        else if hasPrefix "netbsd" kernel then
          "netbsd"
        else
          let
            # `linuxabi64`: the ABI may stand behind the kernel's name.
            parts = match "(.*)e?abi.*" kernel;
          in
          if parts == null then kernel else head parts;
      parsed = {
        cpu = named "CPU type" cpuTypes cpu;
        kernel = named "kernel" kernels kernelName;
        vendor =
          if given ? vendor then
            named "vendor" vendors vendor
          else if predicates.isDarwin parsed then
            vendors.apple
          else if predicates.isWindows parsed then
            vendors.pc
          else
            vendors.unknown;
        abi =
          if given ? abi then
            named "ABI" abis abi
          else if !(predicates.isLinux parsed || predicates.isWindows parsed) then
            abis.unknown
          else if predicates.isAarch32 parsed then
            (if lib.versionAtLeast (parsed.cpu.version or "0") "6" then abis.gnueabihf else abis.gnueabi)
          else if onBigPower { isPower64 = predicates.isPower64 parsed; isBigEndian = predicates.isBigEndian parsed; } then
            abis.gnuabielfv2
          else
            abis.gnu;
      };
    in
    mkSystem parsed;

  darwinArch = cpu: if cpu.name == "aarch64" then "arm64" else cpu.name;
  kernelName = kernel: kernel.name + toString (kernel.version or "");
  # What NetBSD took for programs before it took ELF.
  gnuNetBSDDefaultExecFormat =
    cpu: if cpu.bits == 32 && elem cpu.family [ "arm" "sparc" "m68k" "x86" ] then execFormats.aout else execFormats.elf;
in
{
  inherit
    types significantBytes cpuTypes isCompatible vendors execFormats kernelFamilies kernels abis mkSystem mkSkeletonFromList
    mkSystemFromSkeleton kernelName darwinArch gnuNetBSDDefaultExecFormat;

  isSystem = lib.isType "system";
  mkSystemFromString = text: mkSystemFromSkeleton (mkSkeletonFromList (lib.splitString "-" text));

  # The short form: `x86_64-linux`.
  doubleFromSystem =
    { cpu, kernel, abi, ... }:
    if abi.name == "cygnus" then
      "${cpu.name}-cygwin"
    else if kernel.families ? darwin then
      "${cpu.name}-darwin"
    else
      "${cpu.name}-${kernelName kernel}";

  # The long form: `x86_64-unknown-linux-gnu`.
  tripleFromSystem =
    { cpu, vendor, kernel, abi, ... }@system:
    assert lib.isType "system" system;
    let
      cpuName = if kernel.families ? darwin then darwinArch cpu else cpu.name;
      format = if kernel.name == "netbsd" && gnuNetBSDDefaultExecFormat cpu != kernel.execFormat then kernel.execFormat.name else "";
      abiName = if abi.name == "unknown" then "" else "-${abi.name}";
    in
    "${cpuName}-${vendor.name}-${kernelName kernel}${format}${abiName}";
}
