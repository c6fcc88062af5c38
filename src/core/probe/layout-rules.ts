/** How a place is known. */
export interface LayoutRule {
  readonly manager: string;
  /**
   * Folders of which every path of it has one, in small letters and without a dot in front; absent: any path may be one.
   * Most paths have none of them, and need not be matched with a hundred patterns.
   */
  readonly in?: readonly string[];
  /** On a path with `/`; groups `package` and `version`. */
  readonly match: RegExp;
  /** The package where the path does not say it: `nvm` only has Node.js. */
  readonly package?: string;
}

/** The first that matches counts: from the most to the least specific place. */
export const layoutRules: readonly LayoutRule[] = [
  {
    manager: 'nix',
    in: ['nix'],
    match:
      /\/nix\/store\/[0-9a-z]{32}-(?<package>.+?)-(?<version>\d[^/]*?)(?:-(?:bin|out|dev|unwrapped|wrapped|env))?\//,
  },
  { manager: 'nix', in: ['nix'], match: /\/nix\/store\/[0-9a-z]{32}-(?<package>[^/]+)\// },
  {
    manager: 'guix',
    in: ['gnu'],
    match: /\/gnu\/store\/[0-9a-z]{32}-(?<package>.+?)-(?<version>\d[^/]*?)(?:-(?:bin|out|lib|debug))?\//,
  },
  { manager: 'guix', in: ['gnu'], match: /\/gnu\/store\/[0-9a-z]{32}-(?<package>[^/]+)\// },
  { manager: 'homebrew', in: ['cellar'], match: /\/Cellar\/(?<package>[^/]+)\/(?<version>[^/]+?)(?:_\d+)?\// },
  { manager: 'homebrew-cask', in: ['caskroom'], match: /\/Caskroom\/(?<package>[^/]+)\/(?<version>[^/,]+)[^/]*\// },
  { manager: 'asdf', in: ['asdf'], match: /\/\.?asdf\/installs\/(?<package>[^/]+)\/(?<version>[^/]+)\// },
  {
    manager: 'mise',
    in: ['mise', 'rtx'],
    // What came by one of its backends has that, and maybe the owner, before the name: `ubi-BurntSushi-ripgrep`.
    match:
      /\/(?:mise|rtx)\/installs\/(?:(?:aqua|ubi|github|gitlab)-(?:[^/-]+-(?=[^/]))?|(?:asdf|cargo|dotnet|gem|go|npm|pipx|spm|vfox)-)?(?<package>[^/]+)\/(?<version>[^/]+)\//,
  },
  {
    manager: 'aqua',
    in: ['aquaproj-aqua'],
    match: /\/aquaproj-aqua\/(?:internal\/)?pkgs\/http\/[^/]+\/(?:.*?[/-])?v?(?<version>\d+\.\d[^/-]*)/,
  },
  {
    manager: 'aqua',
    in: ['aquaproj-aqua'],
    match:
      /\/aquaproj-aqua\/(?:internal\/)?pkgs\/[^/]+\/[^/]+\/[^/]+\/(?<package>[^/]+)\/(?:[a-z]+[-/])?v?(?<version>\d[^/]*)\//,
  },
  { manager: 'aqua', in: ['aquaproj-aqua'], match: /\/aquaproj-aqua\// },
  {
    manager: 'pkgx',
    in: ['pkgx'],
    match: /\/\.pkgx\/(?:[^/]+\/)*?(?<package>[^/]+?)(?:\.(?:org|com|io|net|dev|land|sh))?\/v(?<version>\d[^/]*)\//,
  },
  {
    manager: 'vfox',
    in: ['version-fox', 'vfox'],
    match: /\/\.?(?:version-fox|vfox)\/(?:cache|sdks)\/(?<package>[^/]+)\/v-(?<version>[^/]+)\//,
  },
  { manager: 'devbox', in: ['devbox'], match: /\/devbox\/global\/[^/]+\/\.devbox\/nix\/profile\// },
  {
    manager: 'pyenv',
    in: ['pyenv', 'pyenv-win'],
    match: /\/\.?pyenv(?:-win)?\/versions\/(?<version>\d[^/]*)\/(?!envs\/)/,
    package: 'python',
  },
  // Others than CPython: `pypy3.10-7.3.17`, `miniconda3-24.11.1-0`.
  { manager: 'pyenv', in: ['pyenv'], match: /\/\.?pyenv\/versions\/[a-z]/ },
  { manager: 'rbenv', in: ['rbenv'], match: /\/\.?rbenv\/versions\/(?<version>[^/]+)\//, package: 'ruby' },
  { manager: 'rvm', in: ['rvm'], match: /\/\.?rvm\/rubies\/ruby-(?<version>[^/]+)\//, package: 'ruby' },
  { manager: 'chruby', in: ['rubies'], match: /\/\.?rubies\/(?:ruby-)?(?<version>\d[^/]*)\//, package: 'ruby' },
  { manager: 'nodenv', in: ['nodenv'], match: /\/\.?nodenv\/versions\/(?<version>[^/]+)\//, package: 'node' },
  { manager: 'goenv', in: ['goenv'], match: /\/\.?goenv\/versions\/(?<version>[^/]+)\//, package: 'go' },
  { manager: 'phpenv', in: ['phpenv'], match: /\/\.?phpenv\/versions\/(?<version>[^/]+)\//, package: 'php' },
  { manager: 'plenv', in: ['plenv'], match: /\/\.?plenv\/versions\/(?<version>[^/]+)\//, package: 'perl' },
  { manager: 'phpbrew', in: ['phpbrew'], match: /\/\.phpbrew\/php\/php-(?<version>[^/]+)\//, package: 'php' },
  { manager: 'perlbrew', in: ['perlbrew'], match: /\/\.?perlbrew\/perls\/perl-(?<version>[^/]+)\//, package: 'perl' },
  { manager: 'tfenv', in: ['tfenv'], match: /\/\.?tfenv\/versions\/(?<version>[^/]+)\//, package: 'terraform' },
  { manager: 'tofuenv', in: ['tofuenv'], match: /\/\.?tofuenv\/versions\/(?<version>[^/]+)\//, package: 'opentofu' },
  { manager: 'tgenv', in: ['tgenv'], match: /\/\.?tgenv\/versions\/(?<version>[^/]+)\//, package: 'terragrunt' },
  {
    manager: 'tfswitch',
    in: ['terraform.versions'],
    match: /\/\.terraform\.versions\/terraform_(?<version>\d[^/]*)$/,
    package: 'terraform',
  },
  { manager: 'crenv', in: ['crenv'], match: /\/\.?crenv\/versions\/(?<version>[^/]+)\//, package: 'crystal' },
  { manager: 'exenv', in: ['exenv'], match: /\/\.?exenv\/versions\/(?<version>[^/]+)\//, package: 'elixir' },
  { manager: 'luaenv', in: ['luaenv'], match: /\/\.?luaenv\/versions\/(?<version>[^/]+)\//, package: 'lua' },
  { manager: 'gobrew', in: ['gobrew'], match: /\/\.gobrew\/versions\/(?<version>\d[^/]*)\//, package: 'go' },
  { manager: 'g', in: ['g'], match: /\/\.g\/versions\/(?<version>\d[^/]*)\//, package: 'go' },
  { manager: 'bob', in: ['bob'], match: /\/bob\/v(?<version>\d[^/]*)\//, package: 'neovim' },
  { manager: 'rakubrew', in: ['rakubrew'], match: /\/rakubrew\/versions\/moar-(?<version>\d[^/]*)\//, package: 'raku' },
  { manager: 'tenv', in: ['tenv'], match: /\/\.tenv\/(?<package>[A-Za-z]+)\/(?<version>\d[^/]*)\// },
  {
    manager: 'nvm',
    in: ['nvm'],
    match: /\/\.?nvm\/(?:versions\/(?:node|io\.js)\/)?v(?<version>\d[^/]*)\//,
    package: 'node',
  },
  { manager: 'fnm', in: ['fnm'], match: /\/\.?fnm\/node-versions\/v(?<version>[^/]+)\//, package: 'node' },
  { manager: 'n', in: ['n'], match: /\/n\/versions\/node\/(?<version>[^/]+)\//, package: 'node' },
  { manager: 'volta', in: ['volta'], match: /\/\.?volta\/tools\/image\/packages\/(?<package>(?:@[^/]+\/)?[^/]+)\//i },
  { manager: 'volta', in: ['volta'], match: /\/\.?volta\/tools\/image\/(?<package>[^/]+)\/(?<version>[^/]+)\//i },
  { manager: 'nodebrew', in: ['nodebrew'], match: /\/\.nodebrew\/node\/v(?<version>\d[^/]*)\//, package: 'node' },
  { manager: 'nvs', in: ['nvs'], match: /\/\.nvs\/node\/(?<version>\d[^/]*)\//, package: 'node' },
  { manager: 'dvm', in: ['dvm'], match: /\/\.dvm\/versions\/(?<version>\d[^/]*)\//, package: 'deno' },
  { manager: 'proto', in: ['proto'], match: /\/\.proto\/tools\/(?<package>[^/]+)\/(?<version>[^/]+)\// },
  { manager: 'rustup', in: ['rustup'], match: /\/\.?rustup\/toolchains\/[^/]+\// },
  { manager: 'sdkman', in: ['sdkman'], match: /\/\.?sdkman\/candidates\/(?<package>[^/]+)\/(?<version>\d[^/]*)\// },
  { manager: 'sdkman', in: ['sdkman'], match: /\/\.?sdkman\/candidates\/(?<package>[^/]+)\// },
  { manager: 'gvm', in: ['gvm'], match: /\/\.?gvm\/gos\/go(?<version>[^/]+)\//, package: 'go' },
  {
    manager: 'go',
    in: ['golang.org'],
    match: /\/golang\.org\/toolchain@v[\d.]+-go(?<version>\d[^/]*?)\.(?:linux|darwin|windows)-\w+\//,
    package: 'go',
  },
  { manager: 'go-dl', in: ['sdk'], match: /\/sdk\/go(?<version>\d[^/]*)\//, package: 'go' },
  { manager: 'ghcup', in: ['ghcup'], match: /\/\.?ghcup\/ghc\/(?<version>\d[^/]*)\//, package: 'ghc' },
  {
    manager: 'ghcup',
    in: ['ghcup'],
    match: /\/\.?ghcup\/hls\/(?<version>\d[^/]*)\//,
    package: 'haskell-language-server',
  },
  {
    manager: 'stack',
    in: ['stack'],
    match: /\/(?:\.stack\/programs|stack)\/[^/]+\/ghc-(?:[a-z][^/]*-)?(?<version>\d[^/]*)\//,
    package: 'ghc',
  },
  {
    manager: 'ghcup',
    in: ['ghcup'],
    match: /\/\.?ghcup\/bin\/(?<package>[a-z]+(?:-[a-z]+)*)-(?<version>\d[\d.]*)(?:\.exe)?$/,
  },
  { manager: 'opam', in: ['opam'], match: /\/\.opam\/[^/]+\/bin\// },
  {
    manager: 'uv',
    in: ['uv'],
    match: /\/uv\/python\/(?:cpython|pypy)-(?<version>\d[^-/+]*)[^/]*\//,
    package: 'python',
  },
  { manager: 'juliaup', in: ['julia'], match: /\/\.julia\/juliaup\/julia-(?<version>\d[^/+]*)/, package: 'julia' },
  { manager: 'elan', in: ['elan'], match: /\/\.elan\/toolchains\/[^/]*?v(?<version>\d[^/]*)\//, package: 'lean' },
  {
    manager: 'choosenim',
    in: ['choosenim'],
    match: /\/\.choosenim\/toolchains\/nim-(?<version>\d[^/]*)\//,
    package: 'nim',
  },
  { manager: 'swiftly', in: ['swiftly'], match: /\/\.?swiftly\/toolchains\/(?<version>\d[^/]*)\//, package: 'swift' },
  { manager: 'zvm', in: ['zvm'], match: /\/\.zvm\/(?<version>\d[^/]*)\//, package: 'zig' },
  { manager: 'zigup', in: ['zigup'], match: /\/zigup\/(?<version>\d[^/]*)\//, package: 'zig' },
  { manager: 'jabba', in: ['jabba'], match: /\/\.jabba\/jdk\// },
  {
    manager: 'gradle',
    in: ['gradle'],
    match: /\/\.gradle\/wrapper\/dists\/gradle-(?<version>\d[^/]*?)-\w+\//,
    package: 'gradle',
  },
  { manager: 'gradle', in: ['gradle'], match: /\/\.gradle\/jdks\// },
  {
    manager: 'maven',
    in: ['m2'],
    match: /\/\.m2\/wrapper\/dists\/apache-maven-(?<version>\d[^/]*?)-bin\//,
    package: 'maven',
  },
  { manager: 'kiex', in: ['kiex'], match: /\/\.kiex\/elixirs\/elixir-(?<version>\d[^/]*)\//, package: 'elixir' },
  { manager: 'fvm', in: ['fvm'], match: /\/fvm\/versions\/(?<version>\d[^/]*)\//, package: 'flutter' },
  { manager: 'rye', in: ['rye'], match: /\/\.rye\/py\/\w+@(?<version>\d[^/]*)\//, package: 'python' },
  { manager: 'claude', in: ['claude'], match: /\/claude\/versions\/(?<version>\d[^/]*)$/, package: 'claude' },
  {
    manager: 'cursor',
    in: ['cursor-agent'],
    match: /\/cursor-agent\/versions\/(?<version>\d[^/]*)\//,
    package: 'cursor-agent',
  },
  { manager: 'manual', in: ['texlive'], match: /\/texlive\/(?<version>\d{4})\/bin\//, package: 'texlive' },
  // The bundled installer of Amazon's, which unpacks by hand.
  {
    manager: 'manual',
    in: ['aws-cli'],
    match: /\/aws-cli\/v2\/(?<version>\d[^/]*)\//,
    package: 'aws',
  },
  { manager: 'coursier', in: ['coursier'], match: /\/[Cc]oursier\/bin\// },
  { manager: 'krew', in: ['krew'], match: /\/\.krew\/bin\// },
  { manager: 'uv', in: ['uv'], match: /\/uv\/tools\/(?<package>[^/]+)\// },
  { manager: 'pipx', in: ['pipx'], match: /\/pipx\/venvs\/(?<package>[^/]+)\// },
  { manager: 'poetry', in: ['pypoetry'], match: /\/pypoetry\/venv\//, package: 'poetry' },
  { manager: 'pixi', in: ['pixi'], match: /\/\.pixi\/envs\/(?<package>[^/]+)\// },
  {
    manager: 'conda',
    match:
      /\/(?:ana|mini)conda\d?\/|\/(?:mini|mamba)forge\d?\/|\/micromamba\/|\/opt\/conda\/|\/share\/mamba\/|\/\.conda\/envs\//,
  },
  { manager: 'scoop', in: ['scoop'], match: /\/scoop\/apps\/(?<package>[^/]+)\/(?<version>\d[^/]*)\//i },
  { manager: 'scoop', in: ['scoop'], match: /\/scoop\/(?:apps\/(?<package>[^/]+)|shims)\//i },
  { manager: 'chocolatey', in: ['chocolatey'], match: /\/chocolatey\/lib\/(?<package>[^/]+)\//i },
  { manager: 'chocolatey', in: ['chocolatey'], match: /\/chocolatey\/bin\//i },
  { manager: 'winget', in: ['winget'], match: /\/WinGet\/(?:Packages\/(?<package>[^/]+?)_[^/]*Source_[^/]*|Links)\//i },
  { manager: 'microsoft-store', in: ['windowsapps'], match: /\/WindowsApps\// },
  { manager: 'snap', in: ['snap'], match: /\/snap\/(?<package>(?!bin\/)[^/]+)\/[^/]+\// },
  { manager: 'snap', in: ['snap'], match: /\/snap\/bin\/(?<package>[^/.]+)/ },
  { manager: 'flatpak', in: ['flatpak'], match: /\/flatpak\/(?:app|exports\/bin)\/(?<package>[^/]+)/ },
  // What an IDE downloaded for its projects.
  {
    manager: 'jetbrains',
    in: ['jdks', 'javavirtualmachines'],
    match: /\/\.jdks\/|\/Users\/[^/]+\/Library\/Java\/JavaVirtualMachines\//,
  },
  {
    manager: 'jetbrains-toolbox',
    in: ['jetbrains'],
    match: /\/JetBrains\/Toolbox\/(?:apps|scripts)\/(?<package>[^/]+)/,
  },
  {
    manager: 'dotnet-tool',
    in: ['dotnet'],
    match: /\/\.dotnet\/tools\/(?:\.store\/(?<package>[^/]+)\/(?<version>[^/]+)\/)?/,
  },
  { manager: 'corepack', in: ['corepack'], match: /\/node_modules\/corepack\// },
  { manager: 'pnpm', in: ['pnpm'], match: /(?<!\/node_modules)\/pnpm\/(?:global\/|[^/]+$)/ },
  {
    manager: 'yarn',
    in: ['yarn'],
    match: /\/yarn\/(?:data\/)?global\/node_modules\/(?<package>(?:@[^/]+\/)?[^/]+)\//i,
  },
  { manager: 'bun', in: ['bun'], match: /\/\.bun\/install\/global\/node_modules\/(?<package>(?:@[^/]+\/)?[^/]+)\// },
  { manager: 'bun', in: ['bun'], match: /\/\.bun\/bin\//, package: 'bun' },
  { manager: 'deno', in: ['deno'], match: /\/\.deno\/bin\// },
  { manager: 'npm', in: ['appdata'], match: /\/AppData\/Roaming\/npm\/[^/]+$/i },
  { manager: 'npm', in: ['node_modules'], match: /\/node_modules\/(?<package>(?:@[^/]+\/)?[^/]+)\// },
  { manager: 'gem', in: ['gems'], match: /\/gems\/(?<package>[^/]+?)-(?<version>\d[^/]*)\// },
  // `go` itself lies in a folder of that name too, unpacked there by hand.
  { manager: 'go', in: ['go'], match: /\/go\/bin\/(?!go(?:fmt)?(?:\.exe)?$)[^/]+$/ },
  { manager: 'rustup', in: ['cargo'], match: /\/\.cargo\/bin\/rustup(?:\.exe)?$/, package: 'rustup' },
  { manager: 'cargo', in: ['cargo'], match: /\/\.cargo\/bin\/[^/]+$/ },
  { manager: 'composer', in: ['composer'], match: /\/composer\/vendor\// },
  { manager: 'xcode', in: ['applications'], match: /\/Applications\/Xcode[^/]*\.app(?:\/|$)/ },
  {
    manager: 'swift.org',
    in: ['toolchains'],
    match: /\/Toolchains\/swift-(?<version>\d[^/]*?)-RELEASE\.xctoolchain\//,
    package: 'swift',
  },
  {
    manager: 'android-sdk',
    in: ['android', 'android-sdk'],
    match: /\/(?:[Aa]ndroid\/[Ss]dk|android-sdk)\/(?<package>cmake)\/(?<version>\d[^/]*)\//,
  },
  { manager: 'android-sdk', in: ['android', 'android-sdk'], match: /\/(?:[Aa]ndroid\/[Ss]dk|android-sdk)\// },
  { manager: 'macports', in: ['opt'], match: /^\/opt\/local\// },
  { manager: 'msys2', in: ['msys64'], match: /\/msys64\/[a-z0-9]+\/bin\// },
  { manager: 'command-line-tools', in: ['commandlinetools'], match: /^\/Library\/Developer\/CommandLineTools\// },
  { manager: 'python.org', in: ['python.framework'], match: /^\/Library\/Frameworks\/Python\.framework\// },
  {
    manager: 'windows-kits',
    in: ['windows kits'],
    match: /\/Windows Kits\/10\/bin\/(?<version>\d[^/]*)\//,
    package: 'windows-sdk',
  },
  {
    manager: 'visual-studio',
    in: ['microsoft visual studio'],
    match: /\/Microsoft Visual Studio\/\d{4}\/[^/]+\/VC\/Tools\/MSVC\/(?<version>\d[^/]*)\//,
    package: 'vs-build-tools',
  },
  { manager: 'visual-studio', in: ['microsoft visual studio'], match: /\/Microsoft Visual Studio\/\d{4}\// },
  { manager: 'app', match: /\.app(?:\/Contents\/|$)/ },
  // The second: Windows' drives, as WSL shows them to Linux.
  { manager: 'windows', in: ['windows', 'mnt'], match: /^(?:[A-Za-z]:\/Windows|\/mnt\/[a-z])\//i },
];
