# Lists of system strings (`x86_64-linux`), and those that flakes of nixpkgs are made for.
{ lib }:
let
  all = [
    "i686-cygwin" "x86_64-cygwin"
    "x86_64-darwin" "aarch64-darwin"
    "i686-freebsd" "x86_64-freebsd" "aarch64-freebsd"
    "aarch64-genode" "i686-genode" "x86_64-genode"
    "x86_64-solaris"
    "javascript-ghcjs"
    "aarch64-linux" "armv5tel-linux" "armv6l-linux" "armv7a-linux" "armv7l-linux" "i686-linux" "loongarch64-linux"
    "m68k-linux" "microblaze-linux" "microblazeel-linux" "mips-linux" "mips64-linux" "mips64el-linux" "mipsel-linux"
    "powerpc-linux" "powerpc64-linux" "powerpc64le-linux" "riscv32-linux" "riscv64-linux" "s390-linux" "s390x-linux"
    "x86_64-linux"
    "mmix-mmixware"
    "aarch64-netbsd" "armv6l-netbsd" "armv7a-netbsd" "armv7l-netbsd" "i686-netbsd" "m68k-netbsd" "mipsel-netbsd"
    "powerpc-netbsd" "riscv32-netbsd" "riscv64-netbsd" "x86_64-netbsd"
    "aarch64_be-none" "aarch64-none" "arm-none" "armv6l-none" "avr-none" "i686-none" "microblaze-none"
    "microblazeel-none" "mips-none" "mips64-none" "msp430-none" "or1k-none" "m68k-none" "powerpc-none" "powerpcle-none"
    "riscv32-none" "riscv64-none" "rx-none" "s390-none" "s390x-none" "vc4-none" "x86_64-none"
    "i686-openbsd" "x86_64-openbsd"
    "x86_64-redox"
    "wasm64-wasi" "wasm32-wasi"
    "aarch64-windows" "x86_64-windows" "i686-windows"
  ];
  parsed = map (double: lib.systems.parse.mkSystemFromString double) all;
  filterBy =
    name:
    map lib.systems.parse.doubleFromSystem (builtins.filter lib.__parts.systems-inspect.predicates.${name} parsed);
  linuxWith =
    abi:
    map lib.systems.parse.doubleFromSystem (
      builtins.filter (system: system.kernel.name == "linux" && system.abi.name == abi) parsed
    );
in
{
  doubles = {
    inherit all;
    none = [ ];
    arm = filterBy "isAarch32";
    armv7 = filterBy "isArmv7";
    aarch = filterBy "isAarch";
    aarch64 = filterBy "isAarch64";
    x86 = filterBy "isx86";
    i686 = filterBy "isi686";
    x86_64 = filterBy "isx86_64";
    microblaze = filterBy "isMicroBlaze";
    mips = filterBy "isMips";
    mips64 = filterBy "isMips64";
    mmix = filterBy "isMmix";
    power = filterBy "isPower";
    riscv = filterBy "isRiscV";
    riscv32 = filterBy "isRiscV32";
    riscv64 = filterBy "isRiscV64";
    rx = filterBy "isRx";
    vc4 = filterBy "isVc4";
    or1k = filterBy "isOr1k";
    m68k = filterBy "isM68k";
    s390 = filterBy "isS390";
    s390x = filterBy "isS390x";
    loongarch64 = filterBy "isLoongArch64";
    js = filterBy "isJavaScript";
    bigEndian = filterBy "isBigEndian";
    littleEndian = filterBy "isLittleEndian";
    cygwin = filterBy "isCygwin";
    darwin = filterBy "isDarwin";
    freebsd = filterBy "isFreeBSD";
    gnu = builtins.concatMap linuxWith [
      "gnu" "gnueabi" "gnueabihf" "gnuabin32" "gnuabi64" "gnuabielfv1" "gnuabielfv2"
    ];
    illumos = filterBy "isSunOS";
    linux = filterBy "isLinux";
    netbsd = filterBy "isNetBSD";
    openbsd = filterBy "isOpenBSD";
    unix = filterBy "isUnix";
    wasi = filterBy "isWasi";
    redox = filterBy "isRedox";
    windows = filterBy "isWindows";
    genode = filterBy "isGenode";
    embedded = filterBy "isNone";
    mesaPlatforms = [ "i686-linux" "x86_64-linux" "x86_64-darwin" "armv5tel-linux" "armv6l-linux" "armv7l-linux" "armv7a-linux" "aarch64-linux" "powerpc64-linux" "powerpc64le-linux" "aarch64-darwin" "riscv64-linux" ];
  };

  flakeExposed = [
    "x86_64-linux"
    "aarch64-linux"
    "x86_64-darwin"
    "armv6l-linux"
    "armv7l-linux"
    "i686-linux"
    "aarch64-darwin"
    "powerpc64le-linux"
    "riscv64-linux"
    "x86_64-freebsd"
  ];
  supported = {
    tier1 = [ "x86_64-linux" ];
    tier2 = [ "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
    tier3 = [ "armv6l-linux" "armv7l-linux" "i686-linux" "mipsel-linux" ];
    hydra = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" "i686-linux" ];
  };
  # What `pkgsCross` has, by its name there.
  examples =
    let
      of = config: { inherit config; };
      llvm = config: { inherit config; useLLVM = true; };
    in
    builtins.mapAttrs (_: given: if builtins.isString given then of given else given) {
      powernv = "powerpc64le-unknown-linux-gnu";
      musl-power = "powerpc64le-unknown-linux-musl";
      ppc64-elfv1 = "powerpc64-unknown-linux-gnuabielfv1";
      ppc64-elfv2 = "powerpc64-unknown-linux-gnuabielfv2";
      ppc64 = "powerpc64-unknown-linux-gnuabielfv2";
      ppc64-musl = "powerpc64-unknown-linux-musl";
      sheevaplug = "armv5tel-unknown-linux-gnueabi";
      pogoplug4 = "armv5tel-unknown-linux-gnueabi";
      raspberryPi = "armv6l-unknown-linux-gnueabihf";
      muslpi = "armv6l-unknown-linux-musleabihf";
      remarkable1 = "armv7l-unknown-linux-gnueabihf";
      remarkable2 = "armv7l-unknown-linux-gnueabihf";
      armv7l-hf-multiplatform = "armv7l-unknown-linux-gnueabihf";
      bluefield2 = "aarch64-unknown-linux-gnu";
      aarch64-multiplatform = "aarch64-unknown-linux-gnu";
      aarch64-multiplatform-musl = "aarch64-unknown-linux-musl";
      armv7a-android-prebuilt = of "armv7a-unknown-linux-androideabi" // { useAndroidPrebuilt = true; };
      aarch64-android-prebuilt = of "aarch64-unknown-linux-android" // { useAndroidPrebuilt = true; };
      aarch64-android = llvm "aarch64-unknown-linux-android";
      gnu32 = "i686-unknown-linux-gnu";
      gnu64 = "x86_64-unknown-linux-gnu";
      gnu64_simplekernel = of "x86_64-unknown-linux-gnu" // lib.systems.platforms.pc_simplekernel;
      musl32 = "i686-unknown-linux-musl";
      musl64 = "x86_64-unknown-linux-musl";
      ben-nanonote = "mipsel-unknown-linux-uclibc";
      fuloongminipc = of "mipsel-unknown-linux-gnu" // lib.systems.platforms.fuloong2f_n32;
      mips-linux-gnu = of "mips-unknown-linux-gnu" // lib.systems.platforms.gcc_mips32r2_o32;
      mipsel-linux-gnu = of "mipsel-unknown-linux-gnu" // lib.systems.platforms.gcc_mips32r2_o32;
      mips64-linux-gnuabi64 = of "mips64-unknown-linux-gnuabi64" // lib.systems.platforms.gcc_mips64r2_64;
      mips64-linux-gnuabin32 = of "mips64-unknown-linux-gnuabin32" // lib.systems.platforms.gcc_mips64r2_n32;
      mips64el-linux-gnuabi64 = of "mips64el-unknown-linux-gnuabi64" // lib.systems.platforms.gcc_mips64r2_64;
      mips64el-linux-gnuabin32 = of "mips64el-unknown-linux-gnuabin32" // lib.systems.platforms.gcc_mips64r2_n32;
      riscv32 = "riscv32-unknown-linux-gnu";
      riscv64 = "riscv64-unknown-linux-gnu";
      riscv64-musl = "riscv64-unknown-linux-musl";
      loongarch64-linux = "loongarch64-unknown-linux-gnu";
      m68k = "m68k-unknown-linux-gnu";
      s390 = "s390-unknown-linux-gnu";
      s390x = "s390x-unknown-linux-gnu";

      aarch64-embedded = "aarch64-none-elf";
      aarch64be-embedded = "aarch64_be-none-elf";
      arm-embedded = "arm-none-eabi";
      arm-embedded-nano = "arm-none-eabi";
      armhf-embedded = "arm-none-eabihf";
      i686-embedded = "i686-elf";
      x86_64-embedded = "x86_64-elf";
      riscv32-embedded = "riscv32-none-elf";
      riscv64-embedded = "riscv64-none-elf";
      loongarch64-linux-embedded = "loongarch64-none-elf";
      mips-embedded = "mips-none-elf";
      mips64-embedded = "mips64-none-elf";
      microblaze-embedded = "microblazeel-none-elf";
      ppc-embedded = "powerpc-none-eabi";
      ppcle-embedded = "powerpcle-none-eabi";
      rx-embedded = "rx-none-elf";
      avr = "avr";
      msp430 = "msp430-elf";
      or1k = "or1k-elf";
      vc4 = "vc4-elf";
      mmix = "mmix-unknown-mmixware";

      aarch64-darwin = "arm64-apple-darwin";
      x86_64-darwin = "x86_64-apple-darwin";
      iphone64 = "aarch64-apple-ios";
      iphone64-simulator = "x86_64-apple-ios";
      mingw32 = "i686-w64-mingw32";
      mingwW64 = "x86_64-w64-mingw32";
      ucrt64 = of "x86_64-w64-mingw32" // { libc = "ucrt"; };
      ucrtAarch64 = llvm "aarch64-w64-mingw32" // { libc = "ucrt"; };
      aarch64-freebsd = llvm "aarch64-unknown-freebsd";
      x86_64-freebsd = llvm "x86_64-unknown-freebsd";
      x86_64-netbsd = "x86_64-unknown-netbsd";
      x86_64-netbsd-llvm = llvm "x86_64-unknown-netbsd";
      x86_64-openbsd = llvm "x86_64-unknown-openbsd";
      wasi32 = llvm "wasm32-unknown-wasi";
      wasm32-unknown-none = llvm "wasm32-unknown-none";
      ghcjs = "javascript-unknown-ghcjs";
    };
}
