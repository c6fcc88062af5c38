import type { OperatingSystem } from '../model/snapshot';
import type { Host } from './host';
import { pathRulesOf } from './paths';
import { encodeUtf8 } from './text';
import { insertNode, newFolder, splitPath, type TreeNode, treeFileSystem } from './tree-file-system';

/**
 * One entry of a recorded tree: text is a file's content; `exec` a program (with `text` or `base64` as content where
 * that matters); the rest is what it says.
 */
export type RecordedEntry =
  | string
  | { readonly exec: string | true }
  | { readonly link: string }
  | { readonly base64: string; readonly exec?: true }
  | { readonly folder: true; readonly mode?: number }
  | { readonly special: true }
  | { readonly denied: true };

/** A machine as a file tree: what fixtures and bug reports hold. */
export interface Recording {
  readonly name: string;
  readonly os: OperatingSystem;
  readonly arch: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path → entry, in the machine's own spelling. */
  readonly files: Readonly<Record<string, RecordedEntry>>;
  /** Windows: key → name → text. */
  readonly registry?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A host over a recording. Nothing can be run on it. */
export function recordedHost(recording: Recording): Host {
  const paths = pathRulesOf(recording.os);
  const foldCase = recording.os === 'windows';
  const root = newFolder();
  for (const [path, entry] of Object.entries(recording.files)) {
    insertNode(root, splitPath(path, paths), toNode(entry), foldCase ? (name) => name.toLowerCase() : undefined);
  }
  const path = recording.env['PATH'] ?? recording.env['Path'] ?? '';
  const { registry } = recording;
  return {
    source: `recorded:${recording.name}`,
    os: recording.os,
    arch: recording.arch,
    env: recording.env,
    home: recording.home,
    pathEntries: path === '' ? [] : path.split(paths.delimiter),
    fs: treeFileSystem(root, paths, foldCase),
    ...(registry === undefined
      ? {}
      : {
          registry: async (key) => {
            const values = Object.hasOwn(registry, key) ? registry[key] : undefined;
            return values === undefined ? { ok: false, code: 'not-found' } : { ok: true, value: values };
          },
        }),
  };
}

function toNode(entry: RecordedEntry): TreeNode {
  if (typeof entry === 'string') {
    return file(encodeUtf8(entry), 0o644);
  }
  if ('link' in entry) {
    return { kind: 'link', target: entry.link };
  }
  if ('folder' in entry) {
    return newFolder(entry.mode ?? 0o755);
  }
  if ('base64' in entry) {
    return file(decodeBase64(entry.base64), entry.exec === true ? 0o755 : 0o644);
  }
  if ('exec' in entry) {
    return file(encodeUtf8(entry.exec === true ? '' : entry.exec), 0o755);
  }
  return { kind: 'special' in entry ? 'special' : 'denied' };
}

function file(bytes: Uint8Array, mode: number): TreeNode {
  return {
    kind: 'file',
    size: bytes.length,
    mode,
    modifiedAt: 0,
    read: (offset, limit) => ({ ok: true, value: bytes.subarray(offset, offset + limit) }),
  };
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const value = BASE64.indexOf(character);
    if (value >= 0) {
      held = (held << 6) | value;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((held >> bits) & 0xff);
      }
    }
  }
  return Uint8Array.from(bytes);
}
