# What nixpkgs tells of a system in `stdenv.hostPlatform`: from `x86_64-linux`, or from a set as `crossSystem` takes it.
wanted:
let
  given = if builtins.isString wanted then { system = wanted; } else wanted;

  # `aarch64-unknown-linux-musl` → `aarch64-linux`
  ofConfig =
    config:
    let
      parts = builtins.filter builtins.isString (builtins.split "-" config);
      has = word: builtins.match ".*${word}.*" config != null;
      kernel =
        if has "linux" then
          "linux"
        else if has "darwin" || has "apple" then
          "darwin"
        else if has "mingw" || has "windows" then
          "windows"
        else if has "wasi" then
          "wasi"
        else
          "none";
    in
    "${builtins.head parts}-${kernel}";

  system = given.system or (ofConfig (given.config or "x86_64-unknown-linux-gnu"));
  match = builtins.match "([^-]+)-(.+)" system;
  cpu = if match == null then system else builtins.elemAt match 0;
  kernel = if match == null then "none" else builtins.elemAt match 1;

  isDarwin = kernel == "darwin";
  isLinux = kernel == "linux";
  isWindows = kernel == "windows" || kernel == "cygwin";
  isAarch64 = cpu == "aarch64" || cpu == "arm64";
  isx86_64 = cpu == "x86_64";
  isx86_32 = builtins.match "i[3-6]86" cpu != null;
  isMusl = builtins.match ".*musl.*" config != null;

  lower = "abcdefghijklmnopqrstuvwxyz";
  upper =
    builtins.replaceStrings (chars lower) (chars "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  chars = text: builtins.genList (i: builtins.substring i 1 text) (builtins.stringLength text);

  cpuAs = names: names.${cpu} or cpu;
  rustCpu = cpuAs { armv7l = "armv7"; riscv64 = "riscv64gc"; armv6l = "arm"; };
  vendor = if isDarwin then "apple" else if isWindows then "pc" else "unknown";
  abi =
    if isLinux then
      if cpu == "armv7l" || cpu == "armv6l" then "gnueabihf" else "gnu"
    else
      "";
  config =
    given.config or (
      if isDarwin then
        "${if isAarch64 then "arm64" else cpu}-apple-darwin"
      else if isWindows then
        "${cpu}-w64-mingw32"
      else if kernel == "none" then
        "${cpu}-none-elf"
      else
        "${cpu}-unknown-${kernel}${if abi == "" then "" else "-${abi}"}"
    );
  rustcTarget =
    if isDarwin then
      "${cpu}-apple-darwin"
    else if isLinux then
      "${rustCpu}-unknown-linux-${if isMusl then "musl" else abi}"
    else if isWindows then
      "${cpu}-pc-windows-gnu"
    else
      config;
in
{
  inherit system config isDarwin isLinux isWindows isAarch64 isx86_64 isMusl;
  isMacOS = isDarwin;
  isUnix = isLinux || isDarwin || builtins.match ".*bsd" kernel != null;
  isBSD = builtins.match ".*bsd" kernel != null;
  isFreeBSD = kernel == "freebsd";
  isOpenBSD = kernel == "openbsd";
  isNetBSD = kernel == "netbsd";
  isSunOS = kernel == "solaris";
  isCygwin = kernel == "cygwin";
  isMinGW = kernel == "windows";
  isWasi = kernel == "wasi";
  isWasm = cpu == "wasm32" || cpu == "wasm64";
  isGhcjs = false;
  isNone = kernel == "none";
  isRedox = kernel == "redox";
  isGenode = false;
  isAndroid = builtins.match ".*android.*" config != null;
  isiOS = false;
  isGnu = isLinux && !isMusl;
  isStatic = given.isStatic or false;
  isAarch = isAarch64 || builtins.match "arm.*" cpu != null;
  isAarch32 = builtins.match "armv.*" cpu != null;
  isArmv7 = builtins.match "armv7.*" cpu != null;
  isx86 = isx86_64 || isx86_32;
  inherit isx86_32;
  isi686 = isx86_32;
  isRiscV = builtins.match "riscv.*" cpu != null;
  isRiscV64 = cpu == "riscv64";
  isRiscV32 = cpu == "riscv32";
  isPower = builtins.match "powerpc.*" cpu != null;
  isPower64 = builtins.match "powerpc64.*" cpu != null;
  isS390x = cpu == "s390x";
  isLoongArch64 = cpu == "loongarch64";
  isMips = builtins.match "mips.*" cpu != null;
  isAvr = cpu == "avr";
  is64bit = builtins.match ".*64.*" cpu != null || cpu == "s390x";
  is32bit = builtins.match ".*64.*" cpu == null && cpu != "s390x";
  isLittleEndian = cpu != "s390x" && cpu != "powerpc64";
  isBigEndian = cpu == "s390x" || cpu == "powerpc64";
  isEfi = true;
  hasSharedLibraries = !(given.isStatic or false);

  libc = if isDarwin then "libSystem" else if isMusl then "musl" else "glibc";
  linuxArch = cpuAs { aarch64 = "arm64"; i686 = "i386"; armv7l = "arm"; };
  darwinArch = if isAarch64 then "arm64" else cpu;
  qemuArch = cpu;
  gnuArch = cpu;
  ubootArch = cpu;
  darwinMinVersion = "11.3";
  darwinSdkVersion = "11.3";
  darwinPlatform = "macos";
  linux-kernel = { name = "pc"; target = "bzImage"; };
  gcc = given.gcc or { };
  useLLVM = given.useLLVM or false;
  useAndroidPrebuilt = false;

  extensions = {
    executable = if isWindows then ".exe" else "";
    library = if isDarwin then ".dylib" else if isWindows then ".dll" else ".so";
    sharedLibrary = if isDarwin then ".dylib" else if isWindows then ".dll" else ".so";
    staticLibrary = if isWindows then ".lib" else ".a";
  };
  uname = {
    system = if isDarwin then "Darwin" else if isLinux then "Linux" else kernel;
    processor = if isDarwin && isAarch64 then "arm64" else cpu;
    release = null;
  };
  parsed = {
    _type = "system";
    cpu = {
      name = cpu;
      bits = if builtins.match ".*64.*" cpu != null then 64 else 32;
      family = if isAarch64 then "arm" else if isx86_64 || isx86_32 then "x86" else cpu;
    };
    kernel = {
      name = kernel;
      execFormat.name = if isDarwin then "macho" else "elf";
    };
    vendor.name = vendor;
    abi.name = if isMusl then "musl" else if isLinux then abi else "unknown";
  };
  rust = {
    rustcTarget = given.rust.rustcTarget or rustcTarget;
    rustcTargetSpec = rustcTarget;
    cargoShortTarget = rustcTarget;
    cargoEnvVarTarget = builtins.replaceStrings [ "-" ] [ "_" ] (upper rustcTarget);
    platform = {
      arch = cpu;
      os = if isDarwin then "macos" else kernel;
      vendor = vendor;
    };
  };
  node = {
    platform = if isDarwin then "darwin" else if isWindows then "win32" else kernel;
    arch = cpuAs { x86_64 = "x64"; aarch64 = "arm64"; i686 = "ia32"; };
  };
  go = {
    GOOS = if isWindows then "windows" else kernel;
    GOARCH = cpuAs { x86_64 = "amd64"; aarch64 = "arm64"; i686 = "386"; armv7l = "arm"; };
  };
  canExecute = other: (other.system or null) == system;
  equals = other: (other.system or null) == system;
  emulator = _: "qemu-${cpu}";
  emulatorAvailable = _: true;
}
