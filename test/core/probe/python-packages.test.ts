import { expect, test } from 'vitest';
import { copiesOf, exec, machine, probe } from './machine';

const LOCAL = '/usr/local';
const script = (python: string, module: string) => ({ exec: `#!${python}\nimport sys\nfrom ${module} import main\n` });
const record = (python: string, name: string) => ({
  [`${LOCAL}/lib/python${python}/site-packages/${name}.dist-info/METADATA`]: '',
});

/** What `make altinstall` of two versions leaves. */
const TWO_PYTHONS = Object.fromEntries(
  [
    ['3.9', '3.9.19'],
    ['3.12', '3.12.4'],
  ].flatMap(([minor, version]) => [
    [`${LOCAL}/bin/python${minor}`, exec],
    [`${LOCAL}/include/python${minor}/patchlevel.h`, `#define PY_VERSION "${version}"`],
  ]),
);

test('of several Pythons in one place each has its own version', async () => {
  const { installations } = await probe(machine(TWO_PYTHONS));
  expect(installations.map(({ path, version }) => `${path} ${version}`)).toEqual([
    `${LOCAL}/bin/python3.12 3.12.4`,
    `${LOCAL}/bin/python3.9 3.9.19`,
  ]);
});

test('the headers of another version say nothing of a Python', async () => {
  const { [`${LOCAL}/include/python3.9/patchlevel.h`]: _, ...files } = TWO_PYTHONS;
  expect(await copiesOf(machine(files), 'python')).toContain(`named ? manual ${LOCAL}/bin/python3.9`);
});

test('a script belongs to the Python that it is started with', async () => {
  const host = machine({
    ...TWO_PYTHONS,
    [`${LOCAL}/bin/python3`]: { link: 'python3.12' },
    ...record('3.9', 'black-23.1.0'),
    ...record('3.12', 'black-24.4.2'),
    [`${LOCAL}/bin/black`]: script(`${LOCAL}/bin/python3`, 'black'),
    ...record('3.9', 'pip-23.0.1'),
    ...record('3.12', 'pip-24.1'),
    [`${LOCAL}/bin/pip3`]: script(`${LOCAL}/bin/python3.12`, 'pip._internal.cli.main'),
    [`${LOCAL}/bin/pip3.9`]: script(`${LOCAL}/bin/python3.9`, 'pip._internal.cli.main'),
  });
  expect(await copiesOf(host, 'black')).toEqual([`active 24.4.2 pip ${LOCAL}/bin/black`]);
  expect(await copiesOf(host, 'pip')).toEqual([
    `active 24.1 pip ${LOCAL}/bin/pip3`,
    `named 23.0.1 pip ${LOCAL}/bin/pip3.9`,
  ]);
});

test("a script is not of the version of what it imports, where it is no package's", async () => {
  const host = machine({
    [`${LOCAL}/bin/ninja`]: script('/usr/bin/python3', 'yaml'),
    ...record('3.12', 'yaml-6.0.1'),
  });
  expect(await copiesOf(host, 'ninja')).toEqual([`active ? manual ${LOCAL}/bin/ninja`]);
});

test('Ansible is of the version of its core, whatever collection it came with', async () => {
  const host = machine({
    [`${LOCAL}/bin/ansible`]: script(`${LOCAL}/bin/python3.12`, 'ansible.cli.adhoc'),
    ...record('3.12', 'ansible-10.1.0'),
    ...record('3.12', 'ansible_core-2.17.1'),
  });
  expect(await copiesOf(host, 'ansible')).toEqual([`active 2.17.1 pip ${LOCAL}/bin/ansible`]);
});

test('what pipx noted tells the version where the package itself does not', async () => {
  const venv = '/home/ada/.local/share/pipx/venvs/black';
  const metadata = {
    main_package: { package: 'black', package_version: '24.10.0', apps: ['black', 'blackd'] },
    injected_packages: { isort: { package: 'isort', package_version: '5.13.2', apps: ['isort'] } },
  };
  const host = machine({
    [`${venv}/pipx_metadata.json`]: JSON.stringify(metadata),
    [`${venv}/bin/black`]: script(`${venv}/bin/python`, 'black'),
    [`${venv}/bin/isort`]: script(`${venv}/bin/python`, 'isort'),
    '/home/ada/.local/bin/black': { link: `${venv}/bin/black` },
    '/home/ada/.local/bin/isort': { link: `${venv}/bin/isort` },
  });
  expect(await copiesOf(host, 'black')).toEqual(['off 24.10.0 pipx /home/ada/.local/bin/black']);
  expect(await copiesOf(host, 'isort')).toEqual(['off 5.13.2 pipx /home/ada/.local/bin/isort']);
});
