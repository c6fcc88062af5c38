import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCli } from './fake-io';

vi.setConfig({ testTimeout: 60_000 });

const flake = 'examples/python-service';
let folder = '';
let env: Record<string, string> = {};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-schemas-'));
  mkdirSync(join(folder, 'bin'));
  env = {
    PATH: join(folder, 'bin'),
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    LOCKSTEP_DATA: join(folder, 'data'),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function errorsOf(name: string, value: unknown) {
  const validate = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8')),
  );
  validate(value);
  return validate.errors ?? [];
}

test.each([
  ['audit', ['audit', flake, '--json']],
  ['target', ['target', flake, '--json']],
  ['snapshot', ['snapshot', '--json']],
  ['comparison', ['diff', flake, 'here', 'examples/web-product', '--json']],
  ['checklist', ['checklist', flake, '--json', '--done', 'hook', '--note', 'read', '--by', 'Ada']],
])('%s.schema.json describes what lockstep %j prints', async (name, argv) => {
  const { stdout } = await runCli(argv, { env });
  expect(errorsOf(name, JSON.parse(stdout))).toEqual([]);
  expect(errorsOf(name, { schema: `lockstep.${name}/1` })).not.toEqual([]);
});

test('baseline.schema.json describes what --write-baseline writes', async () => {
  const path = join(folder, 'baseline.json');
  await runCli(['audit', flake, '--write-baseline', path], { env });
  const baseline = JSON.parse(readFileSync(path, 'utf8'));
  expect(baseline.accepted.length).toBeGreaterThan(0);
  expect(errorsOf('baseline', baseline)).toEqual([]);
});
