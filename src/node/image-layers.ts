import { createHash } from 'node:crypto';
import type { ReadAt } from '../core/host/tar';
import { ProblemError } from '../core/model/problem';
import type { ProbeFailure } from '../core/model/snapshot';
import { cutOff, type ImageArchive } from './image-archive';
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

/**
 * Opens the layers of an image, from the lowest to the highest.
 *
 * @throws ProblemError `image-broken` for a layer that is not there or too short, and what `plainly` throws
 */
export async function openLayers(
  archive: ImageArchive,
  files: readonly LayerFile[],
  path: string,
  plainly: Plainly,
): Promise<OpenLayers> {
  const names = files.map(({ name }) => `the layer ${name} of ${path}`);
  const layers: ReadAt[] = [];
  const notes: ProbeFailure[] = [];
  for (const [index, { name, size }] of files.entries()) {
    const title = names[index]!;
    const file = archive.file(name);
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
    const check = checkOf(name);
    layers.push(await plainly(file.readAt, file.size, title, check?.see));
    if (check?.isOther() === true) {
      notes.push({
        status: 'failed',
        code: 'image-digest',
        reason: `${title} is not what the image names: its digest is another one; save the image again`,
      });
    }
  }
  return { layers, names, notes };
}

/** `blobs/sha256/…`, or Skopeo's digest alone: the name is the digest of the bytes (OCI image specification, "Image Layout"). */
function checkOf(name: string): { see: (piece: Uint8Array) => void; isOther: () => boolean } | undefined {
  const [, algorithm = 'sha256', digest] = /^(?:blobs\/(sha256|sha512)\/)?([0-9a-f]{64,128})$/.exec(name) ?? [];
  if (digest === undefined) {
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
