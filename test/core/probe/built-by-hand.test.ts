import { expect, test } from 'vitest';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { copiesOf, exec, machine, probe } from './machine';

const LOCAL = '/usr/local';

/** As official images and people who build by hand lay tools out. */
test.each<[tool: string, path: string, files: Readonly<Record<string, RecordedEntry>>, version: string]>([
  ['gcc', `${LOCAL}/bin/gcc`, { [`${LOCAL}/lib/gcc/x86_64-linux-gnu/15.1.0/cc1`]: '' }, '15.1.0'],
  ['g++', `${LOCAL}/bin/g++`, { [`${LOCAL}/lib64/gcc/x86_64-pc-linux-gnu/13.2.0/cc1plus`]: '' }, '13.2.0'],
  ['maven', '/usr/share/maven/bin/mvn', { '/usr/share/maven/lib/maven-core-3.9.10.jar': '' }, '3.9.10'],
  [
    'gradle',
    '/opt/gradle/bin/gradle',
    { '/opt/gradle/lib/gradle-core-8.14.3.jar': '', '/opt/gradle/lib/gradle-core-api-8.14.3.jar': '' },
    '8.14.3',
  ],
  ['perl', `${LOCAL}/bin/perl`, { [`${LOCAL}/lib/perl5/5.40.2/strict.pm`]: '' }, '5.40.2'],
  [
    'powershell',
    '/usr/share/powershell/pwsh',
    { '/usr/share/powershell/.store/powershell.linux.x64/7.5.2/project.assets.json': '' },
    '7.5.2',
  ],
  ['dart', '/usr/lib/dart/bin/dart', { '/usr/lib/dart/version': '3.8.1' }, '3.8.1'],
  ['texlive', `${LOCAL}/texlive/2025/bin/x86_64-linux/pdflatex`, {}, '2025'],
  ['rails', '/usr/local/bundle/bin/rails', { '/usr/local/bundle/specifications/rails-8.0.2.gemspec': '' }, '8.0.2'],
])('%s at %s', async (tool, path, files, version) => {
  const host = machine({ [path]: exec, ...files }, { path: [path.replace(/\/[^/]*$/, '')] });
  expect((await copiesOf(host, tool)).map((line) => line.split(' ')[1])).toEqual([version]);
});

test('where two versions lie in one place, neither is taken for the one that is started', async () => {
  const folders = ['12.3.0', '15.1.0'].map((version) => `${LOCAL}/lib/gcc/x86_64-linux-gnu/${version}/cc1`);
  const files = Object.fromEntries(folders.map((folder) => [folder, '']));
  expect(await copiesOf(machine({ [`${LOCAL}/bin/gcc`]: exec, ...files }), 'gcc')).toEqual([
    `active ? manual ${LOCAL}/bin/gcc`,
  ]);
});

test('PyPy has a version of its own, and one of the Python that it is', async () => {
  const host = machine(
    {
      '/opt/pypy/bin/pypy3.11': exec,
      '/opt/pypy/bin/python3': { link: 'pypy3.11' },
      '/opt/pypy/include/pypy3.11/patchlevel.h': '#define PY_VERSION "3.11.13"\n#define PYPY_VERSION "7.3.20"\n',
    },
    { path: ['/opt/pypy/bin'] },
  );
  const { installations } = await probe(host);
  expect(installations.map(({ tool, version }) => `${tool} ${version}`)).toEqual(['pypy 7.3.20', 'python 3.11.13']);
});
