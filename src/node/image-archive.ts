import { pathRulesOf } from '../core/host/paths';
import { type ReadAt, readTar, type TarEntry } from '../core/host/tar';
import { decodeUtf8 } from '../core/host/text';
import { ProblemError } from '../core/model/problem';
import { type OpenFile, part } from './image-file';
import { rootfsFileSystem } from './rootfs-file-system';
import { linkStatOf } from './stat';

/** Entries of the outer archive: layers, configurations, a few more. */
const MAX_OUTER_ENTRIES = 100_000;
const JSON_LIMIT = 16 * 1024 * 1024;

/** The files that hold an image: those of a tar archive, or of a folder with an OCI image layout. */
export interface ImageArchive {
  /** A small file's text; undefined when it is not there. */
  text(name: string): string | undefined;
  /** A large file, to be read here and there; undefined when it is not there. */
  file(name: string): Pick<OpenFile, 'readAt' | 'size'> | undefined;
  /** The names of the folders at its top. */
  folders(): readonly string[];
  /** Whether it looks like a file system itself, as `docker export` and the tarballs of distributions do. */
  readonly isFileSystem: boolean;
}

/** A folder with an OCI image layout, or what `docker save` wrote, unpacked. Links do not lead out of it. */
export function folderArchive(path: string): ImageArchive {
  const fs = rootfsFileSystem(path);
  return {
    text(name) {
      const stat = fs.stat(`/${name}`);
      const read = stat.ok && stat.value.size <= JSON_LIMIT ? fs.readText?.(`/${name}`, JSON_LIMIT) : undefined;
      return read?.ok === true ? read.value : undefined;
    },
    file(name) {
      const stat = fs.stat(`/${name}`);
      if (!stat.ok || stat.value.kind !== 'file') {
        return undefined;
      }
      const readAt: ReadAt = (offset, length) => {
        const read = fs.readFile(`/${name}`, length, offset);
        return read.ok ? read.value : new Uint8Array(0);
      };
      return { readAt, size: stat.value.size };
    },
    folders() {
      const listed = fs.readDir('/');
      return listed.ok ? listed.value.filter(({ kind }) => kind === 'directory').map(({ name }) => name) : [];
    },
    isFileSystem: false,
  };
}

/** Whether a path is a folder. */
export function isFolder(path: string): boolean {
  return linkStatOf(path)?.isDirectory() === true;
}

/**
 * The files of a tar archive by name; docker's links from one layer to another lead to the file itself.
 *
 * @throws ProblemError `image-unknown` when it is none, `image-broken` when it is cut off
 */
export function tarArchive(archive: ReadAt, path: string): ImageArchive {
  const entries = new Map<string, TarEntry>();
  const links: [name: string, target: string][] = [];
  let isFileSystem = false;
  let count = 0;
  const reader = readTar(archive);
  let next = reader.next();
  for (; next.done !== true && count < MAX_OUTER_ENTRIES; next = reader.next()) {
    const { value: entry } = next;
    count += 1;
    isFileSystem ||= /^(?:usr|etc|bin|nix)(?:\/|$)/.test(entry.name);
    if (entry.kind === 'file') {
      entries.set(entry.name, entry);
    } else if (entry.kind === 'link' || entry.kind === 'hard-link') {
      links.push([entry.name, linkTarget(entry)]);
    }
  }
  for (const [name, target] of links) {
    const entry = entries.get(target);
    if (entry !== undefined) {
      entries.set(name, entry);
    }
  }
  if (count === 0) {
    throw new ProblemError({
      code: 'image-unknown',
      message: `${path} is no tar archive.`,
      hint: 'Give the file that "docker save NAME -o FILE.tar" wrote; for a folder with a file system use --host rootfs:DIR.',
    });
  }
  if (next.done === true && next.value === 'cut') {
    throw cutOff(path);
  }
  return {
    text(name) {
      const entry = entries.get(name);
      return entry === undefined || entry.size > JSON_LIMIT ? undefined : decodeUtf8(archive(entry.offset, entry.size));
    },
    file(name) {
      const entry = entries.get(name);
      return entry && { readAt: part(archive, entry.offset, entry.size), size: entry.size };
    },
    folders: () => [...new Set([...entries.keys()].flatMap((name) => /^([^/]+)\//.exec(name)?.[1] ?? []))],
    isFileSystem,
  };
}

function linkTarget({ name, target, kind }: TarEntry): string {
  const base = kind === 'hard-link' ? '' : name.slice(0, name.lastIndexOf('/') + 1);
  return pathRulesOf('linux').join('/', base, target).slice(1);
}

/** What is said of an archive that ends too early. */
export function cutOff(name: string): ProblemError {
  return new ProblemError({
    code: 'image-broken',
    message: `${name} is cut off or damaged: it ends in the middle of a file, or holds something that is no tar entry.`,
    hint: 'Save or download the image again.',
  });
}
