import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apkUpstream } from '../../../src/core/probe/apk';
import { openBytes } from '../../../src/core/probe/binary/byte-reader';
import { debianUpstream } from '../../../src/core/probe/dpkg';
import { pacmanUpstream } from '../../../src/core/probe/pacman';
import { readBerkeleyValues } from '../../../src/core/probe/rpm/berkeley';
import { readRpmHeader } from '../../../src/core/probe/rpm/header';
import { readSqliteTable } from '../../../src/core/probe/rpm/sqlite';
import { copiesOf, exec, machine, probe } from './machine';
import { berkeley, ndb } from './rpm-forms';

/**
 * Made by rpm 4.18 itself (`rpm --justdb -i` of three packages built for this), reduced to the table of packages and to
 * pages of 512 bytes, so that headers overflow. git-core has 402 files.
 */
const RPM = readFileSync(new URL('rpm-packages.sqlite', import.meta.url));

const fail = () => {
  throw new Error('it is not damaged');
};

describe('dpkg', () => {
  const stanza = (name: string, version: string, more = '') =>
    `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\n${more}Version: ${version}\nDescription: x\n`;
  const files = {
    '/var/lib/dpkg/status': [
      stanza('git', '1:2.39.5-0+deb12u2'),
      stanza('google-cloud-cli', '528.0.0-0'),
      stanza('golang-1.19-go', '1.19.8-2'),
      stanza('libfoo', '1.0-1', 'Multi-Arch: same\n'),
      stanza('graphviz', '2.42.4-3'),
      stanza('imagemagick', '8:7.1.1.43+dfsg1-1'),
      stanza('libgvc6', '2.42.4-3'),
      'Package: jq\nStatus: deinstall ok config-files\nVersion: 1.6-2\nDescription: x\n once it is installed\n',
      'Package: fzf\nStatus: install ok half-configured\nVersion: 0.60.3-1\n',
      'Package: tmux\nStatus: install ok triggers-pending\nVersion: 3.5a-3\n',
    ].join('\n'),
    '/var/lib/dpkg/info/git.list': '/.\n/usr\n/usr/bin\n/usr/bin/git\n',
    '/var/lib/dpkg/info/google-cloud-cli.list': '/usr/bin/kubectl\n',
    '/var/lib/dpkg/info/golang-1.19-go.list': '/usr/lib/go-1.19/bin/go\n',
    '/var/lib/dpkg/info/libfoo:amd64.list': '/bin/zsh\n',
    '/var/lib/dpkg/info/jq.list': '/usr/bin/jq\n',
    '/var/lib/dpkg/info/fzf.list': '/usr/bin/fzf\n',
    '/var/lib/dpkg/info/tmux.list': '/usr/bin/tmux\n',
    '/var/lib/dpkg/info/graphviz.list': '/usr/bin/dot\n',
    '/var/lib/dpkg/info/libgvc6.list': '/usr/sbin/libgvc6-config-update\n',
    '/usr/bin/dot': { link: '../sbin/libgvc6-config-update' },
    '/usr/sbin/libgvc6-config-update': exec,
    '/var/lib/dpkg/info/imagemagick.list': '/usr/bin/magick\n',
    '/usr/bin/magick': exec,
    '/usr/bin/fzf': exec,
    '/usr/bin/tmux': exec,
    '/usr/bin/git': exec,
    '/usr/bin/kubectl': exec,
    '/usr/bin/zsh': exec,
    '/usr/bin/jq': exec,
    '/usr/bin/go': { link: '../lib/go-1.19/bin/go' },
    '/usr/lib/go-1.19/bin/go': exec,
  };

  test('tells version and owner; through links and the merged /bin', async () => {
    const { installations } = await probe(machine(files));
    const told = installations.map(({ tool, version, manager, package: owner }) => [tool, version, manager, owner]);
    expect(told).toEqual([
      // Files are there before their package is configured.
      ['fzf', '0.60.3', 'dpkg', 'fzf'],
      ['git', '2.39.5', 'dpkg', 'git'],
      ['go', '1.19.8', 'dpkg', 'golang-1.19-go'],
      // The tool's package owns the link, its library the program.
      ['graphviz', '2.42.4', 'dpkg', 'graphviz'],
      ['imagemagick', '7.1.1-43', 'dpkg', 'imagemagick'],
      // What another package merely brings has no version from it; a removed package owns nothing.
      ['jq', undefined, 'manual', undefined],
      ['kubectl', undefined, 'dpkg', 'google-cloud-cli'],
      ['tmux', '3.5a', 'dpkg', 'tmux'],
      ['zsh', undefined, 'dpkg', 'libfoo'],
    ]);
  });

  test('an unreadable database is a failure, not silence', async () => {
    const host = machine({ '/var/lib/dpkg/status': { denied: true }, '/usr/bin/git': exec });
    expect((await probe(host)).failures.map(({ code }) => code)).toContain('package-database-unreadable');
  });

  test.each([
    ['1:2.39.5-0+deb12u2', '2.39.5'],
    ['23.0.1+dfsg-1', '23.0.1'],
    ['3.11.2-6+deb12u6', '3.11.2'],
    ['9.2p1-2+deb12u5', '9.2p1'],
    ['20.20.2-1nodesource1+repack1', '20.20.2'],
    ['1.21.22', '1.21.22'],
    ['4.8+really4.7.5-1', '4.7.5'],
    ['4.0.2+~cs54.26.36-1', '4.0.2'],
    ['1.5.0+~3.0.1-1', '1.5.0'],
    ['1.20.5+really1.20.2-1.1', '1.20.2'],
    ['2.1.0~beta3+git20220320.0eb55f2+dfsg-4.1', '2.1.0-beta3'],
  ])('%s was made from %s', (version, upstream) => {
    expect(debianUpstream(version)).toBe(upstream);
  });
});

describe('rpm', () => {
  const database = { base64: RPM.toString('base64') };

  test('reads the headers that rpm wrote', () => {
    const host = machine({ '/db': database });
    const packages = [...readSqliteTable(openBytes(host.fs, '/db'), 'Packages', fail)].map(([, blob]) =>
      readRpmHeader(blob as Uint8Array, () => true),
    );
    expect(
      packages.map((one) => `${one?.name} ${one?.version} ${one?.release} ${one?.epoch} ${one?.files.length}`),
    ).toEqual([
      'nodejs 20.12.2 1.fc40 1 5',
      'git-core 2.45.2 1.fc40 undefined 402',
      'python3 3.12.3~rc1 2.fc40 undefined 5',
    ]);
  });

  test.each(['/usr/lib/sysimage/rpm/rpmdb.sqlite', '/var/lib/rpm/rpmdb.sqlite'])(
    'tells owners from %s',
    async (place) => {
      const host = machine({ [place]: database, '/usr/bin/git': exec, '/usr/bin/node': exec });
      expect(await copiesOf(host, 'git')).toEqual(['active 2.45.2 rpm /usr/bin/git']);
      expect(await copiesOf(host, 'node')).toEqual(['active 20.12.2 rpm /usr/bin/node']);
    },
  );

  test('a damaged database tells less and breaks nothing', async () => {
    for (let at = 0; at < RPM.length; at += 1009) {
      const damaged = Buffer.from(RPM);
      damaged.fill(0xff, at, at + 40);
      const host = machine({
        '/var/lib/rpm/rpmdb.sqlite': { base64: damaged.toString('base64') },
        '/usr/bin/git': exec,
      });
      expect((await probe(host)).installations).toHaveLength(1);
    }
  });

  test('what SQLite wrote ahead counts in place of the file, once it was committed', () => {
    const size = RPM.readUInt16BE(16);
    // The page of the rows: a leaf of a table, of which the log's copy has one row less.
    const number = Array.from({ length: RPM.length / size }, (_, page) => page + 1).find(
      (page) => page > 1 && RPM[(page - 1) * size] === 0x0d && RPM.readUInt16BE((page - 1) * size + 3) === 2,
    )!;
    const page = Buffer.from(RPM.subarray((number - 1) * size, number * size));
    page.writeUInt16BE(1, 3);
    const log = (committed: number, salt: number) => {
      const header = Buffer.alloc(32);
      header.writeUInt32BE(0x377f0682, 0);
      header.writeUInt32BE(size, 8);
      header.write('saltsalt', 16);
      const frame = Buffer.alloc(24);
      frame.writeUInt32BE(number, 0);
      frame.writeUInt32BE(committed, 4);
      frame.write(`saltsal${salt}`, 8);
      return Buffer.concat([header, frame, page]);
    };
    const namesWith = (bytes: Buffer) => {
      const { fs } = machine({ '/db': database, '/db-wal': { base64: bytes.toString('base64') } });
      const rows = readSqliteTable(openBytes(fs, '/db'), 'Packages', fail, openBytes(fs, '/db-wal'));
      return [...rows].map(([, blob]) => readRpmHeader(blob as Uint8Array, () => false)?.name);
    };
    const right = log(9, 0);
    right.write('salt', 32 + 12);
    expect(namesWith(right)).toHaveLength(2);
    for (const other of [log(9, 0), Buffer.alloc(0), Buffer.from('x'), right.subarray(0, 60)]) {
      expect(namesWith(other)).toHaveLength(3);
    }
    right.writeUInt32BE(0, 32 + 4);
    expect(namesWith(right)).toHaveLength(3);
  });

  test('a database that ends too early is told', async () => {
    const failuresOf = async (bytes: Buffer) => {
      const files = { '/var/lib/rpm/rpmdb.sqlite': { base64: bytes.toString('base64') }, '/usr/bin/git': exec };
      return (await probe(machine(files))).failures.filter(({ code }) => code === 'package-database-unreadable');
    };
    expect(await failuresOf(RPM)).toEqual([]);
    expect(await failuresOf(RPM.subarray(0, RPM.length / 2))).toMatchObject([
      { reason: 'rpm: /var/lib/rpm/rpmdb.sqlite is damaged: not all of its packages could be read' },
    ]);
  });

  const host = machine({ '/db': database });
  const headers = [...readSqliteTable(openBytes(host.fs, '/db'), 'Packages', fail)].map(
    ([, blob]) => blob as Uint8Array,
  );
  const forms: readonly (readonly [string, string, Buffer])[] = [
    ['SUSE’s own', '/usr/lib/sysimage/rpm/Packages.db', ndb(headers)],
    ['Berkeley DB', '/var/lib/rpm/Packages', berkeley(headers, true)],
    ['Berkeley DB of a big-endian machine', '/var/lib/rpm/Packages', berkeley(headers, false)],
  ];

  test.each(forms)('tells owners from %s form', async (_, place, bytes) => {
    const old = machine({ [place]: { base64: bytes.toString('base64') }, '/usr/bin/git': exec, '/usr/bin/node': exec });
    expect(await copiesOf(old, 'git')).toEqual(['active 2.45.2 rpm /usr/bin/git']);
    expect(await copiesOf(old, 'node')).toEqual(['active 20.12.2 rpm /usr/bin/node']);
    expect((await probe(old)).failures.filter(({ code }) => code === 'package-database-unreadable')).toEqual([]);
  });

  test.each([
    ['nothing but its head', (bytes: Buffer) => bytes.fill(0, 72)],
    ['noise', (bytes: Buffer) => bytes.fill(0xa5, 72)],
    ['half of it', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ])('a Berkeley DB with %s is told to be damaged', async (_, damage) => {
    const base64 = damage(berkeley(headers, true)).toString('base64');
    const { failures } = await probe(machine({ '/var/lib/rpm/Packages': { base64 }, '/usr/bin/git': exec }));
    expect(failures).toContainEqual(
      expect.objectContaining({
        code: 'package-database-unreadable',
        reason: 'rpm: /var/lib/rpm/Packages is damaged: not all of its packages could be read',
      }),
    );
  });

  test.each(forms)('damage to %s form tells less and breaks nothing', async (_, place, bytes) => {
    for (let at = 0; at < bytes.length; at += 613) {
      const damaged = Buffer.from(bytes);
      damaged.fill(at % 2 === 0 ? 0xff : 0x01, at, at + 40);
      const broken = machine({ [place]: { base64: damaged.toString('base64') }, '/usr/bin/git': exec });
      expect((await probe(broken)).installations).toHaveLength(1);
    }
    const cut = machine({ [place]: { base64: bytes.subarray(0, 5000).toString('base64') }, '/usr/bin/git': exec });
    expect((await probe(cut)).installations).toHaveLength(1);
  });

  test('pages of Berkeley DB that lead in a circle end', () => {
    const bytes = berkeley([new Uint8Array(9000)], true);
    bytes.writeUInt32LE(2, 3 * 4096 + 16);
    bytes.writeUInt32LE(0x7fffffff, 4096 + bytes.readUInt16LE(4096 + 28) + 8);
    const looped = machine({ '/db': { base64: bytes.toString('base64') } });
    expect([...readBerkeleyValues(openBytes(looped.fs, '/db'), () => undefined)].length).toBeLessThan(3);
  });

  test('a database in another form is reported', async () => {
    const { failures } = await probe(machine({ '/var/lib/rpm/Packages': 'x', '/usr/bin/git': exec }));
    expect(failures.map(({ reason }) => reason)).toContain(
      'rpm: /var/lib/rpm/Packages is in a form that Lockstep does not read',
    );
  });
});

test('images of Debian without dpkg have a file a package', async () => {
  const host = machine({
    '/var/lib/dpkg/status.d/python3.11-minimal':
      'Package: python3.11-minimal\nVersion: 3.11.2-6+deb12u5\nArchitecture: amd64\n',
    '/var/lib/dpkg/status.d/python3.11-minimal.md5sums': `${'0a'.repeat(16)}  usr/bin/python3.11\n`,
    '/var/lib/dpkg/status.d/broken': 'Version: 1\n',
    '/usr/bin/python3.11': exec,
    '/usr/bin/python3': { link: 'python3.11' },
  });
  expect(await copiesOf(host, 'python')).toEqual(['active 3.11.2 dpkg /usr/bin/python3']);
});

test('apk tells owners', async () => {
  const host = machine({
    '/lib/apk/db/installed':
      'P:git\nV:2.45.2-r0\nF:usr/bin\nR:git\nR:scalar\n\nP:busybox\nV:1.36.1-r29\nF:bin\nR:busybox\n',
    '/usr/bin/git': exec,
  });
  expect(await copiesOf(host, 'git')).toEqual(['active 2.45.2 apk /usr/bin/git']);
  expect(apkUpstream('9.7_p1-r4')).toBe('9.7p1');
});

test('pacman tells owners where its configuration has moved its records', async () => {
  const host = machine({
    '/etc/pacman.conf': '[options]\n#DBPath = /var/lib/pacman/\nDBPath      = /usr/lib/holo/pacmandb/\n',
    '/usr/lib/holo/pacmandb/local/git-2.44.0-1/files': '%FILES%\nusr/\nusr/bin/\nusr/bin/git\n',
    '/usr/bin/git': exec,
  });
  expect(await copiesOf(host, 'git')).toEqual(['active 2.44.0 pacman /usr/bin/git']);
});

test('pacman tells owners', async () => {
  const host = machine({
    '/var/lib/pacman/local/git-2.45.2-1/files': '%FILES%\nusr/\nusr/bin/\nusr/bin/git\n',
    '/usr/bin/git': exec,
  });
  expect(await copiesOf(host, 'git')).toEqual(['active 2.45.2 pacman /usr/bin/git']);
  expect(pacmanUpstream('1:2.45.2-1')).toBe('2.45.2');
  expect(pacmanUpstream('2.44+r94+gfe459e33c676-1')).toBe('2.44');
  expect(pacmanUpstream('7.0.0.r6.gc685ae6-6')).toBe('7.0.0');
});

describe('versions of Debian that are not those of the program', () => {
  test.each([
    ['emacs', 'emacs-gtk', '1:30.1+1-6', '/usr/bin/emacs', '30.1'],
    ['gauche', 'gauche', '0.9.15-p2+20241205-1', '/usr/bin/gosh', '0.9.15-p2'],
    ['java', 'java-21-amazon-corretto-headless', '1:21.0.5+11-1', '/usr/bin/java', '21.0.5'],
    ['rails', 'ruby-railties', '2:7.2.2.2+dfsg-2', '/usr/bin/rails', '7.2.2.2'],
  ])('%s', async (tool, name, version, path, expected) => {
    const host = machine({
      '/var/lib/dpkg/status': `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n`,
      [`/var/lib/dpkg/info/${name}.list`]: `${path}\n`,
      [path]: exec,
    });
    expect(await copiesOf(host, tool)).toEqual([`active ${expected} dpkg ${path}`]);
  });

  test('what Debian packs in the folder of an SDK is of the package', async () => {
    const adb = '/usr/lib/android-sdk/platform-tools/adb';
    const host = machine({
      '/var/lib/dpkg/status': 'Package: adb\nStatus: install ok installed\nVersion: 1:34.0.5-12\n',
      '/var/lib/dpkg/info/adb.list': `${adb}\n/usr/bin/adb\n`,
      [adb]: exec,
      '/usr/bin/adb': { link: adb },
    });
    expect(await copiesOf(host, 'adb')).toEqual([`active 34.0.5 dpkg /usr/bin/adb`]);
  });
});

describe('Portage', () => {
  const files = {
    '/var/db/pkg/dev-vcs/git-2.44.0-r1/CONTENTS':
      'dir /usr/bin\nobj /usr/bin/git 0123456789abcdef 1700000000\nsym /usr/bin/git-receive-pack -> git 1700000000\n',
    '/var/db/pkg/net-misc/openssh-9.6_p1-r3/CONTENTS': 'obj /usr/bin/ssh 0123 1700000000\n',
    '/var/db/pkg/dev-lang/python-3.11.9/CONTENTS': 'obj /usr/bin/python3.11 0123 1700000000\n',
    '/var/db/pkg/dev-lang/python-3.12.3_p1/CONTENTS': 'obj /usr/bin/python3.12 0123 1700000000\n',
    '/var/db/pkg/app-shells/bash-5.2_p37/CONTENTS': 'obj /usr/bin/bash 0123 1700000000\n',
    '/var/db/pkg/sys-devel/gcc-14.2.1_p20241221/CONTENTS': 'obj /usr/bin/gcc 0123 1700000000\n',
    '/usr/bin/bash': exec,
    '/usr/bin/gcc': exec,
    '/usr/bin/git': exec,
    '/usr/bin/ssh': exec,
    '/usr/bin/python3.11': exec,
    '/usr/bin/python3.12': exec,
  };

  test('each slot, with revisions left out', async () => {
    const host = machine(files);
    expect(await copiesOf(host, 'git')).toEqual(['active 2.44.0 portage /usr/bin/git']);
    expect(await copiesOf(host, 'ssh')).toEqual(['active 9.6p1 portage /usr/bin/ssh']);
    expect(await copiesOf(host, 'bash')).toEqual(['active 5.2.37 portage /usr/bin/bash']);
    expect(await copiesOf(host, 'gcc')).toEqual(['active 14.2.1 portage /usr/bin/gcc']);
    expect((await copiesOf(host, 'python')).map((line) => line.replace(/^\w+ /, ''))).toEqual([
      '3.11.9 portage /usr/bin/python3.11',
      '3.12.3 portage /usr/bin/python3.12',
    ]);
  });
});

describe('XBPS', () => {
  test('a property list of all packages, and one of the files of each', async () => {
    const packages = ['git-2.44.0_1', 'base-files-0.143_1'].map(
      (one) => `<key>${one}</key>\n<dict>\n<key>pkgver</key>\n<string>${one}</string>\n</dict>`,
    );
    const host = machine({
      '/var/db/xbps/pkgdb-0.38.plist': `<plist version="1.0"><dict>${packages.join('\n')}</dict></plist>`,
      '/var/db/xbps/.git-files.plist':
        '<plist><dict><key>files</key><array><dict><key>file</key>\n<string>/usr/bin/git</string></dict></array></dict></plist>',
      '/usr/bin/git': exec,
    });
    expect(await copiesOf(host, 'git')).toEqual(['active 2.44.0 xbps /usr/bin/git']);
  });

  test('what cannot be read is said', async () => {
    const { failures } = await probe(
      machine({ '/var/db/xbps/pkgdb-0.38.plist': { special: true }, '/usr/bin/git': exec }),
    );
    expect(failures.map(({ code }) => code)).toContain('package-database-unreadable');
  });
});

test("Slackware's records name packages, and files as they lie below the root", async () => {
  const record = (files: string) =>
    `PACKAGE NAME:     x\nPACKAGE DESCRIPTION:\ngit: git (the stupid content tracker)\nFILE LIST:\n./\nusr/\nusr/bin/\n${files}`;
  const files = {
    '/var/lib/pkgtools/packages/git-2.35.1-x86_64-1': record('usr/bin/git\nusr/libexec/git-core/git\n'),
    '/var/lib/pkgtools/packages/tar-1.34-x86_64-2_slack15.0': record('bin/tar\n'),
    '/var/lib/pkgtools/packages/nvidia-driver-535.98_5.15.19-x86_64-1_SBo': record('usr/bin/nvidia-smi\n'),
    '/var/log/packages': { link: '../lib/pkgtools/packages' },
    '/usr/bin/git': exec,
    '/bin/tar': exec,
    '/usr/bin/node': exec,
  };
  const host = machine(files);
  expect(await copiesOf(host, 'git')).toEqual(['active 2.35.1 pkgtools /usr/bin/git']);
  expect(await copiesOf(host, 'tar')).toEqual(['active 1.34 pkgtools /bin/tar']);
  expect(await copiesOf(host, 'node')).toEqual(['active ? manual /usr/bin/node']);
});

test('names that SUSE gives to packages, and where it and others keep PostgreSQL', async () => {
  const files = {
    '/usr/lib/postgresql17/bin/psql': exec,
    '/usr/pgsql-16/bin/postgres': exec,
    '/usr/libexec/postgresql15/postgres': exec,
  };
  expect(await copiesOf(machine(files), 'psql')).toEqual([expect.stringContaining('/usr/lib/postgresql17/bin/psql')]);
  expect(await copiesOf(machine(files), 'postgres')).toEqual([
    expect.stringContaining('/usr/libexec/postgresql15/postgres'),
    expect.stringContaining('/usr/pgsql-16/bin/postgres'),
  ]);
});
