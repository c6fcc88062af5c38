import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentMark, isFresh, look, markOf } from '../../../src/node/replay/file-marks';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-marks-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a folder is the same whatever comes into it, and its names are another question', () => {
  const before = look(root, true);
  writeFileSync(join(root, 'file'), '');
  utimesSync(root, new Date(0), new Date(0));
  const after = look(root, true);
  expect(markOf(after)).toBe(markOf(before));
  expect(contentMark(after)).not.toBe(contentMark(before));
});

test('a link and what it leads to have marks of their own; nothing has one, too', () => {
  mkdirSync(join(root, 'folder'));
  symlinkSync('folder', join(root, 'link'));
  const marks = [look(join(root, 'link'), false), look(join(root, 'link'), true), look(join(root, 'none'), true)];
  expect(new Set(marks.map(markOf)).size).toBe(3);
  expect(markOf(look(join(root, 'folder'), false))).toBe(markOf(marks[1]));
});

test.each([
  ['a moment before', { ctimeMs: 9_950.5, mtimeMs: 5_000.5 }, true],
  ['long enough before', { ctimeMs: 9_850.5, mtimeMs: 5_000.5 }, false],
  ['before, on a file system that knows whole seconds', { ctimeMs: 9_000, mtimeMs: 8_000 }, true],
  ['long before, on such a file system', { ctimeMs: 7_000, mtimeMs: 7_000 }, false],
  ['after', { ctimeMs: 20_000.5, mtimeMs: 5_000.5 }, true],
  ['long before, with a time in the future that somebody gave it', { ctimeMs: 5_000.5, mtimeMs: 90_000.5 }, false],
  ['where only the other time tells (FAT)', { ctimeMs: 0, mtimeMs: 9_000 }, true],
] as const)('what was changed %s', (_when, times, expected) => {
  expect(isFresh(Object.assign(statSync(root), times), 10_000)).toBe(expected);
});
