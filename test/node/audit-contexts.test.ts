import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAudit } from '../../src/node/audit';
import { localHost } from '../../src/node/local-host';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'lockstep-contexts-'));
  mkdirSync(join(home, 'bin'));
  mkdirSync(join(home, 'flake'));
  writeFileSync(join(home, 'bin', 'nix'), '#!/bin/sh\necho "error: this Nix is broken" >&2\nexit 1\n', { mode: 0o755 });
  writeFileSync(join(home, '.profile'), 'export PATH="$HOME/bin:$PATH"\n');
  writeFileSync(join(home, '.bashrc'), 'eval "$("$HOME/bin/unknown" init)"\n');
  writeFileSync(
    join(home, 'flake', 'flake.nix'),
    '{ outputs = _: { devShells.x86_64-linux.default = derivation { name = "s"; system = "x86_64-linux"; builder = "b"; }; }; }\n',
  );
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const audit = (more: Partial<Parameters<typeof runAudit>[0]>) =>
  runAudit({
    folder: join(home, 'flake'),
    system: 'x86_64-linux',
    host: localHost({ PATH: join(home, 'flake'), HOME: home, SHELL: '/bin/bash' }),
    cache: false,
    ...more,
  });

test('the PATH of the context that is chosen decides, and is the one that Nix is looked for on', async () => {
  const own = await audit({ askNix: true });
  expect(own.snapshot).toMatchObject({ pathContext: 'process', pathEntries: [{ path: join(home, 'flake') }] });
  expect(own.target.findings.map(({ code }) => code)).toContain('nix-not-found');
  const login = await audit({ askNix: true, pathContext: 'login' });
  expect(login.snapshot.pathContext).toBe('login');
  expect(login.snapshot.pathEntries[0]).toMatchObject({
    path: join(home, 'bin'),
    addedBy: `${join(home, '.profile')}:1`,
  });
  expect(login.target.findings.map(({ code }) => code)).toContain('nix-failed');
  const silent = await audit({ pathContext: 'login' });
  expect(silent.target.findings.filter(({ code }) => code.startsWith('nix-'))).toEqual([]);
}, 60_000);

test('a context that is not to be had is refused', async () => {
  await expect(audit({ pathContext: 'shell' })).rejects.toMatchObject({ problem: { code: 'path-context-missing' } });
});

test('a shell that hangs costs its deadline and no more', async () => {
  writeFileSync(join(home, 'bin', 'unknown'), '#!/bin/sh\nsleep 30\n', { mode: 0o755 });
  writeFileSync(join(home, '.bash_profile'), '. ~/.bashrc\n');
  const { snapshot } = await audit({ pathContext: 'login', deadlines: { each: 300, total: 600 } });
  const login = snapshot.contexts?.find(({ id }) => id === 'login');
  expect(login).toMatchObject({ answeredBy: 'files' });
  expect(login?.doubts.at(-1)?.reason).toMatch(/still running after 300 ms/);
}, 25_000);

test('a shell that answers is believed, whatever its files print', async () => {
  writeFileSync(join(home, 'bin', 'unknown'), '#!/bin/sh\necho "PATH=/told:\\$PATH; echo noise; echo more >&2"\n', {
    mode: 0o755,
  });
  writeFileSync(join(home, '.bash_profile'), '. ~/.bashrc\nexport API_TOKEN=hunter2hunter2\n');
  const { snapshot } = await audit({ pathContext: 'login' });
  expect(snapshot.contexts?.find(({ id }) => id === 'login')).toMatchObject({ answeredBy: 'program', doubts: [] });
  expect(snapshot.pathEntries[0]).toMatchObject({ path: '/told', state: 'missing' });
  expect(JSON.stringify(snapshot)).not.toContain('hunter2');
}, 60_000);
