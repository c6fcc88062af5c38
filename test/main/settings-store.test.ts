import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../src/main/settings-store';

const now = new Date('2026-01-02T03:04:05Z');

function file(): { folder: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-settings-'));
  return { folder, path: join(folder, 'settings.json') };
}

test('what is changed is there the next time, and listeners hear of it', () => {
  const { path } = file();
  const heard: string[] = [];
  const store = openSettings(path, now, expect.unreachable);
  store.onChange((settings) => heard.push(settings.theme));
  store.change({ theme: 'dark' });
  expect(heard).toEqual(['dark']);
  expect(openSettings(path, now, expect.unreachable).get()).toMatchObject({ theme: 'dark', redact: true });
});

test.each(['{ "theme": ', '{ "theme": "pink" }', '1', ''])('%j is set aside with a message, never lost', (text) => {
  const { folder, path } = file();
  writeFileSync(path, text);
  const notices: string[] = [];
  expect(openSettings(path, now, (notice) => notices.push(notice)).get().theme).toBe('system');
  expect(notices).toHaveLength(1);
  const [kept = ''] = readdirSync(folder);
  expect(kept).toMatch(/^settings\.json\.broken-2026-01-02/u);
  expect(readFileSync(join(folder, kept), 'utf8')).toBe(text);
});

test('settings of an earlier or later version keep what is known', () => {
  const { path } = file();
  writeFileSync(path, '{ "theme": "light", "later": 1 }');
  const settings = openSettings(path, now, expect.unreachable).get();
  expect(settings).toMatchObject({ theme: 'light', keepAudits: 50 });
  expect(settings).not.toHaveProperty('later');
});

test('recent flakes: the latest first, each once, no more than twelve', () => {
  const store = openSettings(file().path, now, expect.unreachable);
  for (let index = 0; index < 15; index += 1) {
    store.rememberFlake(`/flake-${index}`, now);
  }
  store.rememberFlake('/flake-10', now);
  const folders = store.get().recents.map(({ folder }) => folder);
  expect(folders).toHaveLength(12);
  expect(folders.slice(0, 3)).toEqual(['/flake-10', '/flake-14', '/flake-13']);
  store.forgetFlake('/flake-10');
  expect(store.get().recents[0]?.folder).toBe('/flake-14');
});

test('a choice that cannot be saved holds, and the user is told', () => {
  const { folder } = file();
  const notices: string[] = [];
  writeFileSync(join(folder, 'not-a-folder'), '');
  chmodSync(folder, 0o700);
  const store = openSettings(join(folder, 'not-a-folder', 'settings.json'), now, (notice) => notices.push(notice));
  notices.length = 0;
  expect(store.change({ redact: false }).redact).toBe(false);
  expect(notices[0]).toMatch(/could not be saved/u);
});
