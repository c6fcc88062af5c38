import { describe, expect, test } from 'vitest';
import type { RunRequest } from '../../../src/core/host/host';
import { elfBinary, goBinary, peBinary } from './binaries';
import { copiesOf, exec, machine, probe } from './machine';

test.each([
  [
    'npm package',
    'npm',
    {
      '/usr/lib/node_modules/npm/bin/npm-cli.js': exec,
      '/usr/bin/npm': { link: '../lib/node_modules/npm/bin/npm-cli.js' },
      '/usr/lib/node_modules/npm/package.json': '{"name":"npm","version":"10.2.4"}',
    },
    'active 10.2.4 npm /usr/bin/npm',
  ],
  [
    'cargo install',
    'ripgrep',
    {
      '/usr/local/.crates2.json': '{"installs":{"ripgrep 14.1.0 (registry+x)":{"bins":["rg"]}}}',
      '/usr/local/bin/rg': exec,
    },
    'active 14.1.0 manual /usr/local/bin/rg',
  ],
  [
    'conda',
    'python',
    { '/home/ada/miniconda3/bin/python3': exec, '/home/ada/miniconda3/conda-meta/python-3.11.5-h955ad1f_0.json': '{}' },
    'off 3.11.5 conda /home/ada/miniconda3/bin/python3',
  ],
  [
    'virtual environment',
    'python',
    { '/usr/local/bin/python3': exec, '/usr/local/pyvenv.cfg': 'home = /usr/bin\nversion = 3.12.4\n' },
    'active 3.12.4 manual /usr/local/bin/python3',
  ],
  [
    "component of Google Cloud's command line",
    'kubectl',
    {
      '/usr/local/google-cloud-sdk/bin/kubectl': exec,
      '/usr/local/google-cloud-sdk/.install/kubectl-linux-x86_64.snapshot.json':
        '{"components":[{"id":"kubectl-linux-x86_64","version":{"build_number":1, "version_string": "1.32.4"}}]}',
      '/usr/local/bin/kubectl': { link: '../google-cloud-sdk/bin/kubectl' },
    },
    'active 1.32.4 manual /usr/local/bin/kubectl',
  ],
  [
    'CUDA toolkit',
    'nvcc',
    {
      '/usr/local/cuda-12.4/bin/nvcc': exec,
      '/usr/local/cuda-12.4/version.json': '{"cuda":{"version":"12.4.1"},"cuda_nvcc":{"version":"12.4.131"}}',
    },
    'off 12.4.131 manual /usr/local/cuda-12.4/bin/nvcc',
  ],
  [
    'Ruby built by hand',
    'ruby',
    {
      '/opt/mine/bin/ruby': exec,
      '/opt/mine/lib/ruby/3.3.0/x86_64-linux/rbconfig.rb':
        '  CONFIG["MAJOR"] = "3"\n  CONFIG["MINOR"] = "3"\n  CONFIG["TEENY"] = "5"\n  CONFIG["PATCHLEVEL"] = "100"\n',
    },
    'off 3.3.5 manual /opt/mine/bin/ruby',
  ],
  [
    'Zsh without package',
    'zsh',
    { '/usr/local/bin/zsh': exec, '/usr/local/lib/zsh/5.9/zsh/complist.so': '' },
    'active 5.9 manual /usr/local/bin/zsh',
  ],
  [
    'Composer package',
    'phpunit',
    {
      '/home/ada/.config/composer/vendor/phpunit/phpunit/phpunit': exec,
      '/home/ada/.config/composer/vendor/bin/phpunit': { link: '../phpunit/phpunit/phpunit' },
      '/home/ada/.config/composer/vendor/composer/installed.json':
        '{"packages":[{"name":"x/y","version":"1.0.0"},{"name":"phpunit/phpunit","version":"v10.5.1"}]}',
    },
    'off 10.5.1 composer /home/ada/.config/composer/vendor/bin/phpunit',
  ],
  [
    'CUDA wheel',
    'nvcc',
    {
      '/usr/local/lib/python3.12/site-packages/nvidia/cuda_nvcc/bin/nvcc': exec,
      '/usr/local/lib/python3.12/site-packages/nvidia_cuda_nvcc_cu12-12.4.131.dist-info/METADATA': '',
      '/usr/local/bin/nvcc': { link: '../lib/python3.12/site-packages/nvidia/cuda_nvcc/bin/nvcc' },
    },
    'active 12.4.131 pip /usr/local/bin/nvcc',
  ],
] as const)('reads the version from what a %s left', async (_, tool, files, expected) => {
  expect(await copiesOf(machine(files), tool)).toEqual([expected]);
});

test('a Python script tells the package that it starts', async () => {
  const bin = '/home/ada/.pyenv/versions/3.11.7/bin';
  const host = machine(
    {
      [`${bin}/pytest`]: {
        exec: '#!/home/ada/.pyenv/versions/3.11.7/bin/python\nimport sys\nfrom pytest import console_main\n',
      },
      '/home/ada/.pyenv/versions/3.11.7/lib/python3.11/site-packages/pytest-8.1.1.dist-info/METADATA': '',
      '/home/ada/.pyenv/versions/3.11.7/lib/python3.11/site-packages/pytest_cov-9.9.dist-info/METADATA': '',
    },
    { path: [bin] },
  );
  expect(await copiesOf(host, 'pytest')).toEqual([`active 8.1.1 pyenv ${bin}/pytest`]);
});

test('names of Python packages are the same with capitals and with any of - _ .', async () => {
  const bin = '/home/ada/.pyenv/versions/3.11.7/bin';
  const host = machine(
    {
      [`${bin}/pre-commit`]: exec,
      '/home/ada/.pyenv/versions/3.11.7/lib/python3.11/site-packages/Pre.Commit-3.7.0.dist-info/METADATA': '',
    },
    { path: [bin] },
  );
  expect(await copiesOf(host, 'pre-commit')).toEqual([`active 3.7.0 pyenv ${bin}/pre-commit`]);
});

describe('executables', () => {
  test('Go build information: the module, or what the linker was told', async () => {
    const released = goBinary('path\tx\nmod\tgolang.org/x/tools/gopls\tv0.15.3\th1:x=\n');
    const told = goBinary(
      'path\tgithub.com/docker/cli/cmd/docker\nmod\tgithub.com/docker/cli\t(devel)\t\nbuild\t-ldflags="-X \\"github.com/docker/cli/cli/version.Version=28.2.2\\" -extldflags -static"\n',
    );
    const host = machine(
      {
        '/home/ada/go/bin/gopls': { base64: released, exec: true },
        '/usr/local/bin/docker': { base64: told, exec: true },
      },
      { path: ['/usr/local/bin', '/home/ada/go/bin'] },
    );
    expect(await copiesOf(host, 'gopls')).toEqual(['active 0.15.3 go /home/ada/go/bin/gopls']);
    expect(await copiesOf(host, 'docker')).toEqual(['active 28.2.2 manual /usr/local/bin/docker']);
    const { installations } = await probe(host);
    expect(installations.map(({ architecture }) => architecture)).toEqual(['x86_64', 'x86_64']);
  });

  test.each([
    ['in the first bytes', 'rustup/1.27.1 (reqwest; rustls)'],
    ['after much else', `${'rustup/init '.repeat(9)}${'x'.repeat(6_000_000)}rustup/1.27.1 (curl)`],
    ['across two pieces', `${'y'.repeat(262_140)}rustup/1.27.1 (reqwest)`],
    ['across two larger pieces', `${'z'.repeat(4 * 1024 * 1024 - 3)}rustup/1.27.1 (reqwest)`],
  ])('what rustup calls itself, %s', async (_, text) => {
    const path = '/usr/local/bin/rustup';
    const base64 = elfBinary('.rodata', Buffer.from(text));
    const host = machine({ [path]: { base64, exec: true } }, { path: ['/usr/local/bin'] });
    expect(await copiesOf(host, 'rustup')).toEqual([`active 1.27.1 manual ${path}`]);
  });

  test("Windows' version resource", async () => {
    const path = 'C:\\Tools\\jq.exe';
    const host = machine({ [path]: { base64: peBinary('1.7.1') } }, { os: 'windows', path: ['C:\\Tools'] });
    expect(await copiesOf(host, 'jq')).toEqual([`active 1.7.1 manual ${path}`]);
  });

  test.each(['\x7fELF', '\x7fELF\x02\x01', 'MZ', '\xca\xfe\xba\xbe\0\0\0\x02', '\xcf\xfa\xed\xfe\x07'])(
    'a header cut off after %j breaks nothing',
    async (head) => {
      const base64 = Buffer.from(head, 'latin1').toString('base64');
      const { installations } = await probe(machine({ '/usr/bin/git': { base64, exec: true } }));
      expect(installations).toHaveLength(1);
      expect(installations[0]?.version).toBeUndefined();
    },
  );
});

describe('which copy wins', () => {
  const files = {
    '/usr/lib/jvm/java-17/bin/java': exec,
    '/usr/lib/jvm/java-17/bin/javac': exec,
    '/usr/lib/jvm/java-17/release': 'JAVA_VERSION="17.0.9"\n',
    '/usr/bin/java': { link: '../lib/jvm/java-17/bin/java' },
    '/usr/bin/javac': { link: '../lib/jvm/java-17/bin/javac' },
    '/opt/jdk-21/bin/java': exec,
    '/opt/jdk-21/release': 'JAVA_VERSION="21.0.2"\n',
    '/bin': { link: 'usr/bin' },
  } as const;

  test('a JDK is one installation, /bin is /usr/bin, and the first on PATH hides the rest', async () => {
    const host = machine(files, { path: ['/opt/jdk-21/bin', '/usr/bin', '/bin'] });
    expect(await copiesOf(host, 'java')).toEqual([
      'active 21.0.2 manual /opt/jdk-21/bin/java',
      'hidden 17.0.9 manual /usr/bin/java',
    ]);
    expect((await probe(host)).pathEntries.map(({ state }) => state)).toEqual(['ok', 'ok', 'duplicate']);
  });

  test('a variable that contradicts PATH is a finding', async () => {
    const host = machine(files, {
      path: ['/opt/jdk-21/bin'],
      env: { JAVA_HOME: '/usr/lib/jvm/java-17', HTTPS_PROXY: 'x' },
    });
    expect((await probe(host)).environment).toEqual([
      { name: 'HTTPS_PROXY' },
      {
        name: 'JAVA_HOME',
        value: '/usr/lib/jvm/java-17',
        finding: 'JAVA_HOME is /usr/lib/jvm/java-17, but PATH starts /opt/jdk-21/bin/java',
      },
    ]);
  });

  test("so is a manager's folder that PATH does not use", async () => {
    const programs = {
      '/home/ada/go/bin/gopls': exec,
      '/srv/go/bin/dlv': exec,
      '/home/ada/.pyenv/versions/3.12.1/bin/python3': exec,
      '/home/ada/.pyenv/shims/python3': exec,
      '/home/ada/.pyenv/version': '3.12.1',
      '/opt/pyenv': { folder: true },
    } as const;
    const findings = async (env: Readonly<Record<string, string>>) => {
      const host = machine(programs, { path: ['/home/ada/.pyenv/shims', '/home/ada/go/bin'], env });
      return (await probe(host)).environment.map(({ finding }) => finding);
    };
    expect(await findings({ GOPATH: '/srv/go', PYENV_ROOT: '/opt/pyenv' })).toEqual([
      'GOPATH is /srv/go, but PATH starts /home/ada/go/bin/gopls',
      'PYENV_ROOT is /opt/pyenv, but PATH starts /home/ada/.pyenv/shims/python3',
    ]);
    expect(await findings({ GOPATH: '/srv/go:/home/ada/go', PYENV_ROOT: '/home/ada/.pyenv/' })).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('entries of PATH that are wrong are told apart', async () => {
    const host = machine(
      {
        '/usr/bin/git': exec,
        '/file': 'x',
        '/secret': { denied: true },
        '/shared': { folder: true, mode: 0o777 },
        '/sticky': { folder: true, mode: 0o1777 },
      },
      { path: ['/usr/bin', '/none', '/file', '/secret', 'bin', '', '/shared', '/sticky', '/usr/bin/'] },
    );
    expect(
      (await probe(host)).pathEntries.map(
        ({ state, writableByOthers }) => `${state}${writableByOthers === true ? '!' : ''}`,
      ),
    ).toEqual(['ok', 'missing', 'not-a-directory', 'unreadable', 'relative', 'relative', 'ok!', 'ok', 'duplicate']);
  });
});

test('what a virtual environment has tells its version, and who installed it', async () => {
  const site = '/srv/venv/lib/python3.12/site-packages';
  const host = machine(
    {
      '/srv/venv/pyvenv.cfg': 'home = /usr/bin\nversion = 3.12.4\n',
      '/srv/venv/bin/pip3': { exec: '#!/srv/venv/bin/python3\nfrom pip._internal.cli.main import main\n' },
      [`${site}/pip-24.0.dist-info/INSTALLER`]: 'pip\n',
      '/srv/venv/bin/ruff': exec,
      [`${site}/ruff-0.4.1.dist-info/INSTALLER`]: 'uv',
      '/srv/venv/bin/pnpm': { link: '/srv/node_modules/pnpm/pnpm.cjs' },
      '/srv/node_modules/pnpm/pnpm.cjs': exec,
      '/srv/node_modules/pnpm/package.json': '{"name":"pnpm","version":"9.1.0"}',
    },
    { path: ['/srv/venv/bin'] },
  );
  expect([await copiesOf(host, 'pip'), await copiesOf(host, 'ruff'), await copiesOf(host, 'pnpm')].flat()).toEqual([
    'active 24.0 pip /srv/venv/bin/pip3',
    'active 0.4.1 uv /srv/venv/bin/ruff',
    'active 9.1.0 npm /srv/venv/bin/pnpm',
  ]);
});

test('a version file whose beginning tells nothing is told to be too large', async () => {
  const host = machine(
    {
      '/opt/jdk/bin/java': exec,
      '/opt/jdk/release': '\0'.repeat(300_000),
      '/opt/jdk-b/bin/java': exec,
      '/opt/jdk-b/release': '\0',
      '/opt/n/node_modules/prettier/index.js': exec,
      '/opt/n/node_modules/prettier/package.json': '\0'.repeat(300_000),
      '/opt/jdk/bin/prettier': { link: '/opt/n/node_modules/prettier/index.js' },
    },
    { path: ['/opt/jdk/bin', '/opt/jdk-b/bin'] },
  );
  const { failures } = await probe(host);
  expect(failures.filter(({ code }) => code === 'version-file-too-large')).toMatchObject([
    {
      path: '/opt/jdk/bin/java',
      reason: '/opt/jdk/release is larger than 256 KiB, and its beginning tells no version',
    },
    {
      path: '/opt/jdk/bin/prettier',
      reason: '/opt/n/node_modules/prettier/package.json is larger than 256 KiB, and its beginning tells no version',
    },
  ]);
});

// As pnpm 9 writes them for what is installed globally, and npm's cmd-shim on Windows.
test.each([
  [
    'a script',
    'linux',
    '/home/ada/.local/share/pnpm',
    'oxlint',
    'exec node  "$basedir/global/5/node_modules/oxlint/bin/oxlint" "$@"',
  ],
  [
    'a script of a scope',
    'linux',
    '/home/ada/.local/share/pnpm',
    'bazelisk',
    'exec node  "$basedir/global/5/node_modules/@bazel/bazelisk/bazelisk.js" "$@"',
  ],
  [
    'a command file',
    'windows',
    'C:\\Users\\ada\\AppData\\Local\\pnpm',
    'oxlint.cmd',
    '@"%~dp0\\global\\5\\node_modules\\oxlint\\bin\\oxlint" %*',
  ],
] as const)('%s that starts a package tells its version', async (_, os, folder, name, line) => {
  const slash = os === 'windows' ? '\\' : '/';
  const module = (id: string) => [folder, 'global', '5', 'node_modules', ...id.split('/'), 'package.json'].join(slash);
  const host = machine(
    {
      [`${folder}${slash}${name}`]: { exec: `#!/bin/sh\n${line}\n` },
      [module('oxlint')]: '{"name":"oxlint","version":"1.94.0"}',
      [module('@bazel/bazelisk')]: '{"name":"@bazel/bazelisk","version":"v1.94.0"}',
    },
    { os, path: [folder] },
  );
  expect(await copiesOf(host, name.replace('.cmd', ''))).toEqual([`active 1.94.0 pnpm ${folder}${slash}${name}`]);
});

test.each([
  [
    'ruby',
    'jruby 9.4.8.0 (3.1.4) 2024-07-02 4d41e55a67 OpenJDK 64-Bit Server VM 21.0.4+7-LTS +jit [x86_64-linux]',
    '3.1.4',
  ],
  ['ruby', 'truffleruby 24.1.2, like ruby 3.2.4, Oracle GraalVM Native [arm64-darwin20]', '3.2.4'],
  ['ruby', 'ruby 2.7.8p225 (2023-03-30 revision 1f4d455848) [x86_64-linux]', '2.7.8'],
  ['ruby', 'ruby 3.4.0preview1 (2024-05-16 master 9d69619623) [x86_64-linux]', '3.4.0preview1'],
  ['truffleruby', 'truffleruby 24.1.2, like ruby 3.2.4, Oracle GraalVM Native [arm64-darwin20]', '24.1.2'],
  ['jruby', 'jruby 9.4.8.0 (3.1.4) 2024-07-02 4d41e55a67 OpenJDK 64-Bit Server VM', '9.4.8.0'],
  ['python3', 'GraalPy 3.11.7 (Oracle GraalVM Native 24.1.1)', '3.11.7'],
  ['graalpy', 'GraalPy 3.10.8 (GraalVM CE Native 23.1.0)', '23.1.0'],
])('%s that answers %s is %s', async (program, stdout, version) => {
  const path = `/opt/other/bin/${program}`;
  const host = {
    ...machine({ [path]: exec }, { path: ['/opt/other/bin'] }),
    run: async () => ({ outcome: 'exited', exitCode: 0, stdout: `${stdout}\n`, stderr: '' }) as const,
  };
  const tool = program.replace(/3$/, '');
  expect(await copiesOf(host, tool)).toEqual([`active ${version} manual ${path}`]);
});

test('rustfmt and Clippy have numbers of their own: the compiler beside them is asked for Rust’s', async () => {
  const programs = { '/opt/rust/bin/rustfmt': exec, '/opt/rust/bin/cargo-clippy': exec };
  const asked: string[] = [];
  const answering = (files: typeof programs) => ({
    ...machine(files, { path: ['/opt/rust/bin'] }),
    run: async ({ argv }: RunRequest) => {
      asked.push(argv.join(' '));
      return { outcome: 'exited', exitCode: 0, stdout: 'rustc 1.85.1 (4eb161250 2025-03-15)\n', stderr: '' } as const;
    },
  });
  const whole = answering({ ...programs, ...{ '/opt/rust/bin/rustc': exec } });
  expect(await copiesOf(whole, 'rustfmt')).toEqual(['active 1.85.1 manual /opt/rust/bin/rustfmt']);
  expect(await copiesOf(whole, 'clippy')).toEqual(['active 1.85.1 manual /opt/rust/bin/cargo-clippy']);
  expect([...new Set(asked)]).toEqual(['/opt/rust/bin/rustc --version']);
  const { failures } = await probe(answering(programs));
  expect(failures.map(({ code }) => code)).toEqual(['no-version-command', 'no-version-command']);
});

test('a package of npm that fetches a program has a version of its own, which is not the program’s', async () => {
  const files = (name: string) => ({
    [`/opt/n/lib/node_modules/${name}/bin/x.js`]: exec,
    [`/opt/n/lib/node_modules/${name}/package.json`]: `{"name":"${name}","version":"4.1.0"}`,
    [`/usr/bin/${name}`]: { link: `/opt/n/lib/node_modules/${name}/bin/x.js` },
  });
  expect(await copiesOf(machine(files('shellcheck')), 'shellcheck')).toEqual(['active ? npm /usr/bin/shellcheck']);
  expect(await copiesOf(machine(files('prettier')), 'prettier')).toEqual(['active 4.1.0 npm /usr/bin/prettier']);
});

test('a script of npm that is of another package is not started: it may download what it starts', async () => {
  const of = (name: string) => {
    const script = '#!/usr/bin/env node\n';
    const started: string[] = [];
    const host = machine({
      [`/opt/n/lib/node_modules/${name}/main.js`]: { exec: script },
      '/usr/bin/openapi-generator-cli': { link: `/opt/n/lib/node_modules/${name}/main.js` },
    });
    const run = async ({ argv }: RunRequest) => {
      started.push(argv.join(' '));
      return { outcome: 'exited', exitCode: 0, stdout: '7.14.0\n', stderr: '' } as const;
    };
    return { started, host: { ...host, run } };
  };
  const wrapper = of('@openapitools/openapi-generator-cli');
  expect(await copiesOf(wrapper.host, 'openapi-generator')).toEqual(['active ? npm /usr/bin/openapi-generator-cli']);
  expect(wrapper.started).toEqual([]);
  const { failures } = await probe(wrapper.host);
  expect(failures.map(({ reason }) => reason).join()).toContain("npm's @openapitools/openapi-generator-cli");
  const own = of('openapi-generator');
  expect(await copiesOf(own.host, 'openapi-generator')).toEqual(['active 7.14.0 npm /usr/bin/openapi-generator-cli']);
});

test('the version of Node.js below the error of a script is not the script’s', async () => {
  const crash = "Error: Cannot find module '/x'\n    at node:internal/main/run_main_module:36:49\n\nNode.js v20.20.2\n";
  const asked = (exitCode: number, stderr: string) => ({
    ...machine({ '/usr/bin/elm': exec }),
    run: async () => ({ outcome: 'exited', exitCode, stdout: '', stderr }) as const,
  });
  expect(await copiesOf(asked(1, crash), 'elm')).toEqual(['active ? manual /usr/bin/elm']);
  expect(await copiesOf(asked(0, '0.19.1\n'), 'elm')).toEqual(['active 0.19.1 manual /usr/bin/elm']);
});

test('what a program says of the network that it does not find is no version', async () => {
  const asked = (stdout: string, stderr: string) => ({
    ...machine({ '/usr/bin/elm': exec }),
    run: async () => ({ outcome: 'exited', exitCode: 1, stdout, stderr }) as const,
  });
  for (const complaint of [
    'HttpError: connect ECONNREFUSED 127.0.0.1:9',
    'Get "https://example.org/v3.215.0/x": proxyconnect tcp: dial tcp 127.0.0.1:9: connect: connection refused',
    'curl: (7) Failed to connect to 127.0.0.1 port 9 after 0 ms',
    "HTTPSConnectionPool(host='127.0.0.1', port=9): Max retries exceeded",
  ]) {
    const { installations, failures } = await probe(asked('', `${complaint}\n`));
    expect(installations.map(({ version }) => version)).toEqual([undefined]);
    expect(failures.map(({ reason }) => reason)).toEqual([
      '/usr/bin/elm --version goes to the network before it tells its version, and found nobody there',
    ]);
    expect(await copiesOf(asked('0.19.1\n', complaint), 'elm')).toEqual(['active 0.19.1 manual /usr/bin/elm']);
  }
});
