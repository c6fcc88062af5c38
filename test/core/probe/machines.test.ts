import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecording } from '../../../src/core/host/read-recording';
import { recordedHost } from '../../../src/core/host/recorded-host';
import type { EnvironmentVariable, HostFacts, Installation, PathEntry } from '../../../src/core/model/snapshot';
import { readReleaseFiles } from '../../../src/core/probe/release-files';
import { probe } from './machine';

const FOLDER = join(import.meta.dirname, '../../fixtures/machines');

/** What is expected of a machine: everything that its layout decides, so without evidence and package names. */
interface Expectation {
  readonly distribution: Pick<HostFacts, 'distribution' | 'release' | 'name'>;
  readonly pathEntries: readonly PathEntry[];
  readonly installations: readonly Omit<Installation, 'realPath' | 'package' | 'evidence'>[];
  readonly environment: readonly EnvironmentVariable[];
  /** Code and path. */
  readonly failures: readonly string[];
}

const machines = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

test('there are at least four machines of each system', () => {
  for (const system of ['macos-', 'windows-']) {
    expect(machines.filter((name) => name.startsWith(system)).length, system).toBeGreaterThanOrEqual(4);
  }
  expect(machines.filter((name) => !/^(?:macos|windows)-/.test(name)).length).toBeGreaterThanOrEqual(4);
});

test.each(machines.sort())('reads the recorded machine %s', async (name) => {
  const host = recordedHost(readRecording(readFileSync(join(FOLDER, name, 'machine.json'), 'utf8'), name));
  const expected = JSON.parse(readFileSync(join(FOLDER, name, 'expected.json'), 'utf8')) as Expectation;
  const { installations, pathEntries, environment, failures } = await probe(host);
  const actual: Expectation = {
    distribution: readReleaseFiles(host),
    pathEntries,
    installations: installations.map(({ realPath: _, package: __, evidence: ___, ...rest }) => rest),
    environment,
    failures: failures.map(({ code, path }) => `${code} ${path}`).sort(),
  };
  expect(actual).toEqual(expected);
  expect(installations.filter(({ version, evidence }) => version !== undefined && evidence.length === 0)).toEqual([]);
});
