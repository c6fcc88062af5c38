import { expect, test } from 'vitest';
import { copiesOf, exec, machine } from './machine';

test('what lies beside a language in the store of a version manager is found, too', async () => {
  const python = '/home/ada/.pyenv/versions/3.12.1';
  const node = '/home/ada/.nvm/versions/node/v20.1.0';
  const host = machine({
    [`${python}/bin/python3`]: exec,
    [`${python}/bin/pip3`]: { exec: `#!${python}/bin/python3\nfrom pip._internal.cli.main import main\n` },
    [`${python}/bin/pip`]: { link: 'pip3' },
    [`${python}/lib/python3.12/site-packages/pip-24.0.dist-info/METADATA`]: '',
    [`${node}/bin/node`]: exec,
    [`${node}/bin/npm`]: { link: '../lib/node_modules/npm/bin/npm-cli.js' },
    [`${node}/lib/node_modules/npm/bin/npm-cli.js`]: exec,
    [`${node}/lib/node_modules/npm/package.json`]: '{"name":"npm","version":"9.6.4"}',
    '/usr/lib/jvm/java-17/bin/java': exec,
    '/usr/lib/jvm/java-17/bin/git': exec,
  });
  expect(await copiesOf(host, 'pip')).toEqual([`off 24.0 pyenv ${python}/bin/pip3`]);
  expect(await copiesOf(host, 'npm')).toEqual([`off 9.6.4 nvm ${node}/bin/npm`]);
  // A folder that no manager made is only looked at for what the catalog names there.
  expect(await copiesOf(host, 'git')).toEqual([]);
});

test.each([[['python3', 'python3.11']], [['python3.11', 'python3']]])(
  'names of which none tells a version are kept apart, in whatever order they are listed: %j',
  async (names) => {
    const files = Object.fromEntries(names.map((name) => [`/opt/x/bin/${name}`, exec]));
    expect(await copiesOf(machine(files, { path: ['/opt/x/bin'] }), 'python')).toEqual([
      'active ? manual /opt/x/bin/python3',
      'named ? manual /opt/x/bin/python3.11',
    ]);
  },
);

test('of programs in one folder, the one that PATH starts first stands for all', async () => {
  const files = {
    '/opt/b/bin/node': exec,
    '/opt/a/bin/node': { link: '/opt/b/bin/go' },
    '/opt/b/bin/go': exec,
  } as const;
  const host = machine(files, { path: ['/opt/b/bin', '/opt/a/bin'] });
  expect(await copiesOf(host, 'node')).toEqual(['active ? manual /opt/b/bin/node']);
});
