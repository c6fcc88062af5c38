/**
 * What is known of nixpkgs' attribute names beyond the index, which has only top-level packages with a version: package
 * sets, names without a version, renames, and which names carry functions of their own. Facts about nixpkgs, 2021–2025.
 */

/** Families whose members are made by a function in `nix/pkgs.nix` (`families`), found by the name's pattern. */
const FAMILIES: readonly (readonly [RegExp, string, ((match: RegExpMatchArray) => string)?])[] = [
  [/^(?:python[23]?(?:\d+)?(?:Full|Minimal|FreeThreading)?|pypy\d*)$/, 'python'],
  [/^(python[23]?(?:\d+)?|pypy\d*)Packages$/, 'pythonPackages', (match) => pythonOfSet(match[1] ?? '')],
  [/^llvmPackages(?:_\d+|_latest|_git)?$/, 'llvmPackages'],
  [/^(?:gcc|llvm|clang)\d*(?:_\d+)?Stdenv$|^clang\d+Stdenv$|^gcc\d+Stdenv$/, 'stdenv'],
  [/^buildGo(\d)(\d+)(?:Module|Package)$/, 'goModule', (match) => `go_${match[1]}_${match[2]}`],
  [/^haskellPackages$/, 'haskellPackages'],
  [/^perl\d*$/, 'perl'],
  [/^ruby(?:_\d+_\d+|-jemalloc)?$/, 'ruby'],
  [/^(?:lua(?:5(?:_\d+)?(?:_compat)?)?|luajit(?:_\d+_\d+|_openresty)?)$/, 'lua'],
  [/^php\d*$/, 'php'],
  [/^postgresql(?:_\d+)?(?:_jit)?$/, 'postgresql'],
  [/^emacs(?:\d+)?(?:-nox|-gtk\d*|-pgtk|-macport|Unstable|Git|PgtkGcc|-unstable|-git)*$/, 'emacs'],
  [/^nodejs(?:[-_]slim)?(?:[-_](?:\d+(?:_x)?|latest))?$/, 'node'],
  [/^pnpm(?:_\d+)?$/, 'pnpm'],
  [/^(?:octave|julia(?:-bin|-lts|-stable|_\d+)?|gnuradio|kodi|coq(?:_\d+_\d+)?|lean4|sage)$/, 'interpreter'],
  [/^(?:poetry|rclone|pulumi|caddy|packer|vagrant|obs-studio|weechat|nushell)$/, 'plugins'],
  [/^beam(?:\d*|Minimal\d*)Packages$/, 'beam'],
  [/^ocamlPackages(?:_latest|_\d+_\d+)?$/, 'ocaml'],
  [/^(?:coqPackages|rocqPackages)(?:_\d+_\d+)?$/, 'packages'],
];

/** Sets whose members are packages (or sets again) that the index does not have. */
const SETS =
  /^(?:xorg|qt5|qt6|qt6Packages|qt5Packages|libsForQt5|libsForQt515|plasma5Packages|kdePackages|gst_all_1|gnome|gnome2|gnome3|gnomeExtensions|mate|xfce|pantheon|cinnamon|lxqt|lxde|enlightenment|deepin|budgie|cosmic|nodePackages(?:_latest)?|node2nixPackages|rubyPackages(?:_\d+_\d+)?|perl\d*Packages|lua(?:5_?\d|jit|)\d*Packages|php\d*(?:Packages|Extensions)|postgresql\d*(?:_\d+)?(?:Packages|JitPackages)|rPackages|octavePackages|juliaPackages|texlivePackages|emacsPackages|vimPlugins|vimUtils|tmuxPlugins|zshPlugins|fishPlugins|nushellPlugins|kakounePlugins|obs-studio-plugins|mpvScripts|yaziPlugins|weechatScripts|gimpPlugins|inkscape-extensions|hyprlandPlugins|jetbrains|netbeans|eclipses|sublime\w*|androidStudioPackages|elmPackages|idrisPackages|idris2Packages|purescriptPackages|dhallPackages|agdaPackages|lispPackages\w*|sbclPackages|chickenPackages\w*|guilePackages|akkuPackages|nimPackages|janetPackages|pursPackages|cudaPackages(?:_\d+(?:_\d+)?)?|rocmPackages(?:_\d+)?|openblasPackages|linuxPackages\w*|linux(?:_\w+)?Packages|nixVersions|lixPackageSets|nixDependencies\w*|kubernetes-helmPlugins|kubernetes-controller-tools|terraform-providers|pulumiPackages|dotnetPackages|beam\w*|steamPackages|winePackages|wineWowPackages|wine64Packages|wineWow64Packages|wineStaging|unixtools|tree-sitter-grammars|hunspellDicts|hunspellDictsChromium|aspellDicts|nerd-fonts|nuspellDicts|maple-mono|nerdfontPackages|mkl|rust-analyzer-nightly|vscode-marketplace|home-assistant-custom-components|grafanaPlugins|nextcloud\d*Packages|wordpressPackages|matomoPackages|discourse\w*|bazel-\w+Packages|sparkPackages|zig_\d+_\d+Packages|swiftPackages\w*|windows|openjfx\w*Packages|javaPackages|jdkPackages|recurseIntoAttrs|arcanPackages|quicklispPackages\w*|gnat\d*Packages|gnatPackages|gnuradio\d*Packages|retroarch-\w+|libretro|dictdDBs|themes|rimePackages|ibus-engines|fcitx5-\w+Packages|xfitterPackages|haskell-language-servers|flutterPackages\w*|flutter-unwrapped\w*|electron_\d+Packages|typstPackages|cargo-\w+Packages|coderPackages|azure-cli-extensions|azure-sdk-for-\w+|pkgsHostHost|callPackages|mopidyPackages|polkitPackages|prismPackages|opencvPackages|netcdfPackages|minetestPackages\w*|luantiPackages\w*|gitAndTools|python-interpreters|sourceHutPackages|ansiblePackages|fusePackages|busyboxPackages|makePackages|buildkite-\w+Packages|tracker\w*Packages)$/;

/** Packages without a version in their name (hooks and the like), and packages that the index never recorded. */
const UNVERSIONED = new Set(
  `makeWrapper makeBinaryWrapper makeShellWrapper installShellFiles autoPatchelfHook autoreconfHook autoreconfHook264
  autoreconfHook269 autoreconfHook271 wrapGAppsHook wrapGAppsHook3 wrapGAppsHook4 wrapGAppsNoGuiHook copyDesktopItems
  desktopToDarwinBundle removeReferencesTo nukeReferences patchelfUnstable pkgconfig pkg-configUpstream gobject-introspection-unwrapped
  dieHook shellcheck-minimal enableGCOVInstrumentation writableTmpDirAsHomeHook stripJavaArchivesHook addDriverRunpath
  autoAddDriverRunpath addOpenGLRunpath autoAddOpenGLRunpathHook cudaPackages.autoAddDriverRunpath validatePkgConfig
  versionCheckHook udevCheckHook testVersion breakpointHook fixDarwinDylibNames xvfb-run xcbuildHook xcodebuild gcc-unwrapped
  stdenvNoLibs stdenvNoLibc libcCross glibcCross libc glibcIconv bintools bintools-unwrapped bintoolsNoLibc binutilsNoLibc
  binutils-unwrapped darwin-stubs iconv libiconvReal libintl nix-prefetch-git nix-prefetch-github nix-prefetch-scripts
  nix-prefetch-hg nix-prefetch-svn nix-prefetch-bzr nix-prefetch-cvs nix-update-source nix-prefetch nix-universal-prefetch
  nixos-rebuild nixos-rebuild-ng nixos-install-tools nixos-generators nixos-option nixos-container nixos-enter nixos-install
  nix-info nix-direnv-flakes nixos-artwork nixos-icons nixos-shell nixpkgs-manual shell_nix supervisor selenium setupDebugInfoDirs
  separateDebugInfo gradleSetupHook gradle_6-unwrapped gradle-unwrapped mitm-cache mavenSetupHook jre_minimal jre8_headless
  npmHooks yarnConfigHook yarnBuildHook yarnInstallHook pnpmConfigHook fixup_yarn_lock prefetch-npm-deps prefetch-yarn-deps
  cargo-hooks maturinHooks rustHooks ensureNewerSourcesHook ensureNewerSourcesForZipFilesHook setupPythonHook pythonHooks
  meson-hooks zigHook zig-hooks dartHooks dartConfigHook dotnetHooks swiftHook rebar3-hook qmakeHook wrapQtAppsHook waf wafHook
  sconsHook scons-hook bmakeHook premake-hook just-hook tauriHook cargo-tauri.hook desktop-file-hook findXMLCatalogs docbook-hook
  keepBuildTree makeInitrd makeInitrdNG makeModulesClosure makeHardcodeGsettingsPatch memstreamHook unzipHook lzipHook
  unrarHook mpiCheckPhaseHook postgresqlTestHook postgresqlBuildExtension redisTestHook memcachedTestHook mysqlTestHook checkssl
  glibcInfo glibc_multi gcc_multi clang_multi stdenv_32bit libxcrypt-legacy terminfo tetex tex texFunctions
  lessc timescaledb nodePackages_10_x git-crypt-hook hello-cpp hello-go hello-nix jack2Full libjack2-hook fontconfig-hook
  inetutils-hook hostname ifconfig netstat ping route watch procps-unixtools column getopt script col eject fdisk fsck
  getconf locale more mount ps quota sysctl top umount whereis write xxd arp logger wall kill getent
  busybox-sandbox-shell coreutils-prefixed coreutils-full pinentry pinentry-curses pinentry-gtk2 pinentry-qt pinentry-gnome
  pinentry_mac jetbrains-mono-hook terminus-hook emptyFile emptyDirectory stdenvBootstrapTools darwinMinVersionHook
  apple-sdk apple-sdk_11 apple-sdk_12 apple-sdk_13 apple-sdk_14 apple-sdk_15 apple-sdk_26 sigtool cctools darwin_sdk
  libsecurity vulkan-hook intel-media-sdk-hook opencl-clang ld64 tapi xcode-install lldb-manpages cups-hook wlr-hook
  wine64 wine-wayland winetricks-hook dxvk-hook x11docker-hook xar-hook cargo-binutils-hook vimwiki-markdown-hook`
    .split(/\s+/)
    .filter((name) => !name.includes('.')),
);

/** Shapes of names that are hooks or wrappers without a version. */
const UNVERSIONED_SHAPE = /(?:Hook|_hook|-hook|Hooks|Wrapper|SetupHook)\d*$/;
/** Names of functions that build, fetch or write something: used as `pkgs.buildFoo { … }`. */
const FUNCTION_SHAPE =
  /^(?:build|fetch|make|mk|write|wrap|with|run|import|generate|patch|compose|override|recurseInto|dontRecurse|copy|add|use|lower|upper|apply|concat|link|link|expand|replace|substitute|check|test)[A-Z]\w*$/;

/** Old attribute names and what they became; only those that the index may lack. */
const RENAMED: Readonly<Record<string, string>> = {
  pkgconfig: 'pkg-config',
  nixfmt: 'nixfmt-classic',
  python: 'python2',
  pythonPackages: 'python2Packages',
  gnome3: 'gnome',
  libGL_driver: 'mesa',
  gitAndTools: 'git',
};

export interface Family {
  readonly name: string;
  readonly argument: string;
}

/** The family that makes a name, and what to give it. */
export function familyOf(attribute: string): Family | undefined {
  for (const [pattern, name, argument] of FAMILIES) {
    const match = pattern.exec(attribute);
    if (match !== null) {
      return { name, argument: argument === undefined ? attribute : argument(match) };
    }
  }
  return undefined;
}

export function isPackageSet(attribute: string): boolean {
  return SETS.test(attribute);
}

/** Whether nixpkgs has the name, though the index cannot. */
export function isUnversioned(attribute: string): boolean {
  return UNVERSIONED.has(attribute) || UNVERSIONED_SHAPE.test(attribute);
}

export function looksLikeFunction(attribute: string): boolean {
  return FUNCTION_SHAPE.test(attribute);
}

/** What a name was renamed to. */
export function renamed(attribute: string): string | undefined {
  return Object.hasOwn(RENAMED, attribute) ? RENAMED[attribute] : undefined;
}

/** `python311` → `python311Packages`; variants of an interpreter share its set. */
export function pythonSetOf(attribute: string): string {
  return `${attribute.replace(/(?:Full|Minimal|FreeThreading)$/, '')}Packages`;
}

function pythonOfSet(prefix: string): string {
  return prefix;
}

/** Top-level attribute that always has the version of a nested one. */
export function versionTwin(path: string, system: string): string | undefined {
  if (path === 'stdenv.cc' || path === 'stdenv.cc.cc') {
    return standardCompiler(system);
  }
  const llvm =
    /^llvmPackages(?:_(\d+))?\.(?:clang|llvm|lld|lldb|clang-tools|libclang|clang-unwrapped|compiler-rt|libcxx|libcxxClang|libstdcxxClang|bintools|openmp|mlir|flang|stdenv)(?:[-\w]*)$/.exec(
      path,
    );
  if (llvm !== null) {
    return llvm[1] === undefined ? 'llvm' : `llvm_${llvm[1]}`;
  }
  const plain = /^(?:beam\.interpreters|haskell\.compiler\.native|unixtools|gitAndTools)\.([\w-]+)$/.exec(path);
  return plain?.[1];
}

/** Suffixes that tell a version, in names of families that have many: `nodejs_20`, `python312`, `jdk17_headless`. */
const VERSIONED: readonly (readonly [RegExp, string])[] = [
  [/^python3\d*(?:Full|Minimal)?$/, 'python3'],
  [/^python2\d*(?:Full)?$/, 'python'],
  [/^(?:open)?jdk\d*(?:_headless)?$/, 'openjdk'],
  [/^jre\d*(?:_headless)?$/, 'openjdk'],
  [/^(gcc|ghc|php|perl|boost|icu|emacs|gnat|gfortran|tcl|mongodb|protobuf)-?\d+(?:_\d+)*$/, '$1'],
  [/^(.*[a-z])[-_]\d+(?:_\d+)*(?:_x)?$/, '$1'],
  [/^(lua|luajit|spidermonkey|zig|llvm|clang)\d*(?:_\d+)+$/, '$1'],
];

/** Nix's `pname` of an attribute, as far as its name tells. */
export function packageName(path: string, system: string): string {
  if (path === 'stdenv.cc' || path === 'stdenv.cc.cc') {
    return standardCompiler(system);
  }
  const last = path.slice(path.lastIndexOf('.') + 1);
  for (const [pattern, name] of VERSIONED) {
    if (pattern.test(last)) {
      return last.replace(pattern, name);
    }
  }
  return last;
}

function standardCompiler(system: string): string {
  return system.endsWith('-darwin') ? 'clang' : 'gcc';
}
