import { expect, test } from 'vitest';
import { copiesOf, exec, machine } from './machine';

const root = '/usr/share/dotnet';
const sdks = ['6.0.428', '8.0.110', '8.0.404', '8.0.401', '9.0.101', '10.0.100-rc.1.25451.107'];
const files = {
  [`${root}/dotnet`]: exec,
  '/usr/bin/dotnet': { link: '../share/dotnet/dotnet' },
  ...Object.fromEntries(sdks.map((version) => [`${root}/sdk/${version}/dotnet.dll`, ''])),
};

test('every SDK is a copy; the program starts the newest', async () => {
  const copies = await copiesOf(machine(files), 'dotnet');
  expect(copies[0]).toBe('active 10.0.100-rc.1.25451.107 manual /usr/bin/dotnet');
  expect(copies.slice(1).sort()).toEqual(
    ['6.0.428', '8.0.110', '8.0.401', '8.0.404', '9.0.101'].map(
      (version) => `off ${version} manual ${root}/sdk/${version}/dotnet.dll`,
    ),
  );
});

test.each([
  ['{ "sdk": { "version": "8.0.400" } }', '8.0.404'],
  ['{ /* pinned */ "sdk": { "version": "8.0.100", "rollForward": "feature", }, }', '8.0.110'],
  ['{ "sdk": { "version": "8.0.100", "rollForward": "latestFeature" } }', '8.0.404'],
  ['{ "sdk": { "version": "8.0.401", "rollForward": "disable" } }', '8.0.401'],
  ['{ "sdk": { "version": "8.0.401", "rollForward": "patch" } }', '8.0.401'],
  ['{ "sdk": { "version": "7.0.100", "rollForward": "major" } }', '8.0.110'],
  ['{ "sdk": { "version": "7.0.100", "rollForward": "latestMajor" } }', '9.0.101'],
])('global.json %s starts %s', async (text, version) => {
  const host = machine({ ...files, '/home/ada/project/global.json': text, '/home/ada/project/src/x': '' });
  const copies = await copiesOf(host, 'dotnet', '/home/ada/project/src');
  expect(copies[0]).toBe(`active ${version} manual /usr/bin/dotnet → ${root}/sdk/${version}/dotnet.dll`);
});

test.each(['{ "sdk": { "version": "5.0.100" } }', '{ "msbuild-sdks": {} }', '{'])(
  'global.json %s leaves the newest',
  async (text) => {
    const host = machine({ ...files, '/p/global.json': text });
    expect((await copiesOf(host, 'dotnet', '/p'))[0]).toMatch(/^active 10\.0\.100-rc\S* manual \/usr\/bin\/dotnet$/);
  },
);
