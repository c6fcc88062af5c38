import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { findStep } from '../../../src/core/checklist/find-step';
import { changeStep, checklistOf, emptyProgress, observe, progressSchema } from '../../../src/core/checklist/progress';
import { checklistOfReport, checklistSteps } from '../../../src/core/checklist/steps';
import type { ChecklistProgress, ChecklistStep } from '../../../src/core/model/checklist';
import { audit, installation, row, snapshot, target } from '../report/builders';
import { reportOf } from '../report/sample';

const ada = { by: 'Ada', at: '2026-11-22T10:00:00Z' };
const bob = { by: 'Bob', at: '2026-11-23T10:00:00Z' };
const names = { title: 'x', shell: 'default', system: 'x86_64-linux' };

function step(done: boolean | undefined, more: Partial<ChecklistStep> = {}): ChecklistStep {
  return { id: 'tool:node', section: 'tools', title: 'Have Node.js', why: 'So.', commands: [], done, ...more };
}

const item = (progress: ChecklistProgress, now: ChecklistStep) => checklistOf(names, [now], progress).items[0];

describe('what is remembered', () => {
  const empty = emptyProgress('/work/x', 'default');

  test('a step that was there from the start is done by nobody', () => {
    expect(observe(empty, [step(true)], ada)).toBe(empty);
    expect(item(empty, step(true))).toMatchObject({ state: 'done' });
    expect(item(empty, step(true))).not.toHaveProperty('mark');
  });

  test('a step that was seen open and then done was done by who was there; undone again it is open', () => {
    const open = observe(empty, [step(false)], ada);
    const done = observe(open, [step(true)], bob);
    expect(item(done, step(true))).toMatchObject({ state: 'done', mark: { by: 'Bob', seen: true } });
    expect(observe(done, [step(true)], ada)).toBe(done);
    const undone = observe(done, [step(false)], ada);
    expect(item(undone, step(false))).toMatchObject({ state: 'open' });
    expect(item(undone, step(false))).not.toHaveProperty('mark');
  });

  test('ticked by hand: holds for what cannot be seen, is a claim where the machine says otherwise', () => {
    const ticked = changeStep(empty, step(undefined), { kind: 'done' }, ada);
    expect(item(ticked, step(undefined))).toMatchObject({ state: 'done', mark: { by: 'Ada' } });
    expect(item(ticked, step(false))).toMatchObject({ state: 'claimed', mark: { by: 'Ada' } });
    expect(item(changeStep(ticked, step(false), { kind: 'reopen' }, bob), step(false))?.state).toBe('open');
  });

  test('a tick for another version does not hold, and is remembered', () => {
    const ticked = changeStep(empty, step(undefined, { asked: '20' }), { kind: 'done' }, ada);
    expect(item(ticked, step(undefined, { asked: '22' }))).toMatchObject({ state: 'unseen', earlier: { by: 'Ada' } });
  });

  test('skipped with a reason; notes are kept, also when the step has gone', () => {
    const skipped = changeStep(empty, step(false), { kind: 'skip', reason: ' not needed ' }, ada);
    expect(item(skipped, step(false))).toMatchObject({ state: 'skipped', mark: { reason: 'not needed' } });
    const noted = changeStep(skipped, step(false), { kind: 'note', text: 'slow' }, bob);
    expect(item(noted, step(false))).toMatchObject({ state: 'skipped', notes: [{ text: 'slow', by: 'Bob' }] });
    expect(checklistOf(names, [], noted).former).toMatchObject([{ title: 'Have Node.js' }]);
    const bare = changeStep(noted, step(false), { kind: 'remove-note', index: 0 }, bob);
    expect(item(bare, step(false))?.notes).toEqual([]);
    expect(() => changeStep(empty, step(false), { kind: 'note', text: '  ' }, ada)).toThrow('A note needs a text');
  });

  test('nothing that is too long is kept in part, and nothing is written that could not be read again', () => {
    const note = (text: string) => ({ kind: 'note', text }) as const;
    expect(() => changeStep(empty, step(false), note('x'.repeat(2_001)), ada)).toThrow('at most 2000 characters');
    const reason = { kind: 'skip', reason: 'x'.repeat(5_000) } as const;
    expect(() => changeStep(empty, step(false), reason, ada)).toThrow('this one has 5000');
    expect(() => changeStep(empty, step(false), note('x'), { ...ada, by: 'x'.repeat(201) })).toThrow('at most 200');
    const full = [...Array(100).keys()].reduce(
      (done, index) => changeStep(done, step(false), note(`${index}`), ada),
      empty,
    );
    expect(() => changeStep(full, step(false), note('one more'), ada)).toThrow('100 notes already');
    const long = { ...step(false), id: `tool:${'x'.repeat(5_000)}` };
    expect(observe(empty, [long], ada).records).toEqual([]);
    const titled = { ...step(false), title: 'x'.repeat(5_000) };
    expect(v.is(progressSchema, observe(empty, [titled], ada))).toBe(true);
  });
});

describe('steps', () => {
  const asks = (attribute: string, version: string) => ({
    attribute,
    name: attribute,
    version,
    certainty: 'exact' as const,
  });

  test('in an order that works, each with its check; ids do not name versions', () => {
    const report = reportOf(
      audit(
        [
          row({ tool: 'node', status: 'missing', expected: asks('nodejs_20', '20.1.0') }),
          row({ tool: 'node', title: 'Node.js', status: 'missing', expected: asks('nodejs_18', '18.1.0') }),
          row({ tool: 'mise', title: 'mise', category: 'version-managers', expected: asks('mise', '2024.1.0') }),
          row({ tool: 'variable:TOKEN_FILE', title: 'TOKEN_FILE', category: 'environment', status: 'missing' }),
          row({ tool: 'port:5432', title: 'Port 5432', category: 'environment', status: 'drift' }),
        ],
        {
          snapshot: snapshot([installation('nix', '2.24.0')]),
          target: target([], {}, { variables: [{ name: 'MODE', value: "it's" }], shellHook: 'echo hi' }),
        },
      ),
    );
    const steps = checklistSteps(report);
    expect(steps.map(({ id }) => id)).toEqual([
      'manager:nix',
      'tool:mise',
      'tool:node',
      'tool:node:nodejs_18',
      'variable:MODE',
      'variable:TOKEN_FILE',
      'hook',
      'port:5432',
      'check',
    ]);
    expect(steps.every(({ why, check }) => why !== '' && check !== undefined)).toBe(true);
    expect(steps.find(({ id }) => id === 'variable:MODE')?.commands[0]?.command).toBe(`export MODE='it'\\''s'`);
    expect(checklistOfReport(report)).toMatchObject({ done: 2, total: 8 });
  });

  test('what the policy asks for too is judged, and keeps the line that the flake tells', () => {
    const steps = checklistSteps(
      reportOf(
        audit([row({ tool: 'variable:MODE', title: 'MODE', category: 'environment', status: 'missing' })], {
          target: target([], {}, { variables: [{ name: 'MODE', value: 'dev' }] }),
        }),
      ),
    );
    expect(steps.find(({ id }) => id === 'variable:MODE')).toMatchObject({
      done: false,
      commands: [{ command: "export MODE='dev'" }],
    });
  });

  test('a step goes by its number, its name or what follows the colon, however it is typed', () => {
    const { items } = checklistOfReport(reportOf(audit([row({ tool: 'uv', status: 'missing' })])));
    const uv = items.find(({ id }) => id === 'tool:uv')!;
    for (const word of ['uv', ' UV ', 'Tool:uv', String(items.indexOf(uv) + 1)]) {
      expect(findStep(items, word)).toBe(uv);
    }
  });

  test('a number that no step has is near to no name', () => {
    const items = checklistOfReport(reportOf(audit([row({ tool: 'uv', status: 'missing' })]))).items;
    expect(() => findStep(items, '99')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ hint: expect.stringContaining('from 1 to 3') }) }),
    );
  });

  test('on Windows: PowerShell, no Nix, and a manager where there is none', () => {
    const windows = snapshot([], {
      host: { source: 'local', os: 'windows', arch: 'x86_64', system: 'x86_64-windows' },
    });
    const steps = checklistSteps(
      reportOf(
        audit([row({ status: 'missing' })], {
          snapshot: windows,
          target: target([], {}, { variables: [{ name: 'MODE', value: 'dev' }] }),
        }),
      ),
    );
    expect(steps.map(({ id }) => id)).toEqual(['manager:scoop', 'tool:node', 'variable:MODE', 'check']);
    expect(steps[2]?.commands[0]?.command).toBe("$env:MODE = 'dev'");
    expect(checklistOfReport(reportOf(audit([], { snapshot: windows }))).system).toBe('x86_64-windows');
  });
});
