import type { Host } from '../core/host/host';
import { MAX_ENTRIES, stackLayers } from '../core/host/layers';
import { pathRulesOf } from '../core/host/paths';
import { type ReadAt, readTar, type TarEntry } from '../core/host/tar';
import { decodeUtf8 } from '../core/host/text';
import { treeFileSystem } from '../core/host/tree-file-system';
import { ProblemError } from '../core/model/problem';
import { type OfflineFacts, offlineHost } from '../core/probe/offline-host';
import { compressionOf, inflate, inflateBudget, type OpenFile, openFile, part } from './image-file';
import { type ImageParts, imageArch, readImageConfig, selectImage } from './image-manifest';

/** Entries of the outer archive: layers, configurations, a few more. */
const MAX_OUTER_ENTRIES = 100_000;
const JSON_LIMIT = 16 * 1024 * 1024;

/**
 * A container image as a host: a `docker save` or OCI archive, compressed or not, read from its layers. Nothing is
 * unpacked to a folder, nothing is run.
 *
 * @throws ProblemError `host-not-found`, `image-broken`, `image-unknown`, `image-too-large`,
 * `image-compression-unknown`
 */
export async function imageHost(path: string, source: string): Promise<Host> {
  const open: OpenFile[] = [];
  const budget = inflateBudget();
  const plainly = async (readAt: ReadAt, size: number, name: string): Promise<ReadAt> => {
    const compression = compressionOf(readAt);
    if (compression === 'none') {
      return readAt;
    }
    const inflated = await inflate(readAt, size, compression, name, budget);
    open.push(inflated);
    return inflated.readAt;
  };
  const close = () => {
    for (const file of open.splice(0)) {
      file.close();
    }
  };
  try {
    const file = openImage(path);
    open.push(file);
    const archive = await plainly(file.readAt, file.size, path);
    const entries = listArchive(archive, path);
    const parts = selectImage((name) => readEntry(archive, entries.get(name)), path);
    const layers: ReadAt[] = [];
    for (const name of parts.layers) {
      const entry = fileEntry(entries, name, path);
      layers.push(await plainly(part(archive, entry.offset, entry.size), entry.size, `the layer ${name} of ${path}`));
    }
    const { root, isCut } = stackLayers(layers);
    if (isCut) {
      throw new ProblemError({
        code: 'image-too-large',
        message: `${path} has more than ${MAX_ENTRIES} files, which is more than Lockstep reads.`,
      });
    }
    const facts = factsOf(parts, (name) => readEntry(archive, entries.get(name)));
    const paths = pathRulesOf('linux');
    return { ...offlineHost(treeFileSystem(root, paths, false), source, facts), close };
  } catch (error) {
    close();
    throw error;
  }
}

function openImage(path: string): OpenFile {
  try {
    return openFile(path);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'host-not-found',
        message: `The image ${path} could not be opened.`,
        hint: 'Give the file that "docker save NAME -o FILE.tar" wrote.',
        detail: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
}

/** The files of the outer archive by name; docker's links from one layer to another lead to the file itself. */
function listArchive(archive: ReadAt, path: string): ReadonlyMap<string, TarEntry> {
  const entries = new Map<string, TarEntry>();
  const links: [name: string, target: string][] = [];
  for (const entry of readTar(archive)) {
    if (entry.kind === 'file') {
      entries.set(entry.name, entry);
    } else if (entry.kind === 'link' || entry.kind === 'hard-link') {
      links.push([entry.name, linkTarget(entry)]);
    }
    if (entries.size > MAX_OUTER_ENTRIES) {
      break;
    }
  }
  for (const [name, target] of links) {
    const entry = entries.get(target);
    if (entry !== undefined) {
      entries.set(name, entry);
    }
  }
  if (entries.size === 0) {
    throw new ProblemError({
      code: 'image-unknown',
      message: `${path} is no tar archive.`,
      hint: 'Give the file that "docker save NAME -o FILE.tar" wrote.',
    });
  }
  return entries;
}

function linkTarget({ name, target, kind }: TarEntry): string {
  const base = kind === 'hard-link' ? '' : name.slice(0, name.lastIndexOf('/') + 1);
  return pathRulesOf('linux').join('/', base, target).slice(1);
}

function fileEntry(entries: ReadonlyMap<string, TarEntry>, name: string, path: string): TarEntry {
  const entry = entries.get(name);
  if (entry === undefined) {
    throw new ProblemError({
      code: 'image-broken',
      message: `${path} names the layer ${name}, but does not have it.`,
      hint: 'Save the image again with "docker save".',
    });
  }
  return entry;
}

function readEntry(archive: ReadAt, entry: TarEntry | undefined): string | undefined {
  return entry === undefined || entry.size > JSON_LIMIT ? undefined : decodeUtf8(archive(entry.offset, entry.size));
}

function factsOf({ config }: ImageParts, read: (name: string) => string | undefined): OfflineFacts {
  const { architecture, env, user } = readImageConfig(read(config));
  return {
    ...(architecture === undefined ? {} : { arch: imageArch(architecture) }),
    ...(env === undefined ? {} : { env }),
    ...(user === undefined ? {} : { user }),
  };
}
