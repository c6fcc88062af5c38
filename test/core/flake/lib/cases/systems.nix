# Platforms, as nixpkgs' own `lib.systems` was measured to know them.
lib:
with lib;
let
  fails = value: !(builtins.tryEval (builtins.deepSeq value value)).success;
  of = systems.elaborate;
  parts = text: let p = systems.parse.mkSystemFromString text; in [ p.cpu.name p.vendor.name p.kernel.name p.abi.name ];
  configs = map (text: (of text).config);
in
{
  two-parts = [
    (map parts [ "x86_64-linux" "arm64-darwin" "armv5tel-linux" "powerpc64-linux" "mips64el-linux" "x86_64-windows" "x86_64-cygwin" "aarch64-macos" "msp430-elf" "avr" ])
    [
      [ "x86_64" "unknown" "linux" "gnu" ]
      [ "aarch64" "apple" "darwin" "unknown" ]
      [ "armv5tel" "unknown" "linux" "gnueabi" ]
      [ "powerpc64" "unknown" "linux" "gnuabielfv2" ]
      [ "mips64el" "unknown" "linux" "gnu" ]
      [ "x86_64" "pc" "windows" "msvc" ]
      [ "x86_64" "pc" "windows" "cygnus" ]
      [ "aarch64" "apple" "darwin" "unknown" ]
      [ "msp430" "unknown" "none" "elf" ]
      [ "avr" "unknown" "none" "unknown" ]
    ]
  ];
  three-parts = [
    (map parts [ "x86_64-linux-musl" "arm-none-eabihf" "x86_64-w64-mingw32" "x86_64-unknown-netbsd" "wasm32-unknown-wasi" "x86_64-apple-darwin20" ])
    [
      [ "x86_64" "unknown" "linux" "musl" ]
      [ "arm" "unknown" "none" "eabihf" ]
      [ "x86_64" "w64" "windows" "gnu" ]
      [ "x86_64" "unknown" "netbsd" "unknown" ]
      [ "wasm32" "unknown" "wasi" "unknown" ]
      [ "x86_64" "apple" "darwin" "unknown" ]
    ]
  ];
  no-platform = [
    (map (text: fails (parts text)) [ "x86_64" "vax-linux" "x86_64-plan9" "x86_64-acme-linux-gnu" "x86_64-unknown-linux-odd" "a-b-c-d-e" "x86_64-pc-solaris" ])
    [ true true true true true true true ]
  ];
  abi-for-the-cpu = [ [ (fails (of "armv7l-unknown-linux-gnu").config) (fails (of "aarch64-unknown-linux-android").config) ] [ true false ] ];
  config = [
    (configs [ "x86_64-linux" "aarch64-darwin" "x86_64-w64-mingw32" "i686-netbsd" "armv7l-linux" "wasm32-wasi" ])
    [ "x86_64-unknown-linux-gnu" "arm64-apple-darwin" "x86_64-w64-windows-gnu" "i686-unknown-netbsdelf" "armv7l-unknown-linux-gnueabihf" "wasm32-unknown-wasi" ]
  ];
  libraries = [
    (map (text: (of text).libc) [ "x86_64-linux" "x86_64-unknown-linux-musl" "aarch64-darwin" "x86_64-w64-mingw32" "wasm32-wasi" "arm-none-eabi" "avr" "x86_64-freebsd" "javascript-ghcjs" ])
    [ "glibc" "musl" "libSystem" "msvcrt" "wasilibc" "newlib" "avrlibc" "fblibc" null ]
  ];
  file-names = [
    (map (text: let e = (of text).extensions; in [ (e.sharedLibrary or null) e.staticLibrary e.executable ]) [ "x86_64-linux" "x86_64-w64-mingw32" "aarch64-darwin" "wasm32-wasi" ])
    [ [ ".so" ".a" "" ] [ ".dll" ".lib" ".exe" ] [ ".dylib" ".a" "" ] [ null ".a" "" ] ]
  ];
  kernel-and-boot = [
    (map (text: with of text; [ linuxArch ubootArch qemuArch efiArch libDir ]) [ "x86_64-linux" "i686-linux" "aarch64-linux" "powerpc64le-linux" "mips64el-linux" ])
    [
      [ "x86_64" "x86_64" "x86_64" "x64" "lib64" ]
      [ "i386" "x86" "i386" "ia32" "lib" ]
      [ "arm64" "arm64" "aarch64" "aa64" "lib" ]
      [ "powerpc" "powerpc" "ppc64le" "powerpc64le" "lib64" ]
      [ "mips" "mips64" "mips64el" "mips64el" "lib64" ]
    ]
  ];
  compiler = [
    (map (text: with of text; [ (gcc.arch or null) linux-kernel.target or null linker ]) [ "x86_64-linux" "armv6l-linux" "aarch64-linux" "aarch64-darwin" "x86_64-freebsd" ])
    [
      [ null "bzImage" "bfd" ]
      [ "armv6kz" "zImage" "bfd" ]
      [ "armv8-a" "Image" "bfd" ]
      [ "armv8.3-a+crypto+sha2+aes+crc+fp16+lse+simd+ras+rdm+rcpc" null "cctools" ]
      [ null "bzImage" "lld" ]
    ]
  ];
  languages = [
    (map (text: with of text; [ rust.rustcTarget go.GOARCH go.GOARM node.arch node.platform ]) [ "riscv64-linux" "armv7l-linux" "powerpc64-linux" "x86_64-w64-mingw32" "wasm32-wasi" ])
    [
      [ "riscv64gc-unknown-linux-gnu" "riscv64" "" "riscv64" "linux" ]
      [ "armv7-unknown-linux-gnueabihf" "arm" "7" "arm" "linux" ]
      [ "powerpc64-unknown-linux-gnu" "ppc64" "" "ppc64" "linux" ]
      [ "x86_64-pc-windows-gnu" "amd64" "" "x64" "win32" ]
      [ "wasm32-wasip1" "wasm" "" null null ]
    ]
  ];
  rust-names = [
    (with (of { config = "aarch64-unknown-linux-musl"; }).rust; [ cargoShortTarget cargoEnvVarTarget platform.target-family isNoStdTarget ])
    [ "aarch64-unknown-linux-musl" "AARCH64_UNKNOWN_LINUX_MUSL" [ "unix" ] false ]
  ];
  given = [
    (with of { system = "x86_64-linux"; isStatic = true; gcc.arch = "znver3"; rust.rustcTarget = "mine"; }; [ isStatic hasSharedLibraries extensions.library avx2Support sse4_aSupport avx512Support rust.cargoShortTarget ])
    [ true false ".a" true true false "mine" ]
  ];
  runs = [
    (map (pair: (of (head pair)).canExecute (of (last pair))) [
      [ "x86_64-linux" "i686-linux" ]
      [ "i686-linux" "x86_64-linux" ]
      [ "aarch64-linux" "armv7l-linux" ]
      [ "x86_64-linux" "x86_64-unknown-linux-musl" ]
      [ "aarch64-darwin" "x86_64-darwin" ]
      [ "x86_64-linux" { system = "x86_64-linux"; gcc.arch = "haswell"; } ]
      [ { system = "x86_64-linux"; gcc.arch = "znver1"; } { system = "x86_64-linux"; gcc.arch = "haswell"; } ]
      [ { system = "x86_64-linux"; gcc.arch = "haswell"; } { system = "x86_64-linux"; gcc.arch = "znver1"; } ]
    ])
    [ true false false true false true true false ]
  ];
  wine = [
    ((of "x86_64-w64-mingw32").emulator { stdenv.hostPlatform = of "x86_64-linux"; winePackagesFor = name: { minimal = "/${name}"; }; })
    "/wine64/bin/wine64"
  ];
  no-emulator = [
    (let pkgs.stdenv.hostPlatform = of "x86_64-linux"; in [ ((of "aarch64-darwin").emulatorAvailable pkgs) (fails ((of "aarch64-darwin").emulator pkgs)) ])
    [ false true ]
  ];
  architectures = [
    [ (systems.architectures.canExecute "skylake" "x86-64-v3") (systems.architectures.canExecute "x86-64-v3" "skylake") systems.architectures.inferiors.haswell systems.architectures.features.btver2 ]
    [ true false [ "ivybridge" "x86-64-v3" "sandybridge" "westmere" "nehalem" "x86-64-v2" "x86-64" ] [ "sse3" "ssse3" "sse4_1" "sse4_2" "aes" "avx" ] ]
  ];
  patterns = [
    (let both = systems.inspect.patternLogicalAnd systems.inspect.patterns.isLinux systems.inspect.patterns.isMusl; in [
      (length both)
      (map (text: systems.inspect.matchAnyAttrs both (systems.parse.mkSystemFromString text)) [ "x86_64-linux" "x86_64-linux-musl" ])
      (fails (systems.inspect.patternLogicalAnd systems.inspect.patterns.isLinux systems.inspect.patterns.isDarwin))
    ])
    [ 5 [ false true ] true ]
  ];
  where-available = [
    (map (text: meta.availableOn (of text) { meta = { platforms = systems.inspect.patterns.isUnix; badPlatforms = [ systems.inspect.platformPatterns.isStatic "i686-linux" ]; }; }) [
      "x86_64-linux"
      "i686-linux"
      "x86_64-windows"
      { system = "x86_64-linux"; isStatic = true; }
    ])
    [ true false false false ]
  ];
  answers = [
    (map (text: with of text; [ isEfi isAbiElfv2 isILP32 isMsvc isCygwin isArmv7 ]) [ "loongarch64-linux" "powerpc64-linux-musl" "wasm32-wasi" "x86_64-windows" "x86_64-cygwin" "armv7a-linux" ])
    [
      [ true false false false false false ]
      [ false true false false false false ]
      [ false false true false false false ]
      [ true false false true false false ]
      [ true false false false true false ]
      [ true false false false false true ]
    ]
  ];
  same = [ [ (systems.equals (of "x86_64-linux") (of "x86_64-unknown-linux-gnu")) (systems.equals (of "x86_64-linux") (of "x86_64-linux-musl")) ] [ true false ] ];
  written-again = [ (systems.parse.tripleFromSystem (systems.parse.mkSystemFromString "armv6l-linux")) "armv6l-unknown-linux-gnueabihf" ];
  cpus-that-run = [
    (with systems.parse; map (pair: isCompatible cpuTypes.${head pair} cpuTypes.${last pair}) [ [ "x86_64" "i386" ] [ "armv7a" "arm" ] [ "armv8a" "aarch64" ] [ "aarch64" "armv7l" ] [ "powerpc64le" "powerpcle" ] ])
    [ true true true false true ]
  ];
  lists = [ [ platforms.gnu (length platforms.embedded) (elem "x86_64-cygwin" platforms.unix) ] [ (filter (hasSuffix "-linux") platforms.gnu) 22 true ] ];
}
