import { createHash } from 'node:crypto';
import type { ReadAt } from '../core/host/tar';
import { ProblemError } from '../core/model/problem';
import type { ProbeFailure } from '../core/model/snapshot';
import { cutOff, type ImageArchive } from './image-archive';
import type { OpenFile } from './image-file';
import type { LayerFile } from './image-manifest';

/** Gives a file decompressed; `onPiece` is shown its bytes as they are, where all of them are read for that. */
export type Plainly = (
  readAt: ReadAt,
  size: number,
  name: string,
  onPiece?: (piece: Uint8Array) => void,
) => Promise<ReadAt>;

/** Layers that can be read here and there, what they are called in sentences, and what is odd about them. */
interface OpenLayers {
  readonly layers: readonly ReadAt[];
  readonly names: readonly string[];
  readonly notes: readonly ProbeFailure[];
}

/** Bytes that are read for their digests alone, where nobody asked for it: so many take no time to speak of. */
const CHEAP = 16 * 1024 * 1024;
const PIECE = 1024 * 1024;

/** What the image says of its layers beside their files. */
interface Expected {
  /** Digests of the layers as they are decompressed. */
  readonly diffIds: readonly string[];
  /** Layers are read whole for their digests, whatever that costs. */
  readonly verify: boolean;
}

/**
 * Opens the layers of an image, from the lowest to the highest. Digests of what has to be read whole are checked, those
 * of layers that are not compressed only where that is cheap, or asked for.
 *
 * @throws ProblemError `image-broken` for a layer that is not there or too short, and what `plainly` throws
 */
export async function openLayers(
  archive: ImageArchive,
  files: readonly LayerFile[],
  path: string,
  plainly: Plainly,
  { diffIds, verify }: Expected,
): Promise<OpenLayers> {
  const names: string[] = [];
  const layers: ReadAt[] = [];
  const notes: ProbeFailure[] = [];
  let cheap = CHEAP;
  for (const [index, { name, size, isForeign }] of files.entries()) {
    const title = `the layer ${name} of ${path}`;
    const file = archive.file(name);
    if (file === undefined && isForeign === true) {
      notes.push(leftOut(title));
      continue;
    }
    if (file === undefined) {
      throw new ProblemError({
        code: 'image-broken',
        message: `${path} names the layer ${name}, but does not have it.`,
        hint: 'Save the image again with "docker save".',
      });
    }
    if (size !== undefined && file.size < size) {
      throw cutOff(title);
    }
    const check = checkOf(digestInName(name));
    const layer = await plainly(file.readAt, file.size, title, check?.see);
    layers.push(layer);
    names.push(title);
    let isOther = check?.isOther() === true;
    if (layer === file.readAt && (verify || file.size <= cheap)) {
      cheap -= file.size;
      isOther = isOtherThan(digestInName(name) ?? diffIds[index], file);
    }
    if (isOther) {
      notes.push(otherDigest(title));
    }
  }
  return { layers, names, notes };
}

function leftOut(title: string): ProbeFailure {
  return {
    status: 'skipped',
    code: 'base-layer-absent',
    reason: `${title} is a base that only its maker hands out, and not in the archive: what lies in it was not read`,
  };
}

/** What is said of a file whose bytes are not those that its image means. */
export function otherDigest(title: string): ProbeFailure {
  return {
    status: 'failed',
    code: 'image-digest',
    reason: `${title} is not what the image names: its digest is another one; save the image again`,
  };
}

/** Whether a small file of an archive has other bytes than its name says. */
export function isMisnamed(name: string, text: string): boolean {
  const check = checkOf(digestInName(name));
  check?.see(Buffer.from(text));
  return check?.isOther() === true;
}

function isOtherThan(digest: string | undefined, { readAt, size }: Pick<OpenFile, 'readAt' | 'size'>): boolean {
  const check = checkOf(digest);
  for (let at = 0; check !== undefined && at < size; at += PIECE) {
    check.see(readAt(at, Math.min(PIECE, size - at)));
  }
  return check?.isOther() === true;
}

/** `blobs/sha256/…`, or Skopeo's digest alone: the name is the digest of the bytes (OCI image specification, "Image Layout"). */
function digestInName(name: string): string | undefined {
  const [, algorithm = 'sha256', digest] = /^(?:blobs\/(sha256|sha512)\/)?([0-9a-f]{64,128})$/.exec(name) ?? [];
  return digest === undefined ? undefined : `${algorithm}:${digest}`;
}

function checkOf(text = ''): { see: (piece: Uint8Array) => void; isOther: () => boolean } | undefined {
  const [, algorithm, digest] = /^(sha256|sha512):([0-9a-f]{64,128})$/.exec(text) ?? [];
  if (algorithm === undefined || digest === undefined) {
    return undefined;
  }
  const hash = createHash(algorithm);
  let isSeen = false;
  return {
    see: (piece) => {
      isSeen = true;
      hash.update(piece);
    },
    isOther: () => isSeen && hash.digest('hex') !== digest,
  };
}
