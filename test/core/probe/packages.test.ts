import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { probeMachine, readPackages } from '../../../src/core/probe';
import { goBinary, oldGoBinary } from './binaries';
import { exec, type MachineOptions, machine } from './machine';

async function packagesOf(files: Readonly<Record<string, RecordedEntry>>, options: MachineOptions = {}) {
  const { context, installations } = await probeMachine({ host: machine(files, options), catalog, clock: () => 0 });
  return readPackages(context, installations).map(
    ({ ecosystem, name, version }) => `${ecosystem} ${name} ${version ?? '?'}`,
  );
}

const HASH = 'a'.repeat(32);

test.each<[string, Readonly<Record<string, RecordedEntry>>, readonly string[]]>([
  [
    "npm's, of each Node.js, with scopes",
    {
      '/home/ada/.nvm/versions/node/v20.1.0/bin/node': exec,
      '/home/ada/.nvm/versions/node/v20.1.0/lib/node_modules/typescript/package.json':
        '{"name":"typescript","version":"5.4.5"}',
      '/home/ada/.nvm/versions/node/v20.1.0/lib/node_modules/@vue/cli/package.json':
        '{"name":"@vue/cli","version":"5.0.8"}',
      '/home/ada/.nvm/versions/node/v20.1.0/lib/node_modules/.package-lock.json': '{}',
      '/home/ada/.nvm/versions/node/v20.1.0/lib/node_modules/broken/package.json': '{',
    },
    ['npm @vue/cli 5.0.8', 'npm typescript 5.4.5'],
  ],
  [
    "pnpm's, yarn's and bun's",
    {
      '/home/ada/.local/share/pnpm/global/5/package.json': '{"dependencies":{"rimraf":"^5","tsx":"4.1.0"}}',
      '/home/ada/.local/share/pnpm/global/5/node_modules/rimraf/package.json': '{"name":"rimraf","version":"5.0.7"}',
      '/home/ada/.config/yarn/global/package.json': '{"dependencies":{"gone":"1"}}',
      '/home/ada/.bun/install/global/package.json': '{"dependencies":{"cowsay":"1"}}',
      '/home/ada/.bun/install/global/node_modules/cowsay/package.json': '{"name":"cowsay","version":"1.6.0"}',
    },
    ['bun cowsay 1.6.0', 'pnpm rimraf 5.0.7', 'pnpm tsx 4.1.0', 'yarn gone ?'],
  ],
  [
    "Python's, pipx's and uv's",
    {
      '/home/ada/.pyenv/versions/3.12.1/bin/python3': exec,
      '/home/ada/.pyenv/versions/3.12.1/lib/python3.12/site-packages/requests-2.31.0.dist-info/METADATA': '',
      '/home/ada/.pyenv/versions/3.12.1/lib/python3.12/site-packages/requests/__init__.py': '',
      '/usr/lib/python3/dist-packages/six-1.16.0.egg-info': '',
      '/usr/lib/python3/dist-packages/bare.egg-info/PKG-INFO': 'Name: bare\nVersion: 7.7\n',
      '/usr/lib/python3/dist-packages/own.egg-link': '/src/own\n.',
      '/src/own/own.egg-info/PKG-INFO': 'Name: own\nVersion: 3.0\n',
      '/usr/lib/python3/dist-packages/gone.egg-link': 'relative\n',
      '/home/ada/.local/pipx/venvs/poetry/pipx_metadata.json':
        '{"main_package":{"package":"poetry","package_version":"1.8.2"}}',
      '/home/ada/.local/share/uv/tools/ruff/uv-receipt.toml': '',
      '/home/ada/.local/share/uv/tools/ruff/lib/python3.12/site-packages/ruff-0.4.1.dist-info/METADATA': '',
    },
    [
      'pipx poetry 1.8.2',
      'python bare 7.7',
      'python gone ?',
      'python own 3.0',
      'python requests 2.31.0',
      'python six 1.16.0',
      'uv ruff 0.4.1',
    ],
  ],
  [
    'those of cargo, gem, go, Composer and .NET',
    {
      '/home/ada/.cargo/.crates2.json': '{"installs":{"ripgrep 14.1.0 (registry+x)":{"bins":["rg"]}}}',
      '/home/ada/.gem/ruby/3.3.0/specifications/rails-7.1.3.gemspec': '',
      '/home/ada/.gem/ruby/3.3.0/specifications/nokogiri-1.16.2-x86_64-linux.gemspec': '',
      '/home/ada/go/bin/gopls': {
        base64: goBinary('path\tgolang.org/x/tools/gopls\nmod\tgolang.org/x/tools/gopls\tv0.15.3\th1:x=\n'),
        exec: true,
      },
      '/home/ada/go/bin/readme.txt': 'x',
      '/home/ada/.config/composer/vendor/composer/installed.json':
        '{"packages":[{"name":"laravel/installer","version":"v5.8.0"},5]}',
      '/home/ada/.dotnet/tools/.store/dotnet-ef/8.0.4/x': '',
    },
    [
      'cargo ripgrep 14.1.0',
      'composer laravel/installer 5.8.0',
      'dotnet dotnet-ef 8.0.4',
      'gem nokogiri 1.16.2',
      'gem rails 7.1.3',
      'go golang.org/x/tools/gopls 0.15.3',
    ],
  ],
  [
    "Debian's that somebody asked for",
    {
      '/var/lib/dpkg/status':
        'Package: git\nStatus: install ok installed\nVersion: 1:2.39.5-0\n\nPackage: libc6\nStatus: install ok installed\nVersion: 2.36-9\n',
      '/var/lib/apt/extended_states':
        'Package: libc6\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: git\nAuto-Installed: 0\n',
    },
    ['dpkg git 2.39.5'],
  ],
  [
    "Homebrew's leaves that were asked for",
    {
      '/home/linuxbrew/.linuxbrew/Cellar/wget/1.24.5/INSTALL_RECEIPT.json':
        '{"installed_on_request":true,"runtime_dependencies":[{"full_name":"homebrew/core/openssl@3"}]}',
      '/home/linuxbrew/.linuxbrew/Cellar/openssl@3/3.2.1/INSTALL_RECEIPT.json': '{"installed_on_request":true}',
      '/home/linuxbrew/.linuxbrew/Cellar/jq/1.7.1_1/INSTALL_RECEIPT.json': '{"installed_on_request":true}',
      '/home/linuxbrew/.linuxbrew/Cellar/oniguruma/6.9.9/INSTALL_RECEIPT.json': '{"installed_on_request":false}',
    },
    ['homebrew jq 1.7.1', 'homebrew wget 1.24.5'],
  ],
  [
    "the Nix profile's, by either of its manifests",
    {
      '/home/ada/.nix-profile/manifest.json': `{"version":3,"elements":{"off":{"active":false,"storePaths":["/nix/store/${HASH}-off-1.0"]},"jq":{"storePaths":["/nix/store/${HASH}-jq-1.7.1-bin"]}}}`,
      '/nix/var/nix/profiles/per-user/bo/profile/manifest.json': `{"version":2,"elements":[{"active":true,"storePaths":["/nix/store/${HASH}-python3-3.11.8-env"]}]}`,
      '/nix/var/nix/profiles/default/manifest.nix': `[ { name = "nix-2.18.1"; outPath = "/nix/store/${HASH}-nix-2.18.1"; } ]`,
    },
    ['nix jq 1.7.1', 'nix nix 2.18.1', 'nix python3 3.11.8'],
  ],
  [
    "PyPy's, Fedora's gems, and what root's yarn has",
    {
      '/opt/pypy3.10/bin/pypy3': exec,
      '/opt/pypy3.10/lib/pypy3.10/site-packages/cffi-1.16.0.dist-info/METADATA': '',
      '/usr/share/gems/specifications/bundler-2.5.6.gemspec': '',
      '/usr/local/share/gems/specifications/puma-6.4.2.gemspec': '',
      '/home/ada/.local/share/gem/ruby/specifications/colorize-1.1.0.gemspec': '',
      '/usr/local/share/.config/yarn/global/package.json': '{"dependencies":{"serve":"14.2.1"}}',
    },
    ['gem bundler 2.5.6', 'gem colorize 1.1.0', 'gem puma 6.4.2', 'python cffi 1.16.0', 'yarn serve 14.2.1'],
  ],
  [
    'those of older managers, and of places that users chose',
    {
      '/home/ada/.npmrc': '//npm.example.com/:_authToken=x\nprefix = ~/tools\n',
      '/home/ada/tools/lib/node_modules/tsx/package.json': '{"name":"tsx","version":"4.1.0"}',
      '/home/ada/.volta/tools/image/packages/@vue/cli/lib/node_modules/@vue/cli/package.json':
        '{"name":"@vue/cli","version":"5.0.8"}',
      '/home/ada/.cargo/.crates.toml': '[v1]\n"bat 0.18.0 (registry+x)" = ["bat"]\n',
      '/home/ada/.config/composer/vendor/composer/installed.json': '[{"name":"phpunit/phpunit","version":"9.6.0"}]',
      '/usr/share/rubygems-integration/all/specifications/rake-13.0.6.gemspec': '',
      '/home/ada/go/bin/old': {
        base64: oldGoBinary('path\texample.com/old\nmod\texample.com/old\tv0.9.1\th1:x=\n'),
        exec: true,
      },
      '/usr/bin/python3.12': exec,
      '/usr/lib64/python3.12/site-packages/dnf-4.19.0-py3.12.egg-info': '',
      '/var/lib/apt': { folder: true },
      '/var/lib/dpkg/status': 'Package: git\nStatus: install ok installed\nVersion: 1:2.39.5-0\n',
    },
    [
      'cargo bat 0.18.0',
      'composer phpunit/phpunit 9.6.0',
      'dpkg git 2.39.5',
      'gem rake 13.0.6',
      'go example.com/old 0.9.1',
      'npm @vue/cli 5.0.8',
      'npm tsx 4.1.0',
      'python dnf 4.19.0',
    ],
  ],
  [
    'each package of the Nix profile once, though it has two names',
    {
      '/home/ada/.nix-profile': { link: '/home/ada/.local/state/nix/profiles/profile' },
      '/home/ada/.local/state/nix/profiles/profile': { link: '/nix/store/p' },
      '/nix/store/p/manifest.json': `{"version":2,"elements":[{"active":true,"storePaths":["/nix/store/${HASH}-ripgrep-14.1.0","/nix/store/${HASH}-ripgrep-14.1.0-man"]}]}`,
    },
    ['nix ripgrep 14.1.0'],
  ],
])('finds %s', async (_, files, expected) => {
  expect(await packagesOf(files)).toEqual(expected);
});

test('where the two records of cargo differ, the one counts that cargo trusts', async () => {
  const files = {
    '/home/ada/.cargo/.crates.toml': '[v1]\n"bat 0.18.0 (registry+x)" = ["bat"]\n',
    '/home/ada/.cargo/.crates2.json': '{"installs":{"gone 1.0.0 (registry+x)":{"bins":["gone"]}}}',
  };
  expect(await packagesOf(files)).toEqual(['cargo bat 0.18.0']);
});

test('manifests that are no manifests are passed over', async () => {
  const junk = ['null', '[]', '5', '{"elements":5,"installs":[],"packages":{},"dependencies":null}', '{'.repeat(9999)];
  for (const text of junk) {
    const files = {
      '/home/ada/.cargo/.crates2.json': text,
      '/home/ada/.nix-profile/manifest.json': text,
      '/home/ada/.bun/install/global/package.json': text,
      '/home/ada/.config/composer/vendor/composer/installed.json': text,
    };
    expect(await packagesOf(files)).toEqual([]);
  }
});

test("what Volta installed on Windows, where npm's prefix has no `lib`", async () => {
  const local = 'C:\\Users\\ada\\AppData\\Local';
  const place = `${local}\\Volta\\tools\\image\\packages\\typescript\\node_modules\\typescript\\package.json`;
  const options = { os: 'windows', env: { LOCALAPPDATA: local } } as const;
  expect(await packagesOf({ [place]: '{"name":"typescript","version":"5.3.3"}' }, options)).toEqual([
    'npm typescript 5.3.3',
  ]);
});

test('where settings of Cargo and Go say that programs go', async () => {
  const files = {
    '/home/ada/.cargo/config.toml': '[build]\njobs = 1\n[install]\nroot = "/srv/cargo"\n[net]\n',
    '/srv/cargo/.crates2.json': '{"installs":{"ripgrep 14.1.0 (registry+x)":{"bins":["rg"]}}}',
    '/home/ada/.config/go/env': 'GOPROXY=direct\nGOBIN=/srv/go\n',
    '/srv/go/tool': {
      base64: goBinary('path\texample.com/tool\nmod\texample.com/tool\tv1.2.3\th1:x=\n'),
      exec: true as const,
    },
  };
  expect(await packagesOf(files)).toEqual(['cargo ripgrep 14.1.0', 'go example.com/tool 1.2.3']);
});
