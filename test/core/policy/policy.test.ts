import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../../src/core/catalog';
import { defineTools } from '../../../src/core/catalog/define-tools';
import { diffWithTarget } from '../../../src/core/diff/diff';
import { describeMachine } from '../../../src/core/diff/fixes/machine';
import { summarize } from '../../../src/core/diff/summary';
import type { DiffRow } from '../../../src/core/model/diff';
import { ProblemError } from '../../../src/core/model/problem';
import { applyPolicy, type PolicyContext } from '../../../src/core/policy/apply';
import { applyBaseline, createBaseline, readBaseline, writeBaseline } from '../../../src/core/policy/baseline';
import { readPolicy } from '../../../src/core/policy/read-policy';
import { catalog } from '../diff/catalog';
import { installation, snapshot, target, wants } from '../report/builders';

const machine = snapshot([
  installation('node', '20.10.0'),
  installation('python', '3.11.7'),
  installation('npm', '10.2.0'),
  installation('bash', '5.2.15'),
]);
const rows = diffWithTarget({
  snapshot: machine,
  target: target([wants('nodejs_20', '20.11.1'), wants('python312', '3.12.4'), wants('ruff', '0.4.10')]),
  catalog,
}).rows;

function judge(toml: string, context: Partial<PolicyContext> = {}): readonly DiffRow[] {
  return applyPolicy(rows, readPolicy(toml, 'lockstep.toml'), {
    catalog,
    snapshot: machine,
    today: '2026-11-22',
    variable: () => undefined,
    busyPorts: new Set(),
    machine: describeMachine(machine, target([]), 'default'),
    ...context,
  });
}

const statusOf = (judged: readonly DiffRow[], tool: string) => judged.find((row) => row.tool === tool)?.status;

describe('applying a policy', () => {
  test('without one, nothing changes', () => {
    expect(judge('')).toEqual(rows);
    expect(summarize(rows).headline).toBe('0 of 3 in step; 2 drift, 1 missing');
  });

  test('tolerance: for all, and for one tool', () => {
    expect(statusOf(judge('tolerance = "patch"'), 'node')).toBe('drift');
    const judged = judge('tolerance = "minor"\n[tools.python]\ntolerance = "exact"');
    expect(statusOf(judged, 'node')).toBe('match');
    expect(statusOf(judged, 'python')).toBe('drift');
    expect(judged.find(({ tool }) => tool === 'node')?.accepted).toEqual({
      by: 'policy',
      was: 'drift',
      reason: '20.10.0 is installed; the flake asks for 20.11.1: a minor version behind.',
    });
    expect(summarize(judged).headline).toBe('1 of 3 in step (1 accepted); 1 drift, 1 missing');
  });

  test.each([
    ['3.0.13', '3.0.13+quic', 'patch', 'match'],
    ['1.1.1w', '1.1.1t', 'patch', 'match'],
    ['1.1.1w', '1.1.1t', 'exact', 'drift'],
    ['unstable-2024', 'r5', 'minor', 'drift'],
    ['unstable-2024', 'r5', 'major', 'match'],
  ])('what has no size: %s asked, %s here, tolerance %s', (asked, here, tolerance, status) => {
    const [first] = rows;
    if (first?.expected === undefined || first.actual === undefined) {
      throw new Error('a row with both sides');
    }
    const odd: DiffRow = {
      ...first,
      status: 'drift',
      drift: 'other',
      expected: { ...first.expected, version: asked },
      actual: { ...first.actual, version: here },
    };
    const policy = readPolicy(`tolerance = "${tolerance}"`, 'lockstep.toml');
    const context = {
      catalog,
      snapshot: machine,
      today: '2026-11-22',
      variable: () => undefined,
      busyPorts: new Set<number>(),
    };
    const [judged] = applyPolicy([odd], policy, {
      ...context,
      machine: describeMachine(machine, target([]), 'default'),
    });
    expect(judged?.status).toBe(status);
  });

  test.each(['>=3.11,<3.12', '~=3.11.2', '>=3.11 <3.12', '3.11'])('a range in the words of Python: %s', (range) => {
    expect(statusOf(judge(`[tools.python]\nrange = "${range}"`), 'python')).toBe('match');
    expect(statusOf(judge(`[tools.python]\nrange = "!=3.11.7,${range}"`), 'python')).toBe('drift');
  });

  test('what is ignored is ignored also where a range or a ban would speak', () => {
    expect(statusOf(judge('[tools.node]\nrange = ">=22"\nignore = "next week"'), 'node')).toBe('match');
    const banned = '[tools.npm]\nforbidden = "we use pnpm"\nignore = "until the move"\nuntil = ';
    expect(statusOf(judge(`${banned}2026-12-24`), 'npm')).toBe('match');
    expect(judge(`${banned}2026-11-01`).find(({ tool }) => tool === 'npm')).toMatchObject({
      status: 'drift',
      reason: expect.stringContaining('lockstep.toml ignored this until 2026-11-01.'),
    });
  });

  test('a range takes the place of the flake', () => {
    expect(statusOf(judge('[tools.node]\nrange = ">=20.9 <21"'), 'node')).toBe('match');
    expect(judge('[tools.nodejs_20]\nrange = ">=22"').find(({ tool }) => tool === 'node')?.reason).toBe(
      '20.10.0 is installed; lockstep.toml allows >=22.',
    );
  });

  test('ignored with a reason, until a day', () => {
    const until = (day: string) => judge(`[tools.python]\nignore = "the team moves in spring"\nuntil = ${day}`);
    expect(statusOf(until('2026-11-23'), 'python')).toBe('match');
    const expired = until('2026-11-22').find(({ tool }) => tool === 'python');
    expect(expired?.status).toBe('drift');
    expect(expired?.reason).toMatch(/lockstep\.toml ignored this until 2026-11-22\.$/);
  });

  test('optional', () => {
    expect(statusOf(judge('[tools.ruff]\nrequired = false'), 'ruff')).toBe('match');
  });

  test('forbidden', () => {
    const judged = judge('[tools.npm]\nforbidden = "We use pnpm."');
    expect(judged.find(({ tool }) => tool === 'npm')).toMatchObject({
      status: 'drift',
      reason: 'Must not be here: We use pnpm. It is at /usr/bin/npm.',
    });
    expect(judged.filter(({ tool }) => tool === 'npm')).toHaveLength(1);
    expect(statusOf(judge('[tools.java]\nforbidden = "No."'), 'java')).toBeUndefined();
  });

  test('needed beside the flake', () => {
    const judged = judge('[tools.bash]\noutside = true\nrange = ">=5"\n[tools.java]\noutside = true');
    expect(statusOf(judged, 'bash')).toBe('match');
    expect(statusOf(judged, 'java')).toBe('missing');
    expect(summarize(judged).total).toBe(5);
    expect(statusOf(judge('[tools.bash]\noutside = true\nrange = ">=6"'), 'bash')).toBe('drift');
  });

  test('a rule is for the systems that it names', () => {
    const rule = (on: string) => `[tools.bash]\nforbidden = "no"\non = ${on}`;
    expect(statusOf(judge(rule('["macos", "windows"]')), 'bash')).toBe('extra');
    expect(statusOf(judge(rule('"Linux"')), 'bash')).toBe('drift');
  });

  test('what is there for another system only is asked of nobody here', () => {
    const [xcode] = defineTools('platform', [
      { id: 'xcode', title: 'Xcode', programs: [], nixpkgs: [], places: { darwin: ['/Applications/Xcode.app'] } },
    ]);
    const withXcode = createCatalog([...catalog.tools, ...(xcode === undefined ? [] : [xcode])]);
    const asked = (os: 'linux' | 'darwin') => {
      const { host } = machine;
      const of = describeMachine({ ...machine, host: { ...host, os } }, target([]), 'default');
      return statusOf(judge('[tools.xcode]\noutside = true', { catalog: withXcode, machine: of }), 'xcode');
    };
    expect(asked('linux')).toBeUndefined();
    expect(asked('darwin')).toBe('missing');
  });

  test('a variable with a value comes with the line that sets it', () => {
    const judged = judge('[variables]\nNODE_ENV = "it\'s"\nGONE = true', { variable: () => 'other' });
    const commandsOf = (tool: string) => judged.find((row) => row.tool === tool)?.fixes.map(({ command }) => command);
    expect(commandsOf('variable:NODE_ENV')).toEqual([`export NODE_ENV='it'\\''s'`]);
    expect(commandsOf('variable:GONE')).toEqual([]);
  });

  test('variables: set, right, wrong; values are not recorded', () => {
    const env: Record<string, string> = { TOKEN: 'hush', NODE_ENV: 'production' };
    const judged = judge('[variables]\nTOKEN = true\nNODE_ENV = "development"\nGONE = true', {
      variable: (name) => env[name],
    });
    expect(['TOKEN', 'NODE_ENV', 'GONE'].map((name) => statusOf(judged, `variable:${name}`))).toEqual([
      'match',
      'drift',
      'missing',
    ]);
    expect(JSON.stringify(judged)).not.toMatch(/hush|production/);
  });

  test('ports', () => {
    const judged = judge('[ports]\n5432 = "PostgreSQL"\n6379 = "Redis"', { busyPorts: new Set([6379]) });
    expect(['port:5432', 'port:6379'].map((tool) => statusOf(judged, tool))).toEqual(['match', 'drift']);
  });
});

describe('a policy with a mistake', () => {
  test.each([
    ['tolerence = "minor"', 'There is no "tolerence" in a policy.', 'Did you mean "tolerance"?', 1, 1],
    ['tolerance = "mior"', 'tolerance cannot be "mior".', 'Did you mean "minor"?', 1, 13],
    ['[tools.node]\nrequird = true', 'There is no "requird" in [tools.node].', '"required"', 2, 1],
    ['[tools.node]\nrequired = "no"', 'required must be true or false.', 'true', 2, 12],
    ['[tools.node]\nuntil = 2027-01-01', '[tools.node] has an end, but ignores nothing.', 'ignore', 1, 1],
    ['[tools.node]\nignore = "x"\nuntil = "soon"', 'until must be a day.', '2027-01-31', 3, 9],
    ['tools = 1', 'tools must be a table.', '[tools]', 1, 9],
    ['[ports]\nhttp = "x"', 'http is no port: a number from 1 to 65535.', '5432', 2, 1],
    ['[ports]\n99999 = "x"', '99999 is no port: a number from 1 to 65535.', '5432', 2, 1],
    ['[variables]\nX = false', 'X must be true (set to anything) or the text that it must have.', 'X = true', 2, 5],
    ['[tools.pyhton]\nignore = "x"', 'Nobody knows the tool "pyhton"', 'Did you mean python', 1, 1],
    ['[tools.node]\nrange = "new"', '"new" is no range of versions.', '>=20.11', 2, 9],
    ['tolerance = ', 'lockstep.toml is no TOML', 'Correct', 1, 13],
  ])('%j', (toml, message, hint, line, column) => {
    try {
      judge(toml);
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      expect(error.problem.code).toBe('policy-invalid');
      expect(error.problem.message).toContain(message);
      expect(error.problem.hint).toContain(hint);
      expect(error.problem.position).toMatchObject({ file: 'lockstep.toml', line });
      expect([1, column]).toContain(error.problem.position?.column);
      return;
    }
    throw new Error('was accepted');
  });
});

describe('baseline', () => {
  const baseline = readBaseline(writeBaseline(createBaseline(rows, '2026-11-01')), 'baseline.json');

  test('accepts the differences that it lists, and says since when', () => {
    const judged = applyBaseline(rows, baseline, '2026-11-22');
    expect(summarize(judged).headline).toBe('3 of 3 in step (3 accepted)');
    expect(judged.find(({ tool }) => tool === 'ruff')?.reason).toMatch(/^Accepted since 2026-11-01: Not found/);
  });

  test('a difference that changed is new', () => {
    const changed = rows.map((row) =>
      row.tool === 'node' && row.actual !== undefined ? { ...row, actual: { ...row.actual, version: '18.0.0' } } : row,
    );
    expect(statusOf(applyBaseline(changed, baseline, '2026-11-22'), 'node')).toBe('drift');
  });

  test('an exception that has ended comes back', () => {
    const ending = { ...baseline, accepted: baseline.accepted.map((entry) => ({ ...entry, until: '2026-11-22' })) };
    const judged = applyBaseline(rows, ending, '2026-11-22');
    expect(statusOf(judged, 'node')).toBe('drift');
    expect(judged[0]?.reason).toContain('accepted this until 2026-11-22');
  });

  test('written again, it holds what it accepted', () => {
    const judged = applyBaseline(rows, baseline, '2026-11-22');
    expect(createBaseline(judged, '2026-11-01').accepted).toEqual(baseline.accepted);
  });

  test.each(['', '{}', '{"schema":"lockstep.baseline/1","createdAt":"x","accepted":[{"tool":1}]}'])(
    '%j is refused',
    (text) => {
      expect(() => readBaseline(text, 'b.json')).toThrow('b.json is no baseline');
    },
  );
});

describe('what the flake does not bring', () => {
  const withNvm = describeMachine(
    snapshot([installation('nvm', '0.40.0'), installation('nix', '2.24.0')]),
    target([]),
    'default',
  );

  test('needed beside it: the commands of this machine, and none of the flake', () => {
    const judged = judge('[tools.java]\noutside = true\n', {
      machine: describeMachine(
        snapshot([installation('apt', '2.6'), installation('nix', '2.24')]),
        target([]),
        'default',
      ),
    });
    expect(judged.find(({ tool }) => tool === 'java')?.fixes.map(({ command }) => command)).toEqual([
      'sudo apt-get install default-jdk',
    ]);
  });

  test('forbidden: what takes it away, where its package is known', () => {
    const yarn = snapshot([installation('npm', '10.2.0', { package: 'npm' })]);
    const judged = judge('[tools.npm]\nforbidden = "we use pnpm"\n', { snapshot: yarn, machine: withNvm });
    const row = judged.find(({ tool }) => tool === 'npm');
    expect(row).toMatchObject({ status: 'drift', reason: 'Must not be here: we use pnpm. It is at /usr/bin/npm.' });
    expect(row?.fixes.map(({ command }) => command)).toEqual(['sudo apt-get remove npm']);
  });
});

describe('mistakes have their line and the nearest right word', () => {
  const refusal = (toml: string) => {
    try {
      readPolicy(toml, 'lockstep.toml');
      return undefined;
    } catch (error) {
      const { message, hint, position } = (error as ProblemError).problem;
      return { message, hint, line: position?.line };
    }
  };

  test.each([
    ['fail-on = ["drift", "misssing"]', 1, 'misssing', 'Did you mean missing?'],
    ['[tools.node]\nrange = "abc"', 2, '"abc" is no range', 'as npm does'],
    ['[tools.node]\ntolerance = "ptach"', 2, 'ptach', 'Did you mean "patch"?'],
    ['[tools.node]\ntolerance = "^abc"', 2, '"^abc" is no range', 'as npm does'],
    ['[tools.node]\non = ["linux", "macso"]', 2, 'on does not know "macso"', 'Did you mean "macos"?'],
    ['[tools.node]\non = []', 2, 'on names no system', 'on = ["macos"]'],
    ['[ports]\n5432 = 1', 2, 'Port 5432 needs a text', '5432 = "PostgreSQL"'],
    ['[tools.node]\nforbidden = "no"\noutside = true', 1, 'forbidden and needed at once', 'Keep'],
  ])('%s', (toml, line, message, hint) => {
    const refused = refusal(toml);
    expect(refused?.line).toBe(line);
    expect(refused?.message).toContain(message);
    expect(refused?.hint).toContain(hint);
  });

  test('a range may stand for the tolerance', () => {
    expect(readPolicy('[tools.node]\ntolerance = ">=20 <21"', 'x').tools).toMatchObject([{ range: '>=20 <21' }]);
  });
});
