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
