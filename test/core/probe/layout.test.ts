import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import { isPackageOf, readLayout } from '../../../src/core/probe/layout';
import { layoutRules } from '../../../src/core/probe/layout-rules';
import { offlineHost } from '../../../src/core/probe/offline-host';
import { copiesOf, exec, machine } from './machine';

const HASH = 'a'.repeat(32);

test.each([
  [`/nix/store/${HASH}-nodejs-20.11.1/bin/node`, 'nix nodejs 20.11.1'],
  [`/nix/store/${HASH}-git-2.44.0-doc/bin/git`, 'nix git 2.44.0-doc'],
  [`/nix/store/${HASH}-source/bin/x`, 'nix source -'],
  [`/gnu/store/${HASH}-git-minimal-2.46.0/bin/git`, 'guix git-minimal 2.46.0'],
  [`/gnu/store/${HASH}-gcc-14.2.0-lib/bin/gcc`, 'guix gcc 14.2.0'],
  [`/gnu/store/${HASH}-profile/bin/git`, 'guix profile -'],
  ['/opt/homebrew/Cellar/node@20/20.11.1_1/bin/node', 'homebrew node@20 20.11.1'],
  ['/home/linuxbrew/.linuxbrew/Cellar/jq/1.7.1/bin/jq', 'homebrew jq 1.7.1'],
  ['/Users/ada/.asdf/installs/golang/1.22.3/go/bin/go', 'asdf golang 1.22.3'],
  ['/home/ada/.local/share/mise/installs/node/22.1.0/bin/node', 'mise node 22.1.0'],
  ['/home/ada/.pyenv/versions/3.11.7/bin/python3.11', 'pyenv python 3.11.7'],
  ['/home/ada/.rbenv/versions/3.3.0/bin/ruby', 'rbenv ruby 3.3.0'],
  ['/home/ada/.nvm/versions/node/v20.1.0/bin/node', 'nvm node 20.1.0'],
  ['/home/ada/.local/share/fnm/node-versions/v18.19.0/installation/bin/node', 'fnm node 18.19.0'],
  ['/home/ada/.volta/tools/image/node/20.5.0/bin/node', 'volta node 20.5.0'],
  ['/home/ada/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/rustc', 'rustup - -'],
  ['/home/ada/.sdkman/candidates/java/21.0.2-tem/bin/java', 'sdkman java 21.0.2-tem'],
  ['/home/ada/.local/share/uv/python/cpython-3.12.3-linux-x86_64-gnu/bin/python3', 'uv python 3.12.3'],
  ['/home/ada/.local/share/uv/tools/ruff/bin/ruff', 'uv ruff -'],
  ['/home/ada/.local/pipx/venvs/poetry/bin/poetry', 'pipx poetry -'],
  ['/home/ada/.ghcup/bin/cabal-3.10.2.1', 'ghcup cabal 3.10.2.1'],
  ['/home/ada/.cargo/bin/rustup', 'rustup rustup -'],
  ['/home/ada/.cargo/bin/rg', 'cargo - -'],
  ['/home/ada/go/bin/gopls', 'go - -'],
  ['/snap/go/10339/bin/go', 'snap go -'],
  ['C:/Users/ada/scoop/apps/nodejs/20.11.1/node.exe', 'scoop nodejs 20.11.1'],
  ['C:/ProgramData/chocolatey/lib/jq/tools/jq.exe', 'chocolatey jq -'],
  [
    'C:/Users/ada/AppData/Local/Microsoft/WinGet/Packages/jqlang.jq_Microsoft.Winget.Source_8wekyb/jq.exe',
    'winget jqlang.jq -',
  ],
  ['/usr/lib/node_modules/npm/bin/npm-cli.js', 'npm npm -'],
])('reads the place %s', (path, expected) => {
  const layout = readLayout(path);
  expect(`${layout?.manager} ${layout?.package ?? '-'} ${layout?.version ?? '-'}`).toBe(expected);
});

test.each(['/usr/bin/git', '/usr/local/bin/node', '/home/ada/bin/tool'])('tells nothing of %s', (path) => {
  expect(readLayout(path)).toBeUndefined();
});

test.each([
  ['python', 'python3.11-minimal', true],
  ['java', 'openjdk-17-jre-headless', true],
  ['gcc', 'gcc-12', true],
  ['ld', 'binutils-x86-64-linux-gnu', true],
  ['git', 'git-core', true],
  ['node', 'nodejs', true],
  ['kubectl', 'google-cloud-cli', false],
  ['npm', 'nodejs-doc', false],
  ['git', 'gitk', false],
])('of %s, the package %s is the tool itself: %s', (id, name, expected) => {
  expect(isPackageOf(catalog.findById(id)!, name)).toBe(expected);
});

test('what Guix put into a profile is found, on PATH of its own system too', async () => {
  const store = `/gnu/store/${HASH}`;
  const files = {
    [`${store}-git-2.46.0/bin/git`]: exec,
    [`${store}-node-20.11.1/bin/node`]: exec,
    [`${store}-profile/bin/node`]: { link: `${store}-node-20.11.1/bin/node` },
    '/var/guix/profiles/per-user/ada/guix-profile': { link: `${store}-profile` },
    '/home/ada/.guix-profile': { link: '/var/guix/profiles/per-user/ada/guix-profile' },
    '/run/current-system/profile/bin/git': { link: `${store}-git-2.46.0/bin/git` },
    '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\n',
  } as const;
  expect(await copiesOf(machine(files), 'node')).toEqual(['off 20.11.1 guix /home/ada/.guix-profile/bin/node']);
  const host = offlineHost(machine(files).fs, 'rootfs:/');
  expect(await copiesOf(host, 'node')).toEqual(['active 20.11.1 guix /home/ada/.guix-profile/bin/node']);
  expect(await copiesOf(host, 'git')).toEqual(['active 2.46.0 guix /run/current-system/profile/bin/git']);
});

test('a rule is known by the folders that it names: whichever path its pattern is found in', () => {
  for (const { match } of layoutRules) {
    const sample = match.source
      .replace(/\(\?<(?![=!])\w+>/g, '(?:')
      .replace(/\(\?<?[!=](?:[^()]|\([^()]*\))*\)/g, '')
      .replace(/\[\^[^\]]*\]/g, '[a-z0-9_-]')
      .replace(/^(?!\^)/, '^')
      .replace(/(?<!\$)$/, '$');
    for (const found of fc.sample(fc.stringMatching(new RegExp(sample)), { numRuns: 4, seed: 1 })) {
      for (const path of [found, `/home/ada${found}`, `${found}bin/x`]) {
        const expected = layoutRules.find((rule) => rule.match.test(path))?.manager;
        expect([path, isSystemProgram(path) ? expected : readLayout(path)?.manager]).toEqual([path, expected]);
      }
    }
  }
});

function isSystemProgram(path: string): boolean {
  return /^\/(?:usr\/)?s?bin\/[^/]+$/.test(path);
}
