import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainJson } from '../../src/core/report/plain';
import { readDocument } from '../../src/core/report/read-document';
import { localFileSystem } from '../../src/node/local-file-system';
import { localHost } from '../../src/node/local-host';
import { rootfsFileSystem } from '../../src/node/rootfs-file-system';
import { takeSnapshot } from '../../src/node/snapshot';

let folder = '';
let servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-hostile-'));
  servers = [];
});
afterEach(() => {
  for (const server of servers) {
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

const at = (...names: string[]) => join(folder, ...names);

function program(name: string, text: string): void {
  mkdirSync(at('bin'), { recursive: true });
  writeFileSync(at('bin', name), text, { mode: 0o755 });
}

/** What a snapshot finds with nothing on PATH but the folder, and a home without anything. */
async function snapshot(path: readonly string[] = [at('bin')], deadlines = { each: 1000, total: 2000 }) {
  const host = localHost({ PATH: path.join(':'), HOME: at('home') });
  const taken = await takeSnapshot({ host, now: new Date(0), cache: false, deadlines });
  // What the machine itself has in places off PATH is left out.
  const isOurs = ({ path }: { readonly path?: string }) => path?.startsWith(folder) === true;
  return { ...taken, installations: taken.installations.filter(isOurs), failures: taken.failures.filter(isOurs) };
}

const failuresOf = async (tool: string) =>
  (await snapshot()).failures.filter((failure) => failure.tool === tool).map(({ status, code }) => `${status} ${code}`);

describe.skipIf(process.platform === 'win32')('a machine that is out to harm', () => {
  test('pipes and sockets are reported and never opened', async () => {
    mkdirSync(at('bin'));
    execFileSync('/usr/bin/env', ['mkfifo', at('bin', 'git')]);
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(at('bin', 'docker'), resolve));
    symlinkSync(at('bin', 'git'), at('bin', 'node'));
    symlinkSync('/dev/zero', at('bin', 'jq'));
    for (const tool of ['git', 'docker', 'node', 'jq']) {
      expect(await failuresOf(tool)).toEqual(['failed not-a-file']);
    }
  });

  test('a version file that is a pipe is not waited for', async () => {
    program('node', '#!/bin/sh\n');
    mkdirSync(at('include', 'node'), { recursive: true });
    execFileSync('/usr/bin/env', ['mkfifo', at('include', 'node', 'node_version.h')]);
    expect(await failuresOf('node')).toContain('failed no-version-in-output');
  });

  test('links that lead round, nowhere, or to a folder', async () => {
    mkdirSync(at('bin'));
    symlinkSync('git', at('bin', 'git'));
    symlinkSync('nothing', at('bin', 'node'));
    symlinkSync('..', at('bin', 'jq'));
    expect(await failuresOf('git')).toEqual(['failed link-loop']);
    expect(await failuresOf('node')).toEqual(['failed dangling-link']);
    expect(await failuresOf('jq')).toEqual([]);
  });

  test('names that are no text', async () => {
    program('git', '#!/bin/sh\necho git version 2.1.0\n');
    writeFileSync(Buffer.concat([Buffer.from(at('bin', '')), Buffer.from([0x2f, 0xff, 0xfe, 0x0a, 0x1b])]), '', {
      mode: 0o755,
    });
    const { installations } = await snapshot();
    expect(installations).toMatchObject([{ tool: 'git', version: '2.1.0', active: true }]);
  });

  test.skipIf(process.platform === 'darwin')('a folder whose name is no text is read, and not mangled', async () => {
    const raw = (name: string, ...bytes: number[]) => Buffer.concat([Buffer.from(at(name)), Buffer.from(bytes)]);
    mkdirSync(raw('caf', 0xe9));
    mkdirSync(raw('caf', 0xff));
    writeFileSync(Buffer.concat([raw('caf', 0xe9), Buffer.from('/jq')]), '', { mode: 0o755 });
    writeFileSync(Buffer.concat([raw('caf', 0xff), Buffer.from('/git')]), '', { mode: 0o755 });
    symlinkSync(Buffer.concat([raw('caf', 0xff), Buffer.from('/git')]), at('node'));
    const names = localFileSystem.readDir(folder);
    expect(names.ok && names.value.map(({ name }) => name).sort()).toEqual(['caf\udce9', 'caf\udcff', 'node']);
    expect(localFileSystem.realPath(at('node'))).toEqual({ ok: true, value: at('caf\udcff/git') });
    expect(rootfsFileSystem(folder).readDir('/caf\udce9')).toEqual({ ok: true, value: [{ name: 'jq', kind: 'file' }] });
    const { installations, pathEntries } = await snapshot([at('caf\udce9'), at('caf\udcff')]);
    expect(pathEntries.map(({ state }) => state)).toEqual(['ok', 'ok']);
    expect(installations.map(({ tool, path }) => `${tool} ${path}`)).toEqual([
      `git ${at('caf\udcff/git')}`,
      `jq ${at('caf\udce9/jq')}`,
    ]);
  });

  test('5,000 entries of PATH, most of them wrong', async () => {
    program('git', '#!/bin/sh\necho git version 2.1.0\n');
    const path = Array.from({ length: 4998 }, (_, index) => (index % 2 === 0 ? at(`none-${index}`) : at('bin')));
    const taken = await snapshot([...path, '\u0000', 'x'.repeat(100_000)]);
    expect(taken.pathEntries).toHaveLength(5000);
    expect(taken.installations).toHaveLength(1);
    expect(readDocument(plainJson(taken), 'x').kind).toBe('snapshot');
  });

  test('as many entries of PATH as a variable can have', async () => {
    const taken = await snapshot(Array.from({ length: 131_000 }, () => ''));
    expect(taken.pathEntries).toHaveLength(131_000);
    expect(readDocument(plainJson(taken), 'x').kind).toBe('snapshot');
  });

  test('a version file of a gigabyte is read in part', async () => {
    program('java', '#!/bin/sh\n');
    writeFileSync(at('release'), 'JAVA_VERSION="21.0.2"\n');
    truncateSync(at('release'), 2 ** 30);
    program('git', '');
    truncateSync(at('bin', 'git'), 2 ** 33);
    const { installations } = await snapshot();
    expect(installations.find(({ tool }) => tool === 'java')?.version).toBe('21.0.2');
  });

  test('output that is garbage is no version, and does not reach the report raw', async () => {
    program('git', '#!/bin/sh\n/usr/bin/head -c 300000 /dev/urandom\nprintf "\\033[2J\\033]0;owned\\007"\n');
    program('jq', '#!/bin/sh\nprintf "jq-1.7.1\\033[31m evil \\342\\200\\256\\n"\n');
    const taken = await snapshot();
    expect(taken.failures.filter(({ tool }) => tool === 'git')).toHaveLength(1);
    const jq = taken.installations.find(({ tool }) => tool === 'jq');
    expect(jq?.version).toBe('1.7.1');
    expect(JSON.stringify(jq?.evidence)).not.toMatch(/[\u0000-\u001f\u202e]|\\u00/);
  });

  test('a version in the complaint of a program that does not start is none', async () => {
    // A shell names the script in its complaint, and the script lies in a folder that looks like a version.
    mkdirSync(at('home', 'x-20.1.0'), { recursive: true });
    writeFileSync(at('home', 'x-20.1.0', 'jq'), '#!/bin/sh\nno-such-program\n', { mode: 0o755 });
    const { failures, installations } = await snapshot([at('home', 'x-20.1.0')]);
    expect(installations.map(({ tool, version }) => [tool, version])).toEqual([['jq', undefined]]);
    expect(failures.map(({ tool, code }) => `${tool} ${code}`)).toEqual(['jq run-failed']);
  });

  test('titles and colours around a version', async () => {
    program('bun', '#!/bin/sh\nprintf "\\033]0;owned\\007\\033[31m1.7.1\\033[0m\\n"\n');
    expect((await snapshot()).installations[0]?.version).toBe('1.7.1');
  });

  test('programs that hang cost their deadline, and only theirs', async () => {
    program('docker', '#!/bin/sh\n/bin/sleep 60\n');
    program('git', '#!/bin/sh\ntrap "" TERM INT HUP\n/bin/sleep 60\n');
    program('jq', '#!/bin/sh\necho jq-1.7.1\n');
    const { installations, failures } = await snapshot();
    expect(installations.find(({ tool }) => tool === 'jq')?.version).toBe('1.7.1');
    expect(failures.map(({ tool, code }) => `${tool} ${code}`)).toEqual(['docker timeout', 'git timeout']);
  }, 20_000);

  test('the time for all of them is bounded, too', async () => {
    const tools = ['docker', 'git', 'jq', 'node', 'deno', 'bun', 'go', 'ruby', 'php', 'zig'];
    for (const tool of tools) {
      program(tool, '#!/bin/sh\nexec /bin/sleep 60\n');
    }
    const { failures } = await snapshot([at('bin')], { each: 300, total: 500 });
    const codes = failures.map(({ code }) => code);
    expect(codes).toHaveLength(tools.length);
    expect(codes).toContain('out-of-time');
    expect(new Set(codes)).toEqual(new Set(['timeout', 'out-of-time']));
  }, 20_000);

  test('programs off PATH do not take the time of those on it', async () => {
    const tools = ['docker', 'git', 'node', 'deno', 'bun', 'ruby', 'php', 'zig', 'helm', 'kubectl'];
    mkdirSync(at('home', '.local', 'bin'), { recursive: true });
    for (const tool of tools) {
      writeFileSync(at('home', '.local', 'bin', tool), `#!/bin/sh\nexec /bin/sleep 60\n#${'x'.repeat(5000)}\n`, {
        mode: 0o755,
      });
    }
    program('jq', '#!/bin/sh\necho jq-1.7.1\n');
    const { installations } = await snapshot([at('bin')], { each: 1500, total: 1500 });
    expect(installations.find(({ tool }) => tool === 'jq')?.version).toBe('1.7.1');
    expect(installations.filter(({ onPath }) => !onPath)).toHaveLength(tools.length);
  }, 20_000);

  test('what files tell is not run', async () => {
    program('java', `#!/bin/sh\ntouch ${at('ran')}\n`);
    writeFileSync(at('release'), 'JAVA_VERSION="21.0.2"\n');
    await snapshot();
    expect(() => symlinkSync('x', at('ran'))).not.toThrow();
  });
});
