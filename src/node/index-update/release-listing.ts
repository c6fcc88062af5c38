import { ProblemError } from '../../core/model/problem';
import { lineOfBranch, type NixpkgsPin } from '../../core/nixpkgs';
import { type HttpClient, readText } from './http';

/** The bucket behind releases.nixos.org, which can be listed. */
export const LISTING_URL = 'https://nix-releases.s3.amazonaws.com';
export const RELEASES_URL = 'https://releases.nixos.org';

/** One release in the list: every one that a channel ever had is kept. */
interface ListedRelease {
  /** `nixos/24.05/nixos-24.05.1503.752c634c09ce`. */
  readonly key: string;
  readonly channel: string;
  /** The first digits of its commit, at the end of its name. */
  readonly commit: string;
  /** Seconds since 1970. */
  readonly published: number;
}

/** A thousand entries a page; the longest channel has a few thousand releases. */
const MAX_PAGES = 100;
const MAX_PAGE_CHARACTERS = 8_000_000;

/**
 * Finds the release that a pin is, or else the releases around it, from which its versions can be estimated.
 *
 * @param listingUrl such as {@link LISTING_URL}
 * @returns keys below the server of releases, each with its channel: the one release, or at most two neighbours
 * @throws ProblemError `network`, `branch-unknown`, `release-not-found`
 */
export async function releasesForPin(
  http: HttpClient,
  listingUrl: string,
  pin: NixpkgsPin,
): Promise<readonly { readonly key: string; readonly channel: string }[]> {
  const folders = foldersOf(pin);
  const around: ListedRelease[] = [];
  for (const { folder, channel } of folders) {
    const releases = await listReleases(http, listingUrl, folder, channel);
    const own = releases.find(({ commit }) => pin.revision?.startsWith(commit));
    if (own !== undefined) {
      return [own];
    }
    around.push(...releases);
  }
  const neighbours = pin.lastModified === undefined ? [] : neighboursAt(around, pin.lastModified);
  if (neighbours.length === 0) {
    throw new ProblemError({
      code: 'release-not-found',
      message: `No release of a channel is nixpkgs ${pin.revision?.slice(0, 12) ?? ''} or near it.`,
      hint: 'Name a channel instead, such as "lockstep index update nixos-unstable".',
    });
  }
  return neighbours;
}

/** Where the releases of the channels are that a pin may be of: its own first. */
function foldersOf({ branch }: NixpkgsPin): readonly { readonly folder: string; readonly channel: string }[] {
  const line = branch === undefined ? 'unstable' : lineOfBranch(branch);
  if (line === undefined) {
    throw new ProblemError({
      code: 'branch-unknown',
      message: `${branch} is not a branch of nixpkgs that a channel follows.`,
      hint: 'Name a channel instead, such as "lockstep index update nixos-unstable".',
    });
  }
  if (line === 'unstable') {
    const channels = ['nixos-unstable', 'nixpkgs-unstable', 'nixos-unstable-small'];
    const own = channels.includes(branch ?? '') ? [branch as string] : [];
    return [...new Set([...own, ...channels])].map((channel) => ({
      folder: channel === 'nixpkgs-unstable' ? 'nixpkgs/' : `nixos/${channel.slice('nixos-'.length)}/`,
      channel,
    }));
  }
  const release = line.slice('nixos-'.length);
  return [
    { folder: `nixos/${release}/`, channel: line },
    { folder: `nixpkgs/${release}-darwin/`, channel: `nixpkgs-${release}-darwin` },
    { folder: `nixos/${release}-small/`, channel: `nixos-${release}-small` },
  ];
}

/** Lists a folder of the bucket: each release has a page of its own there, whose date is that of the release. */
async function listReleases(
  http: HttpClient,
  listingUrl: string,
  folder: string,
  channel: string,
): Promise<readonly ListedRelease[]> {
  const releases: ListedRelease[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({ 'list-type': '2', delimiter: '/', prefix: folder });
    if (token !== undefined) {
      query.set('continuation-token', token);
    }
    const url = `${listingUrl.replace(/\/+$/, '')}/?${query}`;
    const answer = await http.get(url);
    const text = await readText(answer, url, MAX_PAGE_CHARACTERS);
    if (!answer.ok) {
      throw new ProblemError({
        code: 'release-not-found',
        message: `${new URL(url).host} does not list its releases.`,
        hint: 'Try again later, or name a channel: "lockstep index update nixos-unstable".',
        detail: `${url}: status ${answer.status}`,
      });
    }
    for (const [, entry = ''] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = /<Key>([\w./+-]+)<\/Key>/.exec(entry)?.[1] ?? '';
      const published = Date.parse(/<LastModified>([^<]+)</.exec(entry)?.[1] ?? '') / 1000;
      const commit = /\/(?:nixos|nixpkgs)-[\w.-]*\.([0-9a-f]{7,40})$/.exec(key)?.[1];
      if (commit !== undefined && key.startsWith(folder) && !Number.isNaN(published)) {
        releases.push({ key, channel, commit, published });
      }
    }
    token = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
    if (token === undefined) {
      break;
    }
  }
  return releases;
}

/** A release published this much later than a commit is newer than it. */
const LAG = 4 * 86_400;

function neighboursAt(releases: readonly ListedRelease[], time: number): readonly ListedRelease[] {
  const sorted = [...releases].sort((a, b) => a.published - b.published);
  const before = sorted.filter(({ published }) => published <= time).at(-1);
  const after = sorted.find(({ published }) => published >= time + LAG);
  return [before, after].filter((release) => release !== undefined);
}
