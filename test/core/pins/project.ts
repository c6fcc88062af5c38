import { pathRulesOf } from '../../../src/core/host/paths';
import { type RecordedEntry, recordedHost } from '../../../src/core/host/recorded-host';
import type { Pin, ProjectPins } from '../../../src/core/model/pins';
import { readProjectPins } from '../../../src/core/pins/read-pins';

/** The pins of a project that is held in memory; paths are relative to the project, those with `/` in front absolute. */
export function pinsOf(files: Readonly<Record<string, RecordedEntry>>): ProjectPins {
  const entries = Object.entries(files).map(([path, entry]) => [
    path.startsWith('/') ? path : `/project/${path}`,
    entry,
  ]);
  const recording = { name: 'project', os: 'linux', arch: 'x86_64', home: '/root', env: {} } as const;
  const host = recordedHost({ ...recording, files: Object.fromEntries(entries) });
  return readProjectPins(host.fs, pathRulesOf('linux'), '/project');
}

/** A pin on one line: `node 20 → >=20.0.0 <21.0.0-0 @ .nvmrc:1:1`. */
export function shown(pin: Pin): string {
  const { file, line, column } = pin.position;
  return `${pin.tool} ${pin.constraint} → ${pin.range ?? pin.channel ?? pin.scheme} @ ${file}:${line}:${column}`;
}

/** All pins of one file, as lines, in the order of the file. */
export function pinsOfFile(path: string, text: string, others: Readonly<Record<string, RecordedEntry>> = {}): string[] {
  return pinsOf({ ...others, [path]: text })
    .pins.filter((pin) => pin.position.file === path)
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(shown);
}
