import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';

/** A release as the test's server has it. */
export interface ServedRelease {
  readonly revision: string;
  readonly packages: Readonly<Record<string, unknown>>;
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

/** The bytes of a list of packages. */
function packagesFile(packages: Readonly<Record<string, unknown>>): Buffer {
  return brotliCompressSync(JSON.stringify({ version: 2, packages }));
}

/** A loopback server that answers as channels.nixos.org and releases.nixos.org do, ranges included. */
export async function serveChannels(channels: Readonly<Record<string, ServedRelease>>): Promise<ChannelServer> {
  const requests: string[] = [];
  const bodies = new Map(
    Object.values(channels).map(({ revision, packages, body }) => [revision, body ?? packagesFile(packages)]),
  );
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push([request.method, path, request.headers.range].filter((part) => part !== undefined).join(' '));
    const channel = channels[path.slice(1)];
    if (channel !== undefined) {
      response.writeHead(301, { location: `/releases${path}-1.${channel.revision.slice(0, 12)}` }).end();
      return;
    }
    const found = Object.entries(channels).find(([name, { revision }]) =>
      path.startsWith(`/releases/${name}-1.${revision.slice(0, 12)}`),
    );
    const release = found?.[1];
    const file = path.split('/')[3] ?? '';
    const body = bodies.get(release?.revision ?? '') ?? Buffer.alloc(0);
    const checksum = createHash('sha256').update(body).digest('hex');
    if (release === undefined) {
      response.writeHead(404).end();
    } else if (file === 'git-revision') {
      response.writeHead(200, { 'last-modified': 'Fri, 20 Nov 2026 10:00:00 GMT' }).end(release.revision);
    } else if (file === 'packages.json.br.sha256' && release.checksum !== null) {
      response.writeHead(200).end(`${release.checksum ?? checksum}  packages.json.br\n`);
    } else if (file === '') {
      const row = (name: string, hash: string) =>
        `<tr><td><a href='/x/${name}'>${name}</a></td><td><tt>${hash}</tt></td></tr>`;
      const rows =
        row('options.json.br', '0'.repeat(64)) + row('packages.json.br', checksum) + row('x', '1'.repeat(64));
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><table>${rows}</table></html>`);
    } else if (file === 'packages.json.br') {
      if (!channelServer.answerPackages(request, response, body)) {
        answerRange(request, response, body);
      }
    } else {
      response.writeHead(404).end();
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
