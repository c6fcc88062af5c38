import { describe, expect, test } from 'vitest';
import { copiesOf, exec, machine, probe } from './machine';

const STORE = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\WindowsApps';

describe('programs that only have a name like a tool’s', () => {
  const owned = (packages: Readonly<Record<string, string>>) => ({
    '/var/lib/dpkg/status': Object.keys(packages)
      .map((name) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.4-1\n`)
      .join('\n'),
    ...Object.fromEntries(
      Object.entries(packages).flatMap(([name, path]) => [
        [`/var/lib/dpkg/info/${name}.list`, `/.\n${path}\n`],
        [path, exec],
      ]),
    ),
  });

  test('programs of other packages of Debian under names that others know better', async () => {
    const others = {
      taskwarrior: '/usr/bin/task',
      moreutils: '/usr/bin/parallel',
      rush: '/usr/sbin/rush',
      tea: '/usr/bin/tea',
      sl: '/usr/bin/sl',
      'zfs-zed': '/usr/sbin/zed',
      cmdtest: '/usr/bin/yarn',
      'elm-me+': '/usr/bin/elm',
      'ruby-sass': '/usr/bin/sass',
      rio: '/usr/bin/rio',
      cog: '/usr/bin/cog',
      spin: '/usr/bin/spin',
      tldr: '/usr/bin/tldr',
      genometools: '/usr/bin/gt',
    };
    const path = ['/usr/bin', '/usr/sbin'];
    expect((await probe(machine(owned(others), { path }))).installations).toEqual([]);
    const own = { 'go-task': '/usr/bin/task', parallel: '/usr/bin/parallel', nodejs: '/usr/bin/node' };
    const { installations } = await probe(machine(owned(own), { path }));
    expect(installations.map(({ tool }) => tool)).toEqual(['node', 'parallel', 'task']);
  });

  test('the client of OpenStack is no Swift, and Taskwarrior of Homebrew no Task', async () => {
    const host = machine({
      '/usr/bin/swift': { exec: '#!/usr/bin/python3\nimport swiftclient\n' },
      '/opt/homebrew/Cellar/task/3.1.0/bin/task': exec,
      '/usr/bin/task': { link: '/opt/homebrew/Cellar/task/3.1.0/bin/task' },
    });
    expect((await probe(host)).installations).toEqual([]);
    expect(await copiesOf(machine({ '/usr/bin/swift': { exec: '#!/bin/bash\n' } }), 'swift')).toHaveLength(1);
    expect(await copiesOf(machine({ '/usr/bin/spring': { exec: '#!/usr/bin/env ruby\n' } }), 'spring')).toEqual([]);
    expect(await copiesOf(machine({ '/usr/bin/spring': { exec: '#!/usr/bin/env bash\n' } }), 'spring')).toHaveLength(1);
  });

  test("Homebrew's `gdu` of the GNU tools is `du`", async () => {
    const files = {
      '/opt/homebrew/Cellar/coreutils/9.5/bin/gdu': exec,
      '/opt/homebrew/Cellar/gdu/5.29.0/bin/gdu': exec,
    };
    const path = ['coreutils/9.5', 'gdu/5.29.0'].map((place) => `/opt/homebrew/Cellar/${place}/bin`);
    expect(await copiesOf(machine(files, { os: 'darwin', path }), 'gdu')).toEqual([
      'active 5.29.0 homebrew /opt/homebrew/Cellar/gdu/5.29.0/bin/gdu',
    ]);
  });

  test('eza under the name of exa, and two tools that are called b2', async () => {
    const host = machine({ '/usr/bin/eza': exec, '/usr/bin/exa': { link: 'eza' }, '/usr/bin/b2': exec });
    const tools = async (one: typeof host) => (await probe(one)).installations.map(({ tool }) => tool);
    expect(await tools(host)).toEqual(['boost-build', 'eza']);
    expect(await tools(machine({ '/usr/bin/b2': { exec: '#!/usr/bin/python3\n' } }))).toEqual(['b2']);
  });

  test.each(['/bin/busybox', '/usr/lib/initcpio/busybox', '/bin/busybox.static', '/system/bin/toybox'])(
    'links to %s are no tools of those names',
    async (many) => {
      const host = machine({ [many]: exec, '/bin/sed': { link: many }, '/bin/tar': { link: many }, '/bin/ls': exec });
      expect(new Set((await probe(host)).installations.map(({ tool }) => tool))).toEqual(
        new Set(many === '/bin/busybox' ? ['busybox', 'coreutils'] : ['coreutils']),
      );
    },
  );

  test('Windows has a find, a tree and a tar of its own, and ships curl', async () => {
    const names = ['find.exe', 'tree.com', 'tar.exe', 'bash.exe', 'curl.exe'];
    const files = Object.fromEntries(names.map((name) => [`C:\\Windows\\System32\\${name}`, exec]));
    const host = machine(
      { ...files, 'C:\\Git\\bin\\tar.exe': exec },
      { os: 'windows', path: ['C:\\Windows\\System32', 'C:\\Git\\bin'] },
    );
    expect((await probe(host)).installations.map(({ tool, path }) => `${tool} ${path}`)).toEqual([
      'curl C:\\Windows\\System32\\curl.exe',
      'tar C:\\Git\\bin\\tar.exe',
    ]);
  });

  test('macOS has a sed and a grep of BSD’s; Homebrew’s are GNU’s', async () => {
    const gnu = '/opt/homebrew/Cellar/gnu-sed/4.9/bin/gsed';
    const files = { '/usr/bin/sed': exec, '/usr/bin/grep': exec, '/bin/ls': exec, [gnu]: exec };
    const path = ['/opt/homebrew/bin', '/usr/bin', '/bin'];
    const host = machine({ ...files, '/opt/homebrew/bin/gsed': { link: gnu } }, { os: 'darwin', path });
    expect((await probe(host)).installations.map(({ tool, version }) => `${tool} ${version}`)).toEqual(['sed 4.9']);
  });
});

describe('python of the Microsoft Store', () => {
  test('is there with its folder beside the alias', async () => {
    const host = machine(
      {
        [`${STORE}\\python.exe`]: exec,
        [`${STORE}\\python3.11.exe`]: exec,
        [`${STORE}\\PythonSoftwareFoundation.Python.3.11_qbz5n2kfra8p0\\python.exe`]: exec,
        [`${STORE}\\PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0\\python.exe`]: exec,
      },
      { os: 'windows', path: [STORE] },
    );
    expect(await copiesOf(host, 'python')).toEqual([
      `active 3.12 microsoft-store ${STORE}\\python.exe`,
      `named 3.11 microsoft-store ${STORE}\\python3.11.exe`,
    ]);
  });

  test('is not there with the alias alone', async () => {
    const { installations, failures } = await probe(
      machine({ [`${STORE}\\python.exe`]: exec }, { os: 'windows', path: [STORE] }),
    );
    expect(installations).toEqual([]);
    expect(failures.map(({ reason }) => reason)).toEqual([
      `${STORE}\\python.exe only offers to install Python from the Microsoft Store`,
    ]);
  });
});

test('a folder of the program’s name is no program that a shim leads to', async () => {
  const asdf = '/home/ada/.asdf';
  const host = machine(
    {
      [`${asdf}/shims/go`]: exec,
      '/home/ada/.tool-versions': 'golang 1.22.3\n',
      [`${asdf}/installs/golang/1.22.3/go/bin/go`]: exec,
    },
    { path: [`${asdf}/shims`] },
  );
  expect((await copiesOf(host, 'go'))[0]).toBe(
    `active 1.22.3 asdf ${asdf}/shims/go → ${asdf}/installs/golang/1.22.3/go/bin/go`,
  );
});

test('MariaDB’s mysql is no MySQL, and Neovim’s vim no Vim', async () => {
  const host = machine({
    '/usr/bin/mariadb': exec,
    '/usr/bin/mysql': { link: 'mariadb' },
    '/usr/bin/nvim': exec,
    '/usr/bin/vim': { link: '/etc/alternatives/vim' },
    '/etc/alternatives/vim': { link: '/usr/bin/nvim' },
  });
  expect((await probe(host)).installations.map(({ tool }) => tool)).toEqual(['mariadb', 'neovim']);
});

test('the two programs yq are told apart by their files', async () => {
  const host = machine(
    {
      '/usr/bin/yq': { exec: '#!/usr/bin/python3\n' },
      '/usr/local/bin/yq': { exec: '\x7fELF' },
      '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-yq-3.4.3/bin/yq': { exec: '\x7fELF' },
    },
    { path: ['/nix/store/0123456789abcdfghijklmnpqrsvwxyz-yq-3.4.3/bin', '/usr/local/bin', '/usr/bin'] },
  );
  expect((await probe(host)).installations.map(({ tool, path }) => `${tool} ${path}`)).toEqual([
    'yq /nix/store/0123456789abcdfghijklmnpqrsvwxyz-yq-3.4.3/bin/yq',
    'yq /usr/bin/yq',
    'yq-go /usr/local/bin/yq',
  ]);
});

test('an application of macOS and its command on PATH are one copy', async () => {
  const app = '/Applications/Visual Studio Code.app';
  const host = machine(
    {
      [`${app}/Contents/Info.plist`]:
        '<plist><dict><key>CFBundleShortVersionString</key><string>1.99.0</string></dict></plist>',
      [`${app}/Contents/Resources/app/bin/code`]: exec,
      '/usr/local/bin/code': { link: `${app}/Contents/Resources/app/bin/code` },
    },
    { os: 'darwin', path: ['/usr/local/bin'] },
  );
  expect(await copiesOf(host, 'vscode')).toEqual(['active 1.99.0 app /usr/local/bin/code']);
});

test('the version of a Node.js without a manager stands in its header', async () => {
  const host = machine(
    {
      '/opt/node/bin/node': exec,
      '/opt/node/include/node/node_version.h':
        '#ifndef SRC_NODE_VERSION_H_\n#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 3\n#define NODE_PATCH_VERSION 1\n',
    },
    { path: ['/opt/node/bin'] },
  );
  expect(await copiesOf(host, 'node')).toEqual(['active 22.3.1 manual /opt/node/bin/node']);
});

test('a short program of an npm package is no tool of its name', async () => {
  const script = (name: string) =>
    `#!/bin/sh\nbasedir=x\nexec node "$basedir/global/5/node_modules/${name}/bin/run.mjs" "$@"\n`;
  const folder = '/home/ada/.local/share/pnpm';
  const host = machine(
    {
      [`${folder}/nu`]: { exec: script('@antfu/ni') },
      [`${folder}/tig`]: { exec: script('tigs') },
      [`${folder}/eslint`]: { exec: script('eslint') },
      [`${folder}/global/5/node_modules/eslint/package.json`]: '{"name":"eslint","version":"9.1.0"}',
    },
    { path: [folder] },
  );
  expect(await copiesOf(host, 'nushell')).toEqual([]);
  expect(await copiesOf(host, 'tig')).toEqual([]);
  expect(await copiesOf(host, 'eslint')).toEqual([`active 9.1.0 pnpm ${folder}/eslint`]);
});
