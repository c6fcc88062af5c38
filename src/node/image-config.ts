import * as v from 'valibot';

/** What an image's configuration says of who would work there. */
export interface ImageConfig {
  /** Go's word: `amd64`, `arm64`. */
  readonly architecture?: string;
  /** Go's word: `linux`, `windows`. */
  readonly os?: string;
  /** Of the processor: `v7`. */
  readonly variant?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** Digests of the layers as they are decompressed, from the lowest to the highest: `sha256:…`. */
  readonly diffIds?: readonly string[];
}

const word = v.pipe(v.string(), v.maxLength(100));
const schema = v.object({
  architecture: v.optional(word),
  os: v.optional(word),
  variant: v.nullish(word),
  rootfs: v.nullish(v.object({ diff_ids: v.nullish(v.array(v.string())) })),
  config: v.nullish(v.object({ Env: v.nullish(v.array(v.string())), User: v.nullish(v.string()) })),
});

/** No program is started with a longer one (execve(2), "MAX_ARG_STRLEN"). */
const MAX_VARIABLE = 131_072;

/** Reads a configuration (OCI image specification, "Image Configuration"); undefined when it is broken or not there. */
export function readImageConfig(text: string | undefined): ImageConfig | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const result = v.safeParse(schema, value);
  if (!result.success) {
    return undefined;
  }
  const { architecture, os, variant, config, rootfs } = result.output;
  const pairs = (config?.Env ?? []).flatMap((line) => {
    const at = line.indexOf('=');
    return at < 1 || line.length > MAX_VARIABLE ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });
  return {
    ...(architecture === undefined ? {} : { architecture }),
    ...(os === undefined ? {} : { os }),
    ...(variant == null ? {} : { variant }),
    ...(pairs.length === 0 ? {} : { env: Object.fromEntries(pairs) }),
    ...(config?.User == null ? {} : { user: config.User }),
    ...(rootfs?.diff_ids == null ? {} : { diffIds: rootfs.diff_ids }),
  };
}
