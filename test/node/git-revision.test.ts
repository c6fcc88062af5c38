import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkOutRevision } from '../../src/node/git-revision';

let repository: string;
const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd: repository,
      stdio: 'ignore',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    },
  );

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'lockstep-git-'));
  git('init', '--quiet');
  mkdirSync(join(repository, 'sub', 'nix'), { recursive: true });
  writeFileSync(join(repository, 'sub', 'flake.nix'), '{ one = 1; }\n');
  writeFileSync(join(repository, 'sub', 'nix', 'späte datei.nix'), 'a\n\nb');
  writeFileSync(join(repository, 'sub', 'empty'), '');
  writeFileSync(join(repository, 'outside.nix'), 'outside');
  writeFileSync(join(repository, 'sub', 'large'), 'x'.repeat(2 * 1024 * 1024));
  symlinkSync('/etc/passwd', join(repository, 'sub', 'link'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'One');
  writeFileSync(join(repository, 'sub', 'flake.nix'), '{ two = 2; }\n');
  git('commit', '--quiet', '-am', 'Two');
  writeFileSync(join(repository, 'sub', 'flake.nix'), '{ three = 3; }\n');
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

describe('a folder at a revision', () => {
  test('has its files as they were, and the work tree stays as it is', () => {
    const { folder, remove } = checkOutRevision(join(repository, 'sub'), 'HEAD~1');
    expect(readFileSync(join(folder, 'flake.nix'), 'utf8')).toBe('{ one = 1; }\n');
    expect(readFileSync(join(folder, 'nix', 'späte datei.nix'), 'utf8')).toBe('a\n\nb');
    expect(readdirSync(folder).sort()).toEqual(['empty', 'flake.nix', 'nix']);
    remove();
    expect(existsSync(folder)).toBe(false);
    expect(readFileSync(join(repository, 'sub', 'flake.nix'), 'utf8')).toBe('{ three = 3; }\n');
  });

  test.each(['nothing', '--upload-pack=touch /tmp/x', '-h', ''])('%j is refused', (revision) => {
    expect(() => checkOutRevision(repository, revision)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'git-failed' }) }),
    );
  });

  test('a folder that is gone by now is there at its revision', () => {
    const gone = join(repository, 'sub', 'was', 'here');
    mkdirSync(join(gone, 'nix'), { recursive: true });
    writeFileSync(join(gone, 'flake.nix'), '{ }');
    writeFileSync(join(gone, 'nix', 'a.nix'), 'a');
    git('add', '.');
    git('commit', '--quiet', '-m', 'Here');
    rmSync(join(repository, 'sub', 'was'), { recursive: true });
    const { folder, remove } = checkOutRevision(gone, 'HEAD');
    expect(readdirSync(folder).sort()).toEqual(['flake.nix', 'nix']);
    expect(readFileSync(join(folder, 'nix', 'a.nix'), 'utf8')).toBe('a');
    remove();
    expect(() => checkOutRevision(gone, 'HEAD~1')).toThrow('At HEAD~1 there is no file in');
    git('commit', '--quiet', '-am', 'Gone');
  });

  test('without git it says so', () => {
    vi.stubEnv('PATH', join(repository, 'nothing'));
    try {
      expect(() => checkOutRevision(repository, 'HEAD')).toThrow('There is no git on this machine');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('a folder outside of any repository is refused', () => {
    const outside = mkdtempSync(join(tmpdir(), 'lockstep-no-git-'));
    expect(() => checkOutRevision(outside, 'HEAD')).toThrow('Git does not have HEAD');
    rmSync(outside, { recursive: true });
  });
});
