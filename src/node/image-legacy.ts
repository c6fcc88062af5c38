import * as v from 'valibot';
import type { ImageArchive } from './image-archive';

/** One image of an archive, by the layer on its top. */
interface LegacyImage {
  /** The digest that names its top layer. */
  readonly id: string;
  /** `name:tag`, as `repositories` has them. */
  readonly names: readonly string[];
  /** File of the configuration: that of the top layer. */
  readonly config: string;
  /** Files of the layers, from the lowest to the highest. */
  readonly layers: readonly string[];
}

const repositories = v.record(v.string(), v.record(v.string(), v.string()));
const layerJson = v.object({ id: v.string(), parent: v.nullish(v.string()) });

/** Docker allowed 127. */
const MOST_LAYERS = 1_000;
const ID = /^[0-9a-f]{64}$/;

/**
 * The images of an archive as docker wrote it before its version 1.10: a folder for each layer, with `VERSION`, `json`
 * and `layer.tar`, and names in `repositories` where the image has one. Undefined when it is no such archive. Source:
 * Docker image specification 1.0, "Combined Image JSON + Filesystem Changeset Format".
 */
export function legacyImages({
  text,
  folders,
}: Pick<ImageArchive, 'text' | 'folders'>): readonly LegacyImage[] | undefined {
  const parents = new Map<string, string | undefined>();
  for (const folder of folders().filter((name) => ID.test(name))) {
    const layer = v.safeParse(layerJson, parsed(text(`${folder}/json`)));
    if (layer.success && layer.output.id === folder) {
      parents.set(folder, layer.output.parent ?? undefined);
    }
  }
  if (parents.size === 0) {
    return undefined;
  }
  const named = namesByLayer(parsed(text('repositories')));
  const below = new Set(parents.values());
  const tops = [...parents.keys()].filter((id) => named.has(id) || !below.has(id)).sort();
  return tops.map((id) => ({
    id,
    names: named.get(id) ?? [],
    config: `${id}/json`,
    layers: chain(id, parents).map((layer) => `${layer}/layer.tar`),
  }));
}

function namesByLayer(value: unknown): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const result = v.safeParse(repositories, value);
  for (const [name, tags] of Object.entries(result.success ? result.output : {})) {
    for (const [tag, id] of Object.entries(tags)) {
      names.set(id, [...(names.get(id) ?? []), `${name}:${tag}`]);
    }
  }
  return names;
}

/** A layer that has no folder stays in the list, so that whoever opens it says that it is not there. */
function chain(top: string, parents: ReadonlyMap<string, string | undefined>): readonly string[] {
  const layers: string[] = [];
  const seen = new Set<string>();
  for (let id: string | undefined = top; id !== undefined && layers.length < MOST_LAYERS; id = parents.get(id)) {
    if (seen.has(id)) {
      break;
    }
    seen.add(id);
    layers.unshift(id);
  }
  return layers;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
