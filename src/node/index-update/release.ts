import { ProblemError } from '../../core/model/problem';
import { type HttpClient, readText } from './http';

/** Where official channels are; each address redirects to the channel's latest release. */
export const CHANNELS_URL = 'https://channels.nixos.org';

/** One release of a channel, as its files tell. */
export interface ChannelRelease {
  readonly channel: string;
  /** Address of the folder with its files, without a slash at the end. */
  readonly url: string;
  /** 40 hex digits. */
  readonly revision: string;
  /** SHA-256 of `packages.json.br`, hex. */
  readonly sha256: string;
  /** When it was published: seconds since 1970; `undefined` when the server does not say. */
  readonly published: number | undefined;
}

const FILE = 'packages.json.br';

/** The list of packages of a release. */
export function packagesUrl(release: ChannelRelease): string {
  return `${release.url}/${FILE}`;
}

/**
 * Looks up the latest release of a channel.
 *
 * @param baseUrl where channels are, such as {@link CHANNELS_URL} or a mirror of it
 * @throws ProblemError `network`, `channel-unknown`, `release-incomplete`
 */
export async function latestRelease(http: HttpClient, baseUrl: string, channel: string): Promise<ChannelRelease> {
  const asked = `${baseUrl.replace(/\/+$/, '')}/${encodeURIComponent(channel)}`;
  const answer = await http.get(asked);
  await answer.body?.cancel();
  if (answer.status === 404 || answer.status === 403) {
    throw new ProblemError({
      code: 'channel-unknown',
      message: `There is no channel ${channel} at ${new URL(asked).host}.`,
      hint: 'Channels are nixos-unstable, nixpkgs-unstable, nixos-25.05 and their like.',
    });
  }
  // A channel's address leads to its release; on a plain mirror it is a folder itself.
  return readRelease(http, (answer.ok ? answer.url : asked).replace(/\/+$/, ''), channel);
}

/**
 * Reads a release from its folder.
 *
 * @throws ProblemError `network`, `release-incomplete`
 */
export async function readRelease(http: HttpClient, url: string, channel: string): Promise<ChannelRelease> {
  const revisionFile = await http.get(`${url}/git-revision`);
  const text = await readText(revisionFile, url);
  const revision = revisionFile.ok ? text.trim() : '';
  if (!/^[0-9a-f]{40}$/.test(revision)) {
    throw incomplete(url, `git-revision is no revision (status ${revisionFile.status})`);
  }
  const modified = Date.parse(revisionFile.headers.get('last-modified') ?? '');
  return {
    channel,
    url,
    revision,
    sha256: await readChecksum(http, url),
    published: Number.isNaN(modified) ? undefined : Math.floor(modified / 1000),
  };
}

const CHECKSUM_ROW = /packages\.json\.br<\/a>(?:(?!<\/tr>).){0,200}?<tt>([0-9a-f]{64})<\/tt>/s;

/** Releases have a checksum file beside each file, and a table of all checksums on their page. */
async function readChecksum(http: HttpClient, url: string): Promise<string> {
  const file = await http.get(`${url}/${FILE}.sha256`);
  const text = await readText(file, url);
  const own = file.ok ? /^[0-9a-f]{64}\b/.exec(text)?.[0] : undefined;
  if (own !== undefined) {
    return own;
  }
  const page = await http.get(url);
  const html = await readText(page, url);
  const row = page.ok ? CHECKSUM_ROW.exec(html) : null;
  if (row === null) {
    throw incomplete(url, `no checksum of ${FILE} (status ${file.status} and ${page.status})`);
  }
  return row[1] as string;
}

function incomplete(url: string, detail: string): ProblemError {
  return new ProblemError({
    code: 'release-incomplete',
    message: `${url} is not a release of a nixpkgs channel.`,
    hint: 'Give a channel, or the address of a release below https://releases.nixos.org.',
    detail,
  });
}
