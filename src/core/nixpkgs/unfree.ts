import { compareNixVersions } from '../version/nix';

/**
 * Packages whose licence is unfree by `meta.license` of nixpkgs, 2021–2025: those of which it is known for all of that
 * time. Nix refuses to evaluate them unless the nixpkgs is told otherwise (`check-meta.nix`).
 */
const UNFREE: ReadonlySet<string> = new Set(
  `_1password _1password-cli _1password-gui _1password-gui-beta _7zz-rar amp-cli antigravity anydesk arc-browser
  aws-workspaces burpsuite claude-code cloudflare-warp code-cursor confluent-cli copilot-language-server corefonts
  cudatoolkit cursor-cli discord discord-canary discord-ptb dropbox elasticsearch7 geekbench github-copilot-cli
  gitkraken google-chrome ida-free insync intel-ocl jetbrains-toolbox kibana7 lmstudio mkl mongodb mongodb-4_4
  mongodb-5_0 mongodb-6_0 mongodb-7_0 mongodb-ce mongodb-compass ngrok nosql-workbench notion-app nrfutil obsidian
  oracle-instantclient oraclejdk parsec-bin plex plexRaw postman quartus-prime-lite rar raycast saleae-logic-2
  segger-jlink slack snowsql spotify sqlcl steam steamcmd sublime-merge sublime3 sublime4 symbola tableplus tabnine
  teamviewer unityhub unrar vivaldi vscode vscode-fhs warp-terminal windsurf zoom-us`.split(/\s+/),
);

/** Those of sets: NVIDIA's CUDA and drivers, Android's SDK, and what JetBrains sells. */
const UNFREE_PATHS: readonly RegExp[] = [
  /^cudaPackages(?:_\d+)*\.(?:cuda_|cudatoolkit$|cudnn|cutensor|libcu|libnpp|libnv|nsight|tensorrt)/,
  /^linuxPackages(?:_\w+)?\.nvidia_x11(?:_(?:beta|latest|production|legacy\w*|vulkan_beta))?$/,
  /^androidenv\./,
  /^jetbrains\.(?:aqua|clion|datagrip|dataspell|gateway|goland|idea-ultimate|phpstorm|pycharm-professional|rider|ruby-mine|rust-rover|webstorm|writerside)$/,
];

/** Those of HashiCorp took the Business Source License, each with a version (August 2023 and later). */
const SINCE: readonly (readonly [name: RegExp, version: string])[] = [
  [/^terraform(?:_\d+(?:_\d+)*)?$/, '1.6.0'],
  [/^vault(?:-bin)?$/, '1.15.0'],
  [/^consul$/, '1.17.0'],
  [/^nomad(?:_\d+(?:_\d+)*)?$/, '1.7.0'],
  [/^packer$/, '1.10.0'],
];

/**
 * Whether a package of nixpkgs is unfree, as far as that is known for sure.
 *
 * @param path the attribute path below nixpkgs
 * @param version as it is told, which may be a range
 */
export function isUnfree(path: string, version: string | undefined): boolean {
  if (UNFREE.has(path) || UNFREE_PATHS.some((pattern) => pattern.test(path))) {
    return true;
  }
  const since = SINCE.find(([name]) => name.test(path))?.[1];
  const lowest = version?.split(' – ')[0];
  return since !== undefined && lowest !== undefined && compareNixVersions(lowest, since) >= 0;
}
