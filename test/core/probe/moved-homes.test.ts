import { describe, expect, test } from 'vitest';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { copiesOf, exec, machine } from './machine';

const on = (files: Readonly<Record<string, RecordedEntry>>, env: Readonly<Record<string, string>>, path?: string[]) =>
  machine({ '/usr/bin/sh': exec, ...files }, { env, ...(path === undefined ? {} : { path }) });

describe('what a variable says of where a manager is', () => {
  test.each<[string, string, Readonly<Record<string, string>>, Readonly<Record<string, RecordedEntry>>, string]>([
    [
      'asdf',
      'go',
      { ASDF_DATA_DIR: '/data/versions' },
      { '/data/versions/installs/golang/1.22.1/go/bin/go': exec },
      '1.22.1 asdf',
    ],
    ['mise', 'node', { MISE_DATA_DIR: '/data/m' }, { '/data/m/installs/node/22.1.0/bin/node': exec }, '22.1.0 mise'],
    [
      'nvm',
      'node',
      { NVM_DIR: '/opt/node-versions' },
      { '/opt/node-versions/versions/node/v20.2.0/bin/node': exec },
      '20.2.0 nvm',
    ],
    [
      'fnm',
      'node',
      { FNM_DIR: '/opt/f' },
      { '/opt/f/node-versions/v18.1.0/installation/bin/node': exec },
      '18.1.0 fnm',
    ],
    ['Volta', 'node', { VOLTA_HOME: '/opt/v' }, { '/opt/v/tools/image/node/16.1.0/bin/node': exec }, '16.1.0 volta'],
    ['pyenv', 'python', { PYENV_ROOT: '/opt/py' }, { '/opt/py/versions/3.12.1/bin/python': exec }, '3.12.1 pyenv'],
    [
      'uv',
      'python',
      { UV_PYTHON_INSTALL_DIR: '/opt/uvp' },
      { '/opt/uvp/cpython-3.13.0-linux-x86_64-gnu/bin/python3': exec },
      '3.13.0 uv',
    ],
    ['SDKMAN', 'gradle', { SDKMAN_DIR: '/opt/s' }, { '/opt/s/candidates/gradle/8.5/bin/gradle': exec }, '8.5 sdkman'],
    [
      'Go toolchains',
      'go',
      { GOPATH: '/home/ada/go:/srv/g' },
      { '/srv/g/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.linux-amd64/bin/go': exec },
      '1.23.4 go',
    ],
    [
      'Gradle',
      'gradle',
      { GRADLE_USER_HOME: '/cache/gradle' },
      { '/cache/gradle/wrapper/dists/gradle-8.7-bin/abc/gradle-8.7/bin/gradle': exec },
      '8.7 gradle',
    ],
    [
      'gem',
      'rubocop',
      { GEM_HOME: '/opt/gems' },
      { '/opt/gems/bin/rubocop': exec, '/opt/gems/specifications/rubocop-1.60.2.gemspec': '' },
      '1.60.2 manual',
    ],
    [
      'Java',
      'java',
      { JAVA_HOME: '/data/jdk' },
      { '/data/jdk/bin/java': exec, '/data/jdk/release': 'JAVA_VERSION="21.0.2"\n' },
      '21.0.2 manual',
    ],
    [
      'pipx',
      'black',
      { PIPX_HOME: '/opt/pipx' },
      {
        '/opt/pipx/venvs/black/bin/black': exec,
        '/opt/pipx/venvs/black/lib/python3.12/site-packages/black-24.1.0.dist-info/METADATA': '',
      },
      '24.1.0 pipx',
    ],
    [
      'uv tools',
      'ruff',
      { UV_TOOL_DIR: '/opt/uvt' },
      {
        '/opt/uvt/ruff/bin/ruff': exec,
        '/opt/uvt/ruff/lib/python3.12/site-packages/ruff-0.4.0.dist-info/METADATA': '',
      },
      '0.4.0 uv',
    ],
    [
      'Cargo',
      'just',
      { CARGO_HOME: '/opt/cargo' },
      {
        '/opt/cargo/bin/just': exec,
        '/opt/cargo/.crates2.json': '{"installs":{"just 1.36.0 (registry+https://x)":{"bins":["just"]}}}',
      },
      '1.36.0 cargo',
    ],
    [
      'opam',
      'dune',
      { OPAMROOT: '/opt/opam' },
      { '/opt/opam/5.1/bin/dune': exec, '/opt/opam/5.1/.opam-switch/packages/dune.3.15.0/opam': '' },
      '3.15.0 opam',
    ],
  ])('%s', async (_, tool, env, files, expected) => {
    const [path] = Object.keys(files);
    expect(await copiesOf(on(files, env), tool)).toEqual([`off ${expected} ${path}`]);
  });

  test('shims in a folder of any name lead where the manager would', async () => {
    const files = {
      '/opt/py/shims/python3': exec,
      '/opt/py/version': '3.11.4\n',
      '/opt/py/versions/3.11.4/bin/python3': exec,
      '/data/tools/shims/go': exec,
      '/data/tools/installs/golang/1.21.0/go/bin/go': exec,
      '/home/ada/.tool-versions': 'golang 1.21.0\n',
      '/opt/v/bin/node': exec,
      '/opt/v/tools/user/platform.json': '{"node":{"runtime":"20.5.0"}}',
      '/opt/v/tools/image/node/20.5.0/bin/node': exec,
    };
    const env = { PYENV_ROOT: '/opt/py', ASDF_DATA_DIR: '/data/tools', VOLTA_HOME: '/opt/v' };
    const host = on(files, env, ['/opt/py/shims', '/data/tools/shims', '/opt/v/bin', '/usr/bin']);
    expect(await copiesOf(host, 'python')).toContain(
      'active 3.11.4 pyenv /opt/py/shims/python3 → /opt/py/versions/3.11.4/bin/python3',
    );
    expect(await copiesOf(host, 'go')).toContain(
      'active 1.21.0 asdf /data/tools/shims/go → /data/tools/installs/golang/1.21.0/go/bin/go',
    );
    expect(await copiesOf(host, 'node')).toContain(
      'active 20.5.0 volta /opt/v/bin/node → /opt/v/tools/image/node/20.5.0/bin/node',
    );
  });

  test('on Windows too, whatever the case', async () => {
    const host = machine(
      {
        'D:\\Scoop\\apps\\git\\2.44.0\\bin\\git.exe': exec,
        'E:\\nvm\\v20.10.0\\node.exe': exec,
      },
      { os: 'windows', env: { SCOOP: 'd:\\scoop', NVM_HOME: 'E:\\nvm', APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' } },
    );
    expect(await copiesOf(host, 'git')).toMatchObject([expect.stringMatching(/^off 2\.44\.0 scoop d:\\scoop/i)]);
    expect(await copiesOf(host, 'node')).toMatchObject([expect.stringMatching(/^off 20\.10\.0 \w+ E:\\nvm/)]);
  });

  test.each(['relative', '', '/', '/opt/*', '/not/there', '~/x', '\0'])('%j moves nothing', async (value) => {
    const files = { '/opt/cargo/bin/just': exec, 'relative/bin/just': exec, '/home/ada/.cargo/bin/just': exec };
    const env = { CARGO_HOME: value, JAVA_HOME: value, GOPATH: `${value}:${value}` };
    expect(await copiesOf(on(files, env), 'just')).toHaveLength(2);
  });
});
