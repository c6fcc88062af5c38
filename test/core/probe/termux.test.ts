import { expect, test } from 'vitest';
import { seeHost } from '../../../src/core/environment';
import { offlineHost } from '../../../src/core/probe/offline-host';
import { readReleaseFiles } from '../../../src/core/probe/release-files';
import { copiesOf, exec, machine } from './machine';

const HOME = '/data/data/com.termux/files/home';
const PREFIX = '/data/data/com.termux/files/usr';

const files = {
  '/system/build.prop': 'ro.product.model=x\nro.build.version.release=14\n',
  [`${PREFIX}/bin/bash`]: exec,
  [`${PREFIX}/bin/git`]: exec,
  [`${PREFIX}/bin/python3.12`]: exec,
  [`${PREFIX}/bin/python3`]: { link: 'python3.12' },
  [`${PREFIX}/etc/profile`]: `. ${PREFIX}/etc/bash.bashrc\n[ -r ~/.bashrc ] && . ~/.bashrc\n`,
  [`${PREFIX}/etc/bash.bashrc`]: 'true\n',
  [`${PREFIX}/var/lib/dpkg/status`]: ['git 2.46.2', 'python 3.12.7-1']
    .map((one) => one.split(' '))
    .map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n`)
    .join('\n'),
  [`${PREFIX}/var/lib/dpkg/info/git.list`]: `/.\n${PREFIX}/bin/git\n`,
  [`${PREFIX}/var/lib/dpkg/info/python.list`]: `/.\n${PREFIX}/bin/python3.12\n`,
  [`${HOME}/.bashrc`]: 'PATH=$HOME/.local/bin:$PATH\n',
};

test('Termux: its own prefix, packages, profile and home', async () => {
  const host = offlineHost(machine(files).fs, 'rootfs:/phone');
  expect(host).toMatchObject({ home: HOME, pathEntries: [`${PREFIX}/bin`] });
  expect(readReleaseFiles(host)).toEqual({ distribution: 'Termux on Android', release: '14' });
  expect(await copiesOf(host, 'git')).toEqual([`active 2.46.2 dpkg ${PREFIX}/bin/git`]);
  expect(await copiesOf(host, 'python')).toEqual([`active 3.12.7 dpkg ${PREFIX}/bin/python3`]);
  const seen = await seeHost(host, { run: false, deadline: 0 });
  const contexts = 'derive' in seen ? await (await seen.derive()).settled : [];
  const login = contexts.find(({ id }) => id === 'login');
  expect(login).toMatchObject({ shell: `${PREFIX}/bin/bash`, entries: [`${HOME}/.local/bin`, `${PREFIX}/bin`] });
  expect(login?.doubts).toEqual([]);
});
