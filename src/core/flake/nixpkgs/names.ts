/**
 * What is known of nixpkgs' attribute names beyond the index, which has only top-level packages with a version: package
 * sets, names without a version, renames, and which names carry functions of their own. Facts about nixpkgs, 2021–2025.
 */

/**
 * Families whose members a function in `nix/pkgs.nix` (`families`) makes, found by the name's pattern. How their names
 * begin is asked first: most of a pattern's price is compiling it.
 */
const FAMILIES: readonly (readonly [readonly string[], RegExp, string, ((match: RegExpMatchArray) => string)?])[] = [
  [['python', 'pypy'], /^(?:python[23]?\d*(?:Full|Minimal|FreeThreading)?|pypy\d*)$/, 'python'],
  [['python', 'pypy'], /^(python[23]?\d*|pypy\d*)Packages$/, 'pythonPackages', (match) => match[1] ?? ''],
  [['llvm'], /^llvmPackages(?:_\d+|_latest|_git)?$/, 'llvmPackages'],
  [['cudaPackages'], /^cudaPackages(?:_\d+){0,3}$/, 'cuda'],
  [['gcc', 'llvm', 'clang', 'zig'], /^(?:gcc|llvm|clang|zig)\d*(?:_\d+)*Stdenv$/, 'stdenv'],
  [['buildGo'], /^buildGo(\d)(\d+)(?:Module|Package)$/, 'goModule', (match) => `go_${match[1]}_${match[2]}`],
  [['perl'], /^perl\d*$/, 'perl'],
  [['perl'], /^perl\d*Packages$/, 'perlPackages'],
  [['ruby'], /^ruby(?:_\d+_\d+|-jemalloc)?$/, 'ruby'],
  [['lua'], /^(?:lua(?:5(?:_\d+)?(?:_compat)?)?|luajit(?:_\d+_\d+|_openresty)?)$/, 'lua'],
  [['lua'], /^lua(jit|5\d)?Packages$/, 'luaPackages', (match) => `lua${match[1]?.replace('5', '5_') ?? ''}`],
  [['php'], /^php\d*$/, 'php'],
  [['postgresql'], /^postgresql(?:_\d+)?(?:_jit)?$/, 'postgresql'],
  [['emacs'], /^emacs(?:\d+)?(?:-nox|-gtk\d*|-pgtk|-macport|-unstable|-git)*$/, 'emacs'],
  [['nodejs'], /^nodejs(?:[-_]slim)?(?:[-_](?:\d+(?:_x)?|latest))?$/, 'node'],
  [['pnpm'], /^pnpm(?:_\d+)?$/, 'pnpm'],
  [['openjdk', 'jdk'], /^(?:open)?jdk\d*(?:_headless)?$/, 'jdk'],
  [['texlive'], /^texlive(?:Basic|BookPub|ConTeXt|Full|GUST|InfraOnly|Medium|Minimal|Small|TeTeX)$/, 'texlive'],
  [['julia'], /^julia(?:[-_](?:bin|lts|stable|\d+))*$/, 'julia'],
  [['coq'], /^coq(?:_\d+_\d+)?$/, 'interpreter'],
  [['terraform', 'opentofu'], /^(?:terraform(?:[-_]\d+)*(?:-full)?|opentofu)$/, 'terraform'],
  [['beam'], /^beam(?:\d*|Minimal\d*)Packages$/, 'beam'],
  [['ocamlPackages'], /^ocamlPackages(?:_latest|_\d+_\d+)?$/, 'ocaml'],
  [['coqPackages', 'rocqPackages'], /^(?:coqPackages|rocqPackages)(?:_\d+_\d+)?$/, 'coq'],
  [
    ['qt', 'libsForQt', 'kdePackages', 'plasma5Packages'],
    /^(?:qt[56]\d*|qt[56]Packages|libsForQt5\d*|kdePackages|plasma5Packages)$/,
    'qt',
  ],
];

/** The same for families without a pattern, by the names of their members. */
const MEMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    lisp: 'sbcl ecl abcl ccl clisp clasp-common-lisp mkcl',
    interpreter: 'octave gnuradio kodi lean4 sage',
    plugins: 'poetry rclone pulumi caddy packer vagrant obs-studio weechat nushell',
  }).flatMap(([family, names]) => names.split(' ').map((name): [string, string] => [name, family])),
);

/** Packages that never had a version in their name. */
const UNVERSIONED: ReadonlySet<string> = new Set(
  `makeWrapper makeBinaryWrapper makeShellWrapper installShellFiles copyDesktopItems desktopToDarwinBundle nukeReferences
  removeReferencesTo fixDarwinDylibNames enableGCOVInstrumentation addDriverRunpath autoAddDriverRunpath addOpenGLRunpath
  validatePkgConfig xcbuildHook xcodebuild libc libcCross libintl libiconvReal bintools bintools-unwrapped bintoolsNoLibc
  gcc-unwrapped clang-unwrapped setupDebugInfoDirs separateDebugInfo keepBuildTree findXMLCatalogs breakpointHook
  nix-prefetch nix-prefetch-git nix-prefetch-github nix-prefetch-scripts nix-prefetch-hg nix-prefetch-svn nix-prefetch-bzr
  nix-prefetch-cvs nix-prefetch-docker nix-update-source nixos-rebuild nixos-rebuild-ng nixos-install-tools nixos-install
  nixos-enter nixos-option nixos-container nixos-shell nixos-icons nixos-artwork nix-info lsb-release steam steam-run steam-run-free lutris lutris-free
  supervisor selenium truffleruby weasyprint luacheck prefetch-npm-deps prefetch-yarn-deps fixup-yarn-lock npmHooks
  clangMultiStdenv shellcheck-minimal busybox-sandbox-shell stdenvBootstrapTools darwinMinVersionHook makeInitrd makeInitrdNG
  makeModulesClosure dockerMakeLayers docker-credential-gcr emptyFile tetex inotify-info vimpager-latest
  appimage-run vscode-fhs vscodium-fhs zed-editor-fhs fakeNss steam-run-native swiftpm2nix
  glibc_multi gcc_multi clang_multi libxcrypt-legacy coreutils-prefixed writableTmpDirAsHomeHook`.split(/\s+/),
);

/** Hooks and wrappers have no version of their own. */
const UNVERSIONED_SHAPE = /(?:[a-z0-9]Hooks?|-hook|Wrapper)\d*$/;

/** Functions that build, fetch or write something: `pkgs.buildFoo { … }`. */
const FUNCTION_SHAPE =
  /^(?:build|fetch|make|mk|write|wrap|with|run|import|generate|patch|compose|override|recurseInto|dontRecurse|copy|add|use|lower|upper|apply|concat|link|expand|replace|substitute|check|test)[A-Z]\w*$/;

/** Packages without a version that were taken out, with a day from which on they are gone for sure. */
const REMOVED: Readonly<Record<string, string>> = { xlibsWrapper: '2023-06-01' };

/** Old attribute names and what they became; only those that the index may lack. */
const RENAMED: Readonly<Record<string, string>> = {
  pkgconfig: 'pkg-config',
  nixfmt: 'nixfmt-classic',
  pythonPackages: 'python2Packages',
};

export interface Family {
  readonly name: string;
  readonly argument: string;
}

/** The family that makes a name, and what to give it. */
export function familyOf(attribute: string): Family | undefined {
  const family = MEMBERS.get(attribute);
  if (family !== undefined) {
    return { name: family, argument: attribute };
  }
  for (const [stems, pattern, name, argument] of FAMILIES) {
    const match = stems.some((stem) => attribute.startsWith(stem)) ? pattern.exec(attribute) : null;
    if (match !== null) {
      return { name, argument: argument === undefined ? attribute : argument(match) };
    }
  }
  return undefined;
}

/** Whether nixpkgs has a package of the name, though the index cannot. */
export function isUnversioned(attribute: string): boolean {
  return UNVERSIONED.has(attribute) || UNVERSIONED_SHAPE.test(attribute);
}

/** Whether only the name's shape speaks for it. */
export function isGuess(attribute: string): boolean {
  return !UNVERSIONED.has(attribute) && (UNVERSIONED_SHAPE.test(attribute) || FUNCTION_SHAPE.test(attribute));
}

/** A day from which on a package is gone of which the index knows nothing. */
export function removedOn(attribute: string): string | undefined {
  return Object.hasOwn(REMOVED, attribute) ? REMOVED[attribute] : undefined;
}

/**
 * GHCs of which some nixpkgs has none: by when each was gone for sure, and before when there was none, not even a
 * first alpha. The patterns are of the digits after `ghc`; between the two days a compiler is taken to be there.
 */
const GHC_SPANS: readonly (readonly [versions: RegExp, goneBy: string, from: string])[] = [
  [/^(?:7\d+|80\d|82\d|84\d|86[1-4]|88[1-3]|810[1-6])$/, '2022-06-01', ''],
  [/^86(?:5)?$/, '2023-12-01', ''],
  [/^88(?:4)?$/, '2024-06-01', ''],
  [/^901$/, '2023-01-01', ''],
  [/^92[1-3]$/, '2023-06-01', ''],
  [/^924$/, '2024-12-01', '2022-07-28'],
  [/^941$/, '2023-06-01', '2022-04-01'],
  [/^94[2-4]$/, '2024-12-01', '2022-08-22'],
  [/^94[5-8]?$/, '', '2022-04-01'],
  [/^96[12]$/, '2024-12-01', '2022-12-01'],
  [/^96[3-7]?$/, '', '2022-12-01'],
  [/^981?$/, '', '2023-07-01'],
  [/^98[2-4]$/, '', '2024-02-23'],
  [/^910[12]?$/, '', '2024-02-01'],
  [/^912[123]?$/, '', '2024-09-01'],
  [/^914\d?$/, '', '2025-08-01'],
];

/** Why a nixpkgs of some day (in seconds since 1970) cannot have `ghc922` or the like; undefined where it may have it. */
export function ghcAbsence(name: string, date: number | undefined): string | undefined {
  const version = /^ghc(\d+)$/.exec(name)?.[1] ?? '';
  const span = GHC_SPANS.find(([versions]) => versions.test(version));
  if (span === undefined || date === undefined) {
    return undefined;
  }
  const [, goneBy, from] = span;
  const at = new Date(date * 1000).toISOString().slice(0, 10);
  if (goneBy !== '' && at >= goneBy) {
    return `nixpkgs has had no haskell.compiler.${name} since ${goneBy} at the latest`;
  }
  return at < from ? `this lock is older than ${name}` : undefined;
}

/** OCamls that nixpkgs has sets for, with a day before which there was none of it, not even a first alpha. */
const OCAML_SETS: readonly (readonly [names: RegExp, from: string])[] = [
  [/^ocamlPackages(?:_(?:latest|4_00_1|4_01_0|4_0[2-9]|4_1[0-3]))?$/, ''],
  [/^ocamlPackages_4_14(?:_unsafe_string)?$/, '2022-01-01'],
  [/^ocamlPackages_5_0$/, '2022-02-01'],
  [/^ocamlPackages_5_1$/, '2023-03-01'],
  [/^ocamlPackages_5_2$/, '2024-01-01'],
  [/^ocamlPackages_5_3$/, '2024-08-01'],
  [/^ocamlPackages_5_4$/, '2025-04-01'],
];

/**
 * Why a nixpkgs of some day (in seconds since 1970) cannot have a set of `ocaml-ng`; undefined where it may have it.
 *
 * @param isKnown whether the nixpkgs is of a time of which it is known what it has
 */
export function ocamlAbsence(name: string, date: number | undefined, isKnown: boolean): string | undefined {
  const [, from] = OCAML_SETS.find(([names]) => names.test(name)) ?? [];
  if (date === undefined || !isKnown || !/^ocamlPackages/.test(name)) {
    return undefined;
  }
  if (from === undefined) {
    return `nixpkgs has no ocaml-ng.${name}; its newest of the time is ${newestOcaml(date)}`;
  }
  return new Date(date * 1000).toISOString().slice(0, 10) < from ? `this lock is older than ${name}` : undefined;
}

function newestOcaml(date: number): string {
  const at = new Date(date * 1000).toISOString().slice(0, 10);
  const [names] = OCAML_SETS.filter(([, from]) => from <= at).at(-1) ?? [];
  return /ocamlPackages_5_\d/.exec(names?.source ?? '')?.[0] ?? 'ocamlPackages_4_14';
}

/** What a name was renamed to. */
export function renamed(attribute: string): string | undefined {
  return Object.hasOwn(RENAMED, attribute) ? RENAMED[attribute] : undefined;
}

/** Names with the version of a package in them, and that package. */
const STANDS_ON: readonly (readonly [pattern: RegExp, owner: string])[] = [
  [/^(python3\d*)(?:Packages|Full|Minimal|FreeThreading)$/, '$1'],
  [/^llvmPackages_(\d+)$/, 'llvm_$1'],
  [/^(perl5\d+)Packages$/, '$1'],
  [/^(php\d+)(?:Packages|Extensions)$/, '$1'],
  [/^rubyPackages_(\d+_\d+)$/, 'ruby_$1'],
  [/^lua5(\d)Packages$/, 'lua5_$1'],
  [/^coqPackages_(\d+_\d+)$/, 'coq_$1'],
  [/^(gcc\d+)Stdenv$/, '$1'],
  [/^clang(\d+)Stdenv$/, 'clang_$1'],
  [/^beam(\d+)Packages$/, 'erlang_$1'],
  [/^linuxPackages_(\d+_\d+)$/, 'linux_$1'],
  [/^postgresql(\d+)Packages$/, 'postgresql_$1'],
  [/^emacs(\d+)Packages$/, 'emacs$1'],
];

/** The package whose presence tells whether a set or a variant is there: `python311Packages` needs `python311`. */
export function standsOn(attribute: string): string | undefined {
  const found = STANDS_ON.find(([pattern]) => pattern.test(attribute));
  return found === undefined ? undefined : attribute.replace(found[0], found[1]);
}

/** `python311` → `python311Packages`; variants of an interpreter share its set. */
export function pythonSetOf(attribute: string): string {
  return `${attribute.replace(/(?:Full|Minimal|FreeThreading)$/, '')}Packages`;
}
