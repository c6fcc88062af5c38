import { own } from '../../own';

/** What is known of an input before its model is chosen. */
export interface ModelQuery {
  /** The user's name for it. */
  readonly name: string;
  /** `owner` and `repo` of a forge's reference, when it is one. */
  readonly owner?: string | undefined;
  readonly repo?: string | undefined;
  /** Any reference as text: `github:numtide/flake-utils`, `https://flakehub.com/f/numtide/flake-utils/0.1.*`. */
  readonly url?: string | undefined;
}

/** Repositories by name, whoever owns them: forks and mirrors keep the name. */
const BY_REPO: Readonly<Record<string, string>> = {
  'flake-utils': 'flake-utils',
  'rust-overlay': 'rust-overlay',
  'nixpkgs-mozilla': 'rust-overlay',
  fenix: 'fenix',
  crane: 'crane',
  naersk: 'naersk',
  'flake-parts': 'flake-parts',
  flakelight: 'flakelight',
  'flakelight-rust': 'flakelight-rust',
  devshell: 'devshell',
  devenv: 'devenv',
  'treefmt-nix': 'treefmt-nix',
  'git-hooks.nix': 'git-hooks',
  'git-hooks': 'git-hooks',
  'pre-commit-hooks.nix': 'git-hooks',
  'pre-commit-hooks': 'git-hooks',
  'opam-nix': 'opam-nix',
  'nix-overlays': 'nix-overlays',
  poetry2nix: 'poetry2nix',
  'pyproject.nix': 'pyproject-nix',
  uv2nix: 'uv2nix',
  'build-system-pkgs': 'pyproject-build-systems',
  gomod2nix: 'gomod2nix',
  dream2nix: 'dream2nix',
  'flake-compat': 'flake-compat',
  blueprint: 'blueprint',
  'gitignore.nix': 'gitignore',
  gitignore: 'gitignore',
  'nix-filter': 'nix-filter',
  'flake-utils-plus': 'flake-utils-plus',
  haumea: 'haumea',
  'home-manager': 'home-manager',
  'nix-darwin': 'nix-darwin',
  'process-compose-flake': 'process-compose-flake',
  'services-flake': 'process-compose-flake',
  'haskell-flake': 'haskell-flake',
  'haskell.nix': 'haskell-nix',
  'just-flake': 'just-flake',
  'make-shell': 'make-shell',
  'mission-control': 'mission-control',
  'flake-root': 'flake-root',
  'nix-cargo-integration': 'nix-cargo-integration',
  'nixpkgs-python': 'nixpkgs-python',
  'rust-flake': 'rust-flake',
  'typelevel-nix': 'typelevel-nix',
  'import-tree': 'import-tree',
  'snowfall-lib': 'snowfall-lib',
  'android-nixpkgs': 'android-nixpkgs',
  'purescript-overlay': 'purescript-overlay',
};

/** Repositories of one program each, which is their default package. */
const PROGRAMS: ReadonlySet<string> = new Set(
  'agenix agenix-rekey alejandra attic cachix colmena comma deadnix deploy-rs disko flake-checker foundry.nix helix hyprland jj morph neovim-nightly-overlay nh nickel nil nix-diff nix-fast-build nix-index-database nix-melt nix-output-monitor nix-tree nix-update nixd nixfmt nixos-anywhere nixos-generators nixos-shell nixpkgs-fmt nixpkgs-hammering nvd process-compose ragenix rnix-lsp statix topiary zellij zls'.split(
    ' ',
  ),
);

/** Where the name alone says too little, the owner decides. */
const BY_OWNER: Readonly<Record<string, string>> = {
  'nix-systems': 'systems',
  'snowfallorg/lib': 'snowfall-lib',
  'nix-community/nixpkgs.lib': 'nixpkgs-lib',
  // Others of that name have packages of other names.
  'mitchellh/zig-overlay': 'zig-overlay',
  'divnix/std': 'std',
  'divnix/paisano': 'std',
  'paisano-nix/core': 'std',
};

/** Names that an input is given when its reference says nothing (a registry name, a tarball). */
const BY_NAME: Readonly<Record<string, string>> = {
  systems: 'systems',
  'pre-commit-hooks-nix': 'git-hooks',
  'pyproject-nix': 'pyproject-nix',
  'pyproject-build-systems': 'pyproject-build-systems',
  utils: 'flake-utils',
  'zig-overlay': 'zig-overlay',
};

/**
 * The model of an input, by its repository on any forge, its FlakeHub address, or, for references that have neither, its
 * name.
 *
 * @returns a name in `modelSources`, or `undefined` for a flake that is not known
 */
export function modelOf(query: ModelQuery): string | undefined {
  const { owner, repo } = ownerAndRepo(query);
  if (owner !== undefined && repo !== undefined) {
    const model = own(BY_OWNER, `${owner}/${repo}`) ?? own(BY_OWNER, owner) ?? own(BY_REPO, repo);
    return model ?? (PROGRAMS.has(repo) ? 'tool-flake' : undefined);
  }
  return own(BY_REPO, query.name.toLowerCase()) ?? own(BY_NAME, query.name.toLowerCase());
}

/** Owner and repository from the reference's own fields or from its address, in lower case. */
function ownerAndRepo(query: ModelQuery): { readonly owner?: string; readonly repo?: string } {
  if (query.owner !== undefined && query.repo !== undefined) {
    return { owner: query.owner.toLowerCase(), repo: query.repo.toLowerCase() };
  }
  const url = query.url ?? '';
  const found =
    /^(?:github|gitlab|sourcehut):([^/?]+)\/([^/?#]+)/.exec(url) ??
    /(?:flakehub\.com|api\.flakehub\.com)\/f\/(?:pinned\/)?([^/]+)\/([^/?#]+)/.exec(url) ??
    /(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]+@)?[^/]+\/([^/]+)\/([^/?#]+)/.exec(url);
  if (found?.[1] === undefined || found[2] === undefined) {
    return {};
  }
  return { owner: found[1].replace(/^~/, '').toLowerCase(), repo: found[2].replace(/\.git$/, '').toLowerCase() };
}
