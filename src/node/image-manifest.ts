import * as v from 'valibot';
import { ProblemError } from '../core/model/problem';
import type { ImageArchive } from './image-archive';
import { readImageConfig } from './image-config';
import { legacyImages } from './image-legacy';
import { isKnown, isOurs, type Platform, platform, platformText, spellingsOf } from './image-platform';

/** A layer's file, and the bytes that it should have, where the manifest says so. */
export interface LayerFile {
  readonly name: string;
  readonly size?: number;
  /** Its maker lets nobody pass it on, so that archives leave it out: the base of Windows' images. */
  readonly isForeign?: true;
}

/** The files of an archive that make one image. */
export interface ImageParts {
  /** File of the configuration. */
  readonly config: string;
  /** Files of the layers, from the lowest to the highest. */
  readonly layers: readonly LayerFile[];
  /** What the archive calls the image: its name and tag, its platform. Empty where it says neither. */
  readonly label: string;
  /** Labels of the images that were not taken. */
  readonly others: readonly string[];
}

const dockerManifest = v.pipe(
  v.array(
    v.object({ Config: v.string(), Layers: v.nullish(v.array(v.string())), RepoTags: v.nullish(v.array(v.string())) }),
  ),
  v.minLength(1),
);

const descriptor = v.object({
  mediaType: v.optional(v.string()),
  size: v.optional(v.number()),
  digest: v.pipe(v.string(), v.regex(/^[a-z0-9]+:[0-9a-f]{32,128}$/)),
  platform: v.optional(platform),
  annotations: v.optional(v.record(v.string(), v.string())),
});
const ociIndex = v.object({ manifests: v.pipe(v.array(descriptor), v.minLength(1)) });
const ociManifest = v.object({ config: descriptor, layers: v.array(descriptor) });

type Descriptor = v.InferOutput<typeof descriptor>;

/**
 * Layers of an image, docker's and OCI's; signatures, attestations, charts and other artefacts are stored the same way
 * beside images, and their media types say what they are.
 */
const LAYER = /^application\/vnd\.(?:oci\.image\.layer\.|docker\.image\.rootfs\.)/;

/** OCI image specification, "Non-Distributable Layers", and what docker calls them. */
const FOREIGN = /\.(?:nondistributable|foreign)\./;

/** An index may name an index, for each platform; nobody nests them deeper. */
const MAX_DEPTH = 4;
/** Images of one archive whose files are looked at, and that are named. */
const MAX_IMAGES = 1_000;

/** One image of an archive. */
interface Candidate extends Pick<ImageParts, 'config' | 'layers'> {
  /** The digest that names it, which is all that images without a name have. */
  readonly id: string;
  readonly names: readonly string[];
  readonly platform?: Platform;
}

/**
 * Finds the parts of an image: docker's or Skopeo's `manifest.json`, else `index.json` of the OCI image layout, else the
 * layers that old dockers wrote. Of several platforms this machine's is taken, else the first that is one; of several
 * names the first.
 *
 * @param choice a name, a tag, a platform (`linux/arm64`, `arm64`) or the start of the digest of the image that is meant
 * @returns undefined when the archive is no image
 * @throws ProblemError `image-broken`, `image-not-found`
 */
export function selectImage(
  archive: Pick<ImageArchive, 'text' | 'folders'>,
  path: string,
  choice?: string,
): ImageParts | undefined {
  const found = imagesOf(archive, path);
  if (found === undefined) {
    return undefined;
  }
  const candidates = found.map((one, index) => (index < MAX_IMAGES ? withPlatform(one, archive.text) : one));
  const meant = choice === undefined ? candidates : candidates.filter((one) => isChosen(one, choice));
  const own = meant.find(({ platform: at }) => at === undefined || isOurs(at));
  const chosen = own ?? meant.find(isImage) ?? meant[0];
  const listed = candidates.slice(0, MAX_IMAGES).filter(isImage);
  const labels = labelsOf(listed);
  if (chosen === undefined) {
    throw new ProblemError({
      code: 'image-not-found',
      message: `${path} has no image "${choice}".`,
      hint: `It has: ${enumerated(listed.map(labels))}.`,
    });
  }
  const { config, layers } = chosen;
  const others = listed.filter((one) => one !== chosen).map(labels);
  return { config, layers, label: labels(chosen), others };
}

function imagesOf(archive: Pick<ImageArchive, 'text' | 'folders'>, path: string): readonly Candidate[] | undefined {
  const saved = dockerImages(archive.text, path);
  if (saved === undefined) {
    return ociImages(archive.text, path) ?? oldImages(archive, path);
  }
  // containerd lists one platform of an image for docker, and all that it has in the index.
  const known = new Set(saved.map(({ config }) => config));
  return [...saved, ...indexed(archive.text, path).filter(({ config }) => !known.has(config))];
}

/** What an index beside docker's manifest lists; one that is broken takes nothing away from what docker says. */
function indexed(read: (name: string) => string | undefined, path: string): readonly Candidate[] {
  try {
    return ociImages(read, path) ?? [];
  } catch (error) {
    if (error instanceof ProblemError) {
      return [];
    }
    throw error;
  }
}

/** Docker's manifest names no platform, nor does the index of what was built for one: the configuration does. */
function withPlatform(one: Candidate, read: (name: string) => string | undefined): Candidate {
  if (one.platform !== undefined) {
    return one;
  }
  const { architecture, os, variant } = readImageConfig(read(one.config)) ?? {};
  return architecture === undefined || os === undefined
    ? one
    : { ...one, platform: { architecture, os, ...(variant === undefined ? {} : { variant }) } };
}

function dockerImages(read: (name: string) => string | undefined, path: string): readonly Candidate[] | undefined {
  const text = read('manifest.json');
  if (text === undefined) {
    return undefined;
  }
  const plain = v.safeParse(ociManifest, json(text, 'manifest.json', path));
  if (plain.success) {
    // A folder as `skopeo copy … dir:FOLDER` writes it (containers-transports(5)): files are named by their digests alone.
    const { config, layers } = plain.output;
    const files = layers.map((layer) => layerFile(layer, nameOf));
    return [{ id: nameOf(config), config: nameOf(config), layers: files, names: [] }];
  }
  return parse(dockerManifest, text, 'manifest.json', path).map(
    ({ Config, Layers, RepoTags }): Candidate => ({
      id: clean(Config).replace(/^.*\/|\.json$/g, ''),
      config: clean(Config),
      layers: (Layers ?? []).map((name) => ({ name: clean(name) })),
      names: RepoTags ?? [],
    }),
  );
}

function oldImages(archive: Pick<ImageArchive, 'text' | 'folders'>, path: string): readonly Candidate[] | undefined {
  const images = legacyImages(archive);
  if (images?.length === 0) {
    throw broken(path, 'each of its layers lies on another one of them');
  }
  return images?.map((image) => ({ ...image, layers: image.layers.map((name) => ({ name })) }));
}

/** The images that an index leads to; those of other platforms may be named without being there. */
function ociImages(read: (name: string) => string | undefined, path: string): readonly Candidate[] | undefined {
  const text = read('index.json');
  if (text === undefined) {
    return undefined;
  }
  const found: Candidate[] = [];
  let absent: string | undefined;
  let notImage: string | undefined;
  const seen = new Set<string>();
  const visit = (name: string, content: string, names: readonly string[], at: Platform | undefined, depth: number) => {
    const manifest = v.safeParse(ociManifest, json(content, name, path));
    if (manifest.success) {
      const { config, layers } = manifest.output;
      const here = at === undefined ? {} : { platform: at };
      const files = layers.map((layer) => layerFile(layer, blob));
      const other = layers.find(({ mediaType }) => mediaType !== undefined && !LAYER.test(mediaType));
      notImage ??= other?.mediaType;
      if (other === undefined) {
        found.push({ id: nameOf(config), config: blob(config), layers: files, names, ...here });
      }
      return;
    }
    for (const one of parse(ociIndex, content, name, path).manifests) {
      const place = blob(one);
      // Two names of one image are two images; the files of a hostile index are read a bounded number of times.
      const isOver = seen.size >= MAX_IMAGES || depth >= MAX_DEPTH || (depth > 0 && seen.has(place));
      const inner = isOver ? undefined : read(place);
      seen.add(place);
      if (inner === undefined) {
        absent ??= place;
      } else {
        visit(place, inner, [...names, ...namesOf(one.annotations)], one.platform ?? at, depth + 1);
      }
    }
  };
  visit('index.json', text, [], undefined, 0);
  if (found.length === 0 && absent === undefined && notImage !== undefined) {
    throw new ProblemError({
      code: 'image-unknown',
      message: `${path} holds no container image, but ${notImage}.`,
      hint: 'Give the file that "docker save" wrote, or an OCI archive of an image.',
    });
  }
  if (found.length === 0) {
    throw broken(path, `${absent ?? 'an image'} is not in it`);
  }
  return found;
}

/** Names that an index gives its images: the specification's, containerd's. */
function namesOf(annotations: Readonly<Record<string, string>> = {}): readonly string[] {
  return ['io.containerd.image.name', 'org.opencontainers.image.ref.name'].flatMap((key) => annotations[key] ?? []);
}

/** What the images are called, so that it chooses them: by name and platform, and by their digest where that is not enough. */
function labelsOf(candidates: readonly Candidate[]): (one: Candidate) => string {
  return (one) => {
    const label = labelOf(one);
    const isClear = label !== '' && candidates.every((other) => other === one || !isChosen(other, label));
    return isClear ? label : [label, one.id.slice(0, ID_LENGTH)].filter(Boolean).join(' ');
  };
}

/** Names for a sentence, which has an end. */
export function enumerated(names: readonly string[]): string {
  const rest = names.length - MANY;
  return rest > 0 ? `${names.slice(0, MANY).join(', ')} and ${rest} more` : names.join(', ');
}

const MANY = 50;

/** As many digits of a digest as docker shows; it takes fewer. */
const ID_LENGTH = 12;
const LEAST_ID = /^[0-9a-f]{6,}$/;

function labelOf({ names, platform: at }: Candidate): string {
  return [names[0], at && platformText(at)].filter(Boolean).join(' ');
}

function isImage({ platform: at }: Candidate): boolean {
  return at === undefined || isKnown(at);
}

/** Whether each word of a choice names the image or its platform: `web:3`, `arm64`, `web:3 linux/arm64`, `0f3a21bc9d00`. */
function isChosen({ id, names, platform: at }: Candidate, choice: string): boolean {
  const platforms = at === undefined ? [] : spellingsOf(at);
  return choice
    .trim()
    .split(/\s+/)
    .every(
      (word) =>
        platforms.includes(word) ||
        (LEAST_ID.test(word) && id.startsWith(word)) ||
        names.some((name) => name === word || name.endsWith(`/${word}`) || name.endsWith(`:${word}`)),
    );
}

function layerFile(layer: Descriptor, place: (layer: Descriptor) => string): LayerFile {
  return {
    name: place(layer),
    ...(layer.size === undefined ? {} : { size: layer.size }),
    ...(FOREIGN.test(layer.mediaType ?? '') ? { isForeign: true } : {}),
  };
}

function blob({ digest }: Descriptor): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function nameOf({ digest }: Descriptor): string {
  return digest.slice(digest.indexOf(':') + 1);
}

function clean(name: string): string {
  return name.replace(/^(?:\.?\/)+/, '');
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  name: string,
  path: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json(text, name, path));
  if (!result.success) {
    const [issue] = result.issues;
    throw broken(path, `${name} is wrong at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`);
  }
  return result.output;
}

function json(text: string, name: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(path, `${name} is no JSON`);
  }
}

function broken(path: string, reason: string): ProblemError {
  return new ProblemError({
    code: 'image-broken',
    message: `${path} is no complete image: ${reason}.`,
    hint: 'Save the image again with "docker save".',
  });
}
