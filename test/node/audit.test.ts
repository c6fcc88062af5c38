import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../src/core/host/host';
import type { AuditProgress } from '../../src/core/model/audit';
import { ProblemError } from '../../src/core/model/problem';
import { runAudit } from '../../src/node/audit';
import { readDocumentFile } from '../../src/node/document-file';
import { localHost } from '../../src/node/local-host';
import { writeOutput } from '../../src/node/output-file';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let host: Host;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-run-audit-'));
  host = localHost({ PATH: '/usr/bin', HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('runAudit', () => {
  test('gives the whole audit and tells what it reads', async () => {
    const seen: AuditProgress[] = [];
    const now = new Date('2026-11-22T21:00:00Z');
    const audit = await runAudit({
      folder: 'examples/python-service/flake.nix',
      host,
      now,
      onProgress: (progress) => seen.push(progress),
    });
    expect(audit.schema).toBe('lockstep.audit/1');
    expect(audit.snapshot.takenAt).toBe('2026-11-22T21:00:00.000Z');
    expect(audit.shell).toBe('default');
    expect(audit.rows.map(({ expected }) => expected?.attribute)).toContain('ruff');
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['snapshot', 'target', 'diff']));
  });

  test('what the catalog does not know is found under its own name, and never started', async () => {
    const project = mkdtempSync(join(folder, 'guess-'));
    const flake = readFileSync('examples/python-service/flake.nix', 'utf8');
    writeFileSync(join(project, 'flake.lock'), readFileSync('examples/python-service/flake.lock'));
    writeFileSync(join(project, 'flake.nix'), flake.replace(/\bruff\b/, 'cowsay'));
    const bin = mkdtempSync(join(folder, 'bin-'));
    const trace = join(folder, 'was-started');
    writeFileSync(join(bin, 'cowsay'), `#!/bin/sh\ntouch ${trace}\necho 3.8.4\n`, { mode: 0o755 });
    const audit = await runAudit({ folder: project, host: localHost({ PATH: bin, HOME: folder }), cache: false });
    const row = audit.rows.find(({ tool }) => tool === 'cowsay');
    expect(row).toMatchObject({ status: 'unknown', actual: { path: join(bin, 'cowsay') } });
    expect(statSync(trace, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('a flake that cannot be read calls the snapshot off', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    await expect(runAudit({ folder: empty, host })).rejects.toBeInstanceOf(ProblemError);
  });

  test('can be aborted, before and on the way', async () => {
    const reason = new Error('enough');
    await expect(runAudit({ folder: 'examples/python-service', host, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    const controller = new AbortController();
    const running = runAudit({
      folder: 'examples/python-service',
      host,
      cache: false,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
  });

  test('is refused for a shell that is not there', async () => {
    await expect(runAudit({ folder: 'examples/python-service', host, shell: 'nope' })).rejects.toMatchObject({
      problem: { code: 'shell-not-found' },
    });
  });
});

describe('files', () => {
  test('are written whole, through links, and leave nothing beside them', () => {
    const path = join(folder, 'report.txt');
    writeOutput(path, 'one');
    writeOutput(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    writeOutput('/dev/null', 'gone');
    expect(() => writeOutput(join(folder, 'no', 'such', 'folder'), 'x')).toThrow('there is no such file or folder');
    expect(() => writeOutput(folder, 'x')).toThrow(ProblemError);
  });

  test('that are too large or missing are refused', () => {
    expect(() => readDocumentFile(join(folder, 'nothing.json'))).toThrow('there is no such file or folder');
    expect(() => readDocumentFile(folder)).toThrow('it is a folder');
  });
});
