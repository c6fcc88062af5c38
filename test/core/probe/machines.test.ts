import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import { seeHost } from '../../../src/core/environment';
import type { DirectoryEntry, Host } from '../../../src/core/host/host';
import { readRecording } from '../../../src/core/host/read-recording';
import { recordedHost } from '../../../src/core/host/recorded-host';
import type { EnvironmentVariable, HostFacts, Installation, PathEntry } from '../../../src/core/model/snapshot';
import { probeMachine } from '../../../src/core/probe';
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

test.each(machines)('reads %s alike in whatever order its folders are listed', async (name) => {
  const host = recordedHost(readRecording(readFileSync(join(FOLDER, name, 'machine.json'), 'utf8'), name));
  const listed = (turn: (names: DirectoryEntry[]) => DirectoryEntry[]): Host => ({
    ...host,
    fs: {
      ...host.fs,
      readDir: (path) => {
        const read = host.fs.readDir(path);
        return read.ok ? { ok: true, value: turn([...read.value]) } : read;
      },
    },
  });
  const read = async (sign: 1 | -1) => {
    const probed = await probe(listed((entries) => entries.sort((a, b) => (a.name < b.name ? -sign : sign))));
    const { installations, pathEntries, environment, failures } = probed;
    return { installations, pathEntries, environment, failures };
  };
  expect(await read(-1)).toEqual(await read(1));
});

interface ContextExpectation {
  /** Context → PATH as text, and the places where files cannot tell. */
  readonly contexts: Readonly<Record<string, { readonly path: string; readonly doubts: readonly string[] }>>;
  /** `tool: context version manager, …` */
  readonly differences: readonly string[];
}

const withContexts = machines.filter((name) => existsSync(join(FOLDER, name, 'contexts.json')));

test('there are contexts of machines of all three systems', () => {
  for (const system of [/^macos-/, /^windows-/, /^(?!macos-|windows-)/]) {
    expect(withContexts.filter((name) => system.test(name)).length).toBeGreaterThanOrEqual(2);
  }
});

test.each(withContexts)('reads PATH in every context of %s', async (name) => {
  const host = recordedHost(readRecording(readFileSync(join(FOLDER, name, 'machine.json'), 'utf8'), name));
  const expected = JSON.parse(readFileSync(join(FOLDER, name, 'contexts.json'), 'utf8')) as ContextExpectation;
  const seen = await seeHost(host, { deadline: 0 });
  if ('available' in seen) {
    throw new Error('the process has no context');
  }
  const { compared, pathEntries } = await probeMachine({ host: seen.host, seen, catalog, clock: () => 0 });
  const delimiter = host.os === 'windows' ? ';' : ':';
  const others = (compared?.contexts ?? []).filter(({ id }) => id !== 'process');
  const actual: ContextExpectation = {
    contexts: Object.fromEntries(
      others.map((context) => [
        context.id,
        {
          path: context.pathEntries.map(({ path }) => path).join(delimiter),
          doubts: context.doubts.map(({ source }) => source),
        },
      ]),
    ),
    differences: (compared?.differences ?? []).map(
      ({ tool, starts }) =>
        `${tool}: ${starts.map(({ context, path, version, manager }) => `${context} ${path === undefined ? 'none' : `${version ?? '?'} ${manager}`}`).join(', ')}`,
    ),
  };
  expect(actual).toEqual(expected);
  expect(pathEntries.map(({ path }) => path)).toEqual(host.pathEntries);
});
