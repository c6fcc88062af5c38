import { expect, test } from 'vitest';
import { peBinary } from './binaries';
import { copiesOf, exec, machine } from './machine';

const USER = 'C:\\Users\\ada';
const windows = (files: Parameters<typeof machine>[0], path: readonly string[] = []) =>
  machine(files, { os: 'windows', path, env: { ProgramFiles: 'C:\\Program Files', ProgramData: 'C:\\ProgramData' } });

test('an environment of conda without a record of its own is not of the version of its root', async () => {
  const root = `${USER}\\miniconda3`;
  const host = windows({
    [`${root}\\python.exe`]: exec,
    [`${root}\\conda-meta\\python-3.12.11-h3_0.json`]: '{}',
    [`${root}\\envs\\ml\\python.exe`]: exec,
  });
  expect(await copiesOf(host, 'python')).toEqual([
    `off ? conda ${root}\\envs\\ml\\python.exe`,
    `off 3.12.11 conda ${root}\\python.exe`,
  ]);
});

test('shims of GHCup lead to what their files name', async () => {
  const host = windows(
    {
      'C:\\ghcup\\bin\\ghc.exe': exec,
      'C:\\ghcup\\bin\\ghc.shim': 'path = C:\\ghcup\\ghc\\9.10.2\\bin\\ghc.exe\r\n',
      'C:\\ghcup\\ghc\\9.10.2\\bin\\ghc.exe': exec,
      'C:\\ghcup\\bin\\cabal-3.14.2.0.exe': exec,
    },
    ['C:\\ghcup\\bin'],
  );
  expect(await copiesOf(host, 'ghc')).toEqual([
    'active 9.10.2 ghcup C:\\ghcup\\bin\\ghc.exe → C:\\ghcup\\ghc\\9.10.2\\bin\\ghc.exe',
    'off 9.10.2 ghcup C:\\ghcup\\ghc\\9.10.2\\bin\\ghc.exe',
  ]);
});

test("MSYS2's environments have packages of their own", async () => {
  const records = 'C:\\msys64\\var\\lib\\pacman\\local';
  const host = windows({
    'C:\\msys64\\ucrt64\\bin\\gcc.exe': exec,
    'C:\\msys64\\usr\\bin\\gcc.exe': exec,
    [`${records}\\mingw-w64-ucrt-x86_64-gcc-15.1.0-5\\desc`]: '',
    [`${records}\\gcc-13.4.0-2\\desc`]: '',
  });
  expect(await copiesOf(host, 'gcc')).toEqual([
    'off 15.1.0 msys2 C:\\msys64\\ucrt64\\bin\\gcc.exe',
    'off 13.4.0 msys2 C:\\msys64\\usr\\bin\\gcc.exe',
  ]);
});

test.each([
  ['ruby', `${USER}\\scoop\\apps\\ruby\\3.4.4-1\\bin\\ruby.exe`, '3.4.4 scoop'],
  ['gcc', `${USER}\\scoop\\apps\\mingw\\15.1.0-rt_v12-rev0\\bin\\gcc.exe`, '15.1.0 scoop'],
  ['g++', `${USER}\\scoop\\apps\\mingw\\15.1.0-rt_v12-rev0\\bin\\g++.exe`, '15.1.0 scoop'],
])('%s of a build that has a number behind the version', async (tool, path, expected) => {
  expect(await copiesOf(windows({ [path]: exec }), tool)).toEqual([`off ${expected} ${path}`]);
});

test.each([
  ['git', 'C:\\Program Files\\Git\\cmd\\git.exe', '2.50.1.windows.1', '2.50.1'],
  ['powershell', 'C:\\Program Files\\PowerShell\\7\\pwsh.exe', '7.5.2 SHA: 46b2e1f0+46b2e1f0', '7.5.2'],
  ['mysql', 'C:\\Program Files\\MySQL\\MySQL Server 8.4\\bin\\mysql.exe', '8.4.5.0', '8.4.5'],
  ['vim', 'C:\\Program Files\\Vim\\vim91\\vim.exe', '9.1.1128.0', '9.1.1128'],
  ['podman', 'C:\\Program Files\\RedHat\\Podman\\podman.exe', '5.5.2', '5.5.2'],
  [
    'msbuild',
    'C:\\Program Files\\Microsoft Visual Studio\\2022\\Community\\MSBuild\\Current\\Bin\\MSBuild.exe',
    '17.14.10+8b8e13593',
    '17.14.10',
  ],
])('%s tells Windows a version of another form', async (tool, path, told, version) => {
  const host = windows({ [path]: { base64: peBinary(told) } });
  const owner = path.includes('Visual Studio') ? 'visual-studio' : 'manual';
  expect(await copiesOf(host, tool)).toEqual([`off ${version} ${owner} ${path}`]);
});

test('Chocolatey unpacks archives beside its own tools, too', async () => {
  const path = 'C:\\ProgramData\\chocolatey\\lib\\maven\\apache-maven-3.9.10\\bin\\mvn.cmd';
  expect(await copiesOf(windows({ [path]: exec }), 'maven')).toEqual([`off 3.9.10 chocolatey ${path}`]);
});

test('what Visual Studio brings is found, of every edition, and is its', async () => {
  const studio = 'C:\\Program Files\\Microsoft Visual Studio\\2022\\Community';
  const tools = `${studio}\\VC\\Tools\\MSVC`;
  const parts = {
    cmake: `${studio}\\Common7\\IDE\\CommonExtensions\\Microsoft\\CMake\\CMake\\bin\\cmake.exe`,
    ninja: `${studio}\\Common7\\IDE\\CommonExtensions\\Microsoft\\CMake\\Ninja\\ninja.exe`,
    clang: `${studio}\\VC\\Tools\\Llvm\\x64\\bin\\clang.exe`,
    vcpkg: `${studio}\\VC\\vcpkg\\vcpkg.exe`,
    msbuild: `${studio}\\MSBuild\\Current\\Bin\\MSBuild.exe`,
    git: `${studio}\\Common7\\IDE\\CommonExtensions\\Microsoft\\TeamFoundation\\Team Explorer\\Git\\cmd\\git.exe`,
  };
  const older = `C:\\Program Files (x86)\\Microsoft Visual Studio\\2019\\BuildTools\\VC\\Tools\\MSVC\\14.29.30133\\bin\\Hostx64\\x64\\cl.exe`;
  const host = machine(
    Object.fromEntries(
      [...Object.values(parts), `${tools}\\14.44.35207\\bin\\Hostx64\\x64\\cl.exe`, older].map((path) => [path, exec]),
    ),
    { os: 'windows', env: { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' } },
  );
  for (const [tool, path] of Object.entries(parts)) {
    expect(await copiesOf(host, tool)).toEqual([`off ? visual-studio ${path}`]);
  }
  expect([...(await copiesOf(host, 'vs-build-tools'))].sort()).toEqual([
    `off 14.29.30133 visual-studio ${older}`,
    `off 14.44.35207 visual-studio ${tools}\\14.44.35207\\bin\\Hostx64\\x64\\cl.exe`,
  ]);
});
