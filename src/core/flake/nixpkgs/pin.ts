import { type NixpkgsPin, pinFromLock } from '../../nixpkgs';
import { type FlakeRef, refBranch, refNumber, refRevision, refText } from '../flake-ref';

/** A flake reference that turned out to be nixpkgs. */
export interface RecognisedNixpkgs {
  readonly pin: NixpkgsPin;
  /** `owner/repo` when it is a fork: its revisions are not in the index. */
  readonly fork?: string;
  /** Set for a flake around nixpkgs, which may set its `config`. */
  readonly wraps?: true;
  /** Only `lib` is there (`?dir=lib`, `nixpkgs.lib`). */
  readonly libOnly: boolean;
}

const LIB_REPOSITORY = /^nixpkgs[.-]lib$/i;
const REPOSITORY = /^(?:nixpkgs|nixpkgs-channels|devenv-nixpkgs|nixpkgs-weekly)(?:\.git)?$/i;
const OFFICIAL = /^(?:nixos\/nixpkgs(?:-channels)?|cachix\/devenv-nixpkgs|determinatesystems\/nixpkgs-weekly)$/i;

const WRAPPER = /^cachix\/devenv-nixpkgs$/i;

/**
 * Tells whether a reference is nixpkgs, whatever its host: GitHub, git, release and channel tarballs, FlakeHub, the
 * registry's `nixpkgs`, forks.
 *
 * @param original what `flake.nix` asks for
 * @param locked what the lock resolved it to
 */
export function recogniseNixpkgs(
  original: FlakeRef | undefined,
  locked: FlakeRef | undefined,
): RecognisedNixpkgs | undefined {
  const libOnly = [refText(locked, 'dir'), refText(original, 'dir')].includes('lib');
  const known = pinFromLock(flat(original) ?? {}, flat(locked));
  const repository = repositoryOf(locked) ?? repositoryOf(original);
  const wraps = repository !== undefined && WRAPPER.test(repository) ? { wraps: true as const } : {};
  if (known !== undefined) {
    const revision = known.revision ?? refRevision(locked) ?? refRevision(original);
    return { pin: { ...known, revision }, ...wraps, libOnly };
  }
  const name = repository?.slice(repository.indexOf('/') + 1) ?? '';
  if (repository === undefined || !(REPOSITORY.test(name) || LIB_REPOSITORY.test(name))) {
    return undefined;
  }
  const official = OFFICIAL.test(repository.replace(/\.git$/, ''));
  return {
    pin: {
      revision: refRevision(locked) ?? refRevision(original),
      branch: refBranch(original) ?? refBranch(locked),
      lastModified: refNumber(locked, 'lastModified'),
    },
    ...(official ? {} : { fork: repository }),
    ...wraps,
    libOnly: libOnly || LIB_REPOSITORY.test(name),
  };
}

/** `owner/repo`, from attributes or out of a URL. */
function repositoryOf(ref: FlakeRef | undefined): string | undefined {
  const owner = refText(ref, 'owner');
  const repo = refText(ref, 'repo');
  if (owner !== undefined && repo !== undefined) {
    return `${owner}/${repo}`;
  }
  // A clone in some folder of a machine: outside of the flake, as what is inside is read as it is.
  const folder = ref?.type === 'path' ? refText(ref, 'path') : undefined;
  if (folder?.startsWith('/') === true) {
    const name = folder.replace(/\/+$/, '').slice(folder.lastIndexOf('/') + 1);
    return REPOSITORY.test(name) ? `path:/${name}` : undefined;
  }
  const parts = refText(ref, 'url')?.split(/[/:?]/) ?? [];
  const at = parts.findIndex((part, i) => i > 0 && (REPOSITORY.test(part) || LIB_REPOSITORY.test(part)));
  return at < 1 ? undefined : `${parts[at - 1]}/${parts[at]}`;
}

function flat(ref: FlakeRef | undefined) {
  return ref === undefined
    ? undefined
    : {
        type: ref.type,
        id: refText(ref, 'id'),
        owner: refText(ref, 'owner'),
        repo: refText(ref, 'repo'),
        url: refText(ref, 'url'),
        ref: refText(ref, 'ref'),
        rev: refText(ref, 'rev'),
        lastModified: refNumber(ref, 'lastModified'),
      };
}
