import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** Milliseconds: a port of this machine answers at once or not at all. */
const DEADLINE = 300;

/** Linux's tables of TCP sockets (proc_pid_net(5)): who listens on one address only, or does not answer, is there too. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
/** `TCP_LISTEN`, in the kernel's numbers. */
const LISTENING = '0A';

/** The ports, of those that are asked for, on which something of this machine listens. Nothing is bound to find out. */
export async function findBusyPorts(ports: readonly number[]): Promise<ReadonlySet<number>> {
  if (ports.length === 0) {
    return new Set();
  }
  const listed = new Set(TABLES.flatMap(listeningPorts));
  const answers = await Promise.all(
    ports.map(async (port) => (listed.has(port) || (await isAnswering(port)) ? [port] : [])),
  );
  return new Set(answers.flat());
}

function listeningPorts(table: string): readonly number[] {
  let text: string;
  try {
    text = readFileSync(table, 'utf8');
  } catch {
    // Another system, or a sandbox: asking the ports is left.
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const [, port, state] = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line) ?? [];
    return port !== undefined && state === LISTENING ? [Number.parseInt(port, 16)] : [];
  });
}

function isAnswering(port: number): Promise<boolean> {
  const hosts = ['127.0.0.1', '::1'];
  return Promise.all(hosts.map((host) => answers(host, port))).then((found) => found.includes(true));
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: DEADLINE });
    const finish = (isBusy: boolean) => {
      socket.destroy();
      done(isBusy);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}
