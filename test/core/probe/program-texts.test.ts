import { describe, expect, test } from 'vitest';
import { elfBinary, elfWith, goBinary, peBinary } from './binaries';
import { copiesOf, exec, machine, probe } from './machine';

const bin = '/home/ada/.local/bin';

async function versionOf(tool: string, base64: string, program = tool) {
  const host = machine({ [`${bin}/${program}`]: { base64, exec: true } }, { path: [bin] });
  return (await probe(host)).installations.find((one) => one.tool === tool)?.version;
}

// As they stand in the released programs: what compilers lay beside each other has no end of its own.
test.each([
  [
    'bun',
    '.rodata',
    'npm/? node/bun-v1.0\0https://github.com/oven-sh/bun/releases/download/bun-v1.4.5/bun-linux-x64.zip\0',
    '1.4.5',
  ],
  ['deno', '.rodata', 'Deno/0.80.0grpc-timeoutnode-globalsDeno/2.9.6Deno/2.9.6+e518fbde518fbd66', '2.9.6'],
  ['deno', '.rodata', 'Deno/2.9.0-rc.1Deno/2.9.0-rc.1+e518fbd', '2.9.0-rc.1'],
  ['mise', '.bolt.org.rodata', '\0mise-v2026.9.15-\0\0set -eu', '2026.9.15'],
  [
    'just',
    '.rodata',
    '=\n\n[1.58.0](https://github.com/casey/just/releases/tag/1.58.0) - 2026\n[1.57.0](https://github.com/casey/just/releases/tag/1.57.0)',
    '1.58.0',
  ],
  ['deno', '.rodata', 'Deno/2.9.65Deno/other', undefined],
  ['deno', '.data', 'Deno/2.9.6Deno/2.9.6+e518fbd', undefined],
])('what %s has in %s', async (tool, section, text, expected) => {
  expect(await versionOf(tool, elfBinary(section, Buffer.from(text)))).toBe(expected);
});

test('OpenSSH that was released as 10.0p1 is what it calls itself', async () => {
  const ssh = (version: string) => ({
    '/var/lib/dpkg/status': `Package: openssh-client\nStatus: install ok installed\nVersion: ${version}\n`,
    '/var/lib/dpkg/info/openssh-client.list': '/usr/bin/ssh\n',
    '/usr/bin/ssh': {
      base64: elfBinary('.rodata', Buffer.from('OpenSSH_3.*\0OpenSSH_10.0p2\0OpenSSH_7.4*\0')),
      exec: true as const,
    },
  });
  expect(await copiesOf(machine(ssh('1:10.0p1-7+deb13u4')), 'ssh')).toEqual(['active 10.0p2 dpkg /usr/bin/ssh']);
  expect(await copiesOf(machine(ssh('1:9.2p1-2+deb12u7')), 'ssh')).toEqual(['active 9.2p1 dpkg /usr/bin/ssh']);
});

describe('what a bundler packed', () => {
  const options = Buffer.from(`${'x'.repeat(300_000)}--user-agent=opencode/1.18.34 --use-system-ca --\0`);

  test("options at the end of Bun's section, and of the file", async () => {
    expect(
      await versionOf(
        'opencode',
        elfWith([
          ['.rodata', Buffer.from('y')],
          ['.bun', options],
        ]),
      ),
    ).toBe('1.18.34');
    const appended = Buffer.concat([Buffer.from(elfBinary('.rodata', Buffer.from('y')), 'base64'), options]);
    expect(await versionOf('opencode', appended.toString('base64'))).toBe('1.18.34');
  });

  test("the resource that was copied with a runtime is the runtime's", async () => {
    const copies = (tool: string, base64: string) =>
      copiesOf(machine({ [`C:\\Tools\\${tool}.exe`]: { base64 } }, { os: 'windows', path: ['C:\\Tools'] }), tool);
    expect(await copies('opencode', peBinary('1.3.14', 'Bun'))).toEqual(['active ? manual C:\\Tools\\opencode.exe']);
    expect(await copies('bun', peBinary('1.3.14', 'Bun'))).toEqual(['active 1.3.14 manual C:\\Tools\\bun.exe']);
    expect(await copies('pnpm', peBinary('24.3.0', 'Node.js'))).toEqual(['active ? manual C:\\Tools\\pnpm.exe']);
    expect(await copies('claude', peBinary('2.1.332.0', 'Claude Code'))).toEqual([
      'active 2.1.332 manual C:\\Tools\\claude.exe',
    ]);
  });
});

// `-X main.version=…` of a program built with -trimpath: only the text is left, beside that of the compiler's version.
test.each([
  ['beside it', '\0\0v1.28.1\0go1.22.3\0\0', '1.28.1'],
  ['a little further', `\0\x002.23.0\0${'\0type'.repeat(900)}\0go1.22.3\0`, '2.23.0'],
  ['embedded as a file', '\x001.9.5\n\0\0go1.22.3\0', '1.9.5'],
  ['behind a number', '\0\0\0<v1.28.1\0go1.22.3\0', '1.28.1'],
  ["with a distribution's own", '\0go1.22.3\x001.6.20\x001.6.20-1+deb12u3\0', '1.6.20'],
  ['two that differ', '\0v1.28.1\0go1.22.3\0v3.0.0\0', undefined],
  ["somebody else's words", '\0debian:0.111.3-1\0go1.22.3\0', undefined],
  ['far away', `\0v1.28.1\0${'\0type'.repeat(9000)}\0go1.22.3\0`, undefined],
  ['a constant among others', '\0Usage:v1.28.1method\0go1.22.3\0', undefined],
  ['none that was told', '\0v0.0.0-dev\0go1.22.3\0', undefined],
])('what was linked into a program of Go: %s', async (_, data, expected) => {
  expect(
    await versionOf(
      'gh',
      goBinary('path\tgithub.com/cli/cli/v2/cmd/gh\nmod\tgithub.com/cli/cli/v2\t(devel)\t\n', data),
    ),
  ).toBe(expected);
});

test.each([
  ['alone', 'm->g0=types : type , in %s1.11.4\n/bin/sh', '1.11.4'],
  ['a preview', 'm->g0= in %s1.12.0-rc1\n/bin/sh', '1.12.0-rc1'],
  ['before the constant', `${'x'.repeat(3 * 1024 * 1024)}1.8.0\n\tm->g0=`, '1.8.0'],
  ['some way behind it', `m->g0=${'x'.repeat(200_000)}1.11.4\n/bin/sh`, '1.11.4'],
  ['among long texts', `m->g0=${'x'.repeat(600_000)}1.11.4\n/bin/sh`, undefined],
  ['without the constant', ' in %s1.11.4\n/bin/sh', undefined],
  ['two of them', 'm->g0= in %s1.11.4\n/bin/sh2.0.0\n', undefined],
  ['behind a digit', 'm->g0= in %s21.11.4\n/bin/sh', '21.11.4'],
  ['behind a part of a number', 'm->g0=v0.1.11.4\n/bin/sh', undefined],
])('a version that a program of Go embeds: %s', async (_, data, expected) => {
  const base64 = goBinary(
    'path\tgithub.com/hashicorp/terraform\nmod\tgithub.com/hashicorp/terraform\t(devel)\t\n',
    data,
  );
  expect(await versionOf('terraform', base64)).toBe(expected);
});

describe("cargo-dist's receipts", () => {
  const receipt = (prefix: string) =>
    JSON.stringify({ binaries: ['uv', 'uvx'], install_prefix: prefix, install_layout: 'flat', version: '0.8.15' });

  test('of this folder', async () => {
    const host = machine(
      { [`${bin}/uv`]: exec, [`${bin}/uvx`]: exec, '/home/ada/.config/uv/uv-receipt.json': receipt(bin) },
      { path: [bin] },
    );
    expect(await copiesOf(host, 'uv')).toEqual([`active 0.8.15 manual ${bin}/uv`]);
    expect((await probe(host)).installations[0]?.evidence.at(-1)?.source).toBe('/home/ada/.config/uv/uv-receipt.json');
  });

  test("on Windows, and where XDG_CONFIG_HOME says; not of another folder's copy", async () => {
    const files = {
      'C:\\Users\\ada\\.local\\bin\\uv.exe': exec,
      'C:\\Users\\ada\\AppData\\Local\\uv\\uv-receipt.json': receipt('c:/Users/ada/.local/bin').replace(
        '"uv"',
        '"uv.exe"',
      ),
    };
    const env = { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' };
    const windows = machine(files, { os: 'windows', env, path: ['C:\\Users\\ada\\.local\\bin'] });
    expect(await copiesOf(windows, 'uv')).toEqual(['active 0.8.15 manual C:\\Users\\ada\\.local\\bin\\uv.exe']);
    const other = machine(
      { '/opt/a/bin/uv': exec, '/opt/b/bin/uv': exec, '/srv/config/uv/uv-receipt.json': receipt('/opt/a') },
      { path: ['/opt/a/bin', '/opt/b/bin'], env: { XDG_CONFIG_HOME: '/srv/config' } },
    );
    expect(await copiesOf(other, 'uv')).toEqual([
      'active 0.8.15 manual /opt/a/bin/uv',
      'hidden ? manual /opt/b/bin/uv',
    ]);
  });
});

describe('git checkouts', () => {
  const head = 'a'.repeat(40);
  const tag = 'b'.repeat(40);
  const config = (url: string) => `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`;
  const brew = '/home/linuxbrew/.linuxbrew';
  const files = {
    [`${brew}/bin/brew`]: { link: '../Homebrew/bin/brew' },
    [`${brew}/Homebrew/bin/brew`]: exec,
    [`${brew}/Homebrew/.git/HEAD`]: 'ref: refs/heads/stable\n',
    [`${brew}/Homebrew/.git/config`]: config('https://github.com/Homebrew/brew'),
    [`${brew}/Homebrew/.git/packed-refs`]: `# pack-refs with: peeled fully-peeled sorted \n${head} refs/heads/stable\n${tag} refs/tags/4.6.11\n^${head}\n`,
  } as const;
  const version = async (more: Parameters<typeof machine>[0]) =>
    (await copiesOf(machine({ ...files, ...more }, { path: [`${brew}/bin`] }), 'brew'))[0]?.split(' ')[1];

  test('an annotated tag; what Homebrew itself was told by git', async () => {
    expect(await version({})).toBe('4.6.11');
    expect(await version({ [`${brew}/Homebrew/.git/describe-cache/${head}`]: '4.6.12-23-g0123abc\n' })).toBe('4.6.12');
  });

  test('a plain tag that is not packed', async () => {
    const more = {
      [`${brew}/Homebrew/.git/packed-refs`]: `${head} refs/heads/stable\n`,
      // Of what is not out.
      [`${brew}/Homebrew/.git/refs/tags/4.6.12`]: `${tag}\n`,
      [`${brew}/Homebrew/.git/refs/tags/4.6.13`]: `${head}\n`,
    };
    expect(await version(more)).toBe('4.6.13');
  });

  test('no release is out, or the repository is another', async () => {
    expect(await version({ [`${brew}/Homebrew/.git/refs/heads/stable`]: `${'c'.repeat(40)}\n` })).toBe('?');
    expect(await version({ [`${brew}/Homebrew/.git/config`]: config('git@example.org:ada/dotfiles.git') })).toBe('?');
    expect(await version({ [`${brew}/Homebrew/.git/HEAD`]: 'ref: refs/heads/../../../../etc/passwd\n' })).toBe('?');
  });
});
