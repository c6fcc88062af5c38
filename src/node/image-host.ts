import type { Host } from '../core/host/host';
import { MAX_ENTRIES, type Stacked, stackLayers, windowsRoot } from '../core/host/layers';
import { pathRulesOf } from '../core/host/paths';
import type { ReadAt } from '../core/host/tar';
import { treeFileSystem } from '../core/host/tree-file-system';
import { ProblemError } from '../core/model/problem';
import type { ProbeFailure } from '../core/model/snapshot';
import { type OfflineFacts, offlineHost } from '../core/probe/offline-host';
import { cutOff, folderArchive, type ImageArchive, isFolder, tarArchive } from './image-archive';
import { type ImageConfig, readImageConfig } from './image-config';
import { compressionOf, inflate, inflateBudget, type OpenFile, openFile } from './image-file';
import { isMisnamed, openLayers, otherDigest, type Plainly } from './image-layers';
import { enumerated, type ImageParts, selectImage } from './image-manifest';
import { imageArch } from './image-platform';

/**
 * A container image as a host: a `docker save` or OCI archive, compressed or not, a folder with an OCI image layout, or
 * the tarball of a file system (`docker export`); read from its layers. Nothing is unpacked to a folder, nothing is run.
 *
 * @param choice a name, tag, platform or digest, where the archive holds several images
 * @param verify layers are read whole for their digests, too
 * @throws ProblemError `host-not-found`, `image-broken`, `image-unknown`, `image-not-found`, `image-too-large`,
 * `image-no-space`, `image-compression-unknown`
 */
export async function imageHost(path: string, source: string, choice?: string, verify = false): Promise<Host> {
  const open: OpenFile[] = [];
  const budget = inflateBudget();
  const plainly: Plainly = async (readAt, size, name, onPiece) => {
    const compression = compressionOf(readAt);
    if (compression === 'none') {
      return readAt;
    }
    const inflated = await inflate(readAt, size, compression, name, budget, onPiece);
    open.push(inflated);
    return inflated.readAt;
  };
  const close = () => {
    for (const file of open.splice(0)) {
      file.close();
    }
  };
  try {
    if (isFolder(path)) {
      const archive = folderArchive(path);
      return { ...(await fromArchive(archive, { path, source, choice, verify, plainly })), close };
    }
    const file = openImage(path);
    open.push(file);
    const whole = await plainly(file.readAt, file.size, path);
    const archive = tarArchive(whole, path);
    return { ...(await fromArchive(archive, { path, source, choice, verify, plainly, whole })), close };
  } catch (error) {
    close();
    throw error;
  }
}

interface Opening {
  readonly path: string;
  readonly source: string;
  readonly choice: string | undefined;
  readonly verify: boolean;
  readonly plainly: Plainly;
  /** The archive itself, where it may be the only layer. */
  readonly whole?: ReadAt;
}

async function fromArchive(archive: ImageArchive, opening: Opening): Promise<Host> {
  const { path, source, choice, verify, plainly, whole } = opening;
  const odd: ProbeFailure[] = [];
  const texts = new Map<string, string | undefined>();
  const text = (name: string) => {
    if (texts.has(name)) {
      return texts.get(name);
    }
    const found = archive.text(name);
    texts.set(name, found);
    if (found !== undefined && isMisnamed(name, found)) {
      odd.push(otherDigest(`the file ${name} of ${path}`));
    }
    return found;
  };
  const parts = selectImage({ text, folders: archive.folders }, path, choice);
  if (parts === undefined) {
    if (whole !== undefined && archive.isFileSystem) {
      return toHost(stackLayers([whole]), [path], source, {});
    }
    throw new ProblemError({
      code: 'image-unknown',
      message: `${path} is no container image: it has neither manifest.json nor index.json, nor layers as old versions of docker wrote them.`,
      hint: 'Give the file that "docker save" wrote; for an unpacked file system use --host rootfs:DIR.',
    });
  }
  const told = readImageConfig(text(parts.config));
  const config = told ?? {};
  const { layers, names, notes } = await openLayers(archive, parts.layers, path, plainly, {
    diffIds: config.diffIds ?? [],
    verify,
  });
  const host = toHost(stackLayers(layers), names, source, factsOf(config));
  return {
    ...host,
    notes: [
      ...(host.notes ?? []),
      ...notesOf(parts, path),
      ...configNotes(told, `${parts.config} of ${path}`),
      ...odd,
      ...notes,
    ],
  };
}

function toHost(stacked: Stacked, names: readonly string[], source: string, facts: OfflineFacts): Host {
  switch (stacked.outcome) {
    case 'whole': {
      const tree = facts.os === 'windows' ? windowsRoot(stacked.root) : stacked.root;
      const fs = treeFileSystem(tree, pathRulesOf(facts.os ?? 'linux'), facts.os === 'windows');
      return offlineHost(fs, source, facts);
    }
    case 'cut':
      throw cutOff(names[stacked.layer] ?? source);
    case 'too-many':
      throw new ProblemError({
        code: 'image-too-large',
        message: `${source} has more than ${MAX_ENTRIES} files, which is more than Lockstep reads.`,
        hint: 'Check that the file is what you think it is.',
      });
  }
}

/** Nobody should wonder which of several images was read. */
function notesOf({ label, others }: ImageParts, path: string): readonly ProbeFailure[] {
  return others.length === 0
    ? []
    : [
        {
          status: 'skipped',
          code: 'other-images',
          reason: `${path} holds several images; ${label === '' ? 'the first' : label} was read. For another one write --host "image:${path}#NAME" with one of: ${enumerated(others)}`,
        },
      ];
}

/** The layers are what counts; but what the configuration does not tell is guessed. */
function configNotes(config: ImageConfig | undefined, name: string): readonly ProbeFailure[] {
  if (config === undefined) {
    return [
      {
        status: 'failed',
        code: 'image-config',
        reason: `the configuration ${name} is not there or broken: PATH and home are those of a login, not the image's own; save the image again`,
      },
    ];
  }
  return config.os === undefined || config.os === 'linux' || config.os === 'windows'
    ? []
    : [
        {
          status: 'skipped',
          code: 'image-system',
          reason: `${name} says that the image is for ${config.os}, which Lockstep does not know: it was read as one of Linux`,
        },
      ];
}

function openImage(path: string): OpenFile {
  try {
    return openFile(path);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'host-not-found',
        message: `The image ${path} could not be opened.`,
        hint: 'Give the file that "docker save NAME -o FILE.tar" wrote, and check that you may read it.',
        detail: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
}

function factsOf({ architecture, os, env, user }: ImageConfig): OfflineFacts {
  return {
    ...(os === 'windows' ? { os } : {}),
    ...(architecture === undefined ? {} : { arch: imageArch(architecture) }),
    ...(env === undefined ? {} : { env }),
    ...(user === undefined ? {} : { user }),
  };
}
