import { createWorld } from '../../../src/core/environment/shell/world';
import { startShell } from '../../../src/core/environment/startup';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import type { OperatingSystem } from '../../../src/core/model/snapshot';
import { machine } from '../probe/machine';

export interface ReadShell {
  readonly path: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly origins: ReadonlyMap<string, string>;
  readonly doubts: readonly string[];
}

export interface ShellOptions {
  readonly shell?: string;
  readonly login?: boolean;
  readonly interactive?: boolean;
  readonly os?: OperatingSystem;
  readonly path?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a shell has after its files, on a machine that has these files. */
export function readShell(files: Readonly<Record<string, RecordedEntry>>, options: ShellOptions = {}): ReadShell {
  const { shell = '/bin/bash', login = false, interactive = true, os = 'linux' } = options;
  const host = machine(files, { os });
  const world = createWorld(host);
  const env = startShell(world, {
    shell,
    login,
    interactive,
    env: new Map(
      Object.entries({ HOME: host.home, USER: 'ada', PATH: options.path ?? '/usr/bin:/bin', ...options.env }),
    ),
  });
  return {
    path: (env.get('PATH') ?? '').split(':'),
    env,
    origins: world.origins,
    doubts: world.doubts.map(({ source, reason }) => `${source}: ${reason}`),
  };
}

/** The same for one `~/.bashrc`: what stands before and behind `/usr/bin:/bin` on PATH. */
export function bashrc(
  text: string,
  files: Readonly<Record<string, RecordedEntry>> = {},
): { readonly before: readonly string[]; readonly after: readonly string[]; readonly doubts: readonly string[] } {
  const { path, doubts } = readShell({ ...files, '/home/ada/.bashrc': text });
  const at = path.indexOf('/usr/bin');
  return { before: path.slice(0, at), after: path.slice(at + 2), doubts };
}
