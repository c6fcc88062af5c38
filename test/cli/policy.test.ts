import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Audit } from '../../src/core/model/audit';
import { runCli } from './fake-io';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let env: Record<string, string>;
const project = () => join(folder, 'project');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-policy-'));
  env = { PATH: join(folder, 'bin'), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(project(), { recursive: true, force: true });
  mkdirSync(project());
  cpSync('examples/python-service/flake.lock', join(project(), 'flake.lock'));
  writeFlake('');
});

/** The lock of an example, for a shell of two packages. */
function writeFlake(output: string): void {
  const { nodes, root } = JSON.parse(readFileSync('examples/python-service/flake.lock', 'utf8'));
  const inputs = Object.keys(nodes[root].inputs);
  const declared = inputs.map((name) => `    ${name}.url = "github:NixOS/nixpkgs";`).join('\n');
  writeFileSync(
    join(project(), 'flake.nix'),
    `{
  inputs = {
${declared}
  };
  outputs = { self, nixpkgs, ... }: {
    devShells = nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" "x86_64-darwin" ] (system:
      let pkgs = nixpkgs.legacyPackages.\${system}; in {
        default = pkgs.mkShell { packages = [ pkgs.ruff pkgs.just ]; };
      });
${output}
  };
}
`,
  );
}

async function audit(...flags: string[]) {
  const result = await runCli(['audit', project(), '--json', ...flags], { env });
  return { ...result, audit: result.stdout === '' ? undefined : (JSON.parse(result.stdout) as Audit) };
}

const statuses = (found: Audit | undefined) =>
  Object.fromEntries(
    (found?.rows ?? []).filter(({ status }) => status !== 'extra').map((row) => [row.tool, row.status]),
  );

test('without a policy both are missing', async () => {
  const { audit: found, exitCode } = await audit();
  expect(statuses(found)).toEqual({ ruff: 'missing', just: 'missing' });
  expect(exitCode).toBe(1);
});

describe('lockstep.toml', () => {
  test('decides what counts, and the exit code', async () => {
    writeFileSync(
      join(project(), 'lockstep.toml'),
      '[tools.ruff]\nrequired = false\n[tools.just]\nignore = "not yet"\n',
    );
    const { audit: found, exitCode } = await audit();
    expect(statuses(found)).toEqual({ ruff: 'match', just: 'match' });
    expect(found?.summary.headline).toBe('2 of 2 in step (2 accepted)');
    expect(exitCode).toBe(0);
    expect((await audit('--no-policy')).exitCode).toBe(1);
  });

  test('a mistake is refused with its place', async () => {
    writeFileSync(join(project(), 'lockstep.toml'), 'tolerance = "patch"\n[tools.ruf]\nrequired = false\n');
    const { stderr, exitCode } = await audit();
    expect(stderr).toContain('Nobody knows the tool "ruf"');
    expect(stderr).toContain('lockstep.toml:2:');
    expect(stderr).toContain('Did you mean ruff');
    expect(exitCode).toBe(2);
  });

  test('fail-on, unless the command line says otherwise', async () => {
    writeFileSync(join(project(), 'lockstep.toml'), 'fail-on = ["drift"]\n');
    expect((await audit()).exitCode).toBe(0);
    expect((await audit('--fail-on', 'missing')).exitCode).toBe(1);
  });

  test('a port that something listens on', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening));
    });
    try {
      const { port } = server.address() as { port: number };
      writeFileSync(join(project(), 'lockstep.toml'), `[ports]\n${port} = "the service"\n`);
      expect(statuses((await audit()).audit)[`port:${port}`]).toBe('drift');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe("the flake's own output", () => {
  test('has the same keys, and may be computed', async () => {
    writeFlake(`    lockstep = {
      tools = nixpkgs.lib.genAttrs [ "ruff" "just" ] (name: { required = name != "ruff"; });
      variables.SERVICE_URL = true;
    };`);
    const { audit: found } = await audit();
    expect(statuses(found)).toEqual({ ruff: 'match', just: 'missing', 'variable:SERVICE_URL': 'missing' });
  });

  test('a mistake is refused with its place in flake.nix', async () => {
    writeFlake('    lockstep.tools.ruff.tolerence = "minor";');
    const { stderr, exitCode } = await audit();
    const lines = readFileSync(join(project(), 'flake.nix'), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('tolerence')) + 1;
    expect(stderr).toContain(`There is no "tolerence" in [tools.ruff].\n       at flake.nix:${line}:`);
    expect(stderr).toContain('Did you mean "tolerance"?');
    expect(exitCode).toBe(2);
  });

  test.each([
    ['lockstep = "patch";', 'A policy must be a set of keys.', 0, 'tolerance'],
    ['lockstep = [ ];', 'A policy must be a set of keys.', 0, 'tolerance'],
    ['lockstep.fail-on = [ "drift" "dirft" ];', 'fail-on does not know "dirft".', 0, 'Did you mean drift?'],
    ['lockstep.tools.ruff = true;', 'ruff must be a table.', 0, 'Write ruff = { … };'],
    ['lockstep.tools.ruff = { ignore = "x";\n until = "soon"; };', 'until must be a day.', 1, 'until = "2027-01-31";'],
    ['lockstep.ports."99999" = "x";', '99999 is no port', 0, '"5432" = "PostgreSQL";'],
  ])('%s is refused in the words of Nix', async (output, message, line, hint) => {
    writeFlake(output);
    const { stderr, exitCode } = await audit();
    const lines = readFileSync(join(project(), 'flake.nix'), 'utf8').split('\n');
    const first = lines.findIndex((text) => text.includes(output.split('\n')[0] ?? '')) + 1;
    expect(stderr).toContain(message);
    expect(stderr).toContain(`at flake.nix:${first + line}:`);
    expect(stderr).toContain(hint);
    expect(exitCode).toBe(2);
  });

  test('below its system, as eachDefaultSystem puts it, or null', async () => {
    writeFlake(
      'lockstep = nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" "x86_64-darwin" ] (system: { tools.ruff.required = false; });',
    );
    expect(statuses((await audit()).audit)['ruff']).toBe('match');
    writeFlake('lockstep.sparc-linux.tools.ruff.required = false;');
    expect(statuses((await audit()).audit)['ruff']).toBe('missing');
    writeFlake('lockstep = null;');
    expect(statuses((await audit()).audit)['ruff']).toBe('missing');
  });

  test('lockstep.toml goes before it', async () => {
    writeFlake('    lockstep.tools.ruff.required = false;');
    writeFileSync(join(project(), 'lockstep.toml'), '');
    expect(statuses((await audit()).audit)['ruff']).toBe('missing');
  });
});

test('a baseline accepts what is there, and nothing new', async () => {
  const baseline = join(folder, 'baseline.json');
  expect((await audit('--write-baseline', baseline)).exitCode).toBe(0);
  expect((await audit('--write-baseline', baseline, '--fail-on', 'missing')).exitCode).toBe(1);
  expect((await audit('--baseline', baseline)).exitCode).toBe(0);
  writeFileSync(join(project(), 'lockstep.toml'), '[tools.zig]\noutside = true\n');
  const { audit: found, exitCode } = await audit('--baseline', baseline);
  expect(statuses(found)).toEqual({ ruff: 'match', just: 'match', zig: 'missing' });
  expect(exitCode).toBe(1);
});

test('a baseline of differences that are gone is told to be out of date', async () => {
  const file = join(project(), 'base.json');
  const of = (...tools: string[]) => ({
    schema: 'lockstep.baseline/1',
    createdAt: '2026-11-01',
    accepted: tools.map((tool) => ({ tool, status: 'missing' })),
  });
  const found = async (content: object) => {
    writeFileSync(file, JSON.stringify(content));
    const { audit: of } = await audit('--baseline', file);
    return of?.findings.flatMap(({ code, message }) => (code === 'baseline-stale' ? [message] : []));
  };
  expect(await found(of('cobol', 'fortran'))).toEqual([
    'None of the 2 differences that base.json accepts is here: it may be of another flake or machine, or out of date.',
  ]);
  expect(await found(of('cobol'))).toEqual(['The difference that base.json accepts is no longer here.']);
  await audit('--write-baseline', file);
  expect(await found(JSON.parse(readFileSync(file, 'utf8')))).toEqual([]);
  const own = JSON.parse(readFileSync(file, 'utf8'));
  expect(await found({ ...own, accepted: [...own.accepted, ...of('cobol').accepted] })).toEqual([
    '1 of 3 differences that base.json accepts is no longer here.',
  ]);
});

test('the baseline that the policy names may be written while it is not there yet', async () => {
  writeFileSync(join(project(), 'lockstep.toml'), 'baseline = "base.json"\n');
  const missing = await audit();
  expect(missing).toMatchObject({ exitCode: 2 });
  expect(missing.stderr).toContain('there is no such file');
  await audit('--write-baseline', join(project(), 'base.json'));
  expect((await audit()).exitCode).toBe(0);
});

test('two policies: only the file counts, and the report says so', async () => {
  writeFlake('    lockstep.tools.ruff.required = false;');
  writeFileSync(join(project(), 'lockstep.toml'), '[tools.just]\nrequired = false\n');
  const { audit: found } = await audit();
  expect(statuses(found)).toEqual({ ruff: 'missing', just: 'match' });
  expect(found?.findings.map(({ code }) => code)).toContain('policy-twice');
});
