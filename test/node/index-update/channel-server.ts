import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';

/** A release as the test's server has it. */
export interface ServedRelease {
  readonly revision: string;
  readonly packages: Readonly<Record<string, unknown>>;
  /** When it came out: ISO 8601. */
  readonly published?: string;
  /** Served instead of the compressed packages. */
  readonly body?: Buffer;
  /** Served instead of their checksum; `null`: the file is missing, and the page has the checksum. */
  readonly checksum?: string | null;
}

export interface ChannelServer {
  readonly url: string;
  /** Each request: method, path, range. */
  readonly requests: string[];
  /** Set it to answer the list of packages in another way; `false` leaves it to the server. */
  answerPackages: (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;
  close(): Promise<void>;
}

interface Entry {
  readonly channel: string;
  readonly key: string;
  readonly release: ServedRelease;
  readonly body: Buffer;
  readonly published: Date;
}

/** Where a release is, as the real server has it: `nixos/25.11/nixos-25.11.1.<commit>`. */
export function keyOf(channel: string, revision: string): string {
  const commit = revision.slice(0, 12);
  const [, system, name] = /^(nixos|nixpkgs)-(.*)$/.exec(channel) ?? [];
  return channel === 'nixpkgs-unstable'
    ? `nixpkgs/nixpkgs-26.11pre1.${commit}`
    : `${system}/${name}/${system}-${name === 'unstable' ? '26.11pre' : `${name}.`}1.${commit}`;
}

/**
 * A loopback server that answers as channels.nixos.org, releases.nixos.org and the bucket behind it do, ranges and
 * pages included.
 *
 * @param channels releases by channel, the latest last
 */
export async function serveChannels(
  channels: Readonly<Record<string, ServedRelease | readonly ServedRelease[]>>,
): Promise<ChannelServer> {
  const requests: string[] = [];
  const entries: readonly Entry[] = Object.entries(channels).flatMap(([channel, releases]) =>
    [releases].flat().map((release: ServedRelease) => ({
      channel,
      key: keyOf(channel, release.revision),
      release,
      body: release.body ?? packagesFile(release.packages),
      published: new Date(release.published ?? '2026-11-20T10:00:00Z'),
    })),
  );
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push([request.method, path, request.headers.range].filter((part) => part !== undefined).join(' '));
    const latest = entries.filter(({ channel }) => `/${channel}` === path).at(-1);
    const entry = entries.find(({ key }) => path === `/${key}` || path.startsWith(`/${key}/`));
    if (path.startsWith('/?')) {
      answerListing(new URLSearchParams(path.slice(2)), response, entries);
    } else if (latest !== undefined) {
      response.writeHead(301, { location: `/${latest.key}` }).end();
    } else if (entry === undefined) {
      response.writeHead(404).end();
    } else if (!(path.endsWith('/packages.json.br') && channelServer.answerPackages(request, response, entry.body))) {
      answerRelease(entry, path.slice(entry.key.length + 2), request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const channelServer: ChannelServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerPackages: () => false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return channelServer;
}

function answerRelease(entry: Entry, file: string, request: IncomingMessage, response: ServerResponse): void {
  const { release, body, published } = entry;
  const checksum = createHash('sha256').update(body).digest('hex');
  if (file === 'git-revision') {
    response.writeHead(200, { 'last-modified': published.toUTCString() }).end(release.revision);
  } else if (file === 'packages.json.br.sha256' && release.checksum !== null) {
    response.writeHead(200).end(`${release.checksum ?? checksum}  packages.json.br\n`);
  } else if (file === 'packages.json.br') {
    answerRange(request, response, body);
  } else if (file === '') {
    const row = (name: string, hash: string) =>
      `<tr><td><a href='/x/${name}'>${name}</a></td><td><tt>${hash}</tt></td></tr>`;
    const rows = row('options.json.br', '0'.repeat(64)) + row('packages.json.br', checksum) + row('x', '1'.repeat(64));
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><table>${rows}</table></html>`);
  } else {
    response.writeHead(404).end();
  }
}

function answerRange(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start === 0) {
    response.writeHead(200, { 'content-length': body.length }).end(body);
  } else if (start >= body.length) {
    response.writeHead(416).end();
  } else {
    const range = `bytes ${start}-${body.length - 1}/${body.length}`;
    response
      .writeHead(206, { 'content-length': body.length - start, 'content-range': range })
      .end(body.subarray(start));
  }
}

/** Two entries a page, as S3's ListObjectsV2 writes them. */
function answerListing(query: URLSearchParams, response: ServerResponse, entries: readonly Entry[]): void {
  const prefix = query.get('prefix') ?? '';
  const all = entries.filter(({ key }) => key.startsWith(prefix) && !key.slice(prefix.length).includes('/'));
  const from = Number(query.get('continuation-token') ?? 0);
  const contents = all
    .slice(from, from + 2)
    .map(
      ({ key, published }) =>
        `<Contents><Key>${key}</Key><LastModified>${published.toISOString()}</LastModified><Size>9</Size></Contents>` +
        `<CommonPrefixes><Prefix>${key}/</Prefix></CommonPrefixes>`,
    );
  const more = from + 2 < all.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><ListBucketResult>${contents.join('')}${more}</ListBucketResult>`);
}

function packagesFile(packages: Readonly<Record<string, unknown>>): Buffer {
  return brotliCompressSync(JSON.stringify({ version: 2, packages }));
}
