import { expect, test } from 'vitest';
import { copiesOf, exec, machine } from './machine';

const HOME = '/home/ada';

test.each([
  ['.local/share/mise/installs/ubi-BurntSushi-ripgrep/14.1.0/rg', 'ripgrep', '14.1.0 mise'],
  ['.local/share/mise/installs/aqua-cli-cli/2.44.1/gh_2.44.1_linux_amd64/bin/gh', 'gh', '2.44.1 mise'],
  ['.local/share/mise/installs/cargo-eza/0.18.0/bin/eza', 'eza', '0.18.0 mise'],
  ['.local/share/mise/installs/npm-prettier/3.2.5/bin/prettier', 'prettier', '3.2.5 mise'],
  ['.pkgx/nodejs.org/v20.12.0/bin/node', 'node', '20.12.0 pkgx'],
  ['.pkgx/crates.io/bat/v0.24.0/bin/bat', 'bat', '0.24.0 pkgx'],
  ['.stack/programs/x86_64-linux/ghc-tinfo6-9.6.4/bin/ghc', 'ghc', '9.6.4 stack'],
  ['.version-fox/cache/nodejs/v-20.11.1/nodejs-20.11.1/bin/node', 'node', '20.11.1 vfox'],
  ['.anyenv/envs/pyenv/versions/3.11.7/bin/python3', 'python', '3.11.7 pyenv'],
  ['.gobrew/versions/1.21.0/go/bin/go', 'go', '1.21.0 gobrew'],
  ['.ghcup/hls/2.6.0.0/bin/haskell-language-server-wrapper', 'haskell-language-server', '2.6.0.0 ghcup', '.ghcup/bin'],
  ['Android/Sdk/cmake/3.22.1/bin/cmake', 'cmake', '3.22.1 android-sdk'],
])('%s is %s %s', async (path, tool, expected, linked?: string) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const link = linked === undefined ? {} : { [`${HOME}/${linked}/${name}`]: { link: `${HOME}/${path}` } };
  const lines = await copiesOf(machine({ [`${HOME}/${path}`]: exec, ...link }), tool);
  expect(lines).toEqual([`off ${expected} ${HOME}/${linked === undefined ? path : `${linked}/${name}`}`]);
});

test('what lies in a folder that is called as another tool has a version of its own', async () => {
  const npm = `${HOME}/.local/share/mise/installs/node/20.1.0/bin/npm`;
  expect(await copiesOf(machine({ [npm]: exec }), 'npm')).toEqual([`off ? mise ${npm}`]);
});

test('of a folder and the links to it, the folder itself is shown', async () => {
  const root = `${HOME}/.pkgx/deno.land`;
  const files = {
    [`${root}/v1.41.0/bin/deno`]: exec,
    [`${root}/v1`]: { link: 'v1.41.0' },
    [`${root}/v*`]: { link: 'v1' },
  };
  expect(await copiesOf(machine(files), 'deno')).toEqual([`off 1.41.0 pkgx ${root}/v1.41.0/bin/deno`]);
});

test('two servers inside of one application are two', async () => {
  const at = (version: string) => `/Applications/Postgres.app/Contents/Versions/${version}/bin/psql`;
  const lines = await copiesOf(machine({ [at('14')]: exec, [at('16')]: exec }, { os: 'darwin' }), 'psql');
  expect(lines).toEqual([`off ? app ${at('14')}`, `off ? app ${at('16')}`]);
});

test('a JDK of SDKMAN has the version that its release file says, whatever its maker counts', async () => {
  const home = `${HOME}/.sdkman/candidates/java/22.3.5.r17-grl`;
  const files = { [`${home}/bin/java`]: exec, [`${home}/release`]: 'JAVA_VERSION="17.0.10"\n' };
  expect(await copiesOf(machine(files), 'java')).toEqual([`off 17.0.10 sdkman ${home}/bin/java`]);
});

test('what the names of archives say, with the platform before or behind the version', async () => {
  const files = {
    '/opt/zig-linux-x86_64-0.11.0/zig': exec,
    '/opt/zig-x86_64-linux-0.14.1/zig': exec,
    '/usr/local/lib/nodejs/node-v18.19.1-linux-x64/bin/node': exec,
  };
  expect(await copiesOf(machine(files), 'zig')).toEqual([
    'off 0.11.0 manual /opt/zig-linux-x86_64-0.11.0/zig',
    'off 0.14.1 manual /opt/zig-x86_64-linux-0.14.1/zig',
  ]);
  expect(await copiesOf(machine(files), 'node')).toEqual([
    'off 18.19.1 manual /usr/local/lib/nodejs/node-v18.19.1-linux-x64/bin/node',
  ]);
});

test("conda's compilers, which are named with what they make programs for", async () => {
  const root = `${HOME}/miniforge3/envs/ds`;
  const files = { [`${root}/bin/gcc`]: exec, [`${root}/conda-meta/gcc_impl_linux-64-13.2.0-h338b0a0_5.json`]: '{}' };
  expect(await copiesOf(machine(files), 'gcc')).toEqual([`off 13.2.0 conda ${root}/bin/gcc`]);
});

test('a snap whose command prepares for another program of it', async () => {
  const snap = '/snap/code/153';
  const files = {
    '/usr/bin/snap': exec,
    '/snap/bin/code': { link: '/usr/bin/snap' },
    '/snap/code/current': { link: '153' },
    [`${snap}/meta/snap.yaml`]:
      'name: code\nversion: 863d2581\napps:\n  code:\n    command: electron-launch $SNAP/usr/share/code/bin/code\n',
    [`${snap}/electron-launch`]: exec,
    [`${snap}/usr/share/code/bin/code`]: exec,
    [`${snap}/usr/share/code/resources/app/package.json`]: '{"version":"1.87.2"}',
  };
  const [line] = await copiesOf(machine(files, { path: ['/snap/bin'] }), 'vscode');
  expect(line).toBe('active 1.87.2 snap /snap/bin/code → /snap/code/current/usr/share/code/bin/code');
});
