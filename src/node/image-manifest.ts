import { arch } from 'node:os';
import * as v from 'valibot';
import { ProblemError } from '../core/model/problem';
import { nixArch } from './local-host';

/** The files of an archive that make one image. */
export interface ImageParts {
  /** File of the configuration. */
  readonly config: string;
  /** Files of the layers, from the lowest to the highest. */
  readonly layers: readonly string[];
}

export interface ImageConfig {
  /** Go's word: `amd64`, `arm64`. */
  readonly architecture?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: string;
}

const dockerManifest = v.pipe(v.array(v.object({ Config: v.string(), Layers: v.array(v.string()) })), v.minLength(1));

const descriptor = v.object({
  digest: v.pipe(v.string(), v.regex(/^[a-z0-9]+:[0-9a-f]{32,128}$/)),
  platform: v.optional(v.object({ architecture: v.string(), os: v.string() })),
});
const ociIndex = v.object({ manifests: v.pipe(v.array(descriptor), v.minLength(1)) });
const ociManifest = v.object({ config: descriptor, layers: v.array(descriptor) });
const imageConfig = v.object({
  architecture: v.optional(v.string()),
  config: v.nullish(v.object({ Env: v.nullish(v.array(v.string())), User: v.nullish(v.string()) })),
});

/** An index may name an index, for each platform; nobody nests them deeper. */
const MAX_DEPTH = 4;

/**
 * Finds the parts of an image: docker's `manifest.json`, else `index.json` of the OCI image layout. Of several
 * platforms this machine's is taken, else the first that is one.
 *
 * @param read the text of a file of the archive; undefined when it is not there
 * @throws ProblemError `image-unknown`, `image-broken`
 */
export function selectImage(read: (name: string) => string | undefined, path: string): ImageParts {
  const docker = read('manifest.json');
  if (docker !== undefined) {
    const [first] = parse(dockerManifest, docker, 'manifest.json', path);
    return { config: clean(first!.Config), layers: first!.Layers.map(clean) };
  }
  let text = read('index.json');
  if (text === undefined) {
    throw new ProblemError({
      code: 'image-unknown',
      message: `${path} is no container image: it has neither manifest.json nor index.json.`,
      hint: 'Give the file that "docker save" wrote; for an unpacked file system use --host rootfs:DIR.',
    });
  }
  let name = 'index.json';
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const manifest = v.safeParse(ociManifest, json(text, name, path));
    if (manifest.success) {
      return { config: blob(manifest.output.config), layers: manifest.output.layers.map(blob) };
    }
    const { manifests } = parse(ociIndex, text, name, path);
    const chosen =
      manifests.find(
        ({ platform }) => platform !== undefined && imageArch(platform.architecture) === nixArch(arch()),
      ) ??
      manifests.find(({ platform }) => platform?.architecture !== 'unknown') ??
      manifests[0]!;
    name = blob(chosen);
    text = read(name);
    if (text === undefined) {
      break;
    }
  }
  throw broken(path, `${name} is not in it`);
}

/** What an image's configuration says; a broken one says nothing, since the layers are what counts. */
export function readImageConfig(text: string | undefined): ImageConfig {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return {};
  }
  const result = v.safeParse(imageConfig, value);
  if (!result.success) {
    return {};
  }
  const { architecture, config } = result.output;
  const pairs = (config?.Env ?? []).flatMap((line) => {
    const at = line.indexOf('=');
    return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });
  return {
    ...(architecture === undefined ? {} : { architecture }),
    ...(pairs.length === 0 ? {} : { env: Object.fromEntries(pairs) }),
    ...(config?.User == null ? {} : { user: config.User }),
  };
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
  '386': 'i686',
  arm: 'armv7l',
  ppc64le: 'powerpc64le',
  loong64: 'loongarch64',
};

/** Go's word for a processor as Nix says it. */
export function imageArch(architecture: string): string {
  return ARCHITECTURES[architecture] ?? architecture;
}

function blob({ digest }: { readonly digest: string }): string {
  return `blobs/${digest.replace(':', '/')}`;
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
