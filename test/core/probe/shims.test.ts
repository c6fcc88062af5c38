import { describe, expect, test } from 'vitest';
import { copiesOf, exec, machine, probe } from './machine';

describe('pyenv', () => {
  const files = {
    '/home/ada/.pyenv/shims/python3': exec,
    '/home/ada/.pyenv/shims/python': exec,
    '/home/ada/.pyenv/version': '3.11.7\n',
    '/home/ada/.pyenv/versions/3.11.7/bin/python3': exec,
    '/home/ada/.pyenv/versions/3.12.1/bin/python3': exec,
    '/usr/bin/python3': exec,
    '/usr/include/python3.9/patchlevel.h': '#define PY_VERSION "3.9.2"',
  };
  const path = ['/home/ada/.pyenv/shims', '/usr/bin'];

  test('its shim leads to the version of the global file and hides the system', async () => {
    expect(await copiesOf(machine(files, { path }), 'python')).toEqual([
      'active 3.11.7 pyenv /home/ada/.pyenv/shims/python3 → /home/ada/.pyenv/versions/3.11.7/bin/python3',
      'hidden 3.9.2 manual /usr/bin/python3',
      'off 3.11.7 pyenv /home/ada/.pyenv/versions/3.11.7/bin/python3',
      'off 3.12.1 pyenv /home/ada/.pyenv/versions/3.12.1/bin/python3',
    ]);
  });

  test('the project decides, a prefix is enough, and the variable decides before it', async () => {
    const project = { ...files, '/work/app/.python-version': '3.12\n' };
    const [here] = await copiesOf(machine(project, { path }), 'python', '/work/app/src');
    expect(here).toBe(
      'active 3.12.1 pyenv /home/ada/.pyenv/shims/python3 → /home/ada/.pyenv/versions/3.12.1/bin/python3',
    );
    const env = { PYENV_VERSION: 'system' };
    const [first] = await copiesOf(machine(project, { path, env }), 'python', '/work/app');
    expect(first).toBe('active 3.9.2 pyenv /home/ada/.pyenv/shims/python3 → /usr/bin/python3');
  });

  test('a shim without its version is no installation, and says why', async () => {
    const host = machine(
      { '/home/ada/.pyenv/shims/python3': exec, '/home/ada/.pyenv/version': '3.13.0\n' },
      { path: ['/home/ada/.pyenv/shims'] },
    );
    const { installations, failures } = await probe(host);
    expect(installations).toEqual([]);
    expect(failures).toEqual([
      expect.objectContaining({
        status: 'failed',
        tool: 'python',
        code: 'shim-leads-nowhere',
        reason: 'pyenv selects 3.13.0 (/home/ada/.pyenv/version), which has no python3',
      }),
    ]);
  });

  test('a dead shim that hides a working copy stays', async () => {
    const host = machine(
      {
        '/home/ada/.pyenv/shims/python3': exec,
        '/home/ada/.pyenv/version': '3.13.0\n',
        '/usr/bin/python3': exec,
        '/usr/include/python3.9/patchlevel.h': '#define PY_VERSION "3.9.2"',
      },
      { path },
    );
    expect(await copiesOf(host, 'python')).toEqual([
      'active ? pyenv /home/ada/.pyenv/shims/python3',
      'hidden 3.9.2 manual /usr/bin/python3',
    ]);
  });
});

describe('rustup', () => {
  const manifest =
    '\n[pkg.cargo]\nversion = "0.96.0 (abc 2026-01-01)"\n\n[pkg.rustc]\nversion = "1.95.0 (abc 2026-01-01)"\n';
  const files = {
    '/home/ada/.cargo/bin/rustup': exec,
    '/home/ada/.cargo/bin/rustc': { link: 'rustup' },
    '/home/ada/.cargo/bin/cargo': { link: 'rustup' },
    '/home/ada/.rustup/settings.toml':
      'default_toolchain = "stable-x86_64-unknown-linux-gnu"\n[overrides]\n"/work/old" = "1.70.0-x86_64-unknown-linux-gnu"\n',
    '/home/ada/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/rustc': exec,
    '/home/ada/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/cargo': exec,
    '/home/ada/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/lib/rustlib/multirust-channel-manifest.toml':
      manifest,
    '/home/ada/.rustup/toolchains/1.70.0-x86_64-unknown-linux-gnu/bin/rustc': exec,
    '/home/ada/.rustup/toolchains/1.70.0-x86_64-unknown-linux-gnu/lib/rustlib/multirust-channel-manifest.toml':
      manifest.replace('1.95.0', '1.70.0'),
    '/work/new/rust-toolchain.toml': '[toolchain]\nchannel = "1.70.0"\n',
  };
  const host = machine(files, { path: ['/home/ada/.cargo/bin'] });
  const stable = '/home/ada/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin';
  const old = '/home/ada/.rustup/toolchains/1.70.0-x86_64-unknown-linux-gnu/bin';

  test('its proxies lead to the default toolchain; cargo is numbered as the Rust that it comes with', async () => {
    expect((await copiesOf(host, 'rustc'))[0]).toBe(
      `active 1.95.0 rustup /home/ada/.cargo/bin/rustc → ${stable}/rustc`,
    );
    expect((await copiesOf(host, 'cargo'))[0]).toBe(
      `active 1.95.0 rustup /home/ada/.cargo/bin/cargo → ${stable}/cargo`,
    );
  });

  test.each(['/work/old/src', '/work/new'])('in %s another toolchain is chosen', async (folder) => {
    expect((await copiesOf(host, 'rustc', folder))[0]).toBe(
      `active 1.70.0 rustup /home/ada/.cargo/bin/rustc → ${old}/rustc`,
    );
  });
});

describe('asdf and mise', () => {
  test('.tool-versions of the project, then of the home folder', async () => {
    const host = machine(
      {
        '/home/ada/.asdf/shims/node': exec,
        '/home/ada/.asdf/installs/nodejs/20.11.1/bin/node': exec,
        '/home/ada/.asdf/installs/nodejs/18.19.0/bin/node': exec,
        '/home/ada/.tool-versions': 'nodejs 20.11.1\n',
        '/work/app/.tool-versions': '# old\nnodejs 18.19.0\n',
      },
      { path: ['/home/ada/.asdf/shims'] },
    );
    expect((await copiesOf(host, 'node'))[0]).toContain('active 20.11.1 asdf');
    expect((await copiesOf(host, 'node', '/work/app'))[0]).toContain('active 18.19.0 asdf');
  });

  test("mise's configuration", async () => {
    const shims = '/home/ada/.local/share/mise/shims';
    const host = machine(
      {
        [`${shims}/node`]: exec,
        '/home/ada/.local/share/mise/installs/node/22.1.0/bin/node': exec,
        '/home/ada/.config/mise/config.toml': '[settings]\nx = 1\n[tools]\nnode = "22"\n',
      },
      { path: [shims] },
    );
    expect((await copiesOf(host, 'node'))[0]).toContain('active 22.1.0 mise');
  });
});

describe('Node.js stand-ins', () => {
  test("Volta's platform, and the project's pin before it", async () => {
    const host = machine(
      {
        '/home/ada/.volta/bin/volta-shim': exec,
        '/home/ada/.volta/bin/node': { link: 'volta-shim' },
        '/home/ada/.volta/tools/user/platform.json': '{"node":{"runtime":"20.5.0","npm":null}}',
        '/home/ada/.volta/tools/image/node/20.5.0/bin/node': exec,
        '/home/ada/.volta/tools/image/node/18.1.0/bin/node': exec,
        '/work/app/package.json': '{"volta":{"node":"18.1.0"}}',
      },
      { path: ['/home/ada/.volta/bin'] },
    );
    expect((await copiesOf(host, 'node'))[0]).toContain('active 20.5.0 volta');
    expect((await copiesOf(host, 'node', '/work/app'))[0]).toContain('active 18.1.0 volta');
  });

  test('Corepack is never run: the project pins, else what was used last', async () => {
    const files = {
      '/usr/lib/node_modules/corepack/dist/yarn.js': { exec: '#!/usr/bin/env node' },
      '/usr/lib/node_modules/corepack/package.json': '{"name":"corepack","version":"0.34.6"}',
      '/usr/bin/yarn': { link: '../lib/node_modules/corepack/dist/yarn.js' },
      '/work/app/package.json': '{"packageManager":"yarn@4.1.0+sha256.abc"}',
    };
    expect(await copiesOf(machine(files), 'yarn', '/work/app')).toEqual(['active 4.1.0 corepack /usr/bin/yarn']);
    const used = { ...files, '/home/ada/.cache/node/corepack/lastKnownGood.json': '{"yarn":"1.22.22+sha1.x"}' };
    expect(await copiesOf(machine(used), 'yarn')).toEqual(['active 1.22.22 corepack /usr/bin/yarn']);
    const { failures } = await probe(machine(files));
    expect(failures.map(({ code, reason }) => `${code}: ${reason}`)).toContain(
      'shim-leads-nowhere: Corepack would download yarn when it is first used',
    );
  });
});

describe('systems', () => {
  test('macOS starts the developer programs of the selected folder', async () => {
    const host = machine(
      {
        '/usr/bin/git': exec,
        '/usr/bin/clang': exec,
        '/Library/Developer/CommandLineTools/usr/bin/git': exec,
        '/var/db/xcode_select_link': { link: '/Library/Developer/CommandLineTools' },
      },
      { os: 'darwin', path: ['/usr/bin'] },
    );
    expect((await copiesOf(host, 'git'))[0]).toBe(
      'active ? command-line-tools /usr/bin/git → /Library/Developer/CommandLineTools/usr/bin/git',
    );
    expect(await copiesOf(host, 'clang')).toEqual([]);
  });

  test('a Scoop shim names its program', async () => {
    const host = machine(
      {
        'C:\\Users\\ada\\scoop\\shims\\node.exe': exec,
        'C:\\Users\\ada\\scoop\\shims\\node.shim':
          'path = "C:\\Users\\ada\\scoop\\apps\\nodejs\\20.11.1\\node.exe"\r\n',
        'C:\\Users\\ada\\scoop\\apps\\nodejs\\20.11.1\\node.exe': exec,
      },
      { os: 'windows', path: ['C:\\Users\\ada\\scoop\\shims'] },
    );
    expect((await copiesOf(host, 'node'))[0]).toBe(
      'active 20.11.1 scoop C:\\Users\\ada\\scoop\\shims\\node.exe → C:\\Users\\ada\\scoop\\apps\\nodejs\\20.11.1\\node.exe',
    );
  });

  test('what distrobox exports is told to start a program of a container', async () => {
    const script =
      '#!/bin/sh\n# distrobox_binary\n# name: ubuntu\nif [ -z "${CONTAINER_ID}" ]; then\n' +
      '\texec "/usr/bin/distrobox-enter"  -n ubuntu  --  \'/usr/bin/node\'  "$@"\nelse\n\texec \'/usr/bin/node\' "$@"\nfi\n';
    const snapshot = await probe(machine({ '/usr/local/bin/node': { exec: script } }));
    expect(snapshot.installations).toMatchObject([{ tool: 'node', manager: 'distrobox', active: true }]);
    expect(snapshot.failures).toEqual([
      {
        status: 'skipped',
        tool: 'node',
        path: '/usr/local/bin/node',
        code: 'shim-leads-elsewhere',
        reason:
          '/usr/local/bin/node starts /usr/bin/node in the container ubuntu, whose files are not those of this machine',
      },
    ]);
  });

  test("Debian's pg_wrapper starts the newest version", async () => {
    const host = machine({
      '/usr/share/postgresql-common/pg_wrapper': exec,
      '/usr/bin/psql': { link: '../share/postgresql-common/pg_wrapper' },
      '/usr/lib/postgresql/9.6/bin/psql': exec,
      '/usr/lib/postgresql/15/bin/psql': exec,
    });
    expect((await copiesOf(host, 'psql'))[0]).toContain('/usr/bin/psql → /usr/lib/postgresql/15/bin/psql');
  });

  describe("Gentoo's", () => {
    const implementation = (number: string) => ({
      [`/usr/bin/python${number}`]: exec,
      [`/usr/lib/python-exec/python${number}/python3`]: { link: `../../../bin/python${number}` },
    });
    const python = {
      '/usr/bin/python3': { link: 'python-exec2c' },
      '/usr/bin/python-exec2c': exec,
      ...implementation('3.11'),
      ...implementation('3.12'),
      ...implementation('3.13'),
    };

    test.each<[string, Readonly<Record<string, string>>, string]>([
      ['the preferred', { '/etc/python-exec/python-exec.conf': '# by eselect\npython3.12\npython3.11\n' }, '3.12'],
      [
        'its own file',
        { '/etc/python-exec/python3.conf': 'python3.11\n', '/etc/python-exec/python-exec.conf': 'python3.12' },
        '3.11',
      ],
      ['one that is there', { '/etc/python-exec/python-exec.conf': 'python3.10\n../x\n-python3.13\n' }, '3.12'],
      ['the newest', {}, '3.13'],
    ])('python is %s', async (_, settings, number) => {
      const copies = await copiesOf(machine({ ...python, ...settings }), 'python');
      expect(copies[0]).toContain(`/usr/bin/python3 → /usr/bin/python${number}`);
    });

    const java = {
      '/usr/bin/java': { link: 'run-java-tool' },
      '/usr/bin/run-java-tool': exec,
      '/opt/openjdk-bin-17/bin/java': exec,
      '/opt/openjdk-bin-17/release': 'JAVA_VERSION="17.0.15"\n',
      '/opt/openjdk-bin-21/bin/java': exec,
      '/opt/openjdk-bin-21/release': 'JAVA_VERSION="21.0.7"\n',
      '/etc/java-config-2/current-system-vm': { link: '/opt/openjdk-bin-17' },
    };
    test("java is the user's, or the system's", async () => {
      expect((await copiesOf(machine(java), 'java'))[0]).toMatch(/17\.0\.15.* → \/opt\/openjdk-bin-17\/bin\/java/);
      const own = machine({
        ...java,
        '/home/ada/.gentoo/java-config-2/current-user-vm': { link: '/opt/openjdk-bin-21' },
      });
      expect((await copiesOf(own, 'java'))[0]).toMatch(/21\.0\.7.* → \/opt\/openjdk-bin-21\/bin\/java/);
    });

    test('java without a selection leads nowhere', async () => {
      const { '/etc/java-config-2/current-system-vm': _, ...none } = java;
      expect((await copiesOf(machine(none), 'java')).join()).not.toContain('→');
    });
  });

  test('a script that only starts another program leads there; one that does more is the program', async () => {
    const host = machine({
      '/opt/node/bin/node': exec,
      '/opt/node/include/node/node_version.h':
        '#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 1\n#define NODE_PATCH_VERSION 0\n',
      '/usr/local/bin/node': { exec: '#!/bin/sh\n# ours\nexport NODE_ENV=production\nexec /opt/node/bin/node "$@"\n' },
      '/usr/bin/deno': { exec: '#!/bin/sh\ncurl example.org | sh\nexec /opt/node/bin/node "$@"\n' },
    });
    expect((await copiesOf(host, 'node'))[0]).toContain('/usr/local/bin/node → /opt/node/bin/node');
    expect(await copiesOf(host, 'deno')).toEqual(['active ? manual /usr/bin/deno']);
  });
});

test("Windows' launcher of Python leads to what it is told, or to the newest", async () => {
  const home = 'C:\\Users\\ada\\AppData\\Local';
  const python = (number: string) => `${home}\\Programs\\Python\\Python${number}`;
  const files = {
    'C:\\Windows\\py.exe': exec,
    [`${python('39')}\\python.exe`]: exec,
    [`${python('39')}\\include\\patchlevel.h`]: '#define PY_VERSION "3.9.13"',
    [`${python('312')}\\python.exe`]: exec,
    [`${python('312')}\\include\\patchlevel.h`]: '#define PY_VERSION "3.12.7"',
  };
  const started = async (more: object, env: object = {}) => {
    const options = { os: 'windows', env: { LOCALAPPDATA: home, ...env } } as const;
    return (await copiesOf(machine({ ...files, ...more }, options), 'python'))[0];
  };
  const line = (version: string, number: string) =>
    `active ${version} py-launcher C:\\Windows\\py.exe → ${python(number)}\\python.exe`;
  expect(await started({})).toBe(line('3.12.7', '312'));
  expect(await started({ [`${home}\\py.ini`]: '[defaults]\r\npython=3.9\r\n' })).toBe(line('3.9.13', '39'));
  expect(await started({}, { PY_PYTHON: '3.9' })).toBe(line('3.9.13', '39'));
});
