import type { Tool } from '../../catalog';
import type { ProbeContext } from '../context';

/** A program as it was found, before its version is known. */
export interface FoundProgram {
  readonly tool: Tool;
  /** Without extension. */
  readonly program: string;
  readonly path: string;
  readonly realPath: string;
  /** Bytes of the real file. */
  readonly size: number;
}

/** A stand-in that starts another program, chosen when it is run. */
export interface Shim {
  readonly manager: string;
  /** The program that it would start here; absent: it would fail, for `reason`. */
  readonly leadsTo?: string;
  /** Version as the manager's files say it, where there is no program to look at. */
  readonly version?: string;
  /** What was read to know. */
  readonly source: string;
  readonly detail?: string;
  /** Why it leads nowhere, a sentence. */
  readonly reason?: string;
  /** It works, and what it starts is no file of this machine, for `reason`. */
  readonly isElsewhere?: boolean;
}

/** Whether a stand-in would start nothing. */
export function isIdle(shim: Shim | undefined): boolean {
  return shim !== undefined && shim.leadsTo === undefined && shim.version === undefined && shim.isElsewhere !== true;
}

/** Follows one kind of shim; undefined when the program is none of its kind. */
export type ShimFollower = (program: FoundProgram, context: ProbeContext) => Shim | undefined;

const MAX_DEPTH = 64;

/** The nearest of the named files in the folder or above it, as text. */
export function findUp(
  context: ProbeContext,
  names: readonly string[],
): { readonly path: string; readonly text: string } | undefined {
  const { paths } = context;
  let folder = context.folder;
  for (let depth = 0; folder !== undefined && depth < MAX_DEPTH; depth++) {
    for (const name of names) {
      const path = paths.join(folder, name);
      const text = context.readText(path);
      if (text.ok) {
        return { path, text: text.value };
      }
    }
    const above = paths.dirname(folder);
    folder = above === folder ? undefined : above;
  }
  return undefined;
}

/** The same program in a folder, with the extension that the host wants. */
export function programIn(context: ProbeContext, folder: string, program: string): string | undefined {
  const { host, paths } = context;
  const names = host.os === 'windows' ? [`${program}.exe`, `${program}.cmd`, `${program}.bat`] : [program];
  return names
    .map((name) => paths.join(folder, name))
    .find((path) => {
      const stat = host.fs.stat(path);
      return stat.ok && stat.value.kind === 'file';
    });
}

/** The next copy of a program on PATH after a folder. */
export function nextOnPath(context: ProbeContext, program: string, after: string): string | undefined {
  const skip = context.paths.key(context.realFolder(after));
  for (const folder of context.host.pathEntries) {
    if (context.paths.isAbsolute(folder) && context.paths.key(context.realFolder(folder)) !== skip) {
      const path = programIn(context, folder, program);
      if (path !== undefined) {
        return path;
      }
    }
  }
  return undefined;
}
