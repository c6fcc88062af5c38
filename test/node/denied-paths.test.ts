import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Problem, ProblemError } from '../../src/core/model/problem';
import { rootfsHost } from '../../src/node/rootfs-host';
import { sideKindOf } from '../../src/node/side-kind';
import { linkStatOf, statOf } from '../../src/node/stat';
import { findFlake } from '../../src/node/target';

/** Somebody who may enter no folder of others: root may enter each. */
const NOBODY = 65_534;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-denied-'));
  mkdirSync(join(folder, 'closed', 'inside'), { recursive: true });
  writeFileSync(join(folder, 'closed', 'flake.nix'), '{ outputs = _: { }; }');
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'closed'), 0o600);
});
afterAll(() => {
  chmodSync(join(folder, 'closed'), 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** The problem that something ends with for somebody who is not root. */
function problemOf(act: () => unknown): Problem | undefined {
  const user = process.geteuid?.();
  if (user === 0) {
    process.seteuid?.(NOBODY);
  }
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.problem;
    }
    throw error;
  } finally {
    if (user === 0) {
      process.seteuid?.(user);
    }
  }
  return undefined;
}

test.each<[string, (path: string) => unknown]>([
  ['what is there', statOf],
  ['a link', linkStatOf],
  ['what kind it is', sideKindOf],
  ['a root file system', (path) => rootfsHost(path, path)],
])('%s in a folder that may not be entered cannot be told', (_, look) => {
  expect(problemOf(() => look(join(folder, 'closed', 'inside')))).toMatchObject({
    code: 'path-unreadable',
    message: expect.stringMatching(/inside could not be looked at: permission was denied\.$/),
    hint: expect.stringContaining('permissions'),
  });
});

test.each(['closed', 'closed/inside'])('a flake in %s is not said to be missing', (path) => {
  const problem = problemOf(() => findFlake(join(folder, path)));
  expect(problem).toMatchObject({ code: 'flake-unreadable', message: `${join(folder, path)} may not be read.` });
});
