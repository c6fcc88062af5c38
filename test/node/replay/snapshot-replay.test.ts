import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/model/snapshot';
import { localHost } from '../../../src/node/local-host';
import { takeSnapshot } from '../../../src/node/snapshot';

/** Files that were made a minute ago by this clock are old enough to be known by their times. */
const later = () => Date.now() + 60_000;

let root = '';
let env: Record<string, string> = {};
const at = (...names: string[]) => join(root, ...names);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-replay-'));
  env = {
    HOME: at('home'),
    SHELL: '/bin/sh',
    PATH: [at('bin'), at('jdk/bin'), at('links'), at('missing'), at('node/bin')].join(':'),
    JAVA_HOME: at('jdk'),
  };
  program('bin/go', 'exit 1');
  program('bin/deno', `/bin/cat ${at('answer')}`);
  program('jdk/bin/java');
  write('jdk/release', 'JAVA_VERSION="21.0.1"\n');
  write('jdk-old/release', 'JAVA_VERSION="17.0.9"\n');
  for (const version of ['v18.1.0', 'v20.1.0']) {
    program(`home/.nvm/versions/node/${version}/bin/node`);
    write(`home/.nvm/versions/node/${version}/include/node/node_version.h`, '');
  }
  mkdirSync(at('links'));
  link('links/node', at('home/.nvm/versions/node/v18.1.0/bin/node'));
  link('node', at('home/.nvm/versions/node/v18.1.0'));
  link('links/deno', at('nowhere/deno'));
  program('bin/where', `/bin/cat ${at('paths')}`);
  write('home/.profile', `export PATH="$(${at('bin/where')}):$PATH"\n`);
  write('project/flake.nix', '{ }');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text, { mode });
}

function program(name: string, script = 'exit 1'): void {
  write(name, `#!/bin/sh\n${script}\n`, 0o755);
}

function link(name: string, target: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  symlinkSync(target, at(name));
}

function set(variables: Record<string, string>): void {
  env = { ...env, ...variables };
}

/** Writes and gives the file its old time back, as `touch -r` and archives do. */
function writeUnseen(name: string, text: string): void {
  const { atime, mtime, size } = statSync(at(name));
  writeFileSync(at(name), text);
  utimesSync(at(name), atime, mtime);
  expect(statSync(at(name))).toMatchObject({ size, mtime });
}

interface Taken {
  readonly text: string;
  readonly snapshot: Snapshot;
  /** Whether the machine was read; else the snapshot is the one from before. */
  readonly wasRead: boolean;
}

async function take(cache: string | false, clock = later, more: object = {}): Promise<Taken> {
  let wasRead = false;
  const snapshot = await takeSnapshot(
    {
      host: localHost(env),
      now: new Date(0),
      folder: at('project'),
      cache,
      deadlines: { each: 20_000, total: 60_000 },
      onProgress: () => {
        wasRead = true;
      },
      ...more,
    },
    { clock, build: 'of this test' },
  );
  return { text: JSON.stringify(snapshot, undefined, 1), snapshot, wasRead };
}

const changes: readonly (readonly [what: string, change: () => void])[] = [
  ['a program comes into a folder of PATH', () => program('bin/rustc')],
  ['a program goes', () => unlinkSync(at('bin/go'))],
  ['a program loses its permission', () => chmodSync(at('bin/go'), 0o644)],
  [
    'a link leads to another version',
    () => {
      unlinkSync(at('links/node'));
      link('links/node', at('home/.nvm/versions/node/v20.1.0/bin/node'));
    },
  ],
  [
    'a link on the way to a folder of PATH leads elsewhere',
    () => {
      unlinkSync(at('node'));
      link('node', at('home/.nvm/versions/node/v20.1.0'));
    },
  ],
  ['what a dangling link names is there', () => program('nowhere/deno', 'echo deno 9.9.9')],
  [
    'a version file has other text of the same size and time',
    () => writeUnseen('jdk/release', 'JAVA_VERSION="21.0.2"\n'),
  ],
  ['a version file is replaced by an older one', () => renameSync(at('jdk-old/release'), at('jdk/release'))],
  ['a version file goes', () => unlinkSync(at('jdk/release'))],
  ['everybody may write to a folder of PATH', () => chmodSync(at('bin'), 0o777)],
  ['a missing folder of PATH is made', () => program('missing/rustc')],
  [
    'a folder of PATH becomes a file',
    () => {
      rmSync(at('links'), { recursive: true });
      write('links', '');
    },
  ],
  ['a version manager gets a version that is not on PATH', () => program('home/.nvm/versions/node/v22.1.0/bin/node')],
  ['PATH has one more folder', () => set({ PATH: `${env['PATH']}:${at('home/.nvm/versions/node/v20.1.0/bin')}` })],
  ['PATH is the other way round', () => set({ PATH: env['PATH']!.split(':').reverse().join(':') })],
  ['a variable has another value', () => set({ JAVA_HOME: at('jdk-old') })],
  ['a variable is set', () => set({ HTTPS_PROXY: 'http://user:secret@proxy:8080' })],
  ['a variable goes', () => void delete env['JAVA_HOME']],
  ['a startup file of the shell has another PATH', () => write('home/.profile', `PATH=${at('jdk/bin')}:$PATH\n`)],
  ['a program that failed answers', () => write('answer', 'deno 1.2.4\n')],
  ['the shell answers otherwise', () => write('paths', at('home/.nvm/versions/node/v20.1.0/bin'))],
];

describe.skipIf(process.platform === 'win32')('a second snapshot of the same machine', () => {
  test('is the first one, without reading', async () => {
    const first = await take(at('cache'));
    const second = await take(at('cache'));
    expect([first.wasRead, second.wasRead]).toEqual([true, false]);
    expect(second.text).toBe(first.text);
    expect(second.text).toBe((await take(false)).text);
    expect(first.snapshot.contexts?.map(({ answeredBy }) => answeredBy)).toContain('program');
    expect(first.snapshot.installations.map(({ tool }) => tool)).toEqual(expect.arrayContaining(['java', 'node']));
  });

  test('has the time of its own', async () => {
    await take(at('cache'));
    const { snapshot, wasRead } = await take(at('cache'), later, { now: new Date(86_400_000) });
    expect([snapshot.takenAt, wasRead]).toEqual(['1970-01-02T00:00:00.000Z', false]);
  });

  test.each(changes)('is read when %s', async (_what, change) => {
    const first = await take(at('cache'));
    expect((await take(at('cache'))).wasRead).toBe(false);
    change();
    const changed = await take(at('cache'));
    expect(changed.text).not.toBe(first.text);
    expect(changed.text).toBe((await take(false)).text);
    // And from then on that one is kept.
    const again = await take(at('cache'));
    expect([again.text, again.wasRead]).toEqual([changed.text, false]);
  });

  test('is not read for what no snapshot looks at', async () => {
    await take(at('cache'));
    env['OLDPWD'] = '/';
    write('elsewhere', 'text');
    // Many programs save their settings by renaming a new file over the old one: the folder's time moves, its names do not.
    write('home/new', 'EDITOR=vi');
    unlinkSync(at('home/new'));
    expect((await take(at('cache'))).wasRead).toBe(false);
  });

  test.each([
    ['another folder', { folder: '/' }],
    ['global packages', { packages: true }],
    ['no program', { run: false }],
    ['another context', { pathContext: 'login' }],
    ['another form', { form: { name: 'other', make: async (snapshot: Snapshot) => snapshot } }],
  ])('is read when it is asked for %s', async (_what, more) => {
    await take(at('cache'));
    expect((await take(at('cache'), later, more)).wasRead).toBe(true);
    expect((await take(at('cache'), later, more)).wasRead).toBe(false);
    expect((await take(at('cache'))).wasRead).toBe(false);
  });

  test('is always read where no cache is wanted', async () => {
    await take(at('cache'));
    expect((await take(false)).wasRead).toBe(true);
    expect(existsSync(at('cache'))).toBe(true);
  });

  test('is read while files are too young to be known by their times', async () => {
    await take(at('cache'), Date.now);
    expect((await take(at('cache'), Date.now)).wasRead).toBe(true);
  });

  test('is read by another build', async () => {
    await take(at('cache'));
    const read: string[] = [];
    const options = {
      host: localHost(env),
      now: new Date(0),
      folder: at('project'),
      cache: at('cache'),
      onProgress: ({ message }: { message: string }) => void read.push(message),
    };
    await takeSnapshot(options, { clock: later, build: 'of another one' });
    expect(read).toContain('PATH');
    read.length = 0;
    await takeSnapshot(options, { clock: later });
    expect(read).toContain('PATH');
  });
});
