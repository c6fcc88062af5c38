import type { NixpkgsPin } from './model';

/** The parts of a lock node that tell which nixpkgs it is: its `original` or `locked`, of which keys may be missing. */
export interface LockReference {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly owner?: string | undefined;
  readonly repo?: string | undefined;
  readonly url?: string | undefined;
  readonly ref?: string | undefined;
  readonly rev?: string | undefined;
  readonly lastModified?: number | undefined;
}

/** What a reference alone tells; `undefined` keys are not told. */
interface Place {
  readonly branch?: string | undefined;
  readonly revision?: string | undefined;
}

/**
 * The pin that a lock node stands for.
 *
 * @param original what `flake.nix` asked for; where it names no branch, the branch that Nix takes then
 * @param locked what it was locked to; `undefined` without a lock
 * @returns `undefined` when the node is not nixpkgs from a place that we know: NixOS/nixpkgs, nixos.org channels,
 *   FlakeHub, and forks that follow a channel
 */
export function pinFromLock(original: LockReference, locked: LockReference | undefined): NixpkgsPin | undefined {
  const asked = placeOf(original);
  const found = locked === undefined ? undefined : placeOf(locked);
  if (asked === undefined && found === undefined) {
    return undefined;
  }
  return {
    revision: found?.revision ?? asked?.revision,
    branch: asked === undefined ? found?.branch : asked.branch,
    lastModified: locked?.lastModified,
  };
}

/** Forks that are a channel with a few patches: versions are those of the channel at that time. */
const FORKS: Readonly<Record<string, string>> = {
  'nixos/nixpkgs-channels': 'nixpkgs-unstable',
  'cachix/devenv-nixpkgs': 'nixpkgs-unstable',
  'determinatesystems/nixpkgs-weekly': 'nixpkgs-unstable',
};

function placeOf(reference: LockReference): Place | undefined {
  switch (reference.type) {
    case 'indirect':
      return reference.id === 'nixpkgs' ? branchOr('nixpkgs-unstable', reference) : undefined;
    case 'github': {
      const repository = `${reference.owner}/${reference.repo}`.toLowerCase();
      if (repository === 'nixos/nixpkgs') {
        return branchOr('master', reference);
      }
      const channel = FORKS[repository];
      return channel === undefined ? undefined : { branch: channel, revision: reference.rev };
    }
    case 'git':
      return GIT_URL.test(reference.url ?? '') ? branchOr('master', reference) : undefined;
    case 'tarball':
    case 'file': {
      const place = placeOfUrl(reference.url ?? '');
      return place === undefined ? undefined : { ...place, revision: reference.rev ?? place.revision };
    }
    default:
      return undefined;
  }
}

/** The branch that is named; the given one when neither branch nor revision is: who names a revision only, did not say
 * on which branch it is. */
function branchOr(fallback: string, { ref, rev }: LockReference): Place {
  return { branch: ref ?? (rev === undefined ? fallback : undefined), revision: rev };
}

const GIT_URL = /^(?:git\+)?(?:https|ssh|git):\/\/(?:git@)?github\.com\/nixos\/nixpkgs(?:\.git)?\/?(?:\?.*)?$/i;
const CHANNEL_URL = /^https:\/\/(?:channels\.nixos\.org|nixos\.org\/channels)\/([\w.-]+)(?:\/|$)/;
const RELEASE_URL =
  /^https:\/\/releases\.nixos\.org\/(?:nixos|nixpkgs)\/(?:(\d\d\.\d\d|unstable)(?:-small)?\/)?(?:nixos|nixpkgs)-[\w.]*?\.([0-9a-f]{11,40})\//;
const ARCHIVE_URL = /^https:\/\/github\.com\/nixos\/nixpkgs\/archive\/(?:refs\/heads\/)?([\w.-]+?)\.(?:tar\.gz|zip)$/i;
const FLAKEHUB_URL = /^https:\/\/(?:api\.)?flakehub\.com\/f\/(?:pinned\/)?([\w-]+\/[\w.-]+)\/([^/]+)/i;

function placeOfUrl(url: string): Place | undefined {
  const channel = CHANNEL_URL.exec(url);
  if (channel !== null) {
    return { branch: channel[1] };
  }
  const release = RELEASE_URL.exec(url);
  if (release !== null) {
    return { branch: `nixos-${release[1] ?? 'unstable'}`, revision: release[2] };
  }
  const archive = ARCHIVE_URL.exec(url)?.[1];
  if (archive !== undefined) {
    return /^[0-9a-f]{40}$/.test(archive) ? { revision: archive } : { branch: archive };
  }
  const hub = FLAKEHUB_URL.exec(url);
  const repository = hub?.[1]?.toLowerCase() ?? '';
  if (repository !== 'nixos/nixpkgs' && FORKS[repository] === undefined) {
    return undefined;
  }
  // FlakeHub numbers nixpkgs 0.YYMM.n; 0.1.n is the unstable channel.
  const stable = /^0\.(\d\d)(\d\d)\./.exec(hub?.[2] ?? '');
  return { branch: stable === null ? 'nixos-unstable' : `nixos-${stable[1]}.${stable[2]}` };
}
