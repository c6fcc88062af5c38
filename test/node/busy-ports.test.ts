import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findBusyPorts } from '../../src/node/busy-ports';

/** 127.0.0.2 is this machine too on Linux, and nobody who asks 127.0.0.1 gets an answer. */
const hosts = ['127.0.0.1', ...(process.platform === 'linux' ? ['127.0.0.2'] : [])];

test.each(hosts)('what listens on %s is found, what does not is free', async (host) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    expect([...(await findBusyPorts([port]))]).toEqual([port]);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  expect([...(await findBusyPorts([port]))]).toEqual([]);
});
