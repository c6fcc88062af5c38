import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SavedTab } from '../../src/ipc/session';
import { beginWith, openSession } from '../../src/main/session-store';

const own: SavedTab['columns'] = [
  { kind: 'own', half: 'machine' },
  { kind: 'own', half: 'target' },
];
const project = (folder: string): SavedTab => ({ request: { folder }, columns: own, reference: 1 });
const files: SavedTab = { columns: [{ kind: 'path', path: '/a.json' }, { kind: 'here' }], reference: 0 };
const folders = (tabs: readonly SavedTab[]) => tabs.map(({ request }) => request?.folder ?? 'files');

test('nothing kept: the given folder, else the recent one, else nothing', () => {
  expect(folders(beginWith(undefined, '/given', '/recent').tabs)).toEqual(['/given']);
  expect(folders(beginWith(undefined, undefined, '/recent').tabs)).toEqual(['/recent']);
  expect(beginWith(undefined, undefined, undefined).tabs).toEqual([]);
});

test('a given folder comes to the front: its tab, in place of a single project, or beside several', () => {
  const saved = { tabs: [project('/a'), files, project('/b')], active: 0, widths: {} };
  expect(beginWith(saved, '/b', undefined)).toMatchObject({ active: 2 });
  const beside = beginWith(saved, '/c', undefined);
  expect([folders(beside.tabs), beside.active]).toEqual([['/a', 'files', '/b', '/c'], 3]);
  expect(folders(beginWith({ ...saved, tabs: [project('/a')] }, '/c', undefined).tabs)).toEqual(['/c']);
});

test('a broken file is set aside; the window begins with one tab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-session-'));
  writeFileSync(join(folder, 'session.json'), '{ "tabs": 7 }');
  const session = openSession(join(folder, 'session.json'), new Date(), undefined, '/recent');
  expect(folders(session.get().tabs)).toEqual(['/recent']);
  session.save({ tabs: [files], active: 0, widths: { tool: 200 } });
  const again = openSession(join(folder, 'session.json'), new Date(), undefined, '/recent');
  expect(again.get()).toEqual({ tabs: [files], active: 0, widths: { tool: 200 } });
  rmSync(folder, { recursive: true });
});
