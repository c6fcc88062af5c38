import type { FishNode } from '../fish/parse';
import type { Command, Dialect } from './syntax';
import { bounded, doubt, isUnknown, type World } from './world';

export interface Variable {
  readonly value: string | readonly string[];
  readonly exported: boolean;
}

/** What stops the commands that follow: the end of a function or file, of the shell, of a loop. */
type Stop = 'return' | 'exit' | 'break' | 'continue';

/** Looks at a command substitution: what it prints, and sets the status of the scope. */
export type Capture = (scope: Scope, text: string) => string;

/** The state of a shell while its files are read. */
export interface Scope {
  readonly world: World;
  readonly capture: Capture;
  readonly dialect: Dialect;
  readonly interactive: boolean;
  readonly login: boolean;
  vars: Map<string, Variable>;
  readonly functions: Map<string, Command>;
  readonly fishFunctions: Map<string, readonly FishNode[]>;
  args: readonly string[];
  file: string;
  line: number;
  /** The line that called the function which is under way. */
  pinned: number | undefined;
  folder: string;
  /** Exit status of the last command; undefined where it is not known. */
  status: boolean | undefined;
  stop: Stop | undefined;
  /** How many files and functions are under way. */
  depth: number;
  /** zsh's `typeset -U path`. */
  uniquePath: boolean;
  /** bash's `shopt -s nullglob`: a pattern that describes nothing is no word. */
  nullGlob: boolean;
  /** fish: what the block under way hides, by name. */
  locals: Map<string, Variable | undefined> | undefined;
  /** What is left to read of the text that a loop or group is given; undefined: the terminal's. */
  stdin: { rest: string } | undefined;
  /** The program that the shell was replaced by. */
  handover: string | undefined;
}

/** Takes from what a program may do; whether that is used up, which is then said of its file. */
export function isSpent({ world, file }: Scope): boolean {
  world.fuel -= 1;
  if (world.fuel < 0) {
    doubt(world, file, 'there is more to do than Lockstep follows');
  }
  return world.fuel < 0;
}

/** What programs are given: variables that are exported, as far as they are texts. */
export function exportedTexts({ vars }: Scope): Map<string, string> {
  const env = new Map<string, string>();
  for (const [name, { value, exported }] of vars) {
    if (exported && typeof value === 'string') {
      env.set(name, value);
    }
  }
  return env;
}

/** A scope for a shell that starts with an environment. */
export function createScope(
  world: World,
  options: {
    readonly capture: Capture;
    readonly dialect: Dialect;
    readonly interactive: boolean;
    readonly login: boolean;
    readonly env: ReadonlyMap<string, string>;
  },
): Scope {
  const { env, ...rest } = options;
  const vars = new Map<string, Variable>();
  for (const [name, value] of env) {
    vars.set(name, { value, exported: true });
  }
  return {
    world,
    ...rest,
    vars,
    functions: new Map(),
    fishFunctions: new Map(),
    args: [],
    file: '',
    line: 0,
    pinned: undefined,
    folder: world.host.home,
    status: true,
    stop: undefined,
    depth: 0,
    uniquePath: false,
    nullGlob: false,
    locals: undefined,
    stdin: undefined,
    handover: undefined,
  };
}

/** A copy whose changes do not touch the original; what is found on the way is shared. */
export function forkScope(scope: Scope): Scope {
  return { ...scope, vars: new Map(scope.vars), functions: new Map(scope.functions) };
}

/** `file:line` of what is being looked at. */
export function placeOf({ file, line }: Scope): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** The value of a variable: a list for an array (also zsh's `path`, which is PATH), undefined where it is not set. */
export function getValue(scope: Scope, name: string): string | readonly string[] | undefined {
  if (name === 'path' && scope.dialect === 'zsh') {
    const path = getText(scope, 'PATH');
    return path === undefined || path === '' ? [] : path.split(':');
  }
  return scope.vars.get(name)?.value;
}

/** A variable as text; of an array its first element, in zsh all of them. */
export function getText(scope: Scope, name: string): string | undefined {
  const value = name === 'path' ? getValue(scope, name) : scope.vars.get(name)?.value;
  if (value === undefined || typeof value === 'string') {
    return value;
  }
  return scope.dialect === 'zsh' ? value.join(' ') : (value[0] ?? '');
}

/** Sets a variable; new entries of PATH remember the place. */
export function setValue(scope: Scope, name: string, value: string | readonly string[], exported?: boolean): void {
  if (name === 'path' && scope.dialect === 'zsh') {
    setValue(scope, 'PATH', typeof value === 'string' ? value : value.join(':'), exported);
    return;
  }
  const known = scope.vars.get(name);
  // Long values cost: a loop that lets one grow comes to its end.
  scope.world.fuel -= Math.floor(value.length / 256);
  const limited = typeof value === 'string' ? bounded(scope.world, value) : value.slice(0, 10_000);
  if (name === 'PATH' && typeof limited === 'string') {
    const before = typeof known?.value === 'string' ? known.value : '';
    setPath(scope, before, limited);
    return;
  }
  scope.vars.set(name, { value: limited, exported: exported ?? known?.exported ?? false });
}

function setPath(scope: Scope, before: string, value: string): void {
  const { origins } = scope.world;
  const known = new Set(before.split(':'));
  const entries = value.split(':');
  for (const entry of entries) {
    if (!known.has(entry) && !isUnknown(entry)) {
      origins.set(entry, placeOf(scope));
    }
  }
  const kept = scope.uniquePath ? [...new Set(entries)].join(':') : value;
  scope.vars.set('PATH', { value: kept, exported: true });
}

/** Takes folders to the front of PATH, out of where they were. */
export function prependPath(scope: Scope, ...folders: readonly string[]): void {
  const path = getText(scope, 'PATH') ?? '';
  const rest = path.split(':').filter((entry) => entry !== '' && !folders.includes(entry));
  setValue(scope, 'PATH', [...folders, ...rest].join(':'), true);
}

/**
 * The program that a name starts: `null` when PATH has none, undefined where the files cannot tell (PATH has unknown
 * parts before it is found).
 */
export function whichProgram(scope: Scope, name: string): string | null | undefined {
  const { fs } = scope.world.host;
  const isProgram = (path: string) => {
    const stat = fs.stat(path);
    return stat.ok && stat.value.kind === 'file' && (stat.value.mode & 0o111) !== 0;
  };
  if (isUnknown(name)) {
    return undefined;
  }
  if (name.includes('/')) {
    return isProgram(name) ? name : null;
  }
  for (const entry of (getText(scope, 'PATH') ?? '').split(':')) {
    if (isUnknown(entry)) {
      return undefined;
    }
    if (entry.startsWith('/') && isProgram(`${entry}/${name}`)) {
      return `${entry}/${name}`;
    }
  }
  return null;
}
