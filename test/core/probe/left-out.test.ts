import { expect, test } from 'vitest';
import { findEnvironment } from '../../../src/core/environment/findings';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { offlineHost } from '../../../src/core/probe/offline-host';
import { exec, machine, probe } from './machine';

const many = (count: number, path: (index: number) => string, entry: RecordedEntry = exec) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [path(index), entry]));

test('thousands of versions of one manager are all found', async () => {
  const host = machine(many(1200, (index) => `/home/ada/.asdf/installs/nodejs/20.0.${index}/bin/node`));
  const { installations, failures } = await probe(host);
  expect(installations.filter(({ tool }) => tool === 'node')).toHaveLength(1200);
  expect(failures.filter(({ code }) => code === 'too-many')).toEqual([]);
});

test('what is beyond is said', async () => {
  const { failures } = await probe(machine(many(10_001, (index) => `/opt/x${index}/bin/y`)));
  expect(failures).toContainEqual({
    status: 'skipped',
    code: 'too-many',
    reason: 'more than 10000 places match /opt/*/bin: the rest was not looked at',
  });
});

test('accounts of a server that are left out are counted', () => {
  const homes = (count: number) =>
    offlineHost(machine(many(count, (index) => `/home/u${index}/.bashrc`, '')).fs, 'rootfs:/').notes;
  expect(homes(60)).toBeUndefined();
  expect(homes(70)).toMatchObject([
    { code: 'too-many', reason: expect.stringContaining('the homes of 7 more accounts') },
  ]);
});

test('findings of one kind that are not listed are counted', async () => {
  const path = ['/usr/bin', ...Array.from({ length: 45 }, (_, index) => `/none/${index}`), 'relative'];
  const probed = await probe(machine({ '/usr/bin/git': exec }, { path }));
  const findings = findEnvironment(probed, 'process');
  const missing = findings.filter(({ code }) => code === 'path-missing');
  expect(missing).toHaveLength(31);
  expect(missing.at(-1)?.message).toBe('15 more findings of this kind (path-missing) are not listed.');
  expect(findings.some(({ code }) => code === 'path-relative')).toBe(true);
});

test('folders off PATH that may not be read are said, each once, by the one that is closed', async () => {
  const closed: RecordedEntry = { denied: true };
  const files = { '/home/ada/.nvm': closed, '/home/ada/.cargo': closed, '/opt': closed, '/usr/local/bin': closed };
  const { failures } = await probe(machine(files));
  expect(failures.filter(({ code }) => code === 'folder-unreadable').map(({ path }) => path)).toEqual([
    '/home/ada/.cargo',
    '/home/ada/.nvm',
    '/opt',
  ]);
});
