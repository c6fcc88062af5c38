import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { renderFixScript } from '../../../src/core/report/fix-script';
import { audit, row, snapshot } from './builders';
import { reportOf } from './sample';

const missing = (fixes: { manager: string; command: string; title?: string }[], title = 'Node.js') =>
  row({ title, status: 'missing', fixes: fixes.map((fix) => ({ title: `With ${fix.manager}`, ...fix })) });

test('a script that a shell understands; only the first command of a row is active', () => {
  const script = renderFixScript(
    reportOf(
      audit([
        missing([
          { manager: 'nix', command: 'nix develop .' },
          { manager: 'nvm', command: 'nvm install 20.11.1 && nvm alias default 20.11.1' },
          { manager: 'apt', command: 'sudo apt-get install nodejs' },
        ]),
        missing([{ manager: 'path', command: 'export PATH=/opt/x:"$PATH"' }], 'x\n$(reboot)'),
        missing([], "it's"),
      ]),
    ),
  );
  const active = script.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(active).toEqual([
    'set -eu',
    `bash -c '. "\${NVM_DIR:-$HOME/.nvm}/nvm.sh" && nvm install 20.11.1 && nvm alias default 20.11.1'`,
  ]);
  expect(script).toContain('# sudo apt-get install nodejs');
  expect(script).toContain('# nix develop .');
  execFileSync('sh', ['-n'], { input: script });
});

test('for Windows in PowerShell: no shebang, no sh', () => {
  const windows = snapshot([], { host: { source: 'local', os: 'windows', arch: 'x86_64', system: 'x86_64-windows' } });
  const script = renderFixScript(
    reportOf(
      audit([missing([{ manager: 'nvm', command: 'nvm install 20.1.0; if ($?) { nvm use 20.1.0 }' }])], {
        snapshot: windows,
      }),
    ),
  );
  expect(script.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    'nvm install 20.1.0; if ($?) { nvm use 20.1.0 }',
  ]);
});

test('--prefer puts a manager first', () => {
  const script = renderFixScript(
    reportOf(
      audit([
        missing([
          { manager: 'apt', command: 'apt-get install a' },
          { manager: 'mise', command: 'mise use a' },
        ]),
      ]),
    ),
    'mise',
  );
  expect(script.split('\n')).toContain('mise use a');
  expect(script.split('\n')).toContain('# apt-get install a');
});
