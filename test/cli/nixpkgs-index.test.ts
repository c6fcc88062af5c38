import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/index';
import { serveChannels } from '../node/index-update/channel-server';

async function run(...argv: string[]) {
  const written = { out: '', err: '', code: 0 };
  await main(['index', ...argv], {
    cwd: folder,
    env: { LOCKSTEP_DATA: join(folder, 'data') },
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    readStdin: async () => '',
    now: () => new Date(0),
    setExitCode: (code) => {
      written.code = code;
    },
  });
  return written;
}

// An update encodes 26,727 rows: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).out);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-index-'));
  const locked = { type: 'github', owner: 'NixOS', repo: 'nixpkgs', lastModified: 1709961763 };
  const node = (rev: string, ref: string) => ({
    locked: { ...locked, rev, narHash: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    original: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', ref },
  });
  const lock = {
    version: 7,
    root: 'root',
    nodes: {
      root: { inputs: { old: 'old', nixpkgs: 'nixpkgs' } },
      nixpkgs: node('3030f185ba6a4bf4f18b87f345f104e6a6961f34', 'nixos-unstable'),
      old: node('0'.repeat(40), 'nixos-23.05'),
    },
  };
  writeFileSync(join(folder, 'flake.lock'), JSON.stringify(lock));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('lockstep index', () => {
  it('info tells what is covered', async () => {
    expect(await json('info')).toMatchObject({
      schema: 'lockstep.index-info/1',
      attributes: 26_727,
      revisions: 2497,
      lines: [{ name: 'unstable', revisions: 2060, last: { date: '2025-10-09T21:39:51Z' } }, {}, {}, {}],
    });
    expect((await run('info')).out).toMatch(/^nixos-23\.05 +116 +2023-05-22 +2024-01-07$/m);
  });

  it('lookup tells versions at a revision', async () => {
    const { out, code } = await run('lookup', 'nodejs', 'uv', '--revision', '3030f185');
    expect(out).toBe('nodejs  20.11.1\nuv      0.1.16\n');
    expect(code).toBe(0);
  });

  it("lookup tells versions at a flake's nixpkgs, and which it is", async () => {
    expect(await json('lookup', 'go', '--flake', '.')).toMatchObject({
      pin: { revision: '3030f185ba6a4bf4f18b87f345f104e6a6961f34', branch: 'nixos-unstable' },
      recorded: { date: '2024-03-10T08:39:43Z', line: 'unstable' },
      packages: [{ attribute: 'go', version: '1.21.7', certainty: 'exact', existence: 'exists' }],
    });
    const old = await run('lookup', 'ripgrep', '--flake', '.', '--input', 'old');
    expect(old.out).toContain('Records of nixos-23.05 end on 2024-01-07; it was 13.0.0 then.');
    expect(old.err).toContain('not on record');
    expect(old.code).toBe(1);
  });

  it('lookup estimates by branch and date', async () => {
    const { out } = await run('lookup', 'ripgrep', '--branch', 'nixos-unstable', '--date', '2023-08-03');
    expect(out).toMatch(/^ripgrep {2}≈ 13\.0\.0 {2}Between the recorded revisions of /);
  });

  it('takes a time of day for one of UTC, wherever it runs', async () => {
    vi.stubEnv('TZ', 'Pacific/Auckland');
    const { pin } = await json('lookup', 'ripgrep', '--date', '2023-08-03T04:05');
    vi.unstubAllEnvs();
    expect(pin).toMatchObject({ date: '2023-08-03T04:05:00Z' });
  });

  it.each(['nixpkgs#jq', 'pkgs.jq', 'nixpkgs.jq', 'nixpkgs#legacyPackages.x86_64-linux.jq', ' jq '])(
    'lookup knows %s as jq',
    async (written) => {
      expect((await json('lookup', written)).packages).toEqual((await json('lookup', 'jq')).packages);
      expect((await run('history', written)).out).toBe((await run('history', 'jq')).out);
    },
  );

  it('refuses no attribute, and days that there are not', async () => {
    expect(await run('lookup', '')).toMatchObject({ code: 2, err: expect.stringContaining('names no attribute') });
    for (const day of ['2024-02-30', '2024-13-01', '2023-02-29', '24-01-01']) {
      expect(await run('lookup', 'jq', '--date', day)).toMatchObject({
        code: 2,
        err: expect.stringContaining('is not a date'),
      });
    }
    expect((await run('lookup', 'jq', '--date', '2024-02-29')).err).toContain('2024-02-29');
  });

  it('lookup suggests near names', async () => {
    const { packages } = await json('lookup', 'golang');
    expect(packages).toMatchObject([{ existence: 'unlisted', certainty: 'unknown', suggestions: ['go', 'gobang'] }]);
  });

  it('find answers which revisions had a version', async () => {
    const { runs } = await json('find', 'nodejs_20', 'v20.11.1');
    expect(runs).toMatchObject([{ line: 'unstable', version: '20.11.1', revisions: 137 }]);
    const { first, last } = runs[0];
    for (const { revision } of [first, last]) {
      expect((await run('lookup', 'nodejs_20', '--revision', revision)).out).toBe('nodejs_20  20.11.1\n');
    }
    const byBeginning = await json('find', 'nodejs_20', '20.11');
    expect(byBeginning.runs.map(({ version }: { version: string }) => version)).toEqual(['20.11.0', '20.11.1']);
  });

  it('takes an attribute and its version in one word, and says where that is no attribute', async () => {
    expect((await json('find', 'nodejs_20@20.11')).runs).toEqual((await json('find', 'nodejs_20', '20.11')).runs);
    expect((await run('find', 'nodejs_20')).err).toContain('next: Give one, as in nodejs@20.11');
    for (const command of ['history', 'lookup']) {
      const { err, code } = await run(command, 'nixpkgs#nodejs@20.11.1');
      expect(err).toContain('next: lockstep index find nodejs 20.11.1 tells which revisions had it.');
      expect(code).toBe(2);
    }
  });

  it('find names the nearest versions, and relatives that had it', async () => {
    const { out, err, code } = await run('find', 'nodejs', '20.3.1');
    expect(err).toContain('the nearest that it had: 18.18.2 and 20.10.0');
    expect(err).toContain('nodejs_20 had it');
    expect(out).toMatch(/^unstable +20\.3\.1 /m);
    expect(code).toBe(1);
  });

  it('history lists every run', async () => {
    const { runs } = await json('history', 'hello');
    expect(runs.at(-1)).toMatchObject({ line: 'nixos-23.05', version: '2.12.1', revisions: 116 });
    expect((await run('history', 'hello')).out.split('\n')).toHaveLength(runs.length + 2);
  });

  it('update brings in a release, which all other questions then know', async () => {
    const revision = 'abcdef0123456789abcdef0123456789abcdef01';
    const packages = { nodejs: { version: '26.1.0' }, 'python312Packages.numpy': { version: '2.4.1' } };
    const server = await serveChannels({ 'nixos-unstable': { revision, packages } });
    const { out, code } = await run('update', '--from', server.url);
    await server.close();
    expect(out).toBe('nixos-unstable abcdef012345: 2 attributes, added\n');
    expect(code).toBe(0);
    expect(await json('info')).toMatchObject({ kind: 'updated', revisions: 2498 });
    expect((await run('lookup', 'python312Packages.numpy', 'nodejs')).out).toBe(
      'python312Packages.numpy  2.4.1\nnodejs                   26.1.0\n',
    );
    expect((await run('lookup', 'nodejs', '--revision', '3030f185')).out).toBe('nodejs  20.11.1\n');
    rmSync(join(folder, 'data'), { recursive: true });
  });

  it("update brings in the nixpkgs of a flake's lock", async () => {
    const revision = '0'.repeat(40);
    const packages = { ripgrep: { version: '13.0.1' } };
    const server = await serveChannels({ 'nixos-23.05': { revision, packages, published: '2023-11-01T00:00:00Z' } });
    const { out } = await run('update', '--flake', '.', '--input', 'old', '--from', server.url);
    await server.close();
    expect(out).toBe('nixos-23.05 000000000000: 1 attribute, added\n');
    expect((await run('lookup', 'ripgrep', '--flake', '.', '--input', 'old')).out).toBe('ripgrep  13.0.1\n');
    rmSync(join(folder, 'data'), { recursive: true });
  });

  it.each([
    ['an unknown attribute', ['history', 'nodejss'], /has nodejss with a version.*\nnext: Did you mean nodejs/],
    [
      'a nested one',
      ['history', 'python3Packages.numpyy'],
      /next: Nested sets are recorded of the releases that `lockstep index update` brings/,
    ],
    ['a word for a revision', ['lookup', 'go', '--revision', 'main'], /main is not a revision/],
    ['a word for a date', ['lookup', 'go', '--date', 'today'], /today is not a date/],
    ['a folder without a lock', ['lookup', 'go', '--flake', 'nowhere'], /flake\.lock cannot be read/],
    ['an input that is not there', ['lookup', 'go', '--flake', '.', '--input', 'x'], /nixpkgs: old, nixpkgs/],
    ['a server that is not an address', ['update', '--from', 'file:///etc'], /not a web address/],
    ['a server that is not there', ['update', '--from', 'http://127.0.0.1:9'], /127\.0\.0\.1:9 cannot be reached/],
    ['no attribute', ['lookup'], /missing required argument/],
    ['a version alone', ['find', '@20.11'], /names no attribute/],
    ['an attribute with nothing behind its sign', ['find', 'nodejs@'], /Of nodejs, a version is missing/],
    [
      'a branch without a day',
      ['lookup', 'go', '--branch', 'nixos-24.05'],
      /no day is told.\nnext: Add one, as in --date/,
    ],
    [
      'a flake and a revision',
      ['lookup', 'go', '--flake', '.', '--revision', '3030f185'],
      /--flake and --revision say/,
    ],
    ['an input without its flake', ['lookup', 'go', '--input', 'old'], /--input is of a flake/],
    ['the same of an update', ['update', '--input', 'old'], /--input is of a flake.*\nnext: Add --flake/],
  ])('refuses %s', async (_, argv, message) => {
    const { out, err, code } = await run(...argv);
    expect(err).toMatch(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
