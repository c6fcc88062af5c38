import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../core/model/problem';
import { IndexFile, lineOfBranch, type NixpkgsPin, type RevisionInfo, withRevision } from '../../core/nixpkgs';
import { diskProblem } from '../disk-problem';
import { makeFolder } from '../make-folder';
import { chooseIndex } from '../nixpkgs-index';
import { updatedIndexPath } from '../nixpkgs-index-place';
import { writeOutput } from '../output-file';
import { downloadFile } from './download';
import { withFolderLock } from './folder-lock';
import { openHttpClient } from './http';
import { readPackages } from './packages-json';
import { type ChannelRelease, latestRelease, packagesUrl, readRelease } from './release';
import { LISTING_URL, RELEASES_URL, releasesForPin } from './release-listing';

/** What to bring in, and how. */
export interface UpdateOptions {
  /** Channels whose latest release is wanted. */
  readonly channels: readonly string[];
  /** Addresses of single releases. */
  readonly releases: readonly string[];
  /** Nixpkgs of locks: the release that each is, or else the ones around it, are wanted. */
  readonly pins?: readonly NixpkgsPin[];
  /** Where channels are. */
  readonly baseUrl: string;
  /** Where releases are, and where they are listed. */
  readonly releasesUrl?: string;
  readonly listingUrl?: string;
  /** The user's data folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  readonly onProgress?: (progress: UpdateProgress) => void;
  readonly signal?: AbortSignal;
  /** The index to begin with; the one that Lockstep came with. */
  readonly builtIn?: string;
  /** Milliseconds before a broken download goes on; doubles with each attempt. */
  readonly retryDelay?: number;
}

/** What is being done, for a person. */
export interface UpdateProgress {
  /** `wait`: another process is at it. */
  readonly phase: 'look' | 'wait' | 'download' | 'read' | 'write';
  readonly channel: string;
  readonly done?: number;
  readonly total?: number | undefined;
}

/** One release that was asked for. */
export interface UpdateResult {
  readonly channel: string;
  /** Its address; empty when it was not looked up. */
  readonly url: string;
  readonly revision: string;
  /** `known`: the index had it already, nothing was downloaded. */
  readonly outcome: 'added' | 'known';
  /** How many attributes it has. */
  readonly attributes: number;
}

/**
 * Brings releases of channels into the user's index, one after the other: each is downloaded, checked, merged and put
 * in place before the next, so that what was reached stays when a later one fails.
 *
 * @throws ProblemError for the first release that fails; see the parts
 */
export async function updateIndex(options: UpdateOptions): Promise<readonly UpdateResult[]> {
  const { channels, releases, pins = [], baseUrl, folder, env, onProgress } = options;
  try {
    makeFolder(folder);
  } catch (error) {
    throw diskProblem(folder, error);
  }
  removeOldParts(folder, options.now);
  const http = openHttpClient(env);
  const results: UpdateResult[] = [];
  try {
    for (const channel of channels) {
      onProgress?.({ phase: 'look', channel });
      results.push(await bringIn(await latestRelease(http, baseUrl, channel), http, options));
    }
    for (const url of releases) {
      const address = url.replace(/\/+$/, '');
      onProgress?.({ phase: 'look', channel: address });
      results.push(await bringIn(await readRelease(http, address, channelOfRelease(address)), http, options));
    }
    for (const pin of pins) {
      results.push(...(await bringInPin(pin, http, options)));
    }
  } finally {
    await http.close();
  }
  return results;
}

async function bringInPin(
  pin: NixpkgsPin,
  http: ReturnType<typeof openHttpClient>,
  options: UpdateOptions,
): Promise<readonly UpdateResult[]> {
  const { folder, builtIn, onProgress, releasesUrl = RELEASES_URL, listingUrl = LISTING_URL } = options;
  const shown = pin.branch ?? 'nixpkgs';
  const base = openBase(folder, builtIn);
  const column = pin.revision === undefined ? undefined : base.columnOf(pin.revision);
  const known = column === undefined ? undefined : base.column(column);
  if (known?.nested) {
    const { revision, attributes } = known;
    return [{ channel: shown, url: '', revision, outcome: 'known', attributes }];
  }
  onProgress?.({ phase: 'look', channel: shown });
  const results: UpdateResult[] = [];
  for (const { key, channel } of await releasesForPin(http, listingUrl, pin)) {
    const release = await readRelease(http, `${releasesUrl.replace(/\/+$/, '')}/${key}`, channel);
    results.push(await bringIn(release, http, options));
  }
  return results;
}

/** One process at a time, since they share what is downloaded half: a second one waits, and finds it done. */
function bringIn(
  release: ChannelRelease,
  http: ReturnType<typeof openHttpClient>,
  options: UpdateOptions,
): Promise<UpdateResult> {
  const onWait = () => options.onProgress?.({ phase: 'wait', channel: release.channel });
  return withFolderLock(options.folder, { signal: options.signal, onWait }, () => bringInAlone(release, http, options));
}

async function bringInAlone(
  release: ChannelRelease,
  http: ReturnType<typeof openHttpClient>,
  { folder, builtIn, now, onProgress, signal, retryDelay }: UpdateOptions,
): Promise<UpdateResult> {
  const { channel, url, revision, sha256 } = release;
  const line = lineOfBranch(channel);
  if (line === undefined) {
    throw new ProblemError({
      code: 'channel-unknown',
      message: `${channel} is not a channel of nixpkgs.`,
      hint: 'Channels are nixos-unstable, nixpkgs-unstable, nixos-25.05 and their like.',
    });
  }
  const known = openBase(folder, builtIn);
  const column = known.columnOf(revision);
  if (column !== undefined && known.column(column).nested) {
    return { channel, url, revision, outcome: 'known', attributes: known.column(column).attributes };
  }
  const part = join(folder, `packages-${sha256}.part`);
  await downloadFile(http, {
    url: packagesUrl(release),
    sha256,
    path: part,
    onProgress: (done, total) => onProgress?.({ phase: 'download', channel, done, total }),
    signal,
    ...(retryDelay === undefined ? {} : { delay: retryDelay }),
  });
  const versions = await readPackages(part, (done) => onProgress?.({ phase: 'read', channel, done }), signal);
  if (versions.size === 0) {
    throw new ProblemError({
      code: 'release-incomplete',
      message: `${url} lists no packages with versions.`,
      hint: 'Try another channel, or later.',
    });
  }
  onProgress?.({ phase: 'write', channel });
  const entry: Omit<RevisionInfo, 'attributes' | 'nested'> = {
    revision,
    date: release.published ?? Math.floor(now.getTime() / 1000),
    dateSource: release.published === undefined ? 'first-seen' : 'channel-history',
    line,
    channels: [channel],
  };
  const bytes = withRevision(openBase(folder, builtIn), entry, versions);
  try {
    writeOutput(updatedIndexPath(folder), bytes);
  } catch (error) {
    throw diskProblem(updatedIndexPath(folder), error instanceof ProblemError ? (error.cause ?? error) : error);
  }
  rmSync(part, { force: true });
  return { channel, url, revision, outcome: 'added', attributes: versions.size };
}

/** Days after which a download that was never finished is of no use: its channel has moved on. */
const PART_DAYS = 14;

function removeOldParts(folder: string, now: Date): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (/^packages-[0-9a-f]{64}\.part$/.test(name) && now.getTime() - statSync(path).mtimeMs > PART_DAYS * 86_400_000) {
      rmSync(path, { force: true });
    }
  }
}

/** The index to add to: the user's, unless it is broken or overtaken. */
function openBase(folder: string, builtIn?: string): IndexFile {
  return new IndexFile(readFileSync(chooseIndex(updatedIndexPath(folder), builtIn).path));
}

/** `https://releases.nixos.org/nixos/24.05/nixos-24.05.1503.752c634c09ce` is of nixos-24.05. */
function channelOfRelease(url: string): string {
  const [, stable] = /\/(?:nixos|nixpkgs)\/(\d\d\.\d\d)(?:-small|-darwin)?\//.exec(`${url}/`) ?? [];
  if (stable !== undefined) {
    return `nixos-${stable}`;
  }
  return /\/nixpkgs\/nixpkgs-/.test(url) ? 'nixpkgs-unstable' : 'nixos-unstable';
}
