/**
 * Package sets at the top level of nixpkgs, 2021–2025. The index has only names with a version, so it knows none of them.
 */

/** Names without what tells their version apart. */
const SETS: ReadonlySet<string> = new Set(
  `aflplusplus agdaPackages akkuPackages androidStudioForPlatform androidStudioPackages androidndkPkgs ankiAddons
  apacheHttpdPackages apacheHttpdPackages_2_4 arrayUtilities aspellDicts astal azure-cli-extensions bat-extras
  bazelPackages beamMinimal beamMinimalPackages beamPackages beam_minimal beam_nox budgie budgiePlugins
  buildbotPackages cataclysmDDA chickenPackages chickenPackages_4 chickenPackages_5 cinnamon closureInfo coqPackages
  crate2nix-lib cudaPackages darwin deadbeefPlugins deepin dhallPackages dictdDBs discourseAllPlugins
  dotnetCorePackages dotnetPackages dprint-plugins dwarf-fortress-packages eclipses elasticsearchPlugins elmPackages
  emacsPackages emacsPackagesNg emscriptenPackages enlightenment factorPackages fcitx-engines fdbPackages
  firefoxPackages fishPlugins flutterPackages freecadPlugins fusePackages gaugePlugins gawkextlib gerbilPackages-stable
  gerbilPackages-unstable gimp2Plugins gimp3Plugins gimpPlugins gitAndTools gnatPackages gnome gnome2 gnome3
  gnomeExtensions gns3Packages gnuradio3_10Packages gnuradio3_8Packages gnuradio3_9Packages gnuradioPackages gnustep
  godotPackages graalvmCEPackages graalvmPackages gradle-packages grafanaPlugins gst_all_1 guilePackages hareThirdParty
  haredocs haskellPackages haxePackages home-assistant-component-tests home-assistant-custom-components
  home-assistant-custom-lovelace-modules hunspellDicts hunspellDictsChromium hyphenDicts hyprlandPlugins ibus-engines
  idris2Packages idrisPackages inkscape-extensions isabelle-components javaPackages jetbrains jupyter-kernel
  kakounePlugins kdeApplications kdeFrameworks kdePackages kicadAddons kodiPackages kubernetes-helmPlugins leanPackages
  libretro libsForQt5 lispPackages lispPackages_new lixPackageSets lixVersions llvmPackages lomiri luaInterpreters
  luaPackages luajitPackages lumina lxde lxqt mailmanPackages maple-mono mate matrix-synapse-plugins mauikit
  minecraftServers mkl mopidyPackages mpvScripts naersk nagiosPlugins nerd-fonts netbeans nextcloudPackages
  nginxModules nim2Packages nimPackages nixDependencies nixVersions nodePackages nodePackages_latest nomadPlugins
  nushellPlugins nuspellDicts obs-studio-plugins ocamlPackages ocamlPackages_latest octavePackages openlilylib-fonts
  openraPackages openraPackages_2019 pantheon papermcServers passExtensions perlInterpreters perlPackages phpExtensions
  phpPackages pidginPackages plasma5 plasma5Packages poetry2nix poetryPlugins portableService postgresqlJitPackages
  postgresqlPackages pulumiPackages pypy2Packages pypy3Packages pypyPackages python2Packages
  python3Packages pythonDocs pythonInterpreters pythonManylinuxPackages pythonPackages pythonPackagesExtensions qt5
  qt5Packages qt6 qt6Packages quicklispPackages rPackages rocmPackages rocqPackages roundcubePlugins rubyPackages
  rustPackages rxvt-unicode-plugins sbclPackages sconsPackages shellSpecs singularity-tools sourceHut steamPackages
  strawberryPackages sublime3Packages sway-contrib swiftPackages tclPackages terraform-plugins terraform-providers
  texlivePackages tflint-plugins themes thunderbirdPackages tmuxPlugins tree-sitter-grammars typstPackages
  unixODBCDrivers unixtools ut2004Packages vapoursynthPlugins varnishPackages vdrPlugins vimPlugins vimUtils vmTools
  vscode-extensions vscode-marketplace wayfirePlugins weechatScripts windows wine64Packages winePackages
  wineWow64Packages wineWowPackages wordpressPackages xapps xenPackages xfce xorg yarn-plugins yarn2nix-moretea
  yaziPlugins zathuraPkgs zigPackages zshPlugins`.split(/\s+/),
);

/** Sets whose names say a version. */
const VERSIONED: readonly RegExp[] = [
  /^(?:python2\d|python3\d+|pypy\d+)Packages$/,
  /^perl5\d+Packages$/,
  /^php\d\d(?:Packages|Extensions)$/,
  /^php(?:Packages|Extensions)-unit$/,
  /^rubyPackages_\d_\d$/,
  /^rustPackages_1_\d+$/,
  /^(?:lua5_?\d|luajit_\w+)Packages$/,
  /^nodePackages_\d+_x$/,
  /^(?:coq|rocq)Packages_\d_\d+$/,
  /^ocamlPackages_\d_\d\d(?:_\d)?$|^ocamlPackages_5_\d$/,
  /^llvmPackages_(?:\d+|latest|git|rocm)$/,
  /^linuxPackages(?:_[a-zA-Z0-9_-]+|-rt\w*|-libre\w*)?$/,
  /^hardenedLinuxPackages\w*$/,
  /^cudaPackages_1\d(?:_\d){0,2}$/,
  /^rocmPackages_[5-9]$/,
  /^(?:emacs\d\d|emacs)Packages$/,
  /^(?:beam|beamMinimal)\d+Packages$/,
  /^postgresql_?\d+(?:Jit|_jit)?Packages$/,
  /^nextcloud\d+Packages$/,
  /^varnish\d+Packages$/,
  /^gnat\d+Packages$/,
  /^gnome\d+Extensions$/,
  /^godotPackages_\d(?:_\d)?$/,
  /^factorPackages-\d_\d+$/,
  /^flutterPackages(?:-\w+)?$/,
  /^quicklispPackages[A-Z]+$/,
  /^kodi\w*Packages$/,
  /^libsForQt5\d*$|^qt5\d\d?$/,
  /^wine\w*Packages$/,
  /^zabbix\d+$/,
  /^haskellPackages\w*$/,
  /^texlive\w*Packages$/,
];

/** `fooPackages`, `foo-plugins` and the like, with or without a version. */
const SET_SHAPE =
  /(?:Packages|PackageSets|Extensions|Plugins|Scripts|-plugins|-extensions|-providers|-engines|-grammars)(?:_\w+)?$/;

/** Sets of that shape that overlays of others add. */
const FOREIGN: ReadonlySet<string> = new Set(['rosPackages']);

/** Whether some nixpkgs had a package set of the name. */
export function isKnownSet(attribute: string): boolean {
  return SETS.has(attribute) || VERSIONED.some((pattern) => pattern.test(attribute));
}

/** Whether the name is formed as those of package sets are. */
export function hasSetShape(attribute: string): boolean {
  return SET_SHAPE.test(attribute) && !FOREIGN.has(attribute);
}

/** Names of package sets, for those who look for near ones. */
export function setNames(): Iterable<string> {
  return SETS;
}
