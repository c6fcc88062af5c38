import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import type { RunResult } from '../../../src/core/host/host';
import { type ProbeSoFar, probeMachine } from '../../../src/core/probe';
import { exec, machine } from './machine';

const git = '/nix/store/0000000000000000000000000000000a-git-2.46.0/bin';

/** A machine with a Git whose path tells its version, and a Deno that has to be asked, and answers when it is let. */
function probed() {
  const answers: ((result: RunResult) => void)[] = [];
  const host = {
    ...machine({ [`${git}/git`]: exec, '/usr/bin/deno': exec }, { path: [git, '/usr/bin'] }),
    run: () => new Promise<RunResult>((resolve) => answers.push(resolve)),
  };
  const seen: ProbeSoFar[] = [];
  const done = probeMachine({ host, catalog, clock: () => 0, onSoFar: (soFar) => void seen.push(soFar()) });
  return { seen, done, answers };
}

const words = ({ installations, open, everywhere }: ProbeSoFar) => ({
  copies: installations.map(({ tool, version, active }) => `${tool} ${version ?? '?'}${active ? ' active' : ''}`),
  open: [...open],
  everywhere,
});

test('while a program is asked the rest is settled, and its tool is open until it answers', async () => {
  const { seen, done, answers } = probed();
  await expect.poll(() => seen.at(-1)?.everywhere).toBe(true);
  expect(words(seen[0] as ProbeSoFar).everywhere).toBe(false);
  expect(words(seen.at(-1) as ProbeSoFar)).toEqual({
    copies: ['deno ? active', 'git 2.46.0 active'],
    open: ['deno'],
    everywhere: true,
  });
  expect(seen.at(-1)?.failures).toEqual([]);
  answers[0]?.({ outcome: 'exited', exitCode: 0, stdout: 'deno 1.46.3 (release)\n', stderr: '' });
  const { installations } = await done;
  expect(words(seen.at(-1) as ProbeSoFar)).toEqual({
    copies: ['deno 1.46.3 active', 'git 2.46.0 active'],
    open: [],
    everywhere: true,
  });
  expect(seen.at(-1)?.installations).toEqual(installations);
});
