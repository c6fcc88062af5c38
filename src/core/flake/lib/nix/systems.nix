# Platforms: from a system string, or a set as `crossSystem` takes it, to all that is known of it.
{ lib }:
let
  inherit (builtins) elemAt isAttrs isFunction isList isString mapAttrs;
  inherit (lib) optional optionalString;

  parse = lib.__parts.systems-parse;
  inspect = lib.__parts.systems-inspect;
  architectures = lib.__parts.systems-architectures;
  platforms = lib.__parts.systems-platforms;

  # The first case that holds: `[ condition value … ]`.
  cases =
    pairs: otherwise:
    let
      from =
        at:
        if at == builtins.length pairs then
          otherwise
        else if elemAt pairs at then
          elemAt pairs (at + 1)
        else
          from (at + 2);
    in
    from 0;

  # Functions are never equal, not even to themselves.
  equals =
    let
      plain = lib.filterAttrs (_: value: !isFunction value);
    in
    a: b: plain a == plain b;
  systemToAttrs = given: if isAttrs given then given else { system = given; };
  toLosslessStringMaybe =
    platform:
    if isString platform then
      platform
    else if platform ? system && equals platform (elaborate platform.system) then
      platform.system
    else
      null;

  basics =
    args: final:
    let
      inherit (final) parsed;
      el = optionalString final.isLittleEndian;
    in
    {
      system = parse.doubleFromSystem parsed;
      config = parse.tripleFromSystem parsed;
      canExecute =
        other:
        final.isAndroid == other.isAndroid
        && parse.isCompatible parsed.cpu other.parsed.cpu
        && parsed.kernel == other.parsed.kernel
        && (
          # Another CPU that is compatible is taken to have what the program needs.
          parsed.cpu == other.parsed.cpu
          -> (!(other ? gcc.arch) || !(final ? gcc.arch) || architectures.canExecute final.gcc.arch other.gcc.arch)
        )
        && (final.isDarwin -> final.darwinPlatform == other.darwinPlatform);
      isCompatible =
        _:
        throw "2022-05-23: isCompatible has been removed in favor of canExecute, refer to the 22.11 changelog for details";

      libc = cases [
        final.isDarwin "libSystem"
        final.isMsvc "ucrt"
        final.isMinGW "msvcrt"
        final.isCygwin "cygwin"
        final.isWasi "wasilibc"
        final.isWasm null
        final.isRedox "relibc"
        final.isMusl "musl"
        final.isUClibc "uclibc"
        final.isAndroid "bionic"
        final.isLinux "glibc"
        final.isFreeBSD "fblibc"
        final.isOpenBSD "oblibc"
        final.isNetBSD "nblibc"
        final.isAvr "avrlibc"
        final.isGhcjs null
        final.isNone "newlib"
      ] "native/impure";
      linker = cases [ (final.useLLVM or false) "lld" final.isDarwin "cctools" ] "bfd";
      libDir = cases [
        (!final.isLinux) null
        (final.isx86_64 || final.isMips64 || final.isPower64) "lib64"
      ] "lib";
      extensions =
        lib.optionalAttrs final.hasSharedLibraries {
          sharedLibrary = cases [ final.isDarwin ".dylib" final.isWindows ".dll" ] ".so";
        }
        // {
          staticLibrary = if final.isWindows then ".lib" else ".a";
          library = if final.isStatic then final.extensions.staticLibrary else final.extensions.sharedLibrary;
          executable = if final.isWindows then ".exe" else "";
        };

      useLLVM = final.isFreeBSD || final.isOpenBSD;
      useAndroidPrebuilt = false;
      useiOSPrebuilt = false;
      isStatic = final.isWasi || final.isRedox;
      hasSharedLibraries =
        !final.isStatic
        && lib.any (name: final.${name}) [
          "isAndroid" "isGnu" "isMusl" "isDarwin" "isSunOS" "isOpenBSD" "isFreeBSD" "isNetBSD" "isWindows" "isWasm"
        ];
      inherit ({ linux-kernel = args.linux-kernel or { }; gcc = args.gcc or { }; } // platforms.select final) linux-kernel gcc;
      rustc = args.rustc or { };

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
            genode = "Genode";
          }
          .${parsed.kernel.name} or null;
        processor = cases [
          final.isPower64 "ppc64${el "le"}"
          final.isPower "ppc${el "le"}"
          final.isMips64 "mips64"
          final.isDarwin final.darwinArch
        ] parsed.cpu.name;
        release = null;
      };
      linuxArch = cases [
        final.isAarch32 "arm"
        final.isAarch64 "arm64"
        final.isx86_32 "i386"
        final.isx86_64 "x86_64"
        final.isMicroBlaze "microblaze"
        final.isMips "mips"
        final.isPower "powerpc"
        final.isRiscV "riscv"
        final.isS390 "s390"
        final.isLoongArch64 "loongarch"
      ] parsed.cpu.name;
      ubootArch = cases [ final.isx86_32 "x86" final.isMips64 "mips64" ] final.linuxArch;
      qemuArch = cases [
        final.isAarch32 "arm"
        final.isAarch64 "aarch64"
        (final.isS390 && !final.isS390x) null
        final.isx86_64 "x86_64"
        final.isx86 "i386"
        final.isMips64n32 "mipsn32${el "el"}"
        final.isMips64 "mips64${el "el"}"
      ] final.uname.processor;
      efiArch = cases [
        final.isx86_32 "ia32"
        final.isx86_64 "x64"
        final.isAarch32 "arm"
        final.isAarch64 "aa64"
      ] parsed.cpu.name;
      darwinArch = parse.darwinArch parsed.cpu;
      darwinPlatform = cases [ final.isMacOS "macos" final.isiOS "ios" ] null;
      darwinSdkVersion = final.sdkVer or "14.4";
      darwinMinVersion = "14.0";
      darwinMinVersionVariable = cases [ final.isMacOS "MACOSX_DEPLOYMENT_TARGET" final.isiOS "IPHONEOS_DEPLOYMENT_TARGET" ] null;
      androidSdkVersion = args.androidSdkVersion or null;
      androidNdkVersion = args.androidNdkVersion or null;
    };

  emulators =
    final:
    let
      bits = toString final.parsed.cpu.bits;
      # A program alone: what needs arguments stands in a script.
      programOf =
        pkgs:
        let
          host = pkgs.stdenv.hostPlatform;
        in
        if host.canExecute final then
          lib.getExe (pkgs.writeShellScriptBin "exec" "exec \"$@\"")
        else if final.isWindows then
          "${(pkgs.winePackagesFor "wine${bits}").minimal}/bin/wine${optionalString (bits == "64") "64"}"
        else if final.isLinux && host.isLinux && final.qemuArch != null then
          "${pkgs.qemu-user}/bin/qemu-${final.qemuArch}"
        else if final.isWasi then
          "${pkgs.wasmtime}/bin/wasmtime"
        else if final.isMmix then
          "${pkgs.mmixware}/bin/mmix"
        else
          null;
    in
    {
      emulatorAvailable = pkgs: programOf pkgs != null;
      staticEmulatorAvailable = pkgs: final.emulatorAvailable pkgs && (final.isLinux || final.isWasi || final.isMmix);
      emulator =
        pkgs:
        if final.emulatorAvailable pkgs then programOf pkgs else throw "Don't know how to run ${final.config} executables.";
    };

  rustOf =
    args: final:
    let
      inherit (final.parsed) cpu kernel abi;
      given = args.rust or args.rustc or { };
      platform = given.platform or { };
      cpuName =
        platform.arch or {
          armv7a = "armv7";
          armv7l = "armv7";
          armv6l = "arm";
          armv5tel = "armv5te";
          riscv32 = "riscv32gc";
          riscv64 = "riscv64gc";
        }
        .${cpu.name} or cpu.name;
      # Rust has one name for both of POWER's ABIs.
      abiName = if cpu.family == "power" && lib.hasPrefix "gnuabielfv" abi.name then "gnu" else abi.name;
    in
    given
    // {
      platform = platform // {
        arch =
          if given ? platform then
            platform.arch
          else
            cases [ final.isAarch32 "arm" final.isMips64 "mips64" final.isPower64 "powerpc64" ] cpu.name;
        os =
          if given ? platform then
            platform.os or "none"
          else
            cases [ final.isDarwin "macos" (final.isWasm && !final.isWasi) "unknown" ] kernel.name;
        target-family =
          if args ? rust.platform.target-family then
            args.rust.platform.target-family
          else if args ? rustc.platform.target-family then
            (if isList args.rustc.platform.target-family then args.rustc.platform.target-family else [ args.rustc.platform.target-family ])
          else
            optional final.isUnix "unix" ++ optional final.isWindows "windows" ++ optional final.isWasm "wasm";
        vendor = platform.vendor or (if final.parsed.vendor.name == "w64" then "pc" else final.parsed.vendor.name);
      };
      rustcTarget =
        args.rust.rustcTarget or args.rustc.config or (
          if final.isWasi then
            "${cpuName}-wasip1"
          else
            "${cpuName}-${final.rust.platform.vendor}-${kernel.name}${optionalString (abi.name != "unknown") "-${abiName}"}"
        );
      rustcTargetSpec =
        given.rustcTargetSpec or (
          if given ? platform then
            builtins.toFile "${final.rust.rustcTarget}.json" (builtins.toJSON platform)
          else
            final.rust.rustcTarget
        );
      cargoShortTarget = lib.removeSuffix ".json" (baseNameOf "${final.rust.rustcTargetSpec}");
      cargoEnvVarTarget = builtins.replaceStrings [ "-" ] [ "_" ] (lib.toUpper final.rust.cargoShortTarget);
      isNoStdTarget = lib.any (part: lib.hasInfix part final.rust.rustcTarget) [ "-none" "nvptx" "switch" "-uefi" ];
    };

  goOf =
    final:
    let
      inherit (final.parsed) cpu kernel;
      same = lib.genAttrs [ "arm" "mips" "riscv64" "s390x" ] (name: name);
    in
    {
      GOARCH =
        (
          same
          // {
            aarch64 = "arm64";
            armv5tel = "arm";
            armv6l = "arm";
            armv7l = "arm";
            i686 = "386";
            loongarch64 = "loong64";
            mips64el = "mips64le";
            mipsel = "mipsle";
            powerpc64 = "ppc64";
            powerpc64le = "ppc64le";
            x86_64 = "amd64";
            wasm32 = "wasm";
          }
        ).${cpu.name} or null;
      GOOS = if final.isWasi then "wasip1" else kernel.name;
      GOARM = if builtins.elem cpu.version or "" [ "5" "6" "7" ] then cpu.version else "";
    };

  nodeOf = final: {
    arch = cases [
      final.isAarch "arm${optionalString final.is64bit "64"}"
      final.isMips32 "mips${optionalString final.isLittleEndian "el"}"
      (final.isMips64 && final.isLittleEndian) "mips64el"
      final.isPower "ppc${optionalString final.is64bit "64"}"
      final.isx86_64 "x64"
      final.isx86_32 "ia32"
      final.isS390x "s390x"
      final.isRiscV64 "riscv64"
      final.isLoongArch64 "loong64"
    ] null;
    platform = cases [
      final.isAndroid "android"
      final.isDarwin "darwin"
      final.isFreeBSD "freebsd"
      final.isLinux "linux"
      final.isOpenBSD "openbsd"
      final.isSunOS "sunos"
      final.isWindows "win32"
    ] null;
  };

  elaborate =
    given:
    let
      all = systemToAttrs given;
      args = removeAttrs all [ "parsed" "system" ];
      final =
        {
          parsed = parse.mkSystemFromString (args.config or all.system);
        }
        // basics args final
        // emulators final
        // mapAttrs (_: holds: holds final.parsed) inspect.predicates
        // mapAttrs (_: holds: holds (final.gcc.arch or "default")) architectures.predicates
        // args
        // {
          rust = rustOf args final;
          go = goOf final;
          node = nodeOf final;
        };
    in
    assert final.useAndroidPrebuilt -> final.isAndroid;
    assert builtins.foldl' (
      fine: { assertion, message }: if assertion final then fine else throw message
    ) true (final.parsed.abi.assertions or [ ]);
    final;
in
{
  inherit (lib.__parts.systems-doubles) doubles flakeExposed supported examples;
  inherit architectures elaborate equals parse platforms systemToAttrs toLosslessStringMaybe;
  inherit inspect;
}
