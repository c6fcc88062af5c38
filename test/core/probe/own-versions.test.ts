import { expect, test } from 'vitest';
import { elfBinary } from './binaries';
import { copiesOf, exec, machine, probe } from './machine';

const HOME = '/home/ada';

test.each([
  ['0.19.1-6', '0.19.1'],
  ['2.0.0', '?'],
])("npm's elm %s is the compiler %s", async (packaged, version) => {
  const host = machine({
    '/usr/lib/node_modules/elm/bin/elm': exec,
    '/usr/lib/node_modules/elm/package.json': `{"name":"elm","version":"${packaged}"}`,
    '/usr/bin/elm': { link: '../lib/node_modules/elm/bin/elm' },
  });
  expect(await copiesOf(host, 'elm')).toEqual([`active ${version} npm /usr/bin/elm`]);
});

test('version managers call Elixir by the OTP that it is built for, too', async () => {
  const path = `${HOME}/.asdf/installs/elixir/1.18.4-otp-27/bin/elixir`;
  expect(await copiesOf(machine({ [path]: exec }), 'elixir')).toEqual([`off 1.18.4 asdf ${path}`]);
});

test('Dart inside of Flutter has a version of its own', async () => {
  const root = `${HOME}/fvm/versions/3.32.6`;
  const files = { [`${root}/bin/dart`]: exec, [`${root}/version`]: '3.32.6' };
  const told = { [`${root}/bin/cache/dart-sdk/version`]: '3.8.1\n' };
  expect(await copiesOf(machine({ ...files, ...told }), 'dart')).toEqual([`off 3.8.1 fvm ${root}/bin/dart`]);
});

test("parts of Homebrew's LLVM and GCC are of their version", async () => {
  const cellar = '/opt/homebrew/Cellar';
  const files = Object.fromEntries(
    ['llvm/20.1.7/bin/clangd', 'llvm/20.1.7/bin/lldb', 'gcc/15.1.0/bin/g++-15', 'gcc/15.1.0/bin/gfortran'].map(
      (place) => [`${cellar}/${place}`, exec],
    ),
  );
  const host = machine(files, { os: 'darwin', path: [`${cellar}/llvm/20.1.7/bin`, `${cellar}/gcc/15.1.0/bin`] });
  const { installations } = await probe(host);
  expect(installations.map(({ tool, version }) => `${tool} ${version}`)).toEqual([
    'clangd 20.1.7',
    'g++ 15.1.0',
    'gfortran 15.1.0',
    'lldb 20.1.7',
  ]);
});

test('Git is called by what it tells servers', async () => {
  const text = '.git/info\0git/%s\0git/2.50.1 (Apple Git-155)\0';
  const base64 = elfBinary('.rodata', Buffer.from(text));
  const host = machine({ '/usr/local/bin/git': { base64, exec: true } }, { path: ['/usr/local/bin'] });
  expect(await copiesOf(host, 'git')).toEqual(['active 2.50.1 manual /usr/local/bin/git']);
});

test('what pyenv built of others than CPython is of pyenv', async () => {
  const path = `${HOME}/.pyenv/versions/pypy3.10-7.3.17/bin/python3`;
  expect(await copiesOf(machine({ [path]: exec }), 'python')).toEqual([`off ? pyenv ${path}`]);
});

test('a version that links stand for has its own place', async () => {
  const installs = `${HOME}/.local/share/mise/installs/node`;
  const host = machine({ [`${installs}/22.17.0/bin/node`]: exec, [`${installs}/22`]: { link: './22.17.0' } });
  expect(await copiesOf(host, 'node')).toEqual([`off 22.17.0 mise ${installs}/22.17.0/bin/node`]);
});

test('MacVim is a Vim', async () => {
  const app = '/Applications/MacVim.app';
  const info =
    '<plist version="1.0"><dict><key>CFBundleShortVersionString</key><string>9.1.1128</string></dict></plist>';
  const host = machine({ [`${app}/Contents/Info.plist`]: info }, { os: 'darwin', path: [] });
  expect(await copiesOf(host, 'vim')).toEqual([`off 9.1.1128 app ${app}`]);
});

test('a program that the command line tools lack is told so', async () => {
  const tools = '/Library/Developer/CommandLineTools/usr/bin';
  const host = machine({ '/usr/bin/svn': exec, [`${tools}/clang`]: exec }, { os: 'darwin', path: ['/usr/bin'] });
  const { failures } = await probe(host);
  expect(failures.map(({ reason }) => reason)).toContain('/Library/Developer/CommandLineTools has no svn');
});

test('of several versions of a port each program is of its own', async () => {
  const software = '/opt/local/var/macports/software';
  const archive = (name: string) => `${software}/${name.replace(/-[^-]*$/, '')}/${name}_0.darwin_23.arm64.tbz2`;
  const files = Object.fromEntries([
    ...['python311-3.11.13', 'python38-3.8.20', 'php83-8.3.22', 'php84-8.4.8', 'cargo-0.88.0'].map((name) => [
      archive(name),
      '',
    ]),
    ...['python3.11', 'python3.8', 'php83', 'cargo'].map((name) => [`/opt/local/bin/${name}`, exec]),
  ]);
  const { installations } = await probe(machine(files, { os: 'darwin', path: ['/opt/local/bin'] }));
  expect(installations.map(({ path, version }) => `${path.slice('/opt/local/bin/'.length)} ${version}`)).toEqual([
    'cargo 1.87.0',
    'php83 8.3.22',
    'python3.11 3.11.13',
    'python3.8 3.8.20',
  ]);
});

test.each([
  ['/Library/Frameworks/Python.framework/Versions/3.12', 'lib/python3.12', 'python.org'],
  ['/opt/homebrew/Cellar/python@3.12/3.12.11', 'Frameworks/Python.framework/Versions/3.12/lib/python3.12', 'homebrew'],
])('pip of a Python for macOS in %s', async (root, library, manager) => {
  const host = machine(
    {
      [`${root}/bin/pip3.12`]: exec,
      [`${root}/${library}/site-packages/pip-25.1.1.dist-info/METADATA`]: '',
      '/usr/local/bin/pip3': { link: `${root}/bin/pip3.12` },
    },
    { os: 'darwin', path: ['/usr/local/bin'] },
  );
  expect(await copiesOf(host, 'pip')).toEqual([`active 25.1.1 ${manager} /usr/local/bin/pip3`]);
});

test("RubyGems' own file tells its version, and the newer of two", async () => {
  const root = `${HOME}/.rbenv/versions/3.4.4`;
  const own = {
    [`${root}/bin/gem`]: exec,
    [`${root}/lib/ruby/3.4.0/rubygems.rb`]: 'module Gem\n  VERSION = "3.6.7"\n',
  };
  const updated = { [`${root}/lib/ruby/site_ruby/3.4.0/rubygems.rb`]: 'module Gem\n  VERSION = "3.7.1"\n' };
  expect(await copiesOf(machine(own), 'gem')).toEqual([`off 3.6.7 rbenv ${root}/bin/gem`]);
  expect(await copiesOf(machine({ ...own, ...updated }), 'gem')).toEqual([`off 3.7.1 rbenv ${root}/bin/gem`]);
});

test("macOS' zsh has its modules below /usr, and Amazon's installer leaves a receipt", async () => {
  const receipt = '<plist version="1.0"><dict><key>PackageVersion</key><string>2.27.50</string></dict></plist>';
  const host = machine(
    {
      '/bin/zsh': exec,
      '/usr/lib/zsh/5.9/zsh/complete.so': '',
      '/usr/local/aws-cli/aws': exec,
      '/usr/local/bin/aws': { link: '/usr/local/aws-cli/aws' },
      '/var/db/receipts/com.amazon.aws.cli2.plist': receipt,
    },
    { os: 'darwin', path: ['/bin', '/usr/local/bin'] },
  );
  expect(await copiesOf(host, 'zsh')).toEqual(['active 5.9 macos /bin/zsh']);
  expect(await copiesOf(host, 'aws')).toEqual(['active 2.27.50 manual /usr/local/bin/aws']);
});

test.each([
  ['clang', '/opt/clang+llvm-17.0.6-x86_64-linux-gnu-ubuntu-22.04/bin/clang', '17.0.6'],
  ['lldb', '/opt/clang+llvm-17.0.6-x86_64-linux-gnu-ubuntu-22.04/bin/lldb', '17.0.6'],
  ['aws', '/usr/local/aws-cli/v2/2.16.9/dist/aws', '2.16.9'],
])('%s of an archive that its maker calls otherwise', async (tool, path, version) => {
  const host = machine({ [path]: exec, [`/usr/local/bin/${tool}`]: { link: path } });
  expect(await copiesOf(host, tool)).toEqual([`active ${version} manual /usr/local/bin/${tool}`]);
});

test('applications of macOS that have no program on PATH are told by their bundles', async () => {
  const plist = (version: string) =>
    `<plist><dict><key>CFBundleShortVersionString</key><string>${version}</string></dict></plist>`;
  const host = machine(
    {
      '/Applications/UTM.app/Contents/Info.plist': plist('4.6.5'),
      '/Applications/Postgres.app/Contents/Info.plist': plist('2.8.1'),
      '/Applications/Zen.app/Contents/Info.plist': plist('1.14.5'),
      '/Applications/rio.app/Contents/Info.plist': plist('0.2.12'),
    },
    { os: 'darwin' },
  );
  const { installations } = await probe(host);
  expect(installations.map(({ tool, version, manager }) => `${tool} ${version} ${manager}`)).toEqual([
    'postgres-app 2.8.1 app',
    'rio 0.2.12 app',
    'utm 4.6.5 app',
    'zen-browser 1.14.5 app',
  ]);
});
