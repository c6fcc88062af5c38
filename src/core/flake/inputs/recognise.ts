import { own } from '../../own';
import { type FlakeRef, formatFlakeRef, refText } from '../flake-ref';

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

/**
 * Repositories by name, whoever owns them: forks and mirrors keep the name. The model, and the accounts that have, or had,
 * the repository which it describes, on GitHub and FlakeHub.
 */
const BY_REPO: Readonly<Record<string, readonly [model: string, owners: string]>> = {
  'flake-utils': ['flake-utils', 'numtide'],
  'rust-overlay': ['rust-overlay', 'oxalica'],
  'nixpkgs-mozilla': ['rust-overlay', 'mozilla'],
  fenix: ['fenix', 'nix-community figsoda'],
  crane: ['crane', 'ipetkov'],
  naersk: ['naersk', 'nix-community nmattia'],
  cargo2nix: ['cargo2nix', 'cargo2nix'],
  crate2nix: ['crate2nix', 'nix-community kolloch'],
  napalm: ['napalm', 'nix-community nmattia'],
  npmlock2nix: ['npmlock2nix', 'nix-community tweag'],
  'flake-parts': ['flake-parts', 'hercules-ci'],
  flakelight: ['flakelight', 'nix-community accelbread'],
  'flakelight-rust': ['flakelight-rust', 'accelbread'],
  'flakelight-darwin': ['flakelight-darwin', 'cmacrae'],
  devshell: ['devshell', 'numtide'],
  devenv: ['devenv', 'cachix'],
  'treefmt-nix': ['treefmt-nix', 'numtide'],
  'git-hooks.nix': ['git-hooks', 'cachix'],
  'git-hooks': ['git-hooks', 'cachix'],
  'pre-commit-hooks.nix': ['git-hooks', 'cachix hercules-ci'],
  'pre-commit-hooks': ['git-hooks', 'cachix hercules-ci'],
  'opam-nix': ['opam-nix', 'tweag'],
  'nix-overlays': ['nix-overlays', 'nix-ocaml anmonteiro'],
  poetry2nix: ['poetry2nix', 'nix-community adisbladis'],
  'pyproject.nix': ['pyproject-nix', 'pyproject-nix nix-community adisbladis'],
  uv2nix: ['uv2nix', 'pyproject-nix adisbladis'],
  'build-system-pkgs': ['pyproject-build-systems', 'pyproject-nix'],
  gomod2nix: ['gomod2nix', 'nix-community tweag'],
  dream2nix: ['dream2nix', 'nix-community davhau'],
  'flake-compat': ['flake-compat', 'edolstra nix-community nixos lix-project'],
  blueprint: ['blueprint', 'numtide'],
  'gitignore.nix': ['gitignore', 'hercules-ci'],
  gitignore: ['gitignore', 'hercules-ci'],
  'nix-filter': ['nix-filter', 'numtide'],
  'flake-utils-plus': ['flake-utils-plus', 'gytis-ivaskevicius'],
  haumea: ['haumea', 'nix-community figsoda'],
  'home-manager': ['home-manager', 'nix-community rycee'],
  'nix-darwin': ['nix-darwin', 'nix-darwin lnl7'],
  'process-compose-flake': ['process-compose-flake', 'platonic-systems'],
  'services-flake': ['process-compose-flake', 'juspay'],
  'haskell-flake': ['haskell-flake', 'srid'],
  'haskell.nix': ['haskell-nix', 'input-output-hk'],
  'just-flake': ['just-flake', 'juspay'],
  'make-shell': ['make-shell', 'nicknovitski'],
  'mission-control': ['mission-control', 'platonic-systems'],
  'flake-root': ['flake-root', 'srid'],
  'nix-cargo-integration': ['nix-cargo-integration', 'yusdacra 90-008'],
  'nixpkgs-python': ['nixpkgs-python', 'cachix'],
  'nixpkgs-ruby': ['nixpkgs-ruby', 'bobvanderlinden'],
  'nixpkgs-terraform': ['nixpkgs-terraform', 'stackbuilders'],
  'nix-phps': ['nix-phps', 'fossar'],
  'nixpkgs-esp-dev': ['nixpkgs-esp-dev', 'mirrexagon'],
  'lean4-nix': ['lean4-nix', 'lenianiva'],
  zig2nix: ['zig2nix', 'cloudef'],
  'rust-flake': ['rust-flake', 'juspay'],
  'typelevel-nix': ['typelevel-nix', 'typelevel'],
  'import-tree': ['import-tree', 'vic denful'],
  'snowfall-lib': ['snowfall-lib', 'snowfallorg'],
  'android-nixpkgs': ['android-nixpkgs', 'tadfisher'],
  'purescript-overlay': ['purescript-overlay', 'thomashoneyman'],
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
  'purpleclay/go-overlay': 'go-overlay',
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
 * What a lock, or `flake.nix`, tells of an input.
 *
 * @param name the user's name for it
 */
export function queryOf(name: string, original: FlakeRef | undefined, locked: FlakeRef | undefined): ModelQuery {
  const ref = original ?? locked;
  return {
    name,
    owner: refText(locked, 'owner') ?? refText(ref, 'owner'),
    repo: refText(locked, 'repo') ?? refText(ref, 'repo'),
    url: ref === undefined ? undefined : formatFlakeRef(ref),
  };
}

/**
 * The model of an input, by its repository on any forge, its FlakeHub address, or, for references that have neither, its
 * name.
 *
 * @returns a name in `modelSources`, or `undefined` for a flake that is not known
 */
export function modelOf(query: ModelQuery): string | undefined {
  const { owner, repo } = ownerAndRepo(query);
  if (owner !== undefined && repo !== undefined) {
    const model = own(BY_OWNER, `${owner}/${repo}`) ?? own(BY_OWNER, owner) ?? own(BY_REPO, repo)?.[0];
    return model ?? (PROGRAMS.has(repo) ? 'tool-flake' : undefined);
  }
  return own(BY_REPO, query.name.toLowerCase())?.[0] ?? own(BY_NAME, query.name.toLowerCase());
}

/**
 * The repository that an input is read as although it is somebody else's: `numtide/devshell` for `someone/devshell`.
 *
 * @returns `undefined` for the repository itself, one that is no model's, and one on a host where mirrors are usual
 */
export function originalOf(query: ModelQuery): string | undefined {
  const { owner, repo } = ownerAndRepo(query);
  if (owner === undefined || repo === undefined || own(BY_OWNER, `${owner}/${repo}`) !== undefined) {
    return undefined;
  }
  const isThere = query.url === undefined || /^github:|\bgithub\.com[/:]|\bflakehub\.com\//.test(query.url);
  const owners = own(BY_REPO, repo)?.[1].split(' ') ?? [];
  return !isThere || owners.length === 0 || owners.includes(owner) ? undefined : `${owners[0]}/${repo}`;
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
