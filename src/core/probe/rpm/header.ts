import { decodeUtf8 } from '../../host/text';
import { uint } from '../binary/byte-reader';

/** What an installed package's header says of it. */
export interface RpmPackage {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number;
  /** Paths of its files that lie in folders which `wanted` accepts. */
  readonly files: readonly string[];
}

/** Tags of rpm's `rpmtag.h`. */
const TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  dirIndexes: 1116,
  baseNames: 1117,
  dirNames: 1118,
};
const MAX_ENTRIES = 4096;

interface Entry {
  readonly offset: number;
  readonly count: number;
}

/**
 * Decodes a header as rpm's database holds it: two lengths, an index of 16 bytes an entry, then the data (rpm, "RPM
 * Package File Structure").
 *
 * @param wanted whether files of a folder (with a slash at its end) are of interest
 * @returns undefined when it is no header
 */
export function readRpmHeader(blob: Uint8Array, wanted: (folder: string) => boolean): RpmPackage | undefined {
  const count = uint(blob, 0, 4, false);
  if (count === 0 || count > MAX_ENTRIES) {
    return undefined;
  }
  const data = 8 + count * 16;
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index++) {
    const at = 8 + index * 16;
    entries.set(uint(blob, at, 4, false), {
      offset: data + uint(blob, at + 8, 4, false),
      count: uint(blob, at + 12, 4, false),
    });
  }
  const text = (tag: number) => {
    const entry = entries.get(tag);
    return entry === undefined ? undefined : strings(blob, { ...entry, count: 1 })[0];
  };
  const name = text(TAG.name);
  const version = text(TAG.version);
  if (name === undefined || version === undefined) {
    return undefined;
  }
  const epoch = entries.get(TAG.epoch);
  return {
    name,
    version,
    release: text(TAG.release) ?? '',
    ...(epoch === undefined ? {} : { epoch: uint(blob, epoch.offset, 4, false) }),
    files: filesOf(blob, entries, wanted),
  };
}

function filesOf(
  blob: Uint8Array,
  entries: ReadonlyMap<number, Entry>,
  wanted: (folder: string) => boolean,
): readonly string[] {
  const [indexes, names, folders] = [TAG.dirIndexes, TAG.baseNames, TAG.dirNames].map((tag) => entries.get(tag));
  if (indexes === undefined || names === undefined || folders === undefined) {
    return [];
  }
  const folderNames = strings(blob, folders);
  const isWanted = folderNames.map(wanted);
  if (!isWanted.includes(true)) {
    return [];
  }
  const found: string[] = [];
  let at = names.offset;
  // Most files lie elsewhere: their names are passed over without being decoded.
  for (let index = 0; index < names.count && at < blob.length; index++) {
    const end = blob.indexOf(0, at);
    if (end < 0) {
      break;
    }
    const folder = uint(blob, indexes.offset + index * 4, 4, false);
    if (isWanted[folder] === true) {
      found.push(`${folderNames[folder]}${decodeUtf8(blob.subarray(at, end))}`);
    }
    at = end + 1;
  }
  return found;
}

/** Texts one after the other, each ended by a NUL byte. */
function strings(blob: Uint8Array, { offset, count }: Entry): readonly string[] {
  const found: string[] = [];
  let at = offset;
  while (found.length < count && at < blob.length) {
    const end = blob.indexOf(0, at);
    if (end < 0) {
      break;
    }
    found.push(decodeUtf8(blob.subarray(at, end)));
    at = end + 1;
  }
  return found;
}
