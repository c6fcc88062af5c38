import type { DirectoryEntry, FsErrorCode, HostFileSystem } from '../host/host';
import type { PathRules } from '../host/paths';
import { decodeUtf8 } from '../host/text';
import type { Problem } from '../model/problem';
import { type SourceText, sourceText } from './format/source-text';

/** Longest pin file that is read, in bytes; a longer one is named, not read. */
const MOST_BYTES = 256 * 1024;
/** The same for files that tools write, long as they may be. */
const MOST_BYTES_OF_TOOLS = 1024 * 1024;
/** Where the beginning of a long file is cut off: in the middle of no letter. */
const NEW_LINE = 0x0a;
/** Most bytes that are read of one project: what is hostile costs seconds, not hours. */
const MOST_BYTES_IN_ALL = 6 * 1024 * 1024;

const TOO_MANY_BYTES = `the project has more than ${MOST_BYTES_IN_ALL / 1024 / 1024} MiB of pin files`;
export const TOO_MANY_HINT = 'Check the parts of the project one by one.';

/** `absent` and `refused` never look alike: a refusal carries its problem. */
type FileReading =
  | { readonly status: 'read'; readonly source: SourceText; readonly problem?: Problem }
  | { readonly status: 'absent' }
  | { readonly status: 'refused'; readonly problem: Problem };

/**
 * What becomes of a long file: `whole` ones are refused, of others their `start` says all that counts; what `tools` write
 * may be longer, and beyond that its beginning is read and the rest is told of.
 */
export type FileReach = 'whole' | 'start' | 'tools';

/** The files of one project: nothing outside its folder is opened, whatever links and names say. No call throws. */
export interface ProjectFiles {
  /**
   * @param path relative to the project, with `/`
   * @param reach what becomes of a long file; left out: it is refused
   */
  read(path: string, reach?: FileReach): FileReading;
  /** Files that were not read since the project has too many bytes of them. */
  readonly tooMany: readonly string[];
  /** The entries of a folder of the project, sorted by name; none when it is absent or out of reach. */
  list(folder: string): readonly DirectoryEntry[];
}

/**
 * Opens a project folder.
 *
 * @param root absolute, in the host's spelling
 */
export function openProject(fs: HostFileSystem, paths: PathRules, root: string): ProjectFiles {
  const real = fs.realPath(root);
  let left = MOST_BYTES_IN_ALL;
  const tooMany: string[] = [];
  // Files that name one another are asked for often, and count once.
  const known = new Map<string, FileReading>();
  const home = paths.slashed(paths.key(real.ok ? real.value : root));

  /** True for the folder itself and what is below it. */
  function isInside(realPath: string): boolean {
    const path = paths.slashed(paths.key(realPath));
    return path === home || path.startsWith(home.endsWith('/') ? home : `${home}/`);
  }

  function readOnce(path: string, inside: readonly string[] | undefined, reach: FileReach): FileReading {
    const refused = (code: string, message: string, hint: string): FileReading => ({
      status: 'refused',
      problem: { code, message, hint, position: { file: path, line: 1, column: 1 } },
    });
    if (inside === undefined) {
      return refused('pin-file-outside', `${path} is outside the project.`, 'Keep pins inside the project folder.');
    }
    const absolute = paths.join(root, ...inside);
    const target = fs.realPath(absolute);
    if (!target.ok) {
      return isAbsent(target.code) ? { status: 'absent' } : failed(path, target.code);
    }
    if (!isInside(target.value)) {
      return refused(
        'pin-file-outside',
        `${path} is a link that leads out of the project; it was not followed.`,
        'Put the file itself into the project, or run the check from the folder that holds both.',
      );
    }
    const stat = fs.stat(target.value);
    if (!stat.ok) {
      return isAbsent(stat.code) ? { status: 'absent' } : failed(path, stat.code);
    }
    if (stat.value.kind !== 'file') {
      return failed(path, stat.value.kind === 'directory' ? 'is-a-directory' : 'special');
    }
    if (stat.value.size > MOST_BYTES && reach === 'whole') {
      return failed(path, 'too-large');
    }
    const most = reach === 'tools' ? MOST_BYTES_OF_TOOLS : MOST_BYTES;
    const bytes = fs.readFile(target.value, most + 1);
    if (!bytes.ok) {
      return failed(path, bytes.code);
    }
    const isLong = bytes.value.length > most;
    if (isLong && reach === 'whole') {
      return failed(path, 'too-large');
    }
    const read = isLong ? bytes.value.subarray(0, bytes.value.lastIndexOf(NEW_LINE) + 1) : bytes.value;
    if (read.length > left) {
      tooMany.push(path);
      return refused('pin-too-many', `${path} was not read: ${TOO_MANY_BYTES}.`, TOO_MANY_HINT);
    }
    left -= read.length;
    const reading = decode(path, read);
    return isLong && reach === 'tools' && reading.status === 'read' && reading.problem === undefined
      ? { ...reading, problem: cut(path) }
      : reading;
  }

  return {
    tooMany,

    read(named, reach = 'whole') {
      const inside = relativePath(named);
      const path = inside?.join('/') ?? named;
      const key = `${reach} ${path}`;
      const reading = known.get(key) ?? readOnce(path, inside, reach);
      known.set(key, reading);
      return reading;
    },

    list(folder) {
      const inside = relativePath(folder);
      const absolute = inside === undefined ? undefined : paths.join(root, ...inside);
      const target = absolute === undefined ? undefined : fs.realPath(absolute);
      if (target === undefined || !target.ok || !isInside(target.value)) {
        return [];
      }
      const entries = fs.readDir(target.value);
      return [...(entries.ok ? entries.value : [])].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    },
  };
}

/** The names of a relative path without `.` and `..`; undefined when it leaves the folder or is no relative path. */
export function relativePath(path: string): readonly string[] | undefined {
  if (/^[/\\]|^[A-Za-z]:|[\0\r\n]/.test(path) || path.length > 1_000) {
    return undefined;
  }
  const names: string[] = [];
  for (const name of path.split(/[/\\]/)) {
    if (name === '..') {
      if (names.pop() === undefined) {
        return undefined;
      }
    } else if (name !== '' && name !== '.') {
      names.push(name);
    }
  }
  return names;
}

function isAbsent(code: FsErrorCode): boolean {
  return code === 'not-found' || code === 'not-a-directory';
}

const failures: Readonly<Partial<Record<FsErrorCode, readonly [message: string, hint: string]>>> = {
  denied: ['may not be read by you', 'Give yourself permission to read it.'],
  loop: ['is a link that leads to itself', 'Replace the link by the file.'],
  special: ['is a pipe, socket or device, which is never opened', 'Replace it by a regular file.'],
  'is-a-directory': ['is a folder where a file should be', 'Replace it by a file.'],
  'too-large': [
    `is larger than ${MOST_BYTES / 1024} KiB and was not read`,
    'Remove what does not belong into this file.',
  ],
};

function failed(path: string, code: FsErrorCode): FileReading {
  const [message, hint] = failures[code] ?? ['could not be read', 'Check the disk and try again.'];
  return {
    status: 'refused',
    problem: { code: 'pin-file-unreadable', message: `${path} ${message}.`, hint, position: start(path) },
  };
}

function cut(path: string): Problem {
  return {
    code: 'pin-file-unreadable',
    message: `${path} is larger than ${MOST_BYTES_OF_TOOLS / 1024 / 1024} MiB: only its beginning was read.`,
    hint: 'Versions that stand further down are not compared; split the file to have all of it read.',
    position: start(path),
  };
}

function decode(path: string, bytes: Uint8Array): FileReading {
  const [first, second] = bytes;
  const encoding = (name: string, hint: string): Problem => ({
    code: 'pin-file-encoding',
    message: `${path} is not UTF-8 text: ${name}.`,
    hint,
    position: start(path),
  });
  const save = 'Save the file as UTF-8; on Windows PowerShell: Set-Content -Encoding utf8.';
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { status: 'refused', problem: encoding('it is UTF-16, which most tools misread', save) };
  }
  if (bytes.includes(0)) {
    return { status: 'refused', problem: encoding('it holds zero bytes', 'Replace it by a text file.') };
  }
  const text = decodeUtf8(bytes).replace(/^\uFEFF/, '');
  const source = sourceText(path, text);
  return text.includes('\uFFFD')
    ? { status: 'read', source, problem: encoding('some bytes were replaced', save) }
    : { status: 'read', source };
}

function start(path: string) {
  return { file: path, line: 1, column: 1 };
}
