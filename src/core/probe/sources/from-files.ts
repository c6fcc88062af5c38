import type { VersionFile } from '../../catalog/catalog';
import { glob } from '../../host/glob';
import { ABSENT, type Answer, failed, found } from '../answer';
import { type ProbeContext, VERSION_FILE_LIMIT } from '../context';
import type { Copy } from '../copy';
import { byNumbers } from '../shims/env-family';
import { readPlistKey } from './plist';
import { cleanVersion, isOfVersion, versionInName } from './version-text';

const FIRST_NUMBER = /(?<![\w.])v?(\d+(?:\.\d+)+(?:[-+.]?[0-9A-Za-z]+)*)/;

/** The files that the catalog names beside the program. */
export function fromFiles(copy: Copy, context: ProbeContext): Answer {
  const { paths } = context;
  const asked = versionInName(copy.tool, paths.basename(copy.subject));
  let problem: Answer = ABSENT;
  for (const file of copy.tool.versionFiles) {
    const answer = readVersionFile(file, paths.dirname(copy.subject), asked, context);
    if (answer.status === 'found') {
      return answer;
    }
    problem = answer.status === 'failed' ? answer : problem;
  }
  return problem;
}

/**
 * One version file relative to a folder.
 *
 * @param asked the version in the program's name: `python3.9` has no use for what lies in `include/python3.12`
 */
function readVersionFile(file: VersionFile, folder: string, asked: string, context: ProbeContext): Answer {
  const { paths } = context;
  const joined = paths.join(folder, file.file.replace(/\//g, paths.separator));
  const at = joined.split(paths.separator).findIndex((name) => name.includes('*'));
  const isFitting = (place: string) => {
    const told = asked.includes('.') ? /\d+\.\d.*$/.exec(place.split(paths.separator)[at] ?? '')?.[0] : undefined;
    return told === undefined || isOfVersion(told, asked) || isOfVersion(asked, told);
  };
  const places = at < 0 ? [joined] : [...glob(context.host, joined)].filter(isFitting).sort(byNumbers).reverse();
  if (file.sole === true && places.filter((place) => file.match?.test(paths.basename(place)) !== false).length > 1) {
    return ABSENT;
  }
  for (const place of places.slice(0, 4)) {
    const answer = readOne(file, place, context);
    if (answer.status !== 'absent') {
      return answer;
    }
  }
  return ABSENT;
}

function readOne(file: VersionFile, path: string, context: ProbeContext): Answer {
  if (file.match !== undefined && file.file.includes('*')) {
    // The name itself may tell: `pip-23.2.1.dist-info`.
    const named = cleanVersion(file.match.exec(context.paths.basename(path))?.[1]);
    if (named !== undefined) {
      return found(named, 'file', path);
    }
  }
  if (path.endsWith('.plist')) {
    const value = cleanVersion(readPlistKey(context.host.fs, path, file.key ?? 'CFBundleShortVersionString'));
    return value === undefined ? ABSENT : found(value, 'file', path, value);
  }
  const text = context.readText(path);
  if (!text.ok) {
    return text.code === 'not-found' || text.code === 'not-a-directory' || text.code === 'is-a-directory'
      ? ABSENT
      : failed('version-file-unreadable', `${path} could not be read (${text.code})`);
  }
  if (file.key !== undefined) {
    const value = jsonKey(text.value, file.key);
    const version = cleanVersion(typeof value === 'string' ? value : undefined);
    return version === undefined ? ABSENT : found(version, 'file', path, `${file.key}: ${version}`);
  }
  const match = (file.match ?? FIRST_NUMBER).exec(text.value);
  const version = cleanVersion(match?.slice(1).filter(Boolean).join('.'));
  if (match !== null && version !== undefined) {
    return found(version, 'file', path, match[0]);
  }
  return silentFile(path, text.value, context);
}

/** What is said of a file whose text tells no version: nothing, or that only its beginning was read. */
export function silentFile(path: string, text: string, { host }: ProbeContext): Answer {
  const stat = text.length * 3 < VERSION_FILE_LIMIT ? undefined : host.fs.stat(path);
  return stat?.ok === true && stat.value.size > VERSION_FILE_LIMIT
    ? failed('version-file-too-large', `${path} is larger than 256 KiB, and its beginning tells no version`)
    : ABSENT;
}

/** The value under a dotted key of a JSON text; undefined when it is not there or the text is no JSON. */
function jsonKey(text: string, key: string): unknown {
  try {
    let value: unknown = JSON.parse(text);
    for (const name of key.split('.')) {
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined;
    }
    return value;
  } catch {
    return undefined;
  }
}
