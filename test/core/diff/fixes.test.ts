import { describe, expect, test } from 'vitest';
import { catalog as realCatalog } from '../../../src/core/catalog';
import { diffWithTarget } from '../../../src/core/diff/diff';
import { languageManagers } from '../../../src/core/diff/fixes/language-managers';
import { quote } from '../../../src/core/diff/fixes/quote';
import { systemManagers } from '../../../src/core/diff/fixes/system-managers';
import { versionManagers } from '../../../src/core/diff/fixes/version-managers';
import type { Fix } from '../../../src/core/model/diff';
import type { Installation, Snapshot } from '../../../src/core/model/snapshot';
import type { Target, TargetPackage, TargetShell } from '../../../src/core/model/target';
import { isWhole } from '../../../src/core/report/remedies';
import { installation, REVISION, snapshot, target, wants } from '../report/builders';
import { catalog } from './catalog';

function fixes(
  has: readonly Installation[],
  ask: TargetPackage,
  more: { readonly machine?: Partial<Snapshot>; readonly flake?: Partial<Target> } = {},
): readonly Fix[] {
  const { rows } = diffWithTarget({
    snapshot: snapshot(has, more.machine),
    target: target([ask], more.flake),
    catalog,
  });
  return rows[0]?.fixes ?? [];
}

const commands = (list: readonly Fix[]) => list.map(({ command }) => command);

describe('fixes', () => {
  test('Nix first, at the locked revision', () => {
    expect(commands(fixes([installation('nix', '2.18.1')], wants('nodejs_20', '20.11.1')))).toEqual([
      'nix develop /home/ada/work/python-service',
      `nix profile install 'github:NixOS/nixpkgs/${REVISION}#nodejs_20'`,
    ]);
  });

  test('an unfree package is allowed with the command, and so is a shell that asks for one', () => {
    const has = [installation('nix', '2.18.1')];
    expect(commands(fixes(has, wants('vscode', '1.104.2')))).toEqual([
      'nix develop /home/ada/work/python-service',
      `NIXPKGS_ALLOW_UNFREE=1 nix profile install --impure 'github:NixOS/nixpkgs/${REVISION}#vscode'`,
    ]);
    const findings = [{ code: 'package-unfree', message: '`vscode` is unfree.' }];
    const found = fixes(has, wants('nodejs_20', '20.11.1'), { flake: { findings } });
    expect(commands(found)).toEqual([
      'NIXPKGS_ALLOW_UNFREE=1 nix develop --impure /home/ada/work/python-service',
      `nix profile install 'github:NixOS/nixpkgs/${REVISION}#nodejs_20'`,
    ]);
    expect(found.map(isWhole)).toEqual([true, false]);
  });

  test('without Nix its shell is the last resort, and says so', () => {
    const found = fixes([installation('apt', '2.6')], wants('nodejs_20', '20.11.1'));
    expect(commands(found)).toEqual(['sudo apt-get install nodejs', 'nix develop /home/ada/work/python-service']);
    expect(found[0]?.risk).toContain('Debian GNU/Linux 12 decides the version');
    expect(found[1]?.risk).toContain('Nix is not installed here');
  });

  test.each([
    ['3.13.0', ['brew install python@3.12']],
    ['3.12.9', []],
  ])('the formula of a release line for a Python %s that is ahead of it', (version, expected) => {
    const has = [installation('brew', '4.2'), installation('python', version)];
    const found = commands(fixes(has, wants('python312', '3.12.5')));
    expect(found.filter((command) => command.startsWith('brew'))).toEqual(expected);
  });

  test('version managers that are here, the one that has the copy first', () => {
    const has = [
      installation('asdf', '0.14.0', { path: '/home/ada/.asdf/bin/asdf' }),
      installation('nvm', '0.39.7', { path: '/home/ada/.nvm/nvm.sh', active: false, onPath: false }),
      installation('node', '18.19.0', { path: '/home/ada/.asdf/shims/node', manager: 'asdf' }),
    ];
    expect(commands(fixes(has, wants('nodejs_20', '20.11.1')))).toEqual([
      'asdf install nodejs 20.11.1 && asdf global nodejs 20.11.1',
      'nvm install 20.11.1 && nvm alias default 20.11.1',
      'nix develop /home/ada/work/python-service',
    ]);
  });

  test('a distribution that is known to have another line says so', () => {
    const [fix] = fixes([installation('apt', '2.6')], wants('python312', '3.12.7'));
    expect(fix?.command).toBe('sudo apt-get install python3');
    expect(fix?.risk).toBe(
      'Debian GNU/Linux 12 has 3.11, which is not what is asked for; changes the copy of every user and project.',
    );
  });

  test.each([
    ['nixos', 'linux', 'NixOS', "sudo nixos-rebuild switch --flake '/home/ada/work/python-service#laptop'"],
    ['nixos', 'linux', 'Debian GNU/Linux', undefined],
    ['darwin', 'darwin', 'macOS', "sudo darwin-rebuild switch --flake '/home/ada/work/python-service#laptop'"],
    ['darwin', 'linux', 'NixOS', undefined],
    ['home', 'linux', 'Debian GNU/Linux', "home-manager switch --flake '/home/ada/work/python-service#laptop'"],
  ] as const)('a configuration of %s on %s (%s) is switched to by %s', (kind, os, distribution, command) => {
    const asked = wants('nodejs_20', '20.11.1');
    const { shells } = target([asked]);
    const name = `${kind}Configurations.laptop`;
    const found = fixes([installation('nix', '2.24.0')], asked, {
      machine: { host: { source: 'local', os, arch: 'x86_64', system: `x86_64-${os}`, distribution } },
      flake: { defaultShell: name, shells: { [name]: { ...(shells['default'] as TargetShell), kind, output: name } } },
    });
    expect(commands(found).find((line) => line.includes(' switch '))).toBe(command);
  });

  test('a Mac without any manager gets the commands of the one that it would get first', () => {
    const mac = { host: { source: 'local', os: 'darwin', arch: 'aarch64', system: 'aarch64-darwin' } } as const;
    const [fix] = fixes([], wants('nodejs_20', '20.11.1'), { machine: mac });
    expect(fix?.command).toBe('brew install node@20');
    expect(fix?.risk).toMatch(/^Homebrew is not installed here: install it first\. /);
    const withMise = fixes([installation('mise', '2024.1.0')], wants('nodejs_20', '20.11.1'), { machine: mac });
    expect(commands(withMise).filter((command) => command.startsWith('brew'))).toEqual([]);
  });

  test('dnf upgrades what it installed', () => {
    const has = [installation('dnf', '5.2'), installation('node', '18.19.0', { manager: 'rpm' })];
    expect(commands(fixes(has, wants('nodejs_20', '20.11.1')))[0]).toBe('sudo dnf upgrade nodejs');
    expect(commands(fixes([installation('dnf', '5.2')], wants('nodejs_20', '20.11.1')))[0]).toBe(
      'sudo dnf install nodejs',
    );
  });

  test('asdf since its rewrite', () => {
    const has = [installation('asdf', '0.16.2')];
    expect(commands(fixes(has, wants('nodejs_20', '20.11.1')))[0]).toBe(
      'asdf install nodejs 20.11.1 && asdf set --home nodejs 20.11.1',
    );
  });

  test('packages of release lines', () => {
    const has = [installation('apt', '2.6'), installation('brew', '4.2')];
    const names = (ask: TargetPackage) => commands(fixes(has, ask)).filter((command) => /brew|apt/.test(command));
    expect(names(wants('postgresql_15', '15.7'))).toContain('sudo apt-get install postgresql-15');
    expect(names(wants('nodejs_20', '20.11.1'))).toContain('brew install node@20');
    expect(names(wants('nodejs_21', '21.1.0'))).toContain('brew install node');
    expect(names(wants('python312', undefined))).toContain('brew install python@3.12');
  });

  test('only packages that the distribution has', () => {
    const onApt = (ask: TargetPackage, distribution: string, release: string) => {
      const host = { ...snapshot([]).host, distribution, release };
      return commands(fixes([installation('apt', '2.6')], ask, { machine: { host } })).filter((line) =>
        /apt/.test(line),
      );
    };
    const asked = wants('python312', '3.12.7');
    expect(onApt(asked, 'Debian GNU/Linux', '12')).toEqual(['sudo apt-get install python3']);
    expect(onApt(asked, 'Ubuntu', '24.04')).toEqual(['sudo apt-get install python3.12']);
    expect(onApt(asked, 'Devuan GNU/Linux', '5')).toEqual(['sudo apt-get install python3.12']);
  });

  test('tools of a language at the exact version', () => {
    expect(commands(fixes([installation('uv', '0.4')], wants('ruff', '0.4.10')))[0]).toBe(
      'uv tool install ruff==0.4.10',
    );
  });

  test('a newer copy is not upgraded, but its older release line is offered', () => {
    const has = (version: string) => [
      installation('apt', '2.6'),
      installation('brew', '4.2'),
      installation('node', version, { package: 'nodejs' }),
    ];
    const managers = (version: string) =>
      fixes(has(version), wants('nodejs_20', '20.11.1')).map(({ manager, command }) => `${manager}: ${command}`);
    expect(managers('18.0.0')).toContain('apt: sudo apt-get install --only-upgrade nodejs');
    expect(managers('20.20.2').filter((line) => /^(?:apt|brew)/.test(line))).toEqual([]);
    expect(managers('22.1.0').filter((line) => /^(?:apt|brew)/.test(line))).toEqual(['brew: brew install node@20']);
  });

  test('root needs no sudo', () => {
    const machine = { environment: [{ name: 'HOME', value: '/root' }] };
    expect(commands(fixes([installation('apt', '2.6')], wants('nodejs_20', '20.11.1'), { machine }))[0]).toBe(
      'apt-get install nodejs',
    );
  });

  test('a range or an unknown version is never asked of a version manager', () => {
    const has = [installation('nvm', '0.39.7'), installation('node', '18.0.0')];
    for (const ask of [wants('nodejs', '20.1.0 – 20.3.0', { certainty: 'range' }), wants('nodejs_20', undefined)]) {
      expect(commands(fixes(has, ask)).filter((command) => command.includes('nvm'))).toEqual([]);
    }
  });

  test('a hidden copy: choose it, put it first, or remove what hides it', () => {
    const has = [
      installation('python', '3.11.2', { path: '/usr/bin/python3', package: 'python3' }),
      installation('python', '3.12.4', {
        path: '/home/ada/.pyenv/versions/3.12.4/bin/python3',
        manager: 'pyenv',
        active: false,
        onPath: false,
      }),
    ];
    expect(commands(fixes(has, wants('python312', '3.12.4'))).slice(0, 3)).toEqual([
      'pyenv global 3.12.4',
      'export PATH=/home/ada/.pyenv/versions/3.12.4/bin:"$PATH"',
      'sudo apt-get remove python3',
    ]);
  });

  test('another shell than the default is named', () => {
    const shells = target([wants('ruff', '1.0')]).shells;
    const found = fixes([installation('nix', '2.18')], wants('ruff', '1.0'), {
      flake: { shells: { ci: shells['default'] as never }, defaultShell: undefined },
    });
    expect(commands(found)[0]).toBe("nix develop '/home/ada/work/python-service#ci'");
  });

  test('what comes from another input than nixpkgs is not looked for among its packages', () => {
    const inputs = [
      { name: 'rust-overlay', type: 'github', url: 'github:oxalica/rust-overlay', revision: REVISION, inputs: {} },
    ];
    const found = fixes([installation('nix', '2.18')], wants('ruff', '1.0', { input: 'rust-overlay' }), {
      flake: { flake: { ...target([]).flake, inputs } },
    });
    expect(commands(found)).toEqual(['nix develop /home/ada/work/python-service']);
  });

  test('nothing to fix, nothing offered', () => {
    expect(fixes([installation('node', '20.11.1')], wants('nodejs_20', '20.11.1'))).toEqual([]);
  });
});

describe('hostile names', () => {
  test.each(['constructor', '__proto__'])('a manager called %s chooses and removes nothing', (manager) => {
    const has = [
      installation('node', '18.19.0', { manager, package: 'node' }),
      installation('node', '20.11.1', { path: '/opt/n/node', active: false, shadowedBy: '/usr/bin/node', manager }),
    ];
    const found = fixes(has, wants('nodejs_20', '20.11.1'));
    expect(commands(found)[0]).toBe('export PATH=/opt/n:"$PATH"');
    expect(found.filter((fix) => fix.manager === manager)).toEqual([]);
  });

  const flakePath = (path: string) => ({ flake: { flake: { ...target([]).flake, path } } });
  const has = [installation('nix', '2.18'), installation('nvm', '0.39'), installation('uv', '0.4')];

  test.each([
    ["/tmp/a b'; rm -rf ~ #", `nix develop '/tmp/a b'\\''; rm -rf ~ #'`],
    ['/tmp/$(reboot)`reboot`', "nix develop '/tmp/$(reboot)`reboot`'"],
    ['/tmp/-rf', 'nix develop /tmp/-rf'],
    ['~root', "nix develop '~root'"],
  ])('%s is quoted', (path, command) => {
    expect(commands(fixes(has, wants('ruff', '1.0'), flakePath(path)))[0]).toBe(command);
  });

  test.each(['/tmp/a\nreboot', '/tmp/\u202eevil', '/tmp/\u001b[2J'])('%j is in no command', (path) => {
    const all = commands(fixes(has, wants('ruff', '1.0'), flakePath(path)));
    expect(all.filter((command) => command.includes('/tmp'))).toEqual([]);
  });

  test.each(['1.0; reboot', '$(reboot)', '--config=evil', '1.0\nreboot', '1'.repeat(100)])(
    'a version like %j goes to no manager',
    (version) => {
      const all = commands(fixes(has, wants('nodejs_20', version)));
      expect(all.every((command) => command.startsWith('nix '))).toBe(true);
      expect(all.join('\n')).not.toContain('reboot');
    },
  );

  test('an attribute cannot break out', () => {
    const [, profile] = commands(fixes(has, wants("x'; reboot; '", '1.0')));
    expect(profile).toBe(`nix profile install 'github:NixOS/nixpkgs/${REVISION}#x'\\''; reboot; '\\'''`);
  });

  test('PowerShell has its own quotes', () => {
    expect(quote("C:\\it's", 'windows')).toBe("'C:\\it''s'");
    expect(quote('a’b', 'windows')).toBe("'a’’b'");
    expect(quote('a@b', 'windows')).toBe("'a@b'");
  });
});

test('every manager and tool that fixes speak of is in the catalog', () => {
  const named = [
    ...versionManagers.flatMap(({ id, tools = [] }) => [id, ...tools]),
    ...languageManagers.map(({ id }) => id),
    ...systemManagers.flatMap(({ id, lines = {} }) => [id, ...Object.keys(lines)]),
  ];
  expect(named.filter((id) => realCatalog.findById(id) === undefined)).toEqual([]);
});
