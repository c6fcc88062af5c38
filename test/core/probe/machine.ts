import { catalog } from '../../../src/core/catalog';
import type { Host } from '../../../src/core/host/host';
import { type RecordedEntry, recordedHost } from '../../../src/core/host/recorded-host';
import type { Installation, OperatingSystem } from '../../../src/core/model/snapshot';
import { type MachineProbe, probeMachine } from '../../../src/core/probe';

export interface MachineOptions {
  readonly os?: OperatingSystem;
  readonly path?: readonly string[];
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A recorded machine with the given files; programs are written `exec`. */
export function machine(files: Readonly<Record<string, RecordedEntry>>, options: MachineOptions = {}): Host {
  const os = options.os ?? 'linux';
  const path = options.path ?? (os === 'windows' ? ['C:\\Windows'] : ['/usr/local/bin', '/usr/bin', '/bin']);
  return recordedHost({
    name: 'test',
    os,
    arch: 'x86_64',
    home: options.home ?? (os === 'windows' ? 'C:\\Users\\ada' : os === 'darwin' ? '/Users/ada' : '/home/ada'),
    env: { ...options.env, PATH: path.join(os === 'windows' ? ';' : ':') },
    files,
  });
}

export const exec: RecordedEntry = { exec: true };

/** Probes a host with the whole catalog; its clock stands still. */
export function probe(host: Host, folder?: string): Promise<MachineProbe> {
  return probeMachine({ host, catalog, folder, clock: () => 0 });
}

/** The copies of one tool as lines: `active 20.1.0 nvm /path → /target`. */
export async function copiesOf(host: Host, tool: string, folder?: string): Promise<readonly string[]> {
  const { installations } = await probe(host, folder);
  return installations.filter((one) => one.tool === tool).map(line);
}

function line({ active, onPath, shadowedBy, version, manager, path, leadsTo }: Installation): string {
  const state = active ? 'active' : shadowedBy !== undefined ? 'hidden' : onPath ? 'named' : 'off';
  return `${state} ${version ?? '?'} ${manager} ${path}${leadsTo === undefined ? '' : ` → ${leadsTo}`}`;
}
