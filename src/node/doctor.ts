import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../core/host/host';
import { ProblemError } from '../core/model/problem';
import type { PathEntry, Snapshot } from '../core/model/snapshot';
import { dataFolder } from './data-folder';
import { chooseIndex, loadIndex } from './nixpkgs-index';
import { probeHost } from './probe-host';
import { cacheFolder } from './snapshot-cache';

/** One thing that Lockstep needs or can use. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** `note`: works, with less; `problem`: something does not work. */
  readonly status: 'ok' | 'note' | 'problem';
  /** A sentence or a short list. */
  readonly text: string;
  /** What to do next. */
  readonly hint?: string;
}

/** The oldest Node.js that runs Lockstep. */
const OLDEST_NODE = [20, 19] as const;

/** Looks at what Lockstep can read and use on this machine. Runs only what a snapshot would run. */
export async function examine(host: Host, now: Date): Promise<readonly Check[]> {
  const { snapshot, probe } = await probeHost({ host, now, cache: false });
  const databases = probe.context.databases();
  return [
    node(),
    machine(snapshot),
    path(snapshot.pathEntries),
    tools(snapshot),
    ...(databases.length === 0 ? [] : [packageDatabases(databases)]),
    nix(snapshot),
    index(),
    folder('cache', 'Cache', cacheFolder(host)),
    folder('data', 'Data', dataFolder(host.env)),
    display(host),
  ];
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    id: 'node',
    title: 'Node.js',
    status: isNew ? 'ok' : 'problem',
    text: `${process.versions.node} at ${process.execPath}`,
    ...(isNew ? {} : { hint: `Use Node.js ${OLDEST_NODE.join('.')} or later.` }),
  };
}

function machine({ host }: Snapshot): Check {
  const parts = [host.system, host.distribution, host.release, host.cpu].filter((part) => part !== undefined);
  return { id: 'machine', title: 'Machine', status: 'ok', text: parts.join(' · ') };
}

function path(entries: readonly PathEntry[]): Check {
  const wrong = entries.filter(({ state }) => state !== 'ok' && state !== 'duplicate');
  const open = entries.filter(({ writableByOthers }) => writableByOthers === true);
  const folders = `${entries.filter(({ state }) => state === 'ok').length} folders`;
  const notes = [
    ...wrong.map((entry) => `${entry.path === '' ? 'an empty entry' : entry.path} (${entry.state})`),
    ...open.map((entry) => `${entry.path} (everybody may write there)`),
  ];
  return notes.length === 0
    ? { id: 'path', title: 'PATH', status: 'ok', text: `${folders}, all readable` }
    : {
        id: 'path',
        title: 'PATH',
        status: 'note',
        text: `${folders}; ${notes.slice(0, 5).join(', ')}${notes.length > 5 ? ` and ${notes.length - 5} more` : ''}`,
        hint: 'Take what is not there out of PATH, and let nobody else write where your programs are.',
      };
}

function tools({ installations, failures }: Snapshot): Check {
  const unknown = installations.filter(({ version }) => version === undefined).length;
  const text = `${installations.length} installations found, ${installations.length - unknown} with their version`;
  return failures.length === 0
    ? { id: 'tools', title: 'Tools', status: 'ok', text }
    : {
        id: 'tools',
        title: 'Tools',
        status: 'note',
        text: `${text}; not read: ${failures[0]!.reason}${failures.length > 1 ? ` and ${failures.length - 1} more` : ''}`,
        hint: '"lockstep snapshot" lists everything that could not be read.',
      };
}

function packageDatabases(
  databases: readonly { readonly manager: string; readonly problem?: string | undefined }[],
): Check {
  const broken = databases.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  const names = databases.map(({ manager }) => manager).join(', ');
  return broken.length === 0
    ? { id: 'packages', title: 'Package database', status: 'ok', text: names }
    : { id: 'packages', title: 'Package database', status: 'problem', text: `${names}: ${broken.join('; ')}` };
}

function nix({ installations }: Snapshot): Check {
  const active = installations.find(({ tool, active }) => tool === 'nix' && active);
  return active === undefined
    ? { id: 'nix', title: 'Nix', status: 'ok', text: 'not installed, and not needed: Lockstep reads flakes itself' }
    : {
        id: 'nix',
        title: 'Nix',
        status: 'ok',
        text: `${active.version ?? 'version unknown'} at ${active.path}; Lockstep reads flakes itself and can ask it, too`,
      };
}

function index(): Check {
  const base = { id: 'index', title: 'Version index' };
  try {
    const { path: file, kind, notice } = chooseIndex();
    const { attributes, revisions } = loadIndex(file).info();
    const text = `${attributes} attributes at ${revisions} revisions of nixpkgs (${kind})`;
    return notice === undefined ? { ...base, status: 'ok', text } : { ...base, status: 'note', text, hint: notice };
  } catch (error) {
    if (!(error instanceof ProblemError)) {
      throw error;
    }
    const { message, hint } = error.problem;
    return { ...base, status: 'problem', text: message, ...(hint === undefined ? {} : { hint }) };
  }
}

/** Whether something may be written to a place that may not be there yet. */
function folder(id: string, title: string, place: string): Check {
  let nearest = place;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) {
    nearest = dirname(nearest);
  }
  try {
    accessSync(nearest, constants.W_OK);
    return {
      id,
      title,
      status: 'ok',
      text: existsSync(place) ? `${place} (${sizeOf(place)} bytes)` : `${place} (nothing yet; can be made)`,
    };
  } catch {
    return {
      id,
      title,
      status: 'note',
      text: `${place} cannot be written`,
      hint: 'Lockstep works without it, and reads more each time.',
    };
  }
}

/** Of the files in a folder and in those right below it. */
function sizeOf(folder: string, depth = 1): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return sum + (depth > 0 ? sizeOf(path, depth - 1) : 0);
    }
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

function display({ os, env }: Host): Check {
  const base = { id: 'display', title: 'Window' };
  const named = env['WAYLAND_DISPLAY'] || env['DISPLAY'];
  if (os !== 'linux') {
    return { ...base, status: 'ok', text: 'the system has a desktop' };
  }
  return named === undefined || named === ''
    ? {
        ...base,
        status: 'note',
        text: 'no display: neither WAYLAND_DISPLAY nor DISPLAY is set',
        hint: '"lockstep audit" does the same in the terminal, and writes reports.',
      }
    : { ...base, status: 'ok', text: `display ${named}` };
}
