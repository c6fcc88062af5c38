import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Target } from '../../src/core/model/target';
import { loadIndex } from '../../src/node/nixpkgs-index';
import { findNix, flakeReference } from '../../src/node/real-nix';
import { readTargetWithNix } from '../../src/node/target-nix';

const scratch = mkdtempSync(join(tmpdir(), 'lockstep-nix-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const index = loadIndex();
const example = resolve(import.meta.dirname, '../../examples/python-service');

/** A program named `nix` that does what a shell script says; it keeps its arguments in `argv`. */
function fakeNix(name: string, script: string): Record<string, string> {
  const bin = join(scratch, name);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'nix'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${bin}/argv\n${script}\n`);
  chmodSync(join(bin, 'nix'), 0o755);
  return { PATH: `${bin}:/usr/bin:/bin`, HOME: scratch };
}
const read = (env: Record<string, string>, folder = example, nixDeadline = 20_000) =>
  readTargetWithNix({ folder, system: 'x86_64-linux', index, env, nixDeadline });

describe('what Nix tells', () => {
  const answer = {
    default: {
      packages: [
        { name: 'ruff-0.6.6', pname: 'ruff', version: '0.6.6' },
        { name: 'uv-0.9', pname: 'uv', version: '0.9' },
        { name: 'python3-3.12.5-env', pname: null, version: null },
      ],
      variables: { DATABASE_URL: 'postgresql://elsewhere' },
      shellHook: 'hook',
    },
  };

  test('makes versions exact, adds what we lacked, and disagreement is shown', async () => {
    const env = fakeNix('answering', `cat <<'END'\n${JSON.stringify(answer)}\nEND`);
    const target = await read(env);
    expect(target.evaluator).toBe('nix');
    const shell = target.shells['default']!;
    const find = (attribute: string) => shell.packages.find((each) => each.attribute === attribute);
    expect(find('ruff')).toMatchObject({ version: '0.6.6', certainty: 'exact', position: { file: 'flake.nix' } });
    expect(find('uv')).toMatchObject({ version: '0.9', certainty: 'exact' });
    expect(find('python312Packages.ipython')).toBeDefined();
    expect(shell.variables.find(({ name }) => name === 'DATABASE_URL')?.value).toBe('postgresql://elsewhere');
    expect(target.findings).toMatchObject([
      { code: 'evaluators-disagree', message: expect.stringContaining('uv (Nix: 0.9, Lockstep: 0.4.11)') },
    ]);
  });

  test('is asked for without building, fetching, writing or the settings of the flake', async () => {
    const env = fakeNix('guarded', `cat <<'END'\n${JSON.stringify(answer)}\nEND`);
    await read(env);
    const argv = readFileSync(join(scratch, 'guarded/argv'), 'utf8');
    for (const guard of ['--offline', '--no-write-lock-file', '--no-update-lock-file', '--no-registries']) {
      expect(argv).toContain(`${guard}\n`);
    }
    expect(argv).toContain('--option\nallow-import-from-derivation\nfalse\n');
    expect(argv).toContain('--option\nmax-jobs\n0\n');
    expect(argv).toContain('--option\naccept-flake-config\nfalse\n');
  });
});

test('what we read ourselves is told before Nix is asked, where there is a shell to compare with', async () => {
  const told: (readonly [evaluator: string, version: string | undefined, asked: boolean])[] = [];
  const env = fakeNix('late', 'echo "{}"');
  const options = { system: 'x86_64-linux', index, env, nixDeadline: 20_000 };
  const onOwn = ({ evaluator, shells }: Target) =>
    told.push([
      evaluator,
      shells['default']?.packages.find(({ attribute }) => attribute === 'ruff')?.version,
      existsSync(join(scratch, 'late/argv')),
    ]);
  await readTargetWithNix({ ...options, folder: example, onOwn });
  expect(told).toEqual([['lockstep', '0.6.6', false]]);
  await readTargetWithNix({ ...options, folder: unknowable('not-ours'), onOwn }).catch(() => undefined);
  expect(told).toHaveLength(1);
});

/** A flake whose shell, or all of whose outputs, hang on a flake that nobody modelled. */
function unknowable(name: string, outputs = '{ devShells.x86_64-linux.default = b.shellFor "x86_64-linux"; }'): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const locked = { type: 'github', owner: 'a', repo: 'b', rev: '0'.repeat(40), lastModified: 1, narHash: 'sha256-x' };
  writeFileSync(
    join(folder, 'flake.lock'),
    JSON.stringify({
      version: 7,
      root: 'root',
      nodes: { root: { inputs: { b: 'b' } }, b: { locked, original: { type: 'github', owner: 'a', repo: 'b' } } },
    }),
  );
  writeFileSync(join(folder, 'flake.nix'), `{ inputs.b.url = "github:a/b"; outputs = { self, b }: ${outputs}; }`);
  return folder;
}

test('what only Nix can read is read by Nix', async () => {
  const folder = unknowable('known-to-nix');
  const answer = {
    default: {
      packages: [{ name: 'ruff-0.6.6', pname: 'ruff', version: '0.6.6' }],
      variables: { A: 'b' },
      shellHook: '',
    },
  };
  const target = await read(fakeNix('knowing', `cat <<'END'\n${JSON.stringify(answer)}\nEND`), folder);
  expect(target.evaluator).toBe('nix');
  const shell = target.shells['default']!;
  expect(shell.problem).toBeUndefined();
  expect(shell.packages).toMatchObject([{ name: 'ruff', version: '0.6.6', certainty: 'exact' }]);
  expect(shell.variables).toEqual([{ name: 'A', value: 'b' }]);
});

test('which shells there are is asked of Nix where another flake makes the outputs', async () => {
  const folder = unknowable('made-elsewhere', 'b.lib.mkFlake { }');
  const shell = { packages: [{ name: 'go-1.23', pname: 'go', version: '1.23' }], variables: {}, shellHook: '' };
  const script = `case "$*" in
    *attrNames) echo '["default","docs"]';;
    *) echo '${JSON.stringify({ default: shell, docs: shell })}';;
  esac`;
  const target = await read(fakeNix('naming', script), folder);
  expect(
    Object.entries(target.shells).map(([name, { output, packages }]) => [name, output, packages[0]?.version]),
  ).toEqual(['default', 'docs'].map((name) => [name, `devShells.x86_64-linux.${name}`, '1.23']));
  expect(target).toMatchObject({ evaluator: 'nix', defaultShell: 'default' });
  expect(target.findings.map(({ code }) => code)).not.toContain('outputs-unknown');
  await expect(read(fakeNix('nameless', 'echo "[]"'), folder)).rejects.toMatchObject({
    problem: { code: 'outputs-unknown', hint: 'Nix was of no help: it has no devShells.x86_64-linux.' },
  });
  await expect(read({ PATH: scratch }, folder)).rejects.toMatchObject({ problem: { code: 'outputs-unknown' } });
});

describe('a Nix that is of no use changes nothing', () => {
  test.each([
    ['it fails', 'echo "error: attribute \'x\' missing" >&2; exit 1', 'nix-failed', "attribute 'x' missing"],
    ['it prints garbage', 'echo "<html>"', 'nix-garbage', 'not JSON'],
    ['it answers with something else', 'echo "{\\"default\\": 1}"', 'nix-garbage', 'could not be understood'],
    ['it hangs', 'sleep 60', 'nix-timeout', 'within 0.3 s'],
    ['it prints without end', 'yes', 'nix-garbage', 'too large'],
  ])('%s', async (name, script, code, message) => {
    const target = await read(fakeNix(name.replaceAll(' ', '-'), script), example, name === 'it hangs' ? 300 : 20_000);
    expect(target.evaluator).toBe('lockstep');
    expect(target.shells['default']!.packages.length).toBe(13);
    expect(target.findings.length).toBeGreaterThan(0);
    expect(target.findings[0]).toMatchObject({ code });
    expect(target.findings[0]!.message).toContain(message);
  });
  test('it is not there', async () => {
    const target = await read({ PATH: scratch });
    expect(target.findings).toMatchObject([{ code: 'nix-not-found' }]);
  });
  test('nor can Lockstep read any shell: both say why', async () => {
    const folder = unknowable('hopeless');
    const asked = read(fakeNix('hopeless-nix', 'echo "error: undefined variable" >&2; exit 1'), folder);
    await expect(asked).rejects.toMatchObject({
      problem: {
        code: 'shell-unknown',
        hint: 'Nix was of no help: Nix could not read devShells.x86_64-linux.default: undefined variable.',
      },
    });
  });
  test('there is no lock', async () => {
    const folder = join(scratch, 'unlocked');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'flake.nix'),
      '{ inputs.nixpkgs.url = "nixpkgs"; outputs = { self, nixpkgs }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { }; }; }',
    );
    const target = await read(fakeNix('unasked', 'exit 1'), folder);
    expect(target.findings.map(({ code }) => code)).toEqual(['lock-missing', 'nix-needs-lock']);
  });
});

test('a repository is named through git, a folder as a path', () => {
  mkdirSync(join(scratch, 'repo with space/.git'), { recursive: true });
  mkdirSync(join(scratch, 'repo with space/sub'));
  expect(flakeReference(join(scratch, 'repo with space/sub'))).toBe(
    `git+file://${scratch}/repo%20with%20space?dir=sub`,
  );
  expect(flakeReference(scratch)).toBe(`path:${scratch}`);
});

test.skipIf(findNix(process.env) === undefined)(
  'the real Nix is understood',
  async () => {
    const folder = join(scratch, 'real');
    mkdirSync(join(folder, 'stub'), { recursive: true });
    writeFileSync(
      join(folder, 'stub/flake.nix'),
      `{ outputs = _: { legacyPackages.x86_64-linux = let
      base = { system = "x86_64-linux"; builder = "/bin/sh"; };
    in {
      git = derivation (base // { name = "git-9.9"; }) // { pname = "git"; version = "9.9"; };
      mkShell = { packages, ... }@given: derivation (removeAttrs given [ "packages" ] // base // { name = "nix-shell"; nativeBuildInputs = packages; });
    }; }; }`,
    );
    writeFileSync(
      join(folder, 'flake.nix'),
      '{ inputs.nixpkgs.url = "path:./stub"; outputs = { self, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in { devShells.x86_64-linux = { default = pkgs.mkShell { packages = [ pkgs.git ]; FOO = "bar"; shellHook = "hi"; }; bad = throw "no way"; }; }; }',
    );
    const git = (...argv: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...argv], { cwd: folder });
    git('init', '-q');
    git('add', '-A');
    execFileSync(findNix(process.env)!, ['--extra-experimental-features', 'nix-command flakes', 'flake', 'lock'], {
      cwd: folder,
      stdio: 'ignore',
    });
    git('add', '-A');
    git('commit', '-qm', 'x');
    const target = await readTargetWithNix({ folder, system: 'x86_64-linux', index, env: process.env });
    expect(target.evaluator).toBe('nix');
    expect(target.shells['default']).toMatchObject({
      packages: [{ name: 'git', version: '9.9', certainty: 'exact' }],
      variables: [{ name: 'FOO', value: 'bar' }],
      shellHook: 'hi',
    });
    expect(target.findings).toMatchObject([{ code: 'nix-failed', message: expect.stringContaining('no way') }]);
  },
  60_000,
);
