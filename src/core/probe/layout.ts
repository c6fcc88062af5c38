import type { Tool } from '../catalog';
import { compileAttributePattern } from '../catalog/attribute';
import { allPackageNames } from '../catalog/package-names';

/** What the place of a program tells: who put it there, as part of what, and maybe which version. */
export interface Layout {
  readonly manager: string;
  readonly package?: string;
  readonly version?: string;
}

interface LayoutRule {
  readonly manager: string;
  /** On a path with `/`; groups `package` and `version`. */
  readonly match: RegExp;
  /** The package where the path does not say it: `nvm` only has Node.js. */
  readonly package?: string;
}

/** Checked in order; from the most to the least specific place. */
const RULES: readonly LayoutRule[] = [
  {
    manager: 'nix',
    match:
      /\/nix\/store\/[0-9a-z]{32}-(?<package>.+?)-(?<version>\d[^/]*?)(?:-(?:bin|out|dev|unwrapped|wrapped|env))?\//,
  },
  { manager: 'nix', match: /\/nix\/store\/[0-9a-z]{32}-(?<package>[^/]+)\// },
  {
    manager: 'guix',
    match: /\/gnu\/store\/[0-9a-z]{32}-(?<package>.+?)-(?<version>\d[^/]*?)(?:-(?:bin|out|lib|debug))?\//,
  },
  { manager: 'guix', match: /\/gnu\/store\/[0-9a-z]{32}-(?<package>[^/]+)\// },
  { manager: 'homebrew', match: /\/Cellar\/(?<package>[^/]+)\/(?<version>[^/]+?)(?:_\d+)?\// },
  { manager: 'homebrew-cask', match: /\/Caskroom\/(?<package>[^/]+)\/(?<version>[^/,]+)[^/]*\// },
  { manager: 'asdf', match: /\/\.?asdf\/installs\/(?<package>[^/]+)\/(?<version>[^/]+)\// },
  {
    manager: 'mise',
    // What came by one of its backends has that, and maybe the owner, before the name: `ubi-BurntSushi-ripgrep`.
    match:
      /\/(?:mise|rtx)\/installs\/(?:(?:aqua|ubi|github|gitlab)-(?:[^/-]+-(?=[^/]))?|(?:asdf|cargo|dotnet|gem|go|npm|pipx|spm|vfox)-)?(?<package>[^/]+)\/(?<version>[^/]+)\//,
  },
  {
    manager: 'aqua',
    match: /\/aquaproj-aqua\/(?:internal\/)?pkgs\/http\/[^/]+\/(?:.*?[/-])?v?(?<version>\d+\.\d[^/-]*)/,
  },
  {
    manager: 'aqua',
    match:
      /\/aquaproj-aqua\/(?:internal\/)?pkgs\/[^/]+\/[^/]+\/[^/]+\/(?<package>[^/]+)\/(?:[a-z]+[-/])?v?(?<version>\d[^/]*)\//,
  },
  { manager: 'aqua', match: /\/aquaproj-aqua\// },
  {
    manager: 'pkgx',
    match: /\/\.pkgx\/(?:[^/]+\/)*?(?<package>[^/]+?)(?:\.(?:org|com|io|net|dev|land|sh))?\/v(?<version>\d[^/]*)\//,
  },
  {
    manager: 'vfox',
    match: /\/\.?(?:version-fox|vfox)\/(?:cache|sdks)\/(?<package>[^/]+)\/v-(?<version>[^/]+)\//,
  },
  { manager: 'devbox', match: /\/devbox\/global\/[^/]+\/\.devbox\/nix\/profile\// },
  { manager: 'pyenv', match: /\/\.?pyenv(?:-win)?\/versions\/(?<version>\d[^/]*)\/(?!envs\/)/, package: 'python' },
  // Others than CPython: `pypy3.10-7.3.17`, `miniconda3-24.11.1-0`.
  { manager: 'pyenv', match: /\/\.?pyenv\/versions\/[a-z]/ },
  { manager: 'rbenv', match: /\/\.?rbenv\/versions\/(?<version>[^/]+)\//, package: 'ruby' },
  { manager: 'rvm', match: /\/\.?rvm\/rubies\/ruby-(?<version>[^/]+)\//, package: 'ruby' },
  { manager: 'chruby', match: /\/\.?rubies\/(?:ruby-)?(?<version>\d[^/]*)\//, package: 'ruby' },
  { manager: 'nodenv', match: /\/\.?nodenv\/versions\/(?<version>[^/]+)\//, package: 'node' },
  { manager: 'goenv', match: /\/\.?goenv\/versions\/(?<version>[^/]+)\//, package: 'go' },
  { manager: 'phpenv', match: /\/\.?phpenv\/versions\/(?<version>[^/]+)\//, package: 'php' },
  { manager: 'plenv', match: /\/\.?plenv\/versions\/(?<version>[^/]+)\//, package: 'perl' },
  { manager: 'phpbrew', match: /\/\.phpbrew\/php\/php-(?<version>[^/]+)\//, package: 'php' },
  { manager: 'perlbrew', match: /\/\.?perlbrew\/perls\/perl-(?<version>[^/]+)\//, package: 'perl' },
  { manager: 'tfenv', match: /\/\.?tfenv\/versions\/(?<version>[^/]+)\//, package: 'terraform' },
  { manager: 'tofuenv', match: /\/\.?tofuenv\/versions\/(?<version>[^/]+)\//, package: 'opentofu' },
  { manager: 'tgenv', match: /\/\.?tgenv\/versions\/(?<version>[^/]+)\//, package: 'terragrunt' },
  { manager: 'tfswitch', match: /\/\.terraform\.versions\/terraform_(?<version>\d[^/]*)$/, package: 'terraform' },
  { manager: 'crenv', match: /\/\.?crenv\/versions\/(?<version>[^/]+)\//, package: 'crystal' },
  { manager: 'exenv', match: /\/\.?exenv\/versions\/(?<version>[^/]+)\//, package: 'elixir' },
  { manager: 'luaenv', match: /\/\.?luaenv\/versions\/(?<version>[^/]+)\//, package: 'lua' },
  { manager: 'gobrew', match: /\/\.gobrew\/versions\/(?<version>\d[^/]*)\//, package: 'go' },
  { manager: 'g', match: /\/\.g\/versions\/(?<version>\d[^/]*)\//, package: 'go' },
  { manager: 'bob', match: /\/bob\/v(?<version>\d[^/]*)\//, package: 'neovim' },
  { manager: 'rakubrew', match: /\/rakubrew\/versions\/moar-(?<version>\d[^/]*)\//, package: 'raku' },
  { manager: 'tenv', match: /\/\.tenv\/(?<package>[A-Za-z]+)\/(?<version>\d[^/]*)\// },
  { manager: 'nvm', match: /\/\.?nvm\/(?:versions\/(?:node|io\.js)\/)?v(?<version>\d[^/]*)\//, package: 'node' },
  { manager: 'fnm', match: /\/\.?fnm\/node-versions\/v(?<version>[^/]+)\//, package: 'node' },
  { manager: 'n', match: /\/n\/versions\/node\/(?<version>[^/]+)\//, package: 'node' },
  { manager: 'volta', match: /\/\.?volta\/tools\/image\/packages\/(?<package>(?:@[^/]+\/)?[^/]+)\//i },
  { manager: 'volta', match: /\/\.?volta\/tools\/image\/(?<package>[^/]+)\/(?<version>[^/]+)\//i },
  { manager: 'nodebrew', match: /\/\.nodebrew\/node\/v(?<version>\d[^/]*)\//, package: 'node' },
  { manager: 'nvs', match: /\/\.nvs\/node\/(?<version>\d[^/]*)\//, package: 'node' },
  { manager: 'dvm', match: /\/\.dvm\/versions\/(?<version>\d[^/]*)\//, package: 'deno' },
  { manager: 'proto', match: /\/\.proto\/tools\/(?<package>[^/]+)\/(?<version>[^/]+)\// },
  { manager: 'rustup', match: /\/\.?rustup\/toolchains\/[^/]+\// },
  { manager: 'sdkman', match: /\/\.?sdkman\/candidates\/(?<package>[^/]+)\/(?<version>\d[^/]*)\// },
  { manager: 'sdkman', match: /\/\.?sdkman\/candidates\/(?<package>[^/]+)\// },
  { manager: 'gvm', match: /\/\.?gvm\/gos\/go(?<version>[^/]+)\//, package: 'go' },
  {
    manager: 'go',
    match: /\/golang\.org\/toolchain@v[\d.]+-go(?<version>\d[^/]*?)\.(?:linux|darwin|windows)-\w+\//,
    package: 'go',
  },
  { manager: 'go-dl', match: /\/sdk\/go(?<version>\d[^/]*)\//, package: 'go' },
  { manager: 'ghcup', match: /\/\.?ghcup\/ghc\/(?<version>\d[^/]*)\//, package: 'ghc' },
  { manager: 'ghcup', match: /\/\.?ghcup\/hls\/(?<version>\d[^/]*)\//, package: 'haskell-language-server' },
  {
    manager: 'stack',
    match: /\/(?:\.stack\/programs|stack)\/[^/]+\/ghc-(?:[a-z][^/]*-)?(?<version>\d[^/]*)\//,
    package: 'ghc',
  },
  { manager: 'ghcup', match: /\/\.?ghcup\/bin\/(?<package>[a-z]+(?:-[a-z]+)*)-(?<version>\d[\d.]*)(?:\.exe)?$/ },
  { manager: 'opam', match: /\/\.opam\/[^/]+\/bin\// },
  { manager: 'uv', match: /\/uv\/python\/(?:cpython|pypy)-(?<version>\d[^-/+]*)[^/]*\//, package: 'python' },
  { manager: 'juliaup', match: /\/\.julia\/juliaup\/julia-(?<version>\d[^/+]*)/, package: 'julia' },
  { manager: 'elan', match: /\/\.elan\/toolchains\/[^/]*?v(?<version>\d[^/]*)\//, package: 'lean' },
  { manager: 'choosenim', match: /\/\.choosenim\/toolchains\/nim-(?<version>\d[^/]*)\//, package: 'nim' },
  { manager: 'swiftly', match: /\/\.?swiftly\/toolchains\/(?<version>\d[^/]*)\//, package: 'swift' },
  { manager: 'zvm', match: /\/\.zvm\/(?<version>\d[^/]*)\//, package: 'zig' },
  { manager: 'zigup', match: /\/zigup\/(?<version>\d[^/]*)\//, package: 'zig' },
  { manager: 'jabba', match: /\/\.jabba\/jdk\// },
  { manager: 'gradle', match: /\/\.gradle\/wrapper\/dists\/gradle-(?<version>\d[^/]*?)-\w+\//, package: 'gradle' },
  { manager: 'gradle', match: /\/\.gradle\/jdks\// },
  {
    manager: 'maven',
    match: /\/\.m2\/wrapper\/dists\/apache-maven-(?<version>\d[^/]*?)-bin\//,
    package: 'maven',
  },
  { manager: 'kiex', match: /\/\.kiex\/elixirs\/elixir-(?<version>\d[^/]*)\//, package: 'elixir' },
  { manager: 'fvm', match: /\/fvm\/versions\/(?<version>\d[^/]*)\//, package: 'flutter' },
  { manager: 'rye', match: /\/\.rye\/py\/\w+@(?<version>\d[^/]*)\//, package: 'python' },
  { manager: 'claude', match: /\/claude\/versions\/(?<version>\d[^/]*)$/, package: 'claude' },
  { manager: 'cursor', match: /\/cursor-agent\/versions\/(?<version>\d[^/]*)\//, package: 'cursor-agent' },
  { manager: 'coursier', match: /\/[Cc]oursier\/bin\// },
  { manager: 'krew', match: /\/\.krew\/bin\// },
  { manager: 'uv', match: /\/uv\/tools\/(?<package>[^/]+)\// },
  { manager: 'pipx', match: /\/pipx\/venvs\/(?<package>[^/]+)\// },
  { manager: 'poetry', match: /\/pypoetry\/venv\//, package: 'poetry' },
  { manager: 'pixi', match: /\/\.pixi\/envs\/(?<package>[^/]+)\// },
  {
    manager: 'conda',
    match:
      /\/(?:ana|mini)conda\d?\/|\/(?:mini|mamba)forge\d?\/|\/micromamba\/|\/opt\/conda\/|\/share\/mamba\/|\/\.conda\/envs\//,
  },
  { manager: 'scoop', match: /\/scoop\/apps\/(?<package>[^/]+)\/(?<version>\d[^/]*)\//i },
  { manager: 'scoop', match: /\/scoop\/(?:apps\/(?<package>[^/]+)|shims)\//i },
  { manager: 'chocolatey', match: /\/chocolatey\/lib\/(?<package>[^/]+)\//i },
  { manager: 'chocolatey', match: /\/chocolatey\/bin\//i },
  { manager: 'winget', match: /\/WinGet\/(?:Packages\/(?<package>[^/]+?)_[^/]*Source_[^/]*|Links)\//i },
  { manager: 'microsoft-store', match: /\/WindowsApps\// },
  { manager: 'snap', match: /\/snap\/(?<package>(?!bin\/)[^/]+)\/[^/]+\// },
  { manager: 'snap', match: /\/snap\/bin\/(?<package>[^/.]+)/ },
  { manager: 'flatpak', match: /\/flatpak\/(?:app|exports\/bin)\/(?<package>[^/]+)/ },
  // What an IDE downloaded for its projects.
  { manager: 'jetbrains', match: /\/\.jdks\/|\/Users\/[^/]+\/Library\/Java\/JavaVirtualMachines\// },
  { manager: 'jetbrains-toolbox', match: /\/JetBrains\/Toolbox\/(?:apps|scripts)\/(?<package>[^/]+)/ },
  { manager: 'dotnet-tool', match: /\/\.dotnet\/tools\/(?:\.store\/(?<package>[^/]+)\/(?<version>[^/]+)\/)?/ },
  { manager: 'corepack', match: /\/node_modules\/corepack\// },
  { manager: 'pnpm', match: /(?<!\/node_modules)\/pnpm\/(?:global\/|[^/]+$)/ },
  { manager: 'yarn', match: /\/yarn\/(?:data\/)?global\/node_modules\/(?<package>(?:@[^/]+\/)?[^/]+)\//i },
  { manager: 'bun', match: /\/\.bun\/install\/global\/node_modules\/(?<package>(?:@[^/]+\/)?[^/]+)\// },
  { manager: 'bun', match: /\/\.bun\/bin\//, package: 'bun' },
  { manager: 'deno', match: /\/\.deno\/bin\// },
  { manager: 'npm', match: /\/AppData\/Roaming\/npm\/[^/]+$/i },
  { manager: 'npm', match: /\/node_modules\/(?<package>(?:@[^/]+\/)?[^/]+)\// },
  { manager: 'gem', match: /\/gems\/(?<package>[^/]+?)-(?<version>\d[^/]*)\// },
  // `go` itself lies in a folder of that name too, unpacked there by hand.
  { manager: 'go', match: /\/go\/bin\/(?!go(?:fmt)?(?:\.exe)?$)[^/]+$/ },
  { manager: 'rustup', match: /\/\.cargo\/bin\/rustup(?:\.exe)?$/, package: 'rustup' },
  { manager: 'cargo', match: /\/\.cargo\/bin\/[^/]+$/ },
  { manager: 'composer', match: /\/composer\/vendor\// },
  { manager: 'xcode', match: /\/Applications\/Xcode[^/]*\.app(?:\/|$)/ },
  { manager: 'swift.org', match: /\/Toolchains\/swift-(?<version>\d[^/]*?)-RELEASE\.xctoolchain\//, package: 'swift' },
  { manager: 'android-sdk', match: /\/(?:[Aa]ndroid\/[Ss]dk|android-sdk)\/(?<package>cmake)\/(?<version>\d[^/]*)\// },
  { manager: 'android-sdk', match: /\/(?:[Aa]ndroid\/[Ss]dk|android-sdk)\// },
  { manager: 'macports', match: /^\/opt\/local\// },
  { manager: 'msys2', match: /\/msys64\/[a-z0-9]+\/bin\// },
  { manager: 'command-line-tools', match: /^\/Library\/Developer\/CommandLineTools\// },
  { manager: 'python.org', match: /^\/Library\/Frameworks\/Python\.framework\// },
  { manager: 'windows-kits', match: /\/Windows Kits\/10\/bin\/(?<version>\d[^/]*)\//, package: 'windows-sdk' },
  { manager: 'app', match: /\.app(?:\/Contents\/|$)/ },
  // The second: Windows' drives, as WSL shows them to Linux.
  { manager: 'windows', match: /^(?:[A-Za-z]:\/Windows|\/mnt\/[a-z])\//i },
];

/** Most programs lie here, where a path tells nothing. */
const SYSTEM_PROGRAM = /^\/(?:usr\/)?s?bin\/[^/]+$/;

/**
 * What a path shows of who installed a program.
 *
 * @param path absolute, with `/` between names
 */
export function readLayout(path: string): Layout | undefined {
  if (SYSTEM_PROGRAM.test(path)) {
    return undefined;
  }
  for (const rule of RULES) {
    const groups = rule.match.exec(path);
    if (groups !== null) {
      const name = rule.package ?? groups.groups?.['package'];
      const version = groups.groups?.['version'];
      return {
        manager: rule.manager,
        ...(name === undefined ? {} : { package: name }),
        ...(version === undefined ? {} : { version }),
      };
    }
  }
  return undefined;
}

const VERSION_END = /[-@]?\d[\d._]*$/;

/** Ends of package names that name a part of what the package was split from. */
const PART =
  /-(?:minimal|headless|core|bin|cli|base|client|clients|tools|utils|nox|gtk3?|interpreter|interactive|runtime|stable)$/;

/** A name of the catalog in which `#` is a version. */
function numbered(pattern: string): RegExp {
  const source = pattern.split('#').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('[\\d.]+')}(?:${PART.source.slice(0, -1)})*$`);
}

/**
 * Whether a package is the tool itself, so that its version is the tool's: `nodejs-20.1.0` is `node`, and not the `npm`
 * inside it.
 */
export function isPackageOf(tool: Tool, name: string): boolean {
  const packageNames = allPackageNames(tool);
  if (name === tool.id || packageNames.includes(name)) {
    return true;
  }
  const bare = name
    .toLowerCase()
    .replace(/@.*$/, '')
    .replace(/-wrapped$|-wrapper$|-with-[\w-]+$|-(?:x86-64|aarch64|i686)-linux-gnu$/, '');
  const versionless = bare.replace(VERSION_END, '');
  const spellings = new Set([bare, name.toLowerCase(), versionless, versionless.replace(PART, '')]);
  for (let rest = bare; PART.test(rest); ) {
    // Distributions split: `python3.11-minimal`, `openjdk-17-jre-headless`, `git-core`.
    rest = rest.replace(PART, '');
    spellings.add(rest);
    spellings.add(rest.replace(VERSION_END, ''));
  }
  const same = (candidate: string) => {
    const known = candidate.toLowerCase().replace(/@.*$/, '');
    return known.includes('#') ? numbered(known).test(bare) : spellings.has(known) && known !== '';
  };
  return (
    same(tool.id) ||
    tool.programs.some(same) ||
    packageNames.some(same) ||
    tool.nixpkgs.some((pattern) => (/[#*]/.test(pattern) ? compileAttributePattern(pattern).test(bare) : same(pattern)))
  );
}
