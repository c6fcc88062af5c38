import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/core/model/evidence';
import type { HostFacts, Installation } from '../../../src/core/model/snapshot';
import { purlOf, purlOfTarget } from '../../../src/core/report/purl';
import { installation, REVISION, snapshot, target, wants } from './builders';

const { host: debian } = snapshot([]);
const on = (distribution: string, release?: string): HostFacts => {
  const { release: _, ...host } = debian;
  return { ...host, distribution, ...(release === undefined ? {} : { release }) };
};
const owned = (manager: string, name: string, record: string, more: Partial<Installation> = {}) => ({
  manager,
  package: name,
  evidence: [{ kind: 'package-database', source: '/db', detail: `${name} ${record}` }] as Evidence[],
  ...more,
});
const file = (source: string, detail?: string): Evidence => ({
  kind: 'file',
  source,
  ...(detail === undefined ? {} : { detail }),
});

test.each<[string, HostFacts, string, string, Partial<Installation>]>([
  [
    'pkg:deb/debian/jq@1.6-2.1%2Bdeb12u1?arch=amd64&distro=debian-12',
    debian,
    'jq',
    '1.6',
    owned('dpkg', 'jq', '1.6-2.1+deb12u1', { architecture: 'x86_64' }),
  ],
  [
    'pkg:deb/ubuntu/git@1:2.43.0-1ubuntu7?arch=arm64&distro=ubuntu-24.04',
    on('Ubuntu', '24.04'),
    'git',
    '2.43.0',
    owned('dpkg', 'git:arm64', '1:2.43.0-1ubuntu7', { architecture: 'aarch64' }),
  ],
  [
    'pkg:rpm/fedora/nodejs@22.11.0-1.fc41?distro=fedora-41&epoch=1',
    on('Fedora Linux', '41'),
    'node',
    '22.11.0',
    owned('rpm', 'nodejs', '1:22.11.0-1.fc41'),
  ],
  [
    'pkg:rpm/redhat/PackageKit@1-2.el9?distro=redhat-9.4',
    on('Red Hat Enterprise Linux', '9.4'),
    'x',
    '1',
    owned('rpm', 'PackageKit', '1-2.el9'),
  ],
  [
    'pkg:apk/alpine/openssl@3.3.2-r4?distro=alpine-3.21.0',
    on('Alpine Linux', '3.21.0'),
    'openssl',
    '3.3.2',
    owned('apk', 'openssl', '3.3.2-r4'),
  ],
  [
    'pkg:alpm/arch/python@3.12.7-1?arch=x86_64',
    on('Arch Linux'),
    'python',
    '3.12.7',
    owned('pacman', 'python', '3.12.7-1', { architecture: 'x86_64' }),
  ],
  [
    'pkg:brew/postgresql%4016@16.4',
    on('macOS', '15'),
    'postgres',
    '16.4',
    { manager: 'homebrew', package: 'postgresql@16' },
  ],
  [
    'pkg:pypi/awscli@1.45.11',
    debian,
    'aws',
    '1.45.11',
    {
      manager: 'pyenv',
      package: 'python',
      evidence: [file('/v/lib/python3.11/site-packages/awscli-1.45.11.dist-info')],
    },
  ],
  [
    'pkg:pypi/pre-commit@3.7',
    debian,
    'pre-commit',
    '3.7',
    { manager: 'pipx', evidence: [file('C:\\x\\site-packages\\pre_commit-3.7.dist-info')] },
  ],
  [
    'pkg:pypi/flask-login@0.6.3',
    debian,
    'flask',
    '0.6.3',
    { manager: 'pipx', evidence: [file('/x/site-packages/Flask_Login-0.6.3.dist-info')] },
  ],
  [
    'pkg:npm/%40bufbuild/buf@1.29.0',
    debian,
    'buf',
    '1.29.0',
    {
      manager: 'npm',
      package: '@bufbuild/buf',
      evidence: [file('/usr/lib/node_modules/@bufbuild/buf/package.json', 'version: 1.29.0')],
    },
  ],
  [
    'pkg:cargo/ripgrep@14.1.1',
    debian,
    'ripgrep',
    '14.1.1',
    {
      manager: 'cargo',
      evidence: [{ kind: 'package-database', source: '~/.cargo/.crates2.json', detail: 'ripgrep 14.1.1' }],
    },
  ],
  [
    'pkg:nix/bash-interactive@5.2p37',
    debian,
    'bash',
    '5.2p37',
    { manager: 'nix', realPath: `/nix/store/${'a'.repeat(32)}-bash-interactive-5.2p37/bin/bash` },
  ],
  ['pkg:generic/node@20.18.1', debian, 'node', '20.18.1', { manager: 'nvm', package: 'node', evidence: [] }],
  ['pkg:generic/thing', debian, 'thing', '', { manager: 'manual', evidence: [] }],
])('%s', (expected, host, tool, version, more) => {
  expect(purlOf(installation(tool, version, more), host)).toBe(expected);
});

test('what a package brings beside itself is known by its own ecosystem', () => {
  const npm = installation('npm', '11.19.1', {
    package: 'nodejs',
    evidence: [
      file('/usr/lib/node_modules/npm/package.json', 'version: 11.19.1'),
      { kind: 'package-database', source: '/db', detail: 'nodejs 20.20.2-1nodesource1' },
    ],
  });
  expect(purlOf(npm, debian)).toBe('pkg:npm/npm@11.19.1');
  const alpine = { ...npm, version: '10.9.1', manager: 'apk', package: 'npm' };
  const evidence: Evidence[] = [
    npm.evidence[0] as Evidence,
    { kind: 'package-database', source: '/db', detail: 'npm 10.9.1-r0' },
  ];
  expect(purlOf({ ...alpine, evidence }, on('Alpine Linux', '3.21'))).toBe(
    'pkg:apk/alpine/npm@10.9.1-r0?distro=alpine-3.21',
  );
});

test('of a target: attribute and commit where it is nixpkgs, the name elsewhere', () => {
  const of = target([]);
  expect(purlOfTarget(wants('python3Packages.numpy', '1.26.4'), of)).toBe(
    `pkg:nix/nixpkgs/python3Packages.numpy@1.26.4?commit=${REVISION}`,
  );
  expect(purlOfTarget(wants('devshell', '1.0', { input: 'devshell' }), of)).toBe('pkg:nix/devshell@1.0');
  expect(purlOfTarget(wants('ruff', '0.4 – 0.5', { certainty: 'range' }), of)).toBe(
    `pkg:nix/nixpkgs/ruff?commit=${REVISION}`,
  );
});
