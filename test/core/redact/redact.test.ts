import { describe, expect, test } from 'vitest';
import type { Audit } from '../../../src/core/model/audit';
import { countRemovals, redact } from '../../../src/core/redact';
import { exporters } from '../../../src/core/report';
import { actual, audit, row, snapshot, target, wants } from '../report/builders';
import { reportOf } from '../report/sample';

/** Made up for this test; put together at run time so that no scanner takes this file for a leak. */
const secrets: Readonly<Record<string, string>> = {
  github: `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`,
  githubFine: `github_pat_${'11ABCDE0'.repeat(10)}`,
  gitlab: `glpat-${'xYz12345'.repeat(3).slice(0, 20)}`,
  awsKey: `AKIA${'IOSFODNN7EXAMPLE'}`,
  awsSecret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  google: `AIza${'SyA1b2C3d4'.repeat(4).slice(0, 35)}`,
  slack: `xoxb-${'123456789012'}-${'abcdefGHIJKL'}`,
  stripe: `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`,
  npm: `npm_${'Ab1'.repeat(12)}`,
  pypi: `pypi-${'AgEIcHlwaS5vcmc'.repeat(5)}`,
  openai: `sk-proj-${'Abc123'.repeat(6)}`,
  anthropic: `sk-ant-api03-${'Zz9_'.repeat(10)}`,
  huggingface: `hf_${'AbCdEf'.repeat(6)}`,
  jwt: `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}.${'dozjgNryP4J3jVmNHl0w5N'}`,
  docker: `dckr_pat_${'AbCd1234'.repeat(3)}`,
  digitalocean: `dop_v1_${'0a1b'.repeat(16)}`,
  vault: `hvs.${'CAESIJ'.repeat(5)}`,
  tailscale: `tskey-auth-${'k123456CNTRL'}-${'abcdefg'}`,
  age: `AGE-SECRET-KEY-1${'QYQS'.repeat(15).slice(0, 58)}`,
  privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----`,
  urlPassword: 's3cr3tPassw0rd',
  urlToken: 'tokenInUrl9876',
  bearer: 'abcDEF123456ghiJKL7890',
  variable: 'correct-horse-battery',
  assigned: 'hunter2hunter2',
  jsonPassword: 'p4ssInJson!',
  option: 'optionSecret99',
  email: 'ada.lovelace@example.org',
  ipv4: '192.168.17.23',
  ipv6: '2001:db8:85a3::8a2e:370:7334',
  mac: '3c:22:fb:9a:bc:de',
  user: 'lovelace',
  host: 'adas-thinkpad',
  otherHome: '/home/babbage',
};

const hook = [
  `export GITHUB_TOKEN=${secrets.github}`,
  `# ${secrets.githubFine} ${secrets.gitlab} ${secrets.awsKey}`,
  `export AWS_SECRET_ACCESS_KEY="${secrets.awsSecret}"`,
  `curl "https://maps.example.com/?key=${secrets.google}" -H 'Authorization: Bearer ${secrets.bearer}'`,
  `slack ${secrets.slack}; stripe ${secrets.stripe}; npm ${secrets.npm}; ${secrets.pypi}`,
  `psql postgres://admin:${secrets.urlPassword}@db.example.com/app`,
  `git clone https://${secrets.urlToken}@git.example.com/x.git`,
  `echo '{"password":"${secrets.jsonPassword}"}' | login --api-token ${secrets.option}`,
  `DB_PASSWORD=${secrets.assigned} run`,
  `ssh -i /home/lovelace/.ssh/id git@github.com:x/y.git`,
].join('\n');

function planted(): Audit {
  const rows = [
    row({
      title: `Tool of ${secrets.email}`,
      reason: `Could not be read at /home/lovelace/.nvm: ${secrets.openai} from ${secrets.ipv4} and ${secrets.ipv6} by ${secrets.mac}.`,
      actual: actual('1.2.3.4', {
        path: '/home/lovelace/.nvm/versions/node/v20.11.1/bin/node',
        evidence: [
          {
            kind: 'command',
            source: `node --token ${secrets.huggingface}`,
            detail: `${secrets.jwt} on adas-thinkpad.local`,
          },
          { kind: 'file', source: '/home/lovelace/x', detail: `${secrets.anthropic} ${secrets.docker}` },
        ],
      }),
      copies: [actual('20.11.1', { path: `${secrets.otherHome}/bin/node`, manager: 'manual' })],
      fixes: [
        {
          manager: 'nix',
          command: 'nix develop /home/lovelace/work',
          title: `For ${secrets.vault}`,
          risk: `${secrets.tailscale}`,
        },
      ],
    }),
    row({ tool: 'zlib', title: 'zlib', status: 'unknown', reason: `${secrets.digitalocean} ${secrets.age}` }),
    row({ tool: 'git', status: 'extra', reason: secrets.privateKey ?? '' }),
  ];
  return audit(rows, {
    snapshot: snapshot([], {
      host: { source: 'local', os: 'linux', arch: 'x86_64', system: 'x86_64-linux', name: 'adas-thinkpad' },
      environment: [
        { name: 'HOME', value: '/home/lovelace' },
        { name: 'USER', value: 'lovelace' },
        { name: 'SECRET_KEY_BASE', value: secrets.variable ?? '' },
        { name: 'JAVA_HOME', value: '/usr/lib/jvm/java-17' },
      ],
      pathEntries: [{ path: 'C:\\Users\\lovelace\\bin', state: 'ok' }],
      failures: [{ status: 'failed', path: '/home/lovelace/.x', code: 'io', reason: `lovelace may not read ${hook}` }],
    }),
    target: target(
      [wants('nodejs_20', '20.11.1')],
      {},
      {
        shellHook: hook,
        variables: [
          { name: 'DATABASE_URL', value: `postgres://admin:${secrets.urlPassword}@localhost/app` },
          { name: 'PGPASSWORD', value: secrets.assigned ?? '' },
        ],
      },
    ),
    findings: [{ code: 'x', message: `See ${secrets.email} at adas-thinkpad`, detail: hook }],
  });
}

describe('redact', () => {
  const { document, removed } = redact(planted());
  const report = reportOf(document, countRemovals(removed));

  test.each(exporters.map((exporter) => [exporter.id, exporter] as const))('leaves no secret in %s', (_, exporter) => {
    const text = exporter.render(report);
    const left = Object.entries(secrets).filter(([, secret]) =>
      secret.split('\n').some((line) => text.includes(line) || text.includes(JSON.stringify(line).slice(1, -1))),
    );
    expect(left.map(([name]) => name)).toEqual([]);
  });

  test('tells what was removed, with places', () => {
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(30);
    expect(removed).toContainEqual({
      kind: 'token',
      original: secrets.openai,
      replacement: '<token>',
      count: 1,
      places: ['rows.0.reason'],
    });
    expect(new Set(removed.map(({ kind }) => kind))).toEqual(
      new Set([
        'home path',
        'user name',
        'host name',
        'IP address',
        'MAC address',
        'e-mail address',
        'token',
        'credentials',
        'secret',
      ]),
    );
  });

  test('keeps the shape and what a reader needs', () => {
    expect(document.rows[0]?.actual?.path).toBe('~/.nvm/versions/node/v20.11.1/bin/node');
    expect(document.snapshot.environment).toEqual([
      { name: 'HOME', value: '~' },
      { name: 'USER', value: '<user>' },
      { name: 'SECRET_KEY_BASE', value: '<secret>' },
      { name: 'JAVA_HOME', value: '/usr/lib/jvm/java-17' },
    ]);
    expect(document.snapshot.host.name).toBe('<host>');
    expect(document.target.shells['default']?.shellHook).toContain('git@github.com:x/y.git');
    expect(document.target.shells['default']?.variables[0]?.value).toBe('postgres://<credentials>@localhost/app');
  });
});

test('a home folder names its user, wherever it is and whoever the variables name', () => {
  const document = audit([row({ reason: 'kept by adalovelace in /srv/people/adalovelace/bin' })], {
    snapshot: snapshot([], { environment: [{ name: 'HOME', value: '/srv/people/adalovelace' }] }),
  });
  const { reason } = redact(document).document.rows[0]!;
  expect(reason).toMatch(/^kept by <.*> in ~\/bin$/);
});

describe('does not over-redact', () => {
  const untouched: readonly string[] = [
    '1.2.3.4 is installed at /usr/bin/tool',
    '/nix/store/1b9p07z77phvv2hf6gm9f28syp39f1ag-openssl-3.0.13/bin/openssl',
    '0123456789abcdef0123456789abcdef01234567',
    'github:NixOS/nixpkgs/0123456789abcdef0123456789abcdef01234567#nodejs_20',
    'sha256-nsNdSldaAyu6PE3YUA+YQLqUDJh+gRbBooMMekZJwvI=',
    '/root/.pyenv/versions/3.11.7/bin/python3',
    'git@github.com:NixOS/nixpkgs.git',
    '/opt/homebrew/opt/openssl@3/bin',
    '/home/linuxbrew/.linuxbrew/bin/brew',
    'node_modules/@scope/package@1.2.3',
    'keyboard: de, monkey=1, token ring',
    'std::vector and Foo::Bar at 12:30:45',
    'http://127.0.0.1:8080 and 0.0.0.0',
    'unexpected token: identifier',
    'SSH_AUTH_SOCK=/run/user/1000/keyring/ssh',
    'dpkg: openjdk-17-jre:amd64 17.0.15+6-1~deb12u1',
  ];
  test.each(untouched)('%s', (text) => {
    const document = audit([row({ reason: text, actual: actual('1.2.3.4') })]);
    expect(redact(document).document.rows[0]?.reason).toBe(text);
  });

  test('a user whose name is a tool keeps the tool', () => {
    const document = audit([row({ tool: 'node', reason: 'node 20 is at /home/node/bin/node' })], {
      snapshot: snapshot([], {
        environment: [
          { name: 'HOME', value: '/home/node' },
          { name: 'USER', value: 'node' },
        ],
      }),
    });
    expect(redact(document).document.rows[0]?.reason).toBe('node 20 is at ~/bin/node');
  });
});

test('a document keeps its keys, whatever a stranger calls them', () => {
  const document = JSON.parse('{"__proto__": {"note": "/home/ada/x"}, "constructor": "y"}') as object;
  expect(JSON.stringify(redact(document).document)).toBe('{"__proto__":{"note":"~/x"},"constructor":"y"}');
});

describe('long texts without end', () => {
  const long = 300_000;
  test.each([
    '--a-b-c-d-',
    'key="',
    'cookie:',
    'key:""',
    'key==',
    'key=<a>',
    'token --',
    '/home/',
    '-----BEGIN PRIVATE KEY-----',
    'a@',
    '1.2.3.',
    'http://a:',
    ' ',
    'ab:',
    'DOMAIN\\user=',
    'arn:aws:iam::1:user/',
    '/Volumes/a-b',
  ])(
    'of %j are read in time',
    (piece) => {
      const document = audit([row({ reason: `token${piece.repeat(long / piece.length)}` })]);
      expect(redact(document).document.rows).toHaveLength(1);
    },
    20_000,
  );
});
