import type { Host } from '../host/host';
import { type DerivedContext, deriveContext } from './derived-context';
import { type Environment, setVariable } from './env-files';
import { readPowerShellProfiles } from './powershell';
import { createWorld, doubt, type World } from './shell/world';

const MACHINE = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
const USER = 'HKCU\\Environment';

/** What Explorer and terminals give to programs on Windows: the registry, then the profiles of PowerShell. */
export async function readWindowsContexts(host: Host, mayRun: boolean): Promise<readonly DerivedContext[]> {
  const { registry } = host;
  if (registry === undefined || (host.source === 'local' && !mayRun)) {
    return [];
  }
  const [machine, user] = await Promise.all([registry(MACHINE), registry(USER)]);
  if (!machine.ok && !user.ok) {
    return [];
  }
  const world = createWorld(host);
  const env: Environment = new Map();
  for (const [name, value] of Object.entries(host.env)) {
    // What the system itself sets; the rest comes from the registry.
    if (
      /^(?:SystemRoot|SystemDrive|windir|USERPROFILE|APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles.*|PUBLIC|HOMEDRIVE|HOMEPATH|USERNAME|ALLUSERSPROFILE|CommonProgram\w+)$/i.test(
        name,
      )
    ) {
      env.set(name, value);
    }
  }
  for (const [key, read] of [
    [MACHINE, machine],
    [USER, user],
  ] as const) {
    if (read.ok) {
      world.sources.add(key);
      merge(env, read.value, key, world);
    } else {
      doubt(world, key, `${key} could not be read (${read.code})`);
    }
  }
  const desktop = deriveContext('desktop', env, world);
  const terminalWorld = createWorld(host);
  for (const source of world.sources) {
    terminalWorld.sources.add(source);
  }
  for (const [entry, source] of world.origins) {
    terminalWorld.origins.set(entry, source);
  }
  const terminal = new Map(env);
  readPowerShellProfiles(terminal, terminalWorld);
  return [deriveContext('interactive', terminal, terminalWorld, { shell: 'PowerShell' }), desktop];
}

/** Values of the user stand in place of the machine's, but for PATH, where they stand behind it. */
function merge(env: Environment, values: Readonly<Record<string, string>>, key: string, world: World): void {
  const rest = Object.entries(values);
  // Others are built from these first.
  const ordered = [...rest.filter(([name]) => !/^path$/i.test(name)), ...rest.filter(([name]) => /^path$/i.test(name))];
  for (const [name, raw] of ordered) {
    const value = expandPercent(raw, env);
    if (/^path$/i.test(name)) {
      const before = env.get('PATH') ?? '';
      const entries = value.split(';').filter((entry) => entry !== '');
      for (const entry of entries) {
        world.origins.set(entry, `${key}\\Path`);
      }
      env.set('PATH', [before, ...entries].filter((part) => part !== '').join(';'));
    } else {
      setVariable(env, name, value, world, `${key}\\${name}`);
    }
  }
}

/** `%NAME%`; a variable that is not known stays as it is. */
function expandPercent(text: string, env: Environment): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const wanted = name.toLowerCase();
    for (const [known, value] of env) {
      if (known.toLowerCase() === wanted) {
        return value;
      }
    }
    return whole;
  });
}
