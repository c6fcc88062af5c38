# Platforms: from a system string to all that is known of it.
{ lib }:
let
  inherit (builtins) elem elemAt head isString length match;

  cpu = name: bits: family: extra: { inherit name bits family; significantByte.name = "littleEndian"; } // extra;
  big.significantByte.name = "bigEndian";
  cpus = builtins.listToAttrs (
    map (c: lib.nameValuePair c.name (c // { _type = "cpu-type"; significantByte = c.significantByte // { _type = "significant-byte"; }; })) [
      (cpu "arm" 32 "arm" { })
      (cpu "armv5tel" 32 "arm" { version = "5"; arch = "armv5t"; })
      (cpu "armv6m" 32 "arm" { version = "6"; arch = "armv6-m"; })
      (cpu "armv6l" 32 "arm" { version = "6"; arch = "armv6"; })
      (cpu "armv7a" 32 "arm" { version = "7"; arch = "armv7-a"; })
      (cpu "armv7r" 32 "arm" { version = "7"; arch = "armv7-r"; })
      (cpu "armv7m" 32 "arm" { version = "7"; arch = "armv7-m"; })
      (cpu "armv7l" 32 "arm" { version = "7"; arch = "armv7"; })
      (cpu "armv8a" 32 "arm" { version = "8"; arch = "armv8-a"; })
      (cpu "armv8r" 32 "arm" { version = "8"; arch = "armv8-a"; })
      (cpu "armv8m" 32 "arm" { version = "8"; arch = "armv8-m"; })
      (cpu "aarch64" 64 "arm" { version = "8"; arch = "armv8-a"; })
      (cpu "aarch64_be" 64 "arm" (big // { version = "8"; arch = "armv8-a"; }))
      (cpu "i386" 32 "x86" { arch = "i386"; })
      (cpu "i486" 32 "x86" { arch = "i486"; })
      (cpu "i586" 32 "x86" { arch = "i586"; })
      (cpu "i686" 32 "x86" { arch = "i686"; })
      (cpu "x86_64" 64 "x86" { arch = "x86-64"; })
      (cpu "microblaze" 32 "microblaze" big)
      (cpu "microblazeel" 32 "microblaze" { })
      (cpu "mips" 32 "mips" big)
      (cpu "mipsel" 32 "mips" { })
      (cpu "mips64" 64 "mips" big)
      (cpu "mips64el" 64 "mips" { })
      (cpu "mmix" 64 "mmix" big)
      (cpu "m68k" 32 "m68k" big)
      (cpu "powerpc" 32 "power" big)
      (cpu "powerpc64" 64 "power" big)
      (cpu "powerpc64le" 64 "power" { })
      (cpu "powerpcle" 32 "power" { })
      (cpu "riscv32" 32 "riscv" { })
      (cpu "riscv64" 64 "riscv" { })
      (cpu "s390" 32 "s390" big)
      (cpu "s390x" 64 "s390" big)
      (cpu "sparc" 32 "sparc" big)
      (cpu "sparc64" 64 "sparc" big)
      (cpu "wasm32" 32 "wasm" { })
      (cpu "wasm64" 64 "wasm" { })
      (cpu "alpha" 64 "alpha" { })
      (cpu "rx" 32 "rx" { })
      (cpu "msp430" 16 "msp430" { })
      (cpu "avr" 8 "avr" { })
      (cpu "arc" 32 "arc" { })
      (cpu "vc4" 32 "vc4" { })
      (cpu "or1k" 32 "or1k" big)
      (cpu "loongarch64" 64 "loongarch" { })
      (cpu "javascript" 32 "javascript" { })
    ]
  );

  kernel = name: execFormat: families: {
    inherit name;
    _type = "kernel";
    execFormat = { name = execFormat; _type = "exec-format"; };
    families = lib.genAttrs families (family: { name = family; _type = "kernel-family"; });
  };
  kernels = builtins.listToAttrs (
    map (k: lib.nameValuePair k.name k) [
      (kernel "darwin" "macho" [ "darwin" ])
      (kernel "ios" "macho" [ "darwin" ])
      (kernel "freebsd" "elf" [ "bsd" ])
      (kernel "linux" "elf" [ ])
      (kernel "netbsd" "elf" [ "bsd" ])
      (kernel "none" "unknown" [ ])
      (kernel "openbsd" "elf" [ "bsd" ])
      (kernel "solaris" "elf" [ ])
      (kernel "wasi" "wasm" [ ])
      (kernel "redox" "elf" [ ])
      (kernel "windows" "pe" [ ])
      (kernel "ghcjs" "unknown" [ ])
      (kernel "genode" "elf" [ ])
      (kernel "mmixware" "unknown" [ ])
    ]
  );
  kernelAliases = {
    macos = "darwin";
    watchos = "ios";
    tvos = "ios";
    win32 = "windows";
    mingw32 = "windows";
    cygwin = "windows";
    darwin = "darwin";
  };
  vendor = name: { inherit name; _type = "vendor"; };
  abi = name: { inherit name; _type = "abi"; };
  abis = [
    "cygnus" "msvc" "eabi" "eabihf" "elf" "androideabi" "android" "gnueabi" "gnueabihf" "gnu" "gnuabin32" "gnuabi64"
    "gnuabielfv1" "gnuabielfv2" "gnu_ilp32" "musleabi" "musleabihf" "musl" "muslabin32" "muslabi64" "uclibceabi"
    "uclibceabihf" "uclibc" "unknown"
  ];

  kernelNamed =
    text:
    let
      # darwin23.1, freebsd14: the number is the version.
      numbered = match "(darwin|freebsd|netbsd|openbsd|macos)[0-9.]*" text;
      plain = if numbered != null then head numbered else text;
      name = kernelAliases.${plain} or plain;
    in
    kernels.${name} or (throw "Unknown kernel: ${text}");
  cpuNamed =
    text:
    let
      aliases = { amd64 = "x86_64"; arm64 = "aarch64"; arm64ec = "aarch64"; };
    in
    cpus.${aliases.${text} or text} or (throw "Unknown CPU type: ${text}");

  guess =
    cpu: kernelText:
    let
      kernel = kernelNamed kernelText;
    in
    {
      inherit kernel;
      vendor = vendor (
        if kernel.families ? darwin then
          "apple"
        else if kernel.name == "windows" then
          "pc"
        else
          "unknown"
      );
      abi = abi (
        if kernelText == "cygwin" then
          "cygnus"
        else if kernel.name == "linux" then
          if cpu.family == "arm" && cpu.bits == 32 then
            (if lib.versionAtLeast (cpu.version or "0") "6" then "gnueabihf" else "gnueabi")
          else if cpu.family == "power" && cpu.bits == 64 && cpu.significantByte.name == "bigEndian" then
            "gnuabielfv2"
          else if cpu.family == "mips" && cpu.bits == 64 then
            "gnuabi64"
          else
            "gnu"
        else if kernel.name == "windows" then
          "gnu"
        else
          "unknown"
      );
    };

  mkSystemFromString =
    text:
    let
      parts = lib.splitString "-" text;
      size = length parts;
      cpu = cpuNamed (head parts);
      second = elemAt parts 1;
      third = elemAt parts 2;
      base =
        if size == 1 then
          { kernelText = "none"; }
        else if size == 2 then
          { kernelText = second; }
        else if size == 3 then
          if second == "apple" || elem third [ "linux" "windows" "mingw32" "cygwin" "none" "wasi" "redox" "ghcjs" "mmixware" "darwin" ] || match "(darwin|freebsd|netbsd|openbsd|macos|ios).*" third != null then
            { vendorText = second; kernelText = third; }
          else if second == "linux" || second == "none" || second == "windows" then
            { kernelText = second; abiText = third; }
          else
            { vendorText = second; kernelText = if elem third [ "eabi" "eabihf" "elf" ] then "none" else third; abiText = if elem third [ "eabi" "eabihf" "elf" ] then third else null; }
        else if size == 4 then
          { vendorText = second; kernelText = third; abiText = elemAt parts 3; }
        else
          throw "system string '${text}' is not valid";
      guessed = guess cpu base.kernelText;
    in
    {
      _type = "system";
      inherit cpu;
      inherit (guessed) kernel;
      vendor = if base.vendorText or null != null then vendor base.vendorText else guessed.vendor;
      abi =
        if base.abiText or null == null then
          guessed.abi
        else if elem base.abiText abis then
          abi base.abiText
        else
          throw "Unknown ABI: ${base.abiText}";
    };

  # The short form: `x86_64-linux`.
  doubleFromSystem =
    { cpu, kernel, abi, ... }:
    "${cpu.name}-${
      if abi.name == "cygnus" then
        "cygwin"
      else
        kernel.name
    }";
  tripleFromSystem =
    { cpu, vendor, kernel, abi, ... }:
    let
      optionalAbi = if abi.name == "unknown" then "" else "-${abi.name}";
      kernelText = if kernel.name == "windows" && abi.name == "gnu" then "mingw32" else kernel.name;
    in
    if kernel.name == "windows" && elem abi.name [ "gnu" "cygnus" ] then
      "${cpu.name}-w64-${if abi.name == "cygnus" then "cygwin" else kernelText}"
    else
      "${cpu.name}-${vendor.name}-${kernelText}${optionalAbi}";

  is = lib.__parts.systems-inspect;
in
rec {
  inherit (lib.__parts.systems-doubles) doubles flakeExposed supported examples;

  parse = {
    inherit mkSystemFromString doubleFromSystem tripleFromSystem;
    cpuTypes = cpus;
    kernels = kernels // { macos = kernels.darwin; };
    vendors = lib.genAttrs [ "apple" "pc" "knuth" "none" "unknown" "w64" ] vendor;
    abis = lib.genAttrs abis abi;
    isCompatible = a: b: a.name == b.name || (a.name == "x86_64" && b.name == "i686");
  };
  inspect = {
    inherit (is) predicates patterns;
    patternLogicalAnd = lib.recursiveUpdate;
  };

  # Equal for all that matters, although functions in them differ.
  equals =
    let
      plain = platform: removeAttrs platform [ "canExecute" "emulator" "emulatorAvailable" "staticEmulatorAvailable" ];
    in
    a: b: plain a == plain b;
  toLosslessStringMaybe =
    platform: if isString platform then platform else if platform ? system && equals platform (elaborate platform.system) then platform.system else null;

  systemToAttrs = system: if isString system then { inherit system; } else system;

  elaborate =
    given:
    let
      args = if isString given then { system = given; } else given;
      parsed = args.parsed or (mkSystemFromString (args.config or args.system));
      final = {
        inherit parsed;
        system = doubleFromSystem parsed;
        config = tripleFromSystem parsed;
        canExecute =
          other:
          final.parsed.kernel.name == other.parsed.kernel.name
          && (
            final.parsed.cpu.name == other.parsed.cpu.name || (final.isx86_64 && other.isx86 && other.is32bit)
          );
        emulatorAvailable = _: true;
        emulator = _: throw "Don't know how to run ${final.config} executables.";
        qemuArch =
          if final.isAarch32 then "arm" else if final.isAarch64 then "aarch64" else if final.isx86_32 then "i386" else parsed.cpu.name;
        libc =
          if final.isDarwin then
            "libSystem"
          else if final.isMinGW then
            "ucrt"
          else if final.isCygwin then
            "cygwin"
          else if final.isMusl then
            "musl"
          else if final.isAndroid then
            "bionic"
          else if final.isLinux then
            "glibc"
          else if final.isFreeBSD then
            "fblibc"
          else if final.isOpenBSD then
            "oblibc"
          else if final.isNetBSD then
            "nblibc"
          else if final.isWasi then
            "wasilibc"
          else if final.isNone then
            "newlib"
          else
            "native/impure";
        linker = if final.isDarwin then "cctools" else "bfd";
        extensions =
          {
            sharedLibrary =
              if final.isDarwin then ".dylib" else if final.isWindows then ".dll" else ".so";
            staticLibrary = if final.isWindows && !final.isMinGW then ".lib" else ".a";
            library = if final.isStatic then final.extensions.staticLibrary else final.extensions.sharedLibrary;
            executable = if final.isWindows then ".exe" else "";
          };
        uname = {
          system =
            {
              linux = "Linux";
              windows = "Windows";
              darwin = "Darwin";
              netbsd = "NetBSD";
              freebsd = "FreeBSD";
              openbsd = "OpenBSD";
              wasi = "Wasi";
              redox = "Redox";
            }
            .${parsed.kernel.name} or null;
          processor = if final.isDarwin && final.isAarch64 then "arm64" else parsed.cpu.name;
          release = null;
        };
        linuxArch =
          if final.isAarch32 then
            "arm"
          else if final.isAarch64 then
            "arm64"
          else if final.isx86 then
            "x86"
          else if final.isMips then
            "mips"
          else if final.isPower then
            "powerpc"
          else if final.isRiscV then
            "riscv"
          else if final.isS390 then
            "s390"
          else if final.isLoongArch64 then
            "loongarch"
          else
            parsed.cpu.name;
        ubootArch = if final.isx86 then "x86" else final.linuxArch;
        darwinArch = if parsed.cpu.name == "armv7a" then "armv7" else if final.isAarch64 then "arm64" else parsed.cpu.name;
        darwinMinVersion = "14.0";
        darwinSdkVersion = "14.4";
        darwinPlatform = if final.isMacOS then "macos" else if final.isiOS then "ios" else null;
        useLLVM = false;
        useAndroidPrebuilt = false;
        useiOSPrebuilt = false;
        isStatic = final.isWasi || final.isRedox || final.isNone;
        hasSharedLibraries = !final.isStatic;
        linux-kernel = {
          name = final.linuxArch;
          target = if final.isx86 then "bzImage" else "Image";
          baseConfig = "defconfig";
          autoModules = true;
        };
        gcc = { };
        rustc = { };
        go = {
          GOOS = if final.isWasi then "wasip1" else if final.isDarwin then "darwin" else parsed.kernel.name;
          GOARCH =
            {
              x86_64 = "amd64";
              aarch64 = "arm64";
              i686 = "386";
              loongarch64 = "loong64";
              mips64el = "mips64le";
              mipsel = "mipsle";
              powerpc64le = "ppc64le";
              powerpc64 = "ppc64";
              wasm32 = "wasm";
            }
            .${parsed.cpu.name} or (if final.isAarch32 then "arm" else parsed.cpu.name);
          GOARM = if final.isAarch32 then parsed.cpu.version or null else null;
        };
        node = {
          platform = if final.isWindows then "win32" else if final.isDarwin then "darwin" else parsed.kernel.name;
          arch =
            {
              x86_64 = "x64";
              aarch64 = "arm64";
              i686 = "ia32";
              powerpc64le = "ppc64";
              powerpc64 = "ppc64";
            }
            .${parsed.cpu.name} or (if final.isAarch32 then "arm" else parsed.cpu.name);
        };
        rust = {
          platform = {
            arch = if final.isAarch64 then "aarch64" else if final.isAarch32 then "arm" else if final.isx86_32 then "x86" else parsed.cpu.name;
            os = if final.isDarwin then "macos" else parsed.kernel.name;
            target-family = if final.isUnix then [ "unix" ] else if final.isWindows then [ "windows" ] else [ ];
            vendor = parsed.vendor.name;
          };
          rustcTarget =
            let
              cpuName =
                {
                  armv7l = "armv7";
                  armv6l = "arm";
                  armv5tel = "armv5te";
                  riscv64 = "riscv64gc";
                  riscv32 = "riscv32gc";
                }
                .${parsed.cpu.name} or parsed.cpu.name;
              abiText = lib.optionalString (parsed.abi.name != "unknown") "-${if parsed.abi.name == "gnuabielfv2" then "gnu" else parsed.abi.name}";
              vendorText = if final.isWindows then "pc" else parsed.vendor.name;
            in
            if final.isWasi then
              "wasm32-wasip1"
            else
              "${cpuName}-${vendorText}-${parsed.kernel.name}${abiText}";
          rustcTargetSpec = final.rust.rustcTarget;
          cargoShortTarget = final.rust.rustcTarget;
          cargoEnvVarTarget = builtins.replaceStrings [ "-" ] [ "_" ] (lib.toUpper final.rust.rustcTarget);
          isNoStdTarget = final.isNone;
        };
      }
      // is.predicatesOf parsed
      // {
        isCompatible = _: throw "2022-05-23: isCompatible has been removed in favor of canExecute, refer to the 22.11 changelog for details";
      }
      // removeAttrs args [ "system" "config" ];
    in
    final;
}
