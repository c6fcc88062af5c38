import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assetOf, isInside } from '../../src/main/asset-path';

function tree(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-assets-')));
  const root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-of-others'));
  writeFileSync(join(root, 'index.html'), '<p>');
  writeFileSync(join(root, 'assets', 'a.js'), '');
  writeFileSync(join(root, 'assets', 'a.map'), '');
  writeFileSync(join(folder, 'secret.js'), '');
  writeFileSync(join(folder, 'renderer-of-others', 'secret.js'), '');
  symlinkSync(join(folder, 'secret.js'), join(root, 'assets', 'link.js'));
  return root;
}

test('serves the page and its assets', () => {
  const root = tree();
  expect(assetOf('app://lockstep/', root)).toEqual({
    path: join(root, 'index.html'),
    type: 'text/html; charset=utf-8',
  });
  expect(assetOf('app://lockstep/assets/a.js?v=1#top', root)?.path).toBe(join(root, 'assets', 'a.js'));
});

test.each([
  'app://lockstep/../secret.js',
  'app://lockstep/%2e%2e/secret.js',
  'app://lockstep/assets/..%2f..%2fsecret.js',
  'app://lockstep/..%2frenderer-of-others/secret.js',
  'app://lockstep/assets/%5c..%5c..%5csecret.js',
  'app://lockstep/assets/link.js',
  'app://lockstep/assets/a.js%00.html',
  'app://lockstep/%E0%A4%A.js',
  'app://lockstep//etc/passwd',
  'app://lockstep/assets/a.map',
  'app://lockstep/assets',
  'app://elsewhere/index.html',
  'file:///etc/hosts.js',
  'not an address',
])('refuses %s', (url) => {
  expect(assetOf(url, tree())).toBeUndefined();
});

test('a folder is not inside one whose name it begins with', () => {
  expect(isInside('/a/bc', '/a/b')).toBe(false);
  expect(isInside('/a/b/..c', '/a/b')).toBe(true);
  expect(isInside('/a/b', '/a/b')).toBe(true);
});
