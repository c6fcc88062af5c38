import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { FileKind } from '../../../src/core/host/host';
import { Attrs, decodeUtf8, type EvalIo, type Evaluator, encodeUtf8, type Value } from '../../../src/core/nix';

const ABSENT = { ok: false, code: 'not-found' } as const;

function attempt<T>(read: () => T): { readonly ok: true; readonly value: T } | typeof ABSENT {
  try {
    return { ok: true, value: read() };
  } catch {
    return ABSENT;
  }
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileKind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'special';
}

/** The disk, unconfined, for programs of the tests themselves. */
export const diskIo: EvalIo = {
  readFile: (path) => attempt(() => readFileSync(decodeUtf8(path))),
  readDir: (path) =>
    attempt(() =>
      readdirSync(decodeUtf8(path), { withFileTypes: true }).map((entry) => ({
        name: encodeUtf8(entry.name),
        kind: kindOf(entry),
      })),
    ),
  lstat: (path) =>
    attempt(() => {
      const stat = lstatSync(decodeUtf8(path));
      return { kind: kindOf(stat), size: stat.size, modifiedAt: stat.mtimeMs, mode: stat.mode };
    }),
  readLink: (path) => attempt(() => encodeUtf8(readlinkSync(decodeUtf8(path)))),
};

/** A value as plain JavaScript, everything forced; functions as `<function>`. */
export function plain(evaluator: Evaluator, value: Value): unknown {
  const forced = evaluator.force(value);
  if (Array.isArray(forced)) {
    return forced.map((item) => plain(evaluator, evaluator.force(item)));
  }
  if (forced instanceof Attrs) {
    return Object.fromEntries(
      forced.names().map((name) => [decodeUtf8(name), plain(evaluator, evaluator.force(forced.get(name)!))]),
    );
  }
  if (forced === null || typeof forced === 'boolean' || typeof forced === 'bigint' || typeof forced === 'number') {
    return typeof forced === 'bigint' ? Number(forced) : forced;
  }
  return evaluator.toText(forced);
}
