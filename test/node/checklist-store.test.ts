import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeStep } from '../../src/core/checklist/progress';
import type { ChecklistProgress } from '../../src/core/model/checklist';
import { openChecklists } from '../../src/node/checklist-store';
import { makeFolder } from '../../src/node/make-folder';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-checklists-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const step = { step: 'tool:uv', title: 'Have uv', notes: [] };
const note = (text: string) => (before: ChecklistProgress) =>
  changeStep(before, step, { kind: 'note', text }, { by: 'Ada', at: '2026-11-30T10:00:00Z' });

describe('what is remembered of a checklist', () => {
  test('is there the next time, and nothing is written when nothing changes', () => {
    const store = openChecklists(root);
    store.update('/project', 'default', note('slow'));
    expect(openChecklists(root).read('/project', 'default').records[0]?.notes[0]?.text).toBe('slow');
    expect(store.read('/project', 'ci').records).toEqual([]);
    const path = store.pathOf('/project', 'default');
    rmSync(path);
    store.update('/project', 'default', (before) => before);
    expect(readdirSync(root)).toEqual([]);
  });

  test('a damaged file is put aside under a name of its own, also the second one', () => {
    const told: string[] = [];
    const store = openChecklists(root, (message) => told.push(message));
    const path = store.pathOf('/project', 'default');
    for (const text of ['not json', '', '{"schema":"lockstep.checklist-progress/1","records":[{"step":1}]}']) {
      writeFileSync(path, text);
      expect(store.read('/project', 'default').records).toEqual([]);
    }
    expect(told).toHaveLength(3);
    const aside = ['.broken', '.broken-2', '.broken-3'].map((suffix) => readFileSync(path + suffix, 'utf8'));
    expect(aside[0]).toBe('not json');
    expect(aside[1]).toBe('');
  });

  test('where nothing can be kept is told with what to do', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    const update = () => openChecklists(join(file, 'below')).update('/project', 'default', note('slow'));
    expect(update).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'data-not-written',
          message: `${join(file, 'below')} cannot be written: a part of the path is not a folder.`,
          hint: expect.stringContaining('LOCKSTEP_DATA'),
        }),
      }),
    );
  });

  test('of a later version is refused, and stays as it is', () => {
    const store = openChecklists(root);
    const path = store.pathOf('/project', 'default');
    const later = '{"schema":"lockstep.checklist-progress/2","steps":{}}';
    writeFileSync(path, later);
    expect(() => store.read('/project', 'default')).toThrow('was written by a later Lockstep');
    expect(() => store.update('/project', 'default', note('x'))).toThrow('was written by a later Lockstep');
    expect(readFileSync(path, 'utf8')).toBe(later);
    expect(readdirSync(root)).toHaveLength(1);
  });

  test('of several writers at once keeps what each of them wrote', async () => {
    const script = `
      import { changeStep } from './src/core/checklist/progress';
      import { openChecklists } from './src/node/checklist-store';
      const [root, name] = process.argv.slice(-2);
      for (let i = 0; i < 5; i += 1) {
        openChecklists(root).update('/project', 'default', (before) =>
          changeStep(before, { step: 'tool:uv', title: 'Have uv', notes: [] }, { kind: 'note', text: name + i }, { by: name, at: '2026-11-30T10:00:00Z' }));
      }`;
    const file = join(root, '..', `lockstep-writer-${process.pid}.mts`);
    writeFileSync(file, script.replaceAll("'./src", `'${process.cwd()}/src`));
    try {
      await Promise.all(
        ['a', 'b', 'c'].map((name) =>
          promisify(execFile)(process.execPath, ['node_modules/tsx/dist/cli.mjs', file, root, name]),
        ),
      );
    } finally {
      rmSync(file);
    }
    expect(openChecklists(root).read('/project', 'default').records[0]?.notes).toHaveLength(15);
  }, 60_000);
});

test.runIf(process.platform === 'linux')(
  'a folder that the file system refuses is an error, not a wait without end',
  () => {
    expect(() => makeFolder('/proc/nope/checklists')).toThrow('ENOENT');
    makeFolder(join(root, 'a', 'b', 'c'));
    makeFolder(join(root, 'a', 'b', 'c'));
    expect(readdirSync(join(root, 'a', 'b'))).toEqual(['c']);
  },
);
